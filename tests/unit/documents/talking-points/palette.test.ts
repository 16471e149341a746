import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import {
  addExample,
  addPoint,
  addProof,
  addTerm,
  createPalette,
  createUndo,
  encodePath,
  movePoint,
  moveProof,
  parsePath,
  readPalette,
  removePoint,
  removeProof,
  removeTerm,
  restorePoint,
  restoreProof,
  restoreTerm,
  setPointField,
  setProofField,
  setSourceLanguage,
  setTermRule,
  textOf,
} from '../../../../src/documents/talking-points/index.ts';
import type { PaletteView, PointView, TextPath } from '../../../../src/documents/talking-points/index.ts';
import { ALICE, createDoc, createPeople, meet, pointId, proofId, send, termId } from '../worlds.ts';

const palette = (doc: Y.Doc): PaletteView => {
  const state = readPalette(doc);
  if (state.type !== 'ready') throw new Error(state.type);
  return state.palette;
};
const point = (doc: Y.Doc): PointView => {
  const first = palette(doc).points[0];
  if (first === undefined) throw new Error('no point');
  return first;
};
const messages = (doc: Y.Doc): readonly string[] => palette(doc).points.map(({ message }) => message);
const createAlice = (): Y.Doc => {
  const doc = createDoc(1);
  createPalette(doc, ALICE, { title: 'Harbour', sourceLanguage: 'EN', audience: 'dockers', ask: 'Publish the plan' });
  return doc;
};
const withPoints = (doc: Y.Doc, ...texts: readonly string[]): void =>
  texts.forEach((message, index) => addPoint(doc, ALICE, { id: pointId(index + 1), texts: { message } }));

describe('a palette', () => {
  it('is read as it was made', () => {
    expect(palette(createAlice())).toMatchObject({
      title: 'Harbour',
      audience: 'dockers',
      ask: 'Publish the plan',
      sourceLanguage: 'en',
      direction: 'ltr',
      points: [],
      glossary: [],
    });
  });

  it('is made once, and in a language', () => {
    const doc = createAlice();
    expect(createPalette(doc, ALICE, { title: 'Again', sourceLanguage: 'en' })).toEqual({
      ok: false,
      error: { type: 'Exists' },
    });
    const other = createDoc(2);
    expect(createPalette(other, ALICE, { title: 'x', sourceLanguage: '?' })).toEqual({
      ok: false,
      error: { type: 'Invalid' },
    });
    expect(readPalette(other)).toEqual({ type: 'empty' });
  });

  it('whose content has not arrived is empty, and takes no change', () => {
    const doc = createDoc(1);
    expect(readPalette(doc)).toEqual({ type: 'empty' });
    expect(addPoint(doc, ALICE, { id: pointId(1) })).toEqual({ ok: false, error: { type: 'Missing' } });
    expect(textOf(doc, { palette: 'title' })).toBeNull();
  });

  it('of a newer Weft is not read half, and refuses every change', () => {
    const doc = createAlice();
    withPoints(doc, 'one');
    addProof(doc, ALICE, pointId(1), { id: proofId(1) });
    addTerm(doc, ALICE, { id: termId(1) });
    doc.getMap('palette').set('schemaVersion', 2);
    let changes = 0;
    doc.on('update', () => changes++);
    expect(readPalette(doc)).toEqual({ type: 'newer' });
    const id = pointId(1);
    const newer = { ok: false, error: { type: 'Newer' } };
    for (const result of [
      setSourceLanguage(doc, ALICE, 'fr'),
      addPoint(doc, ALICE, { id: pointId(2) }),
      movePoint(doc, ALICE, id, null),
      removePoint(doc, ALICE, id),
      restorePoint(doc, ALICE, id),
      setPointField(doc, ALICE, id, { field: 'value', value: 'justice' }),
      addProof(doc, ALICE, id, { id: proofId(2) }),
      moveProof(doc, ALICE, id, proofId(1), null),
      removeProof(doc, ALICE, id, proofId(1)),
      restoreProof(doc, ALICE, id, proofId(1)),
      setProofField(doc, ALICE, id, proofId(1), { field: 'permission', value: 'given' }),
      addTerm(doc, ALICE, { id: termId(2) }),
      removeTerm(doc, ALICE, termId(1)),
      restoreTerm(doc, ALICE, termId(1)),
      setTermRule(doc, ALICE, termId(1), 'avoid'),
    ])
      expect(result).toEqual(newer);
    expect(createPalette(doc, ALICE, { title: '', sourceLanguage: 'en' }).ok).toBe(false);
    expect(textOf(doc, { point: id, field: 'message' })).toBeNull();
    expect(changes).toBe(0);
  });

  it('with a schema version that is no number locks nobody out', () => {
    const doc = createAlice();
    doc.getMap('palette').set('schemaVersion', { much: 'newer' });
    expect(readPalette(doc).type).toBe('ready');
  });
});

describe('points', () => {
  it('hold what was written into each of their fields', () => {
    const doc = createAlice();
    addPoint(doc, ALICE, {
      id: pointId(1),
      value: 'own',
      texts: { message: 'Every crew comes home', ownValue: 'care', say: 'crew\n\n shipmates ', dontSay: 'staff' },
    });
    addProof(doc, ALICE, pointId(1), {
      id: proofId(1),
      texts: { claim: '12 ships', source: 'Port log' },
      date: '2024-02-29',
    });
    setProofField(doc, ALICE, pointId(1), proofId(1), { field: 'permission', value: 'given' });
    setPointField(doc, ALICE, pointId(1), { field: 'status', value: 'embargoed' });
    setPointField(doc, ALICE, pointId(1), { field: 'embargoedUntil', value: 29_000_000 });
    setPointField(doc, ALICE, pointId(1), { field: 'expiry', value: '2031-01-01' });
    textOf(doc, { point: pointId(1), field: 'story' })?.insert(0, 'Once');
    expect(point(doc)).toEqual({
      id: pointId(1),
      value: { type: 'own', text: 'care' },
      message: 'Every crew comes home',
      why: '',
      speaksTo: '',
      proofs: [{ id: proofId(1), claim: '12 ships', source: 'Port log', date: '2024-02-29', permission: 'given' }],
      removedProofs: [],
      story: 'Once',
      question: '',
      answer: '',
      say: ['crew', 'shipmates'],
      dontSay: ['staff'],
      speakers: [],
      risk: '',
      status: { type: 'embargoed', until: 29_000_000 },
      expiry: '2031-01-01',
    });
  });

  it('refuse a day that is none, a time before time, and what is not there', () => {
    const doc = createAlice();
    withPoints(doc, 'one');
    const set = (field: 'expiry', value: string) => setPointField(doc, ALICE, pointId(1), { field, value });
    for (const day of ['2023-02-29', '2024-1-1', 'soon', '2024-13-01']) expect(set('expiry', day).ok).toBe(false);
    expect(setPointField(doc, ALICE, pointId(1), { field: 'embargoedUntil', value: -1 }).ok).toBe(false);
    expect(addProof(doc, ALICE, pointId(1), { id: proofId(1), date: 'x' })).toEqual({
      ok: false,
      error: { type: 'Invalid' },
    });
    expect(removePoint(doc, ALICE, pointId(9))).toEqual({ ok: false, error: { type: 'Missing' } });
    expect(addPoint(doc, ALICE, { id: pointId(1) })).toEqual({ ok: false, error: { type: 'Exists' } });
  });

  it('are added where one says, moved, removed, and restored to their place', () => {
    const doc = createAlice();
    withPoints(doc, 'one', 'two', 'three');
    addPoint(doc, ALICE, { id: pointId(9), texts: { message: 'zero' }, before: pointId(1) });
    expect(messages(doc)).toEqual(['zero', 'one', 'two', 'three']);
    movePoint(doc, ALICE, pointId(3), pointId(2));
    expect(messages(doc)).toEqual(['zero', 'one', 'three', 'two']);
    removePoint(doc, ALICE, pointId(3));
    expect(messages(doc)).toEqual(['zero', 'one', 'two']);
    expect(palette(doc).removedPoints.map(({ message }) => message)).toEqual(['three']);
    restorePoint(doc, ALICE, pointId(3));
    expect(messages(doc)).toEqual(['zero', 'one', 'three', 'two']);
    movePoint(doc, ALICE, pointId(9), null);
    expect(messages(doc)).toEqual(['one', 'three', 'two', 'zero']);
  });

  it('writing what is there already writes nothing', () => {
    const doc = createAlice();
    withPoints(doc, 'one');
    let updates = 0;
    doc.on('update', () => updates++);
    setPointField(doc, ALICE, pointId(1), { field: 'value', value: 'dignity' });
    restorePoint(doc, ALICE, pointId(1));
    expect(updates).toBe(0);
  });

  it('proof points are moved, removed and restored likewise', () => {
    const doc = createAlice();
    withPoints(doc, 'one');
    for (const n of [1, 2, 3]) addProof(doc, ALICE, pointId(1), { id: proofId(n), texts: { claim: String(n) } });
    moveProof(doc, ALICE, pointId(1), proofId(3), proofId(1));
    removeProof(doc, ALICE, pointId(1), proofId(1));
    expect(point(doc).proofs.map(({ claim }) => claim)).toEqual(['3', '2']);
    expect(point(doc).removedProofs.map(({ claim }) => claim)).toEqual(['1']);
    restoreProof(doc, ALICE, pointId(1), proofId(1));
    expect(point(doc).proofs.map(({ claim }) => claim)).toEqual(['3', '1', '2']);
  });
});

describe('the glossary', () => {
  it('holds terms with their rule, reason and renderings', () => {
    const doc = createAlice();
    addTerm(doc, ALICE, {
      id: termId(1),
      rule: 'must-keep',
      texts: { term: 'rescue plan', why: 'the law says so' },
      renderings: [{ language: 'AR', text: 'خطة الإنقاذ' }],
    });
    textOf(doc, { term: termId(1), language: 'fr' })?.insert(0, 'plan de sauvetage');
    setTermRule(doc, ALICE, termId(1), 'avoid');
    expect(palette(doc).glossary).toEqual([
      {
        id: termId(1),
        term: 'rescue plan',
        rule: 'avoid',
        why: 'the law says so',
        renderings: [
          { language: 'ar', text: 'خطة الإنقاذ' },
          { language: 'fr', text: 'plan de sauvetage' },
        ],
      },
    ]);
    removeTerm(doc, ALICE, termId(1));
    expect(palette(doc).glossary).toEqual([]);
    restoreTerm(doc, ALICE, termId(1));
    expect(palette(doc).glossary).toHaveLength(1);
  });

  it('has no rendering under a name that is no term or no language in its one form', () => {
    const doc = createAlice();
    addTerm(doc, ALICE, { id: termId(1) });
    for (const name of ['x/y', `${termId(1)}/FR`, `${termId(1)}/<b>`, `${termId(1)}/fr/fr`])
      doc.getText(`rendering/${name}`).insert(0, 'x');
    expect(palette(doc).glossary[0]?.renderings).toEqual([]);
  });

  it('two who render one term apart lose no word of either', () => {
    const [alice, bob] = createPeople(2);
    addTerm(alice, ALICE, { id: termId(1), texts: { term: 'crew' } });
    meet(alice, bob);
    textOf(alice, { term: termId(1), language: 'fr' })?.insert(0, 'équipage');
    textOf(bob, { term: termId(1), language: 'FR' })?.insert(0, 'marins');
    meet(alice, bob);
    const text = palette(bob).glossary[0]?.renderings[0]?.text;
    expect(text).toContain('équipage');
    expect(text).toContain('marins');
    expect(palette(alice)).toEqual(palette(bob));
  });
});

describe('undo', () => {
  it('undoes only one’s own', () => {
    const [alice, bob] = createPeople(2);
    withPoints(alice, 'home');
    meet(alice, bob);
    const undo = createUndo(alice, [ALICE]);
    const path: TextPath = { point: pointId(1), field: 'message' };
    alice.transact(() => textOf(alice, path)?.insert(0, 'ALICE '), ALICE);
    textOf(bob, path)?.insert(0, 'BOB ');
    meet(alice, bob);
    undo.undo();
    meet(alice, bob);
    expect(messages(bob)).toEqual(['BOB home']);
    expect(undo.canUndo()).toBe(false);
    undo.redo();
    expect(point(alice).message).toContain('ALICE');
  });

  it('of adding a point hides it, and what another wrote in it comes back with it', () => {
    const [alice, bob] = createPeople(2);
    const undo = createUndo(alice, [ALICE]);
    withPoints(alice, 'home');
    meet(alice, bob);
    textOf(bob, { point: pointId(1), field: 'story' })?.insert(0, 'words of Bob');
    meet(alice, bob);
    undo.undo();
    expect(messages(alice)).toEqual([]);
    expect(palette(alice).removedPoints[0]).toMatchObject({ message: 'home', story: 'words of Bob' });
    undo.redo();
    meet(alice, bob);
    expect(point(bob)).toMatchObject({ message: 'home', story: 'words of Bob' });
  });

  it('of removing, moving and setting a field takes each back', () => {
    const doc = createAlice();
    withPoints(doc, 'one', 'two');
    const undo = createUndo(doc, [ALICE]);
    removePoint(doc, ALICE, pointId(1));
    undo.stopCapturing();
    movePoint(doc, ALICE, pointId(2), pointId(1));
    undo.stopCapturing();
    setPointField(doc, ALICE, pointId(2), { field: 'value', value: 'safety' });
    undo.undo();
    expect(point(doc).value).toEqual({ type: 'dignity' });
    undo.undo();
    undo.undo();
    expect(messages(doc)).toEqual(['one', 'two']);
  });

  it('does not take a palette’s making back', () => {
    const doc = createDoc(1);
    const undo = createUndo(doc, [ALICE]);
    createPalette(doc, ALICE, { title: 'Harbour', sourceLanguage: 'en' });
    expect(undo.canUndo()).toBe(false);
  });
});

describe('names of texts', () => {
  it('come back from their string, and nothing else does', () => {
    const paths: readonly TextPath[] = [
      { palette: 'title' },
      { point: pointId(1), field: 'message' },
      { point: pointId(1), proof: proofId(2), field: 'claim' },
      { term: termId(3), field: 'why' },
      { term: termId(3), language: 'ar-EG' },
    ];
    for (const path of paths) expect(parsePath(encodePath(path))).toEqual(path);
    for (const nonsense of ['', 'palette/points', 'point/<b>/message', 'point/a/b/c/d', 'x'.repeat(999), 7, null, {}])
      expect(parsePath(nonsense)).toBeNull();
  });

  it('every text of a new point and proof can be bound to', () => {
    const doc = createAlice();
    withPoints(doc, 'one');
    addProof(doc, ALICE, pointId(1), { id: proofId(1) });
    expect(textOf(doc, { point: pointId(1), field: 'risk' })).not.toBeNull();
    expect(textOf(doc, { point: pointId(1), proof: proofId(1), field: 'source' })).not.toBeNull();
    expect(textOf(doc, { point: pointId(2), field: 'risk' })).toBeNull();
    expect(textOf(doc, { term: termId(1), language: 'fr' })).toBeNull();
  });
});

describe('the example', () => {
  it('adds its points, proof points and terms after what is there', () => {
    const doc = createAlice();
    withPoints(doc, 'mine');
    let fresh = 100;
    const result = addExample(
      doc,
      ALICE,
      {
        points: [{ value: 'safety', texts: { message: 'Safe return' }, proofs: [{ texts: { claim: '3 of 4' } }] }],
        terms: [{ rule: 'avoid', texts: { term: 'accident' } }],
      },
      { point: () => pointId(fresh++), proof: () => proofId(fresh++), term: () => termId(fresh++) },
    );
    expect(result.ok).toBe(true);
    expect(messages(doc)).toEqual(['mine', 'Safe return']);
    expect(palette(doc).points[1]?.proofs[0]?.claim).toBe('3 of 4');
    expect(palette(doc).glossary[0]?.term).toBe('accident');
  });

  it('reaches another device whole', () => {
    const [alice, bob] = createPeople(2);
    withPoints(alice, 'one');
    send(alice, bob);
    expect(palette(bob)).toEqual(palette(alice));
  });
});
