/** Replicas that are edited apart and merged: fast-check prints the seed of what fails. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import {
  addPoint,
  addProof,
  createUndo,
  movePoint,
  POINT_TEXTS,
  readPalette,
  removePoint,
  restorePoint,
  setPointField,
  STATUSES,
  textOf,
} from '../../../../src/documents/talking-points/index.ts';
import type { PaletteView } from '../../../../src/documents/talking-points/index.ts';
import { replaceText } from '../../../../src/documents/text/index.ts';
import { ALICE, createPeople, meet, pointId, proofId, send } from '../worlds.ts';

const palette = (doc: Y.Doc): PaletteView => {
  const state = readPalette(doc);
  if (state.type !== 'ready') throw new Error(state.type);
  return state.palette;
};
const messages = (doc: Y.Doc): readonly string[] => palette(doc).points.map(({ message }) => message);

type Step = { readonly who: number; readonly what: string; readonly a: number; readonly b: number };

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom('add', 'type', 'type', 'type', 'move', 'remove', 'restore', 'status', 'proof', 'send', 'undo'),
  a: fc.nat(50),
  b: fc.nat(50),
});

describe('three people apart', () => {
  it('agree once they met, and no typed word is lost but those whose typist undid them', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const people = createPeople(3);
        const undos = people.map((doc) => createUndo(doc, [ALICE]));
        const typed: { word: string; who: number }[] = [];
        const undid = new Set<number>();
        let fresh = 1;
        for (const { who, what, a, b } of steps) {
          const doc = people[who] as Y.Doc;
          const { points, removedPoints } = palette(doc);
          const all = [...points, ...removedPoints];
          const chosen = all[a % Math.max(1, all.length)];
          if (what === 'add') addPoint(doc, ALICE, { id: pointId(fresh++), value: 'own' });
          if (what === 'send') send(doc, people[a % 3] as Y.Doc);
          if (what === 'undo') {
            undos[who]?.undo();
            undid.add(who);
          }
          if (chosen === undefined) continue;
          const { id } = chosen;
          if (what === 'type') {
            const word = `<${fresh++}>`;
            const field = POINT_TEXTS[b % POINT_TEXTS.length] ?? 'message';
            const text = textOf(doc, { point: id, field });
            if (text === null) throw new Error('a point without its text');
            const before = text.toJSON();
            // Between words, so that a word of another is not split in two.
            const at = before.lastIndexOf('<', b) === -1 ? 0 : before.lastIndexOf('<', b);
            replaceText(text, ALICE, before, before.slice(0, at) + word + before.slice(at), at + word.length);
            typed.push({ word, who });
          }
          if (what === 'move') movePoint(doc, ALICE, id, all[b % (all.length + 1)]?.id ?? null);
          if (what === 'remove') removePoint(doc, ALICE, id);
          if (what === 'restore') restorePoint(doc, ALICE, id);
          if (what === 'status')
            setPointField(doc, ALICE, id, { field: 'status', value: STATUSES[b % STATUSES.length] ?? 'draft' });
          if (what === 'proof') addProof(doc, ALICE, id, { id: proofId(fresh++), texts: { claim: 'c' } });
        }
        meet(...people);
        const [first, ...others] = people.map(palette);
        for (const other of others) expect(other).toEqual(first);
        const everything = JSON.stringify(first);
        for (const { word, who } of typed) if (!undid.has(who)) expect(everything).toContain(word);
      }),
      { numRuns: 150 },
    );
  });

  it('who reorder apart get one order of all points, none twice and none lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ who: fc.nat(2), id: fc.nat(7), before: fc.nat(8) }), { maxLength: 24 }),
        (moves) => {
          const people = createPeople(3);
          for (let n = 0; n < 8; n++) addPoint(people[0], ALICE, { id: pointId(n), texts: { message: String(n) } });
          meet(...people);
          for (const { who, id, before } of moves)
            movePoint(people[who] as Y.Doc, ALICE, pointId(id), before === 8 ? null : pointId(before));
          meet(...people);
          const [one, two, three] = people.map(messages);
          expect(two).toEqual(one);
          expect(three).toEqual(one);
          expect([...(one ?? [])].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('two people apart', () => {
  it('who each move another point both get what they wanted', () => {
    const [alice, bob] = createPeople(2);
    ['a', 'b', 'c', 'd'].forEach((message, n) => addPoint(alice, ALICE, { id: pointId(n), texts: { message } }));
    meet(alice, bob);
    movePoint(alice, ALICE, pointId(3), pointId(0));
    movePoint(bob, ALICE, pointId(1), null);
    meet(alice, bob);
    expect(messages(alice)).toEqual(['d', 'a', 'c', 'b']);
    expect(messages(bob)).toEqual(messages(alice));
  });

  it('who put points in the same place keep both, and can still put one between them', () => {
    const [alice, bob] = createPeople(2);
    addPoint(alice, ALICE, { id: pointId(10), texts: { message: 'a' } });
    addPoint(bob, ALICE, { id: pointId(20), texts: { message: 'b' } });
    meet(alice, bob);
    expect(messages(alice)).toEqual(['a', 'b']);
    addPoint(bob, ALICE, { id: pointId(30), texts: { message: 'between' }, before: pointId(20) });
    meet(alice, bob);
    expect(messages(alice)).toEqual(['a', 'between', 'b']);
  });

  it('one of whom removes a point while the other writes in it, lose nothing', () => {
    const [alice, bob] = createPeople(2);
    addPoint(alice, ALICE, { id: pointId(1), texts: { message: 'home' } });
    meet(alice, bob);
    removePoint(alice, ALICE, pointId(1));
    textOf(bob, { point: pointId(1), field: 'message' })?.insert(4, ', every crew');
    meet(alice, bob);
    expect(messages(alice)).toEqual([]);
    restorePoint(alice, ALICE, pointId(1));
    meet(alice, bob);
    expect(messages(bob)).toEqual(['home, every crew']);
  });

  it('who set different fields of a point keep both, and of one field the same one everywhere', () => {
    const [alice, bob] = createPeople(2);
    addPoint(alice, ALICE, { id: pointId(1) });
    meet(alice, bob);
    setPointField(alice, ALICE, pointId(1), { field: 'value', value: 'justice' });
    setPointField(alice, ALICE, pointId(1), { field: 'status', value: 'review' });
    setPointField(bob, ALICE, pointId(1), { field: 'status', value: 'approved' });
    setPointField(bob, ALICE, pointId(1), { field: 'expiry', value: '2030-01-01' });
    meet(alice, bob);
    expect(palette(alice)).toEqual(palette(bob));
    expect(palette(alice).points[0]).toMatchObject({ value: { type: 'justice' }, expiry: '2030-01-01' });
  });
});
