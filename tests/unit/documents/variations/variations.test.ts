import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { changeAction, createUndo, parseApproachId, respectOthers } from '../../../../src/documents/calendar/index.ts';
import type { ActionView, FieldChange } from '../../../../src/documents/calendar/index.ts';
import {
  changeVariation,
  createVariations,
  homeOf,
  joinVariations,
  ONCE,
  overlay,
  readVariations,
  reasonOf,
  stillHolds,
  stillValid,
} from '../../../../src/documents/variations/index.ts';
import type { VariationView } from '../../../../src/documents/variations/index.ts';
import {
  actionOf,
  ALICE,
  createDoc,
  createPeople,
  HARBOUR,
  MARCH,
  meet,
  MINUTE,
  on,
  send,
  starting,
} from '../calendar/worlds.ts';

/** Two devices of one group, with one document of variations. */
const createGroup = (): readonly [Y.Doc, Y.Doc] => {
  const first = createDoc(11);
  createVariations(first, ALICE);
  const second = createDoc(12);
  send(first, second);
  return [first, second];
};

const own = (...docs: readonly Y.Doc[]): VariationView | null =>
  joinVariations(docs.map(readVariations)).get(MARCH) ?? null;

const say = (doc: Y.Doc, frame: ActionView | null, ...fields: FieldChange[]) =>
  changeVariation([doc], ALICE, MARCH, fields, frame);

const adapting: FieldChange = { field: 'standing', value: 'adapting' };
const four = starting('2026-03-08T16:00');
const nine = starting('2026-03-09T14:00');

describe('a variation', () => {
  it('is read as it was written, with its reason', () => {
    const [here] = createGroup();
    const frame = actionOf(createPeople(2)[0]);
    expect(own(here)).toBeNull();
    const said = say(
      here,
      frame,
      adapting,
      { field: 'when', value: four },
      { field: 'name', value: 'A quiet walk' },
      { field: 'text', key: 'demand', value: 'Bread' },
      { field: 'status', occurrence: on('2026-03-15T16:00'), value: 'cancelled' },
    );
    expect(said.ok).toBe(true);
    reasonOf(here, MARCH)?.insert(0, 'The square is closed');
    expect(own(here)).toMatchObject({
      standing: 'adapting',
      overrides: { when: four, name: 'A quiet walk' },
      texts: { demand: 'Bread' },
      changed: new Map([['2026-03-15T16:00', { status: 'cancelled' }]]),
      reason: 'The square is closed',
      conflicts: [],
    });
  });

  it('takes nothing that a group cannot have of its own, and nothing while its document is empty or newer', () => {
    const [here] = createGroup();
    expect(say(here, null, { field: 'imported', value: { uid: 'x', sequence: 0, stamp: '' } }).ok).toBe(false);
    const empty = createDoc(1);
    expect(say(empty, null, adapting)).toEqual({ ok: false, error: { type: 'Missing' } });
    here.getMap('variations').set('schemaVersion', 9);
    expect(say(here, null, adapting)).toEqual({ ok: false, error: { type: 'Newer' } });
    expect(reasonOf(here, MARCH)).toBeNull();
  });

  it('shows both of what two devices of the group said apart, and undo leaves the other’s word', () => {
    const [here, there] = createGroup();
    const undo = createUndo(here, [ALICE]);
    respectOthers(here, undo);
    say(here, null, { field: 'standing', value: 'joining' });
    say(there, null, { field: 'standing', value: 'not-joining' });
    reasonOf(here, MARCH)?.insert(0, 'yes ');
    reasonOf(there, MARCH)?.insert(0, 'no ');
    meet(here, there);
    expect(own(here)?.conflicts[0]?.values).toHaveLength(2);
    expect(own(here)?.reason).toContain('yes');
    expect(own(here)).toEqual(own(there));
    undo.undo();
    meet(here, there);
    expect(own(there)).toMatchObject({ standing: 'not-joining', conflicts: [] });
  });

  it('in two documents of one group is one: what both say is shown, and settled in both', () => {
    const first = createDoc(1);
    const second = createDoc(2);
    for (const doc of [first, second]) createVariations(doc, ALICE);
    say(first, null, adapting, { field: 'when', value: four });
    say(second, null, adapting, { field: 'when', value: nine });
    expect(own(first, second)?.conflicts.map(({ field }) => field)).toEqual(['when']);
    expect(homeOf([first, second], MARCH)).toBe(first);
    const ten = starting('2026-03-10T14:00');
    changeVariation([first, second], ALICE, MARCH, [{ field: 'when', value: ten }], null);
    expect(own(first, second)).toMatchObject({ overrides: { when: ten }, conflicts: [] });
    const third = createDoc(3);
    createVariations(third, ALICE);
    expect(homeOf([third, second], MARCH)).toBe(second);
  });
});

describe('an action as a group takes part in it', () => {
  it('is the common frame, whatever the group has of its own, unless it adapts', () => {
    const frame = actionOf(createPeople(2)[0]);
    const [here] = createGroup();
    say(here, frame, { field: 'standing', value: 'joining' }, { field: 'when', value: four });
    expect(overlay(frame, own(here))).toBe(frame);
    expect(overlay(frame, null)).toBe(frame);
    say(here, frame, adapting);
    expect(overlay(frame, own(here)).when).toEqual(four);
    say(here, frame, { field: 'when', value: null });
    expect(overlay(frame, own(here)).when).toEqual(frame.when);
  });

  it('has the common exceptions on the days of its own, and its own dates of single ones', () => {
    const [alice] = createPeople(2);
    changeAction(
      alice,
      ALICE,
      MARCH,
      {
        add: [{ item: 'exdate', value: on('2026-03-15T14:00') }],
        fields: [
          { field: 'status', occurrence: on('2026-03-22T14:00'), value: 'cancelled' },
          { field: 'when', occurrence: on('2026-03-29T14:00'), value: starting('2026-03-30T14:00') },
        ],
      },
      MINUTE,
    );
    const [here] = createGroup();
    say(here, null, adapting, { field: 'when', value: starting('2026-03-07T10:00') });
    say(here, null, { field: 'name', occurrence: on('2026-03-21T10:00'), value: 'Ours' });
    expect(overlay(actionOf(alice), own(here))).toMatchObject({
      exdates: ['2026-03-14T10:00'],
      changed: new Map([['2026-03-21T10:00', { status: 'cancelled', name: 'Ours' }]]),
    });
    say(here, null, { field: 'rule', value: ONCE });
    expect(overlay(actionOf(alice), own(here)).rule).toBeNull();
  });

  const places = ['Old port', 'New port', 'Station'].map(
    (text) => ({ text, precision: 'exact', isPublic: true }) as const,
  );
  const change = (which: number, n: number): FieldChange =>
    [
      { field: 'when', value: starting(`2026-03-0${1 + (n % 9)}T1${n % 10}:00`) },
      { field: 'rule', value: n % 3 === 0 ? null : `FREQ=WEEKLY;COUNT=${n + 2}` },
      { field: 'place', value: places[n % 3] ?? null },
      { field: 'approach', value: parseApproachId(['march', 'vigil', 'petition'][n % 3]) },
      { field: 'form', value: `form ${n % 4}` },
      { field: 'risk', value: (['low', 'medium', 'high'] as const)[n % 3] ?? null },
      { field: 'status', value: (['idea', 'confirmed', 'cancelled'] as const)[n % 3] ?? null },
      { field: 'contact', value: { text: `call ${n}`, isPublic: n % 2 === 0 } },
    ].map((each) => each as FieldChange)[which] as FieldChange;
  const NAMES = ['when', 'rule', 'place', 'approach', 'form', 'risk', 'status', 'contact'] as const;

  it('follows the common frame, through any changes, in all that it does not have of its own', () => {
    const step = fc.record({
      isOwn: fc.boolean(),
      which: fc.nat(NAMES.length - 1),
      n: fc.nat(40),
      isBack: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const [alice] = createPeople(2);
        const [here] = createGroup();
        say(here, actionOf(alice), adapting);
        const values = new Map<string, unknown>();
        let seen = actionOf(alice);
        for (const { isOwn, which, n, isBack } of steps) {
          const made = change(which, n);
          if (!isOwn) changeAction(alice, ALICE, MARCH, { fields: [made] }, MINUTE);
          else {
            const value = isBack ? null : made.value;
            seen = actionOf(alice);
            say(here, seen, { ...made, value } as FieldChange);
            if (value === null) values.delete(made.field);
            else values.set(made.field, value);
          }
        }
        const frame = actionOf(alice);
        const variation = own(here);
        const local = overlay(frame, variation);
        for (const name of NAMES) expect(local[name]).toEqual(values.has(name) ? values.get(name) : frame[name]);
        for (const name of ['id', 'hosts', 'needs', 'links', 'history', 'campaign', 'title'] as const)
          expect(local[name]).toBe(frame[name]);
        const differs = NAMES.filter(
          (name) => name !== 'contact' && JSON.stringify(frame[name]) !== JSON.stringify(seen[name]),
        );
        const asked = stillValid(frame, variation);
        expect([...(asked?.changed ?? [])].sort()).toEqual(differs.sort());
        for (const name of differs) if (name !== 'contact') expect(asked?.before[name] ?? null).toEqual(seen[name]);
        stillHolds([here], ALICE, frame);
        expect(stillValid(frame, own(here))).toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});

describe('a group that takes part', () => {
  it('is asked again when the frame changes, in words or dates, until somebody of it answers', () => {
    const [alice] = createPeople(2);
    const [here, there] = createGroup();
    say(here, actionOf(alice), { field: 'standing', value: 'joining' });
    send(here, there);
    expect(stillValid(actionOf(alice), own(here))).toBeNull();
    changeAction(
      alice,
      ALICE,
      MARCH,
      {
        fields: [
          { field: 'when', value: four },
          { field: 'name', occurrence: on('2026-03-15T16:00'), value: 'Big' },
        ],
        add: [{ item: 'exdate', value: on('2026-03-22T16:00') }],
      },
      MINUTE,
    );
    const asked = stillValid(actionOf(alice), own(here));
    expect(asked?.changed).toEqual(['when', 'exdates', 'changed']);
    expect(asked?.before).toMatchObject({ when: starting('2026-03-08T14:00'), exdates: [] });
    stillHolds([there], ALICE, actionOf(alice));
    meet(here, there);
    expect(stillValid(actionOf(alice), own(here))).toBeNull();
  });

  it('is not asked about what it was shown apart by another device, nor when it declined', () => {
    const [alice] = createPeople(2);
    const [here, there] = createGroup();
    const before = actionOf(alice);
    changeAction(alice, ALICE, MARCH, { fields: [{ field: 'risk', value: 'high' }] }, MINUTE);
    say(here, before, { field: 'standing', value: 'joining' });
    say(there, actionOf(alice), { field: 'standing', value: 'joining' });
    meet(here, there);
    expect(own(here)?.bases).toHaveLength(2);
    expect(stillValid(actionOf(alice), own(here))).toBeNull();
    say(here, before, { field: 'standing', value: 'not-joining' });
    expect(stillValid(actionOf(alice), own(here))).toBeNull();
  });

  it('is told that long words changed, without having kept them', () => {
    const [alice] = createPeople(2);
    const [here] = createGroup();
    const frame = actionOf(alice);
    const long = { ...frame, title: 'x'.repeat(5_000), texts: { ...frame.texts, demand: 'Bread' } };
    say(here, long, adapting);
    expect(JSON.stringify([...own(here)!.bases]).length).toBeLessThan(600);
    expect(stillValid(long, own(here))).toBeNull();
    expect(stillValid({ ...long, texts: { demand: 'Bread\u200b  ' } }, own(here))).toBeNull();
    expect(stillValid({ ...long, title: 'y', texts: { demand: 'Roses' } }, own(here))).toEqual({
      changed: ['title', 'demand'],
      before: expect.not.objectContaining({ title: expect.anything() as unknown }) as unknown,
    });
  });
});

describe('hosts', () => {
  it('are no field of a group’s own', () => {
    const [here] = createGroup();
    here.getArray('facts/' + MARCH).push([
      ['host', HARBOUR],
      ['standing', 'adapting'],
    ]);
    expect(own(here)).toMatchObject({ standing: 'adapting', overrides: {} });
  });
});
