import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import {
  createUndo,
  createVariant,
  isStale,
  markUpdated,
  readVariant,
  setVariantField,
  staleness,
  stillHolds,
  variantTextOf,
} from '../../../../src/documents/variant/index.ts';
import type { VariantView } from '../../../../src/documents/variant/index.ts';
import { ALICE, createDoc, meet, pointId, send } from '../worlds.ts';

const SOURCE = 'Every crew comes home. We ask the company to publish the plan.';
const CHANGED = 'Every crew comes home. We ask the port and the company to publish the plan.';

const variant = (doc: Y.Doc): VariantView => {
  const state = readVariant(doc);
  if (state.type !== 'ready') throw new Error(state.type);
  return state.variant;
};
const createAlice = (): Y.Doc => {
  const doc = createDoc(1);
  createVariant(doc, ALICE, {
    point: pointId(1),
    language: 'ar',
    sourceText: SOURCE,
    sourceLanguage: 'en',
    translator: 'Amal',
  });
  return doc;
};

describe('a variant', () => {
  it('is read as it was made', () => {
    expect(variant(createAlice())).toEqual({
      point: pointId(1),
      language: 'ar',
      direction: 'rtl',
      region: '',
      format: 'spoken',
      status: 'draft',
      text: '',
      backTranslation: '',
      note: '',
      translator: 'Amal',
      reviewer: '',
      sourceText: SOURCE,
      sourceLanguage: 'en',
    });
  });

  it('is made once, in a language', () => {
    const doc = createAlice();
    const again = { point: pointId(1), language: 'fr', sourceText: '', sourceLanguage: 'en' };
    expect(createVariant(doc, ALICE, again)).toEqual({ ok: false, error: { type: 'Exists' } });
    expect(createVariant(createDoc(2), ALICE, { ...again, language: '' })).toEqual({
      ok: false,
      error: { type: 'Invalid' },
    });
  });

  it('takes its fields, and refuses what they do not take', () => {
    const doc = createAlice();
    for (const change of [
      { field: 'format', value: 'social' },
      { field: 'status', value: 'done' },
      { field: 'language', value: 'ar-eg' },
      { field: 'region', value: 'Alexandria' },
      { field: 'reviewer', value: 'Bilal' },
    ] as const)
      expect(setVariantField(doc, ALICE, change).ok).toBe(true);
    expect(variant(doc)).toMatchObject({
      format: 'social',
      status: 'done',
      language: 'ar-EG',
      region: 'Alexandria',
      reviewer: 'Bilal',
    });
    expect(setVariantField(doc, ALICE, { field: 'language', value: '<b>' })).toEqual({
      ok: false,
      error: { type: 'Invalid' },
    });
  });

  it('is co-edited letter by letter, from the first, by two who never met', () => {
    const alice = createAlice();
    const bob = createDoc(2);
    send(alice, bob);
    variantTextOf(alice, 'text')?.insert(0, 'كل طاقم');
    variantTextOf(bob, 'text')?.insert(0, 'يعود ');
    variantTextOf(bob, 'note')?.insert(0, 'for radio');
    meet(alice, bob);
    expect(variant(alice)).toEqual(variant(bob));
    expect(variant(alice).text).toContain('كل طاقم');
    expect(variant(alice).text).toContain('يعود');
  });

  it('of a newer Weft, or not yet arrived, is not read half and takes no change', () => {
    const empty = createDoc(2);
    expect(readVariant(empty)).toEqual({ type: 'empty' });
    expect(stillHolds(empty, ALICE, SOURCE)).toEqual({ ok: false, error: { type: 'Missing' } });
    const doc = createAlice();
    doc.getMap('variant').set('schemaVersion', 99);
    expect(readVariant(doc)).toEqual({ type: 'newer' });
    expect(variantTextOf(doc, 'text')).toBeNull();
    for (const result of [
      stillHolds(doc, ALICE, ''),
      markUpdated(doc, ALICE, ''),
      setVariantField(doc, ALICE, { field: 'status', value: 'done' }),
    ])
      expect(result).toEqual({ ok: false, error: { type: 'Newer' } });
  });

  it('undo takes back a status, not the making', () => {
    const doc = createDoc(1);
    const undo = createUndo(doc, [ALICE]);
    createVariant(doc, ALICE, { point: pointId(1), language: 'ar', sourceText: SOURCE, sourceLanguage: 'en' });
    setVariantField(doc, ALICE, { field: 'status', value: 'done' });
    undo.undo();
    expect(variant(doc).status).toBe('draft');
    expect(undo.canUndo()).toBe(false);
  });
});

describe('staleness', () => {
  it('comes with the source’s change, and goes when the translator says that it still holds', () => {
    const doc = createAlice();
    expect(staleness(variant(doc), SOURCE)).toEqual({ type: 'fresh' });
    expect(staleness(variant(doc), CHANGED)).toEqual({
      type: 'stale',
      diff: [
        { type: 'same', text: 'Every crew comes home. We ask the ' },
        { type: 'added', text: 'port and the ' },
        { type: 'same', text: 'company to publish the plan.' },
      ],
    });
    stillHolds(doc, ALICE, CHANGED);
    expect(staleness(variant(doc), CHANGED)).toEqual({ type: 'fresh' });
    expect(isStale(variant(doc), SOURCE)).toBe(true);
  });

  it('is not for blanks and invisible characters', () => {
    expect(staleness(variant(createAlice()), `  ${SOURCE.replace(' ', '  ')}\u200B \n`.trimStart())).toEqual({
      type: 'fresh',
    });
  });

  it('goes when the text was updated, and what was done is up for review again', () => {
    const doc = createAlice();
    markUpdated(doc, ALICE, CHANGED);
    expect(variant(doc)).toMatchObject({ status: 'draft', sourceText: CHANGED });
    setVariantField(doc, ALICE, { field: 'status', value: 'done' });
    stillHolds(doc, ALICE, SOURCE);
    expect(variant(doc).status).toBe('done');
    markUpdated(doc, ALICE, CHANGED);
    expect(variant(doc).status).toBe('review');
  });

  it('keeps so much of a long source as one logged value carries, and is stale only where that changed', () => {
    const doc = createDoc(1);
    const source = 'A crew comes home. '.repeat(5000);
    createVariant(doc, ALICE, { point: pointId(1), language: 'ar', sourceText: source, sourceLanguage: 'en' });
    expect(new TextEncoder().encode(variant(doc).sourceText).length).toBeLessThan(48_000);
    expect(isStale(variant(doc), source)).toBe(false);
    expect(isStale(variant(doc), `No ${source}`)).toBe(true);
  });
});
