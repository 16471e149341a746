/** A member may write any shape into a document. Reading never throws, and stays within bounds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  addPoint,
  addProof,
  addTerm,
  cards,
  cardsAsText,
  movePoint,
  needs,
  POINT_TEXTS,
  readPalette,
  setPointField,
  textOf,
  weave,
} from '../../../src/documents/talking-points/index.ts';
import { createVariant, readVariant, staleness } from '../../../src/documents/variant/index.ts';
import { key, strange, writes } from './strange.ts';
import { ALICE, createDoc, createPeople, pointId, proofId, send, termId } from './worlds.ts';

const POINT_KEYS = [...POINT_TEXTS, 'order', 'shown', 'value', 'status', 'embargoedUntil', 'expiry', 'proofs', 'claim'];
const VARIANT_KEYS = [
  'schemaVersion',
  'point',
  'language',
  'region',
  'format',
  'status',
  'translator',
  'sourceText',
  'sourceLanguage',
];

const labels = {
  why: 'why',
  proof: 'proof',
  question: 'q',
  answer: 'a',
  say: 'say',
  dontSay: 'not',
  states: { holds: '', stale: 'stale', draft: 'draft' },
};

describe('a hostile palette', () => {
  it('is read, changed, woven and printed without a throw, the same on two devices', () => {
    fc.assert(
      fc.property(writes([...POINT_KEYS, 'title', 'sourceLanguage', pointId(1), proofId(1), termId(1)]), (list) => {
        const [alice, bob] = createPeople(2);
        addPoint(alice, ALICE, { id: pointId(1), texts: { message: 'one' } });
        addProof(alice, ALICE, pointId(1), { id: proofId(1) });
        addTerm(alice, ALICE, { id: termId(1), renderings: [{ language: 'fr', text: 'un' }] });
        const hostileText = textOf(alice, { point: pointId(1), field: 'message' });
        hostileText?.insertEmbed(1, { image: 'x' });
        hostileText?.format(0, 1, { bold: { any: ['thing'] } });
        const point = alice.getMap('points').get(pointId(1));
        const proofs = point instanceof Y.Map ? (point.get('proofs') as unknown) : null;
        for (const [where, name, value] of list) {
          const target = [
            point,
            proofs,
            alice.getMap('points'),
            alice.getMap('palette'),
            alice.getMap('glossary'),
            alice.getMap('title2'),
          ][where];
          // The version apart: a newer one is shown as such, and tested by itself.
          if (target instanceof Y.Map && name !== 'schemaVersion') target.set(name, value());
        }
        alice.get('rendering/../fr', Y.Text).insert(0, 'x');
        alice.get(`rendering/${termId(1)}/<b>`, Y.Text).insert(0, 'x');
        send(alice, bob);
        const [here, there] = [readPalette(alice), readPalette(bob)];
        expect(there).toEqual(here);
        if (here.type !== 'ready') throw new Error(here.type);
        addPoint(bob, ALICE, { id: pointId(7) });
        movePoint(bob, ALICE, pointId(1), pointId(7));
        movePoint(bob, ALICE, pointId(7), pointId(1));
        setPointField(bob, ALICE, pointId(1), { field: 'status', value: 'approved' });
        for (const field of POINT_TEXTS) textOf(bob, { point: pointId(1), field })?.insert(0, 'x');
        const after = readPalette(bob);
        if (after.type !== 'ready') throw new Error(after.type);
        expect(after.palette.points.some(({ id }) => id === pointId(7))).toBe(true);
        needs(weave(after.palette, [], { own: ['ar'] }), 'ar');
        const { cards: found } = cards(after.palette, [], after.palette.sourceLanguage, { minute: 0 });
        expect(cardsAsText(after.palette, found, labels).length).toBeLessThan(2_000_000);
      }),
      { numRuns: 300 },
    );
  });

  it('of very many points, or with a very long text, is cut to a size, the same everywhere', () => {
    const [alice, bob] = createPeople(2);
    alice.transact(() => {
      for (let n = 0; n < 1500; n++) alice.getMap('points').set(`p${n}`, new Y.Map([['shown', true]]));
    });
    addPoint(alice, ALICE, { id: pointId(1), texts: { message: '😀'.repeat(60_000), say: 'a\n'.repeat(5000) } });
    send(alice, bob);
    const state = readPalette(bob);
    if (state.type !== 'ready') throw new Error(state.type);
    expect(state.palette.points).toHaveLength(1000);
    expect(readPalette(alice)).toEqual(state);
    const long = state.palette.points.find(({ id }) => id === pointId(1));
    expect(long?.message.length).toBe(100_000);
    expect(long?.say).toHaveLength(500);
  });
});

describe('types that pass for others', () => {
  it('XML in place of a text or a map reads as nothing, and gives no editor anything to bind to', () => {
    const [alice] = createPeople(2);
    addPoint(alice, ALICE, { id: pointId(1), texts: { message: 'one' } });
    const points = alice.getMap('points');
    const point = points.get(pointId(1));
    if (!(point instanceof Y.Map)) throw new Error('no point');
    point.set('message', new Y.XmlText('<b>'));
    points.set('hook', new Y.XmlHook('hook'));
    const state = readPalette(alice);
    if (state.type !== 'ready') throw new Error(state.type);
    expect(state.palette.points.map(({ message }) => message)).toEqual(['']);
    expect(state.palette.removedPoints).toEqual([]);
    expect(textOf(alice, { point: pointId(1), field: 'message' })).toBeNull();
  });
});

describe('a hostile variant', () => {
  it('is read without a throw', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key(VARIANT_KEYS), strange)), (list) => {
        const doc = createDoc(1);
        createVariant(doc, ALICE, { point: pointId(1), language: 'ar', sourceText: 'one', sourceLanguage: 'en' });
        for (const [name, value] of list) doc.getMap('variant').set(name, value());
        doc.getText('text').insertEmbed(0, { foreign: true });
        const other = createDoc(2);
        send(doc, other);
        const state = readVariant(other);
        if (state.type === 'ready') staleness(state.variant, 'two');
        expect(['ready', 'newer']).toContain(state.type);
      }),
      { numRuns: 300 },
    );
  });
});
