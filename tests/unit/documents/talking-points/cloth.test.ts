import { describe, expect, it } from 'vitest';
import {
  addPoint,
  addProof,
  cards,
  cardsAsText,
  leaflet,
  needs,
  readPalette,
  removePoint,
  setPointField,
  textOf,
  weave,
} from '../../../../src/documents/talking-points/index.ts';
import type { CardLabels, PaletteView, VariantEntry } from '../../../../src/documents/talking-points/index.ts';
import { createVariant, readVariant, setVariantField } from '../../../../src/documents/variant/index.ts';
import type { VariantStatus } from '../../../../src/documents/variant/index.ts';
import { ALICE, createDoc, createPeople, pointId, proofId } from '../worlds.ts';

const NOW = 29_000_000; // 2025-02-19
const palette = (change: (doc: ReturnType<typeof createDoc>) => void = () => undefined): PaletteView => {
  const [doc] = createPeople(2);
  ['one', 'two', 'three'].forEach((message, n) => addPoint(doc, ALICE, { id: pointId(n + 1), texts: { message } }));
  for (const n of [1, 2, 3]) setPointField(doc, ALICE, pointId(n), { field: 'status', value: 'approved' });
  change(doc);
  const state = readPalette(doc);
  if (state.type !== 'ready') throw new Error(state.type);
  return state.palette;
};
const variant = (
  id: string,
  point: number,
  language: string,
  text: string,
  source: string,
  status: VariantStatus,
): VariantEntry => {
  const doc = createDoc(5);
  createVariant(doc, ALICE, { point: pointId(point), language, text, sourceText: source, sourceLanguage: 'en' });
  setVariantField(doc, ALICE, { field: 'status', value: status });
  const state = readVariant(doc);
  if (state.type !== 'ready') throw new Error(state.type);
  return { id, view: state.variant };
};
const VARIANTS = [
  variant('a', 1, 'ar', 'واحد', 'one', 'done'),
  variant('b', 2, 'ar', 'اثنان', 'zwei', 'done'),
  variant('c', 2, 'fr', 'deux', 'two', 'review'),
  variant('d', 3, 'fr', 'trois', 'three', 'withdrawn'),
];

describe('the cloth', () => {
  it('has the source first, then the reader’s own languages, then the others by tag', () => {
    const { columns } = weave(palette(), VARIANTS, { own: ['ti', 'fr'], wanted: ['am', 'nonsense!'] });
    expect(columns).toEqual([
      { language: 'en', direction: 'ltr', isSource: true },
      { language: 'ti', direction: 'ltr', isSource: false },
      { language: 'fr', direction: 'ltr', isSource: false },
      { language: 'am', direction: 'ltr', isSource: false },
      { language: 'ar', direction: 'rtl', isSource: false },
    ]);
  });

  it('says of each cell whether the message reaches there', () => {
    const cloth = weave(palette(), VARIANTS);
    const states = cloth.rows.map((row) => row.cells.map((cell) => `${cell.language} ${cell.state}`));
    expect(states).toEqual([
      ['en holds', 'ar holds', 'fr missing'],
      ['en holds', 'ar stale', 'fr draft'],
      ['en holds', 'ar missing', 'fr missing'],
    ]);
  });

  it('takes the best of several groups’ variants, and shows them all', () => {
    const other = variant('z', 2, 'ar', 'اثنان!', 'two', 'done');
    const cell = weave(palette(), [...VARIANTS, other]).rows[1]?.cells[1];
    expect(cell?.state).toBe('holds');
    expect(cell?.variants.map(({ id, state }) => [id, state])).toEqual([
      ['z', 'holds'],
      ['b', 'stale'],
    ]);
  });

  it('lets an approval make a draft hold, but not one whose source has moved on', () => {
    const cloth = weave(palette(), VARIANTS, { approved: new Set(['b', 'c']) });
    expect(cloth.rows[1]?.cells.map((cell) => cell.state)).toEqual(['holds', 'stale', 'holds']);
    expect(cloth.rows[1]?.cells[1]?.variants[0]?.approved).toBe(true);
  });

  it('shows the source’s own cell as draft until the point is approved, and missing without a message', () => {
    const view = palette((doc) => {
      setPointField(doc, ALICE, pointId(1), { field: 'status', value: 'review' });
      textOf(doc, { point: pointId(2), field: 'message' })?.delete(0, 3);
    });
    expect(weave(view, []).rows.map((row) => row.cells[0]?.state)).toEqual(['draft', 'missing', 'holds']);
  });

  it('shows an empty variant as a draft: somebody has begun', () => {
    expect(weave(palette(), [variant('e', 1, 'it', ' ', 'old', 'done')]).rows[0]?.cells[1]?.state).toBe('draft');
  });

  it('has no row for a removed point', () => {
    const view = palette((doc) => removePoint(doc, ALICE, pointId(1)));
    expect(weave(view, VARIANTS).rows.map(({ point }) => point.message)).toEqual(['two', 'three']);
  });

  it('lists what a language needs, and nothing for what is withdrawn', () => {
    const view = palette((doc) => addPoint(doc, ALICE, { id: pointId(4), texts: { message: 'four' } }));
    const listed = (language: string) =>
      needs(weave(view, VARIANTS), language).map((need) => [
        need.type,
        need.point.message,
        need.type === 'missing' ? null : need.variant.id,
      ]);
    expect(listed('ar')).toEqual([
      ['stale', 'two', 'b'],
      ['missing', 'three', null],
      ['missing', 'four', null],
    ]);
    expect(listed('FR')[1]).toEqual(['draft', 'two', 'c']);
    expect(listed('xx')).toEqual([]);
    const withdrawn = palette((doc) => setPointField(doc, ALICE, pointId(3), { field: 'status', value: 'withdrawn' }));
    expect(needs(weave(withdrawn, VARIANTS), 'ar').map(({ point }) => point.message)).toEqual(['two']);
  });
});

describe('reading cards', () => {
  it('give what there is in a language, say how good it is, and name what is missing', () => {
    const found = cards(palette(), VARIANTS, 'ar', { minute: NOW, approved: new Set(['a']) });
    expect(found.cards.map(({ text, state, approved, direction }) => [text, state, approved, direction])).toEqual([
      ['واحد', 'holds', true, 'rtl'],
      ['اثنان', 'stale', false, 'rtl'],
    ]);
    expect(found.heldBack).toMatchObject([{ reason: 'missing', point: { message: 'three' } }]);
  });

  it('hold back what is withdrawn, under embargo or expired, until its time and no longer', () => {
    const view = palette((doc) => {
      setPointField(doc, ALICE, pointId(1), { field: 'status', value: 'embargoed' });
      setPointField(doc, ALICE, pointId(1), { field: 'embargoedUntil', value: NOW });
      setPointField(doc, ALICE, pointId(2), { field: 'expiry', value: '2025-02-18' });
      setPointField(doc, ALICE, pointId(3), { field: 'status', value: 'withdrawn' });
    });
    const at = (minute: number) => cards(view, [], 'en', { minute });
    expect(at(NOW - 1).heldBack.map(({ reason }) => reason)).toEqual(['embargoed', 'expired', 'withdrawn']);
    expect(at(NOW).cards.map(({ text }) => text)).toEqual(['one']);
    const day = 24 * 60;
    expect(at(NOW - day).heldBack.map(({ reason }) => reason)).toEqual(['embargoed', 'withdrawn']);
  });

  it('an embargo without an end holds', () => {
    const view = palette((doc) => setPointField(doc, ALICE, pointId(1), { field: 'status', value: 'embargoed' }));
    expect(cards(view, [], 'en', { minute: 1e9 }).heldBack).toMatchObject([{ reason: 'embargoed' }]);
  });

  it('show the canonical text, which is what was approved', () => {
    const tricky = variant('t', 1, 'fr', 'u\u202En', 'one', 'done');
    expect(cards(palette(), [tricky], 'fr', { minute: NOW }).cards[0]?.text).toBe('un');
  });

  it('leave out proof points that may not be used', () => {
    const view = palette((doc) => {
      addProof(doc, ALICE, pointId(1), { id: proofId(1), texts: { claim: 'free' }, permission: 'given' });
      addProof(doc, ALICE, pointId(1), { id: proofId(2), texts: { claim: 'not ours' }, permission: 'refused' });
    });
    expect(cards(view, [], 'en', { minute: NOW }).cards[0]?.proofs.map(({ claim }) => claim)).toEqual(['free']);
  });

  it('are passed on as plain text, with words from the reader’s language', () => {
    const labels: CardLabels = {
      why: 'Warum',
      proof: 'Beleg',
      question: 'Frage',
      answer: 'Antwort',
      say: 'Sagen',
      dontSay: 'Nicht sagen',
      states: { holds: '', stale: 'veraltet', draft: 'Entwurf' },
    };
    const view = palette((doc) => {
      addProof(doc, ALICE, pointId(1), {
        id: proofId(1),
        texts: { claim: '12 ships', source: 'Port log' },
        date: '2024-01-01',
      });
      textOf(doc, { point: pointId(1), field: 'say' })?.insert(0, 'crew\nshipmates');
      setPointField(doc, ALICE, pointId(2), { field: 'status', value: 'draft' });
      removePoint(doc, ALICE, pointId(3));
    });
    expect(cardsAsText(view, cards(view, [], 'en', { minute: NOW }).cards, labels)).toBe(
      'Harbour\n\none\nBeleg: 12 ships – Port log, 2024-01-01\nSagen: crew · shipmates\n\ntwo\n(Entwurf)\n',
    );
    expect(cardsAsText(view, cards(view, VARIANTS, 'ar', { minute: NOW }).cards, labels)).toBe(
      'Harbour\n\nواحد\n\nاثنان\n(veraltet)\n',
    );
  });
});

describe('the leaflet', () => {
  it('sets two languages side by side, with gaps, and no row for what has neither', () => {
    const { columns, rows, title } = leaflet(palette(), VARIANTS, ['ar', 'fr'], { minute: NOW });
    expect(title).toBe('Harbour');
    expect(columns.map(({ direction }) => direction)).toEqual(['rtl', 'ltr']);
    expect(rows.map((row) => row.cards.map((card) => card?.text ?? null))).toEqual([
      ['واحد', null],
      ['اثنان', 'deux'],
    ]);
  });

  it('takes one language too', () => {
    expect(leaflet(palette(), [], ['en'], { minute: NOW }).rows).toHaveLength(3);
  });
});
