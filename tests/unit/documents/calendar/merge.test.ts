/** People apart: what each wrote holds, and what two wrote in one field is shown as both until somebody settles it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import {
  actionTextPaths,
  addAction,
  beginActionText,
  calendarTextOf,
  changeAction,
  createUndo,
  fitMoment,
  followCalendar,
  moveSeries,
  readCalendar,
  removeAction,
  respectOthers,
  restoreAction,
  seriesOf,
  setStatus,
} from '../../../../src/documents/calendar/index.ts';
import type { FieldChange } from '../../../../src/documents/calendar/index.ts';
import { addDays, dateOfWall, occurrencesOf, parseWallDate, UTC } from '../../../../src/times/index.ts';
import type { WallDate } from '../../../../src/times/index.ts';
import {
  actionOf,
  actionId,
  ALICE,
  createPeople,
  HARBOUR,
  HILLS,
  MARCH,
  meet,
  MINUTE,
  on,
  RIVER,
  send,
  starting,
} from './worlds.ts';

const day = (date: string): WallDate => {
  const parsed = parseWallDate(date);
  if (parsed === null) throw new Error(date);
  return parsed;
};

const set = (doc: Y.Doc, ...fields: FieldChange[]) => changeAction(doc, ALICE, MARCH, { fields }, MINUTE);
const nine = starting('2026-03-09T14:00');
const four = starting('2026-03-08T16:00');

describe('two people apart', () => {
  it('who change different fields both have it', () => {
    const [alice, bob] = createPeople(2);
    set(alice, { field: 'when', value: four });
    set(bob, { field: 'risk', value: 'high' }, { field: 'campaign', value: 'Spring' });
    meet(alice, bob);
    expect(actionOf(alice)).toMatchObject({ when: four, risk: 'high', campaign: 'Spring', conflicts: [] });
    expect(actionOf(bob)).toEqual(actionOf(alice));
  });

  it('who move it to different times are both shown, with who said what, until somebody settles it', () => {
    const [alice, bob] = createPeople(2);
    set(alice, { field: 'when', value: four });
    set(bob, { field: 'when', value: nine });
    meet(alice, bob);
    const [conflict] = actionOf(bob).conflicts;
    expect(conflict?.field).toBe('when');
    expect(new Map(conflict?.values.map(({ client, value }) => [client, value]))).toEqual(
      new Map([
        [1, four],
        [2, nine],
      ]),
    );
    expect([four, nine]).toContainEqual(actionOf(bob).when);
    expect(actionOf(alice)).toEqual(actionOf(bob));
    set(bob, { field: 'when', value: four });
    meet(alice, bob);
    expect(actionOf(alice)).toMatchObject({ when: four, conflicts: [] });
  });

  it('who settle it differently, apart, are shown again, and nothing is lost', () => {
    const [alice, bob] = createPeople(2);
    set(alice, { field: 'when', value: four });
    set(bob, { field: 'when', value: nine });
    meet(alice, bob);
    set(alice, { field: 'when', value: nine });
    set(bob, { field: 'when', value: four });
    meet(alice, bob);
    expect(actionOf(alice).conflicts).toHaveLength(1);
    set(alice, { field: 'when', value: four });
    meet(alice, bob);
    expect(actionOf(bob)).toMatchObject({ when: four, conflicts: [] });
  });

  it('who write the same are of one mind', () => {
    const [alice, bob] = createPeople(2);
    for (const doc of [alice, bob]) set(doc, { field: 'when', value: four });
    meet(alice, bob);
    expect(actionOf(alice)).toMatchObject({ when: four, conflicts: [] });
  });

  it('one of whom takes away what the other changes are both shown', () => {
    const [alice, bob] = createPeople(2);
    set(alice, { field: 'rule', value: null });
    set(bob, { field: 'rule', value: 'FREQ=MONTHLY' });
    meet(alice, bob);
    expect(
      actionOf(alice)
        .conflicts[0]?.values.map(({ value }) => value)
        .sort(),
    ).toEqual(['FREQ=MONTHLY', null]);
  });

  it('are never less careful together than the more careful one', () => {
    const [alice, bob] = createPeople(2);
    const place = { text: 'Old port', isPublic: true } as const;
    set(
      alice,
      { field: 'place', value: { ...place, precision: 'exact' } },
      { field: 'risk', value: 'high' },
      { field: 'status', value: 'cancelled' },
    );
    set(
      bob,
      { field: 'place', value: { ...place, precision: 'hidden', isPublic: false } },
      { field: 'risk', value: 'low' },
      { field: 'status', value: 'confirmed' },
    );
    meet(alice, bob);
    expect(actionOf(alice)).toMatchObject({ place: { precision: 'hidden' }, risk: 'high', status: 'cancelled' });
    expect(actionOf(alice).conflicts).toHaveLength(3);
  });

  it('who add hosts and languages have all of them', () => {
    const [alice, bob] = createPeople(2);
    changeAction(alice, ALICE, MARCH, { add: [{ item: 'host', value: RIVER }] }, MINUTE);
    changeAction(
      bob,
      ALICE,
      MARCH,
      { add: [{ item: 'host', value: HILLS }], remove: [{ item: 'host', value: HARBOUR }] },
      MINUTE,
    );
    meet(alice, bob);
    expect(actionOf(alice).hosts).toEqual([RIVER, HILLS]);
  });
});

describe('undo', () => {
  it('takes back one’s own word, and brings the one before back', () => {
    const [alice] = createPeople(2);
    const undo = createUndo(alice, [ALICE]);
    respectOthers(alice, undo);
    set(alice, { field: 'when', value: four });
    undo.undo();
    expect(actionOf(alice)).toMatchObject({ when: starting('2026-03-08T14:00'), conflicts: [] });
    undo.redo();
    expect(actionOf(alice)).toMatchObject({ when: four, conflicts: [] });
  });

  it('leaves the word of who wrote the field since, alone', () => {
    const [alice, bob] = createPeople(2);
    const undo = createUndo(alice, [ALICE]);
    const end = respectOthers(alice, undo);
    set(alice, { field: 'when', value: four });
    meet(alice, bob);
    set(bob, { field: 'when', value: nine });
    meet(alice, bob);
    undo.undo();
    meet(alice, bob);
    expect(actionOf(bob)).toMatchObject({ when: nine, conflicts: [] });
    expect(actionOf(alice)).toEqual(actionOf(bob));
    end();
  });

  it('of a settlement shows both again', () => {
    const [alice, bob] = createPeople(2);
    set(alice, { field: 'when', value: four });
    set(bob, { field: 'when', value: nine });
    meet(alice, bob);
    const undo = createUndo(alice, [ALICE]);
    respectOthers(alice, undo);
    set(alice, { field: 'when', value: four });
    undo.undo();
    expect(actionOf(alice).conflicts).toHaveLength(1);
  });
});

/** What a field holds by the rule alone: who writes it takes away what they see of it. */
interface Twin {
  readonly live: Map<number, readonly [field: string, value: string]>;
  readonly gone: Set<number>;
}

describe('three people apart, in any order', () => {
  const FIELDS = ['risk', 'form', 'at/2026-03-15T14:00/name', 'need/medic'] as const;
  const VALUES = {
    risk: ['low', 'high', null],
    form: ['silent', 'loud', null],
    'at/2026-03-15T14:00/name': ['the one', 'the other', null],
    'need/medic': [1, 2, null],
  } as const;
  const changeOf = (field: (typeof FIELDS)[number], index: number): FieldChange => {
    switch (field) {
      case 'risk':
        return { field, value: VALUES.risk[index % 3] ?? null };
      case 'form':
        return { field, value: VALUES.form[index % 3] ?? null };
      case 'need/medic':
        return { field: 'need', key: 'medic', value: VALUES[field][index % 3] ?? null };
      case 'at/2026-03-15T14:00/name':
        return { field: 'name', occurrence: on('2026-03-15T14:00'), value: VALUES[field][index % 3] ?? null };
    }
  };
  const step = fc.record({
    who: fc.nat(2),
    to: fc.nat(2),
    field: fc.constantFrom(...FIELDS),
    value: fc.nat(2),
    isSending: fc.boolean(),
  });

  it('have in each field exactly what nobody who saw it has written over', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const people = createPeople(3);
        const twins: Twin[] = people.map(() => ({ live: new Map(), gone: new Set() }));
        let fresh = 0;
        const sendTwin = (from: Twin, to: Twin): void => {
          for (const id of from.gone) to.gone.add(id);
          for (const [id, value] of from.live) to.live.set(id, value);
          for (const id of to.gone) to.live.delete(id);
        };
        for (const { who, to, field, value, isSending } of steps) {
          const [doc, twin] = [people[who] as Y.Doc, twins[who] as Twin];
          if (isSending) {
            send(doc, people[to] as Y.Doc);
            sendTwin(twin, twins[to] as Twin);
            continue;
          }
          const change = changeOf(field, value);
          set(doc, change);
          const seen = [...twin.live].filter(([, [name]]) => name === field);
          const written = JSON.stringify(change.value);
          if (seen.length === 0 && change.value === null) continue;
          if (seen.length === 1 && seen[0]?.[1][1] === written) continue;
          for (const [id] of seen) {
            twin.live.delete(id);
            twin.gone.add(id);
          }
          twin.live.set(fresh++, [field, written]);
        }
        meet(...people);
        for (const a of twins) for (const b of twins) sendTwin(a, b);
        for (const a of twins) for (const b of twins) sendTwin(a, b);
        const views = people.map((doc) => actionOf(doc));
        for (const view of views) expect(view).toEqual(views[0]);
        for (const field of FIELDS) {
          const wanted = new Set(
            [...(twins[0] as Twin).live.values()].flatMap(([name, value]) => (name === field ? [value] : [])),
          );
          const { field: name, key = '', occurrence = null } = changeOf(field, 0);
          const conflict = views[0]?.conflicts.find(
            (each) => each.field === name && each.key === key && each.occurrence === occurrence,
          );
          if (wanted.size > 1)
            expect(new Set(conflict?.values.map((each) => JSON.stringify(each.value)))).toEqual(wanted);
          else expect(conflict).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });

  it('see the same after any edits, undone or not, and a calendar followed is the calendar read anew', () => {
    const kinds = [
      'when',
      'status',
      'exdate',
      'move',
      'text',
      'remove',
      'restore',
      'add',
      'undo',
      'redo',
      'send',
      'look',
    ] as const;
    const any = fc.record({ who: fc.nat(2), what: fc.constantFrom(...kinds), a: fc.nat(9), b: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (steps) => {
        const people = createPeople(3);
        const undos = people.map((doc) => createUndo(doc, [ALICE]));
        const followed = people.map((doc, index) => {
          respectOthers(doc, undos[index] as Y.UndoManager);
          return followCalendar(doc);
        });
        let fresh = 1;
        for (const { who, what, a, b } of steps) {
          const doc = people[who] as Y.Doc;
          undos[who]?.stopCapturing();
          if (what === 'when') set(doc, { field: 'when', value: starting(`2026-03-0${1 + (a % 9)}T1${b}:00`) });
          if (what === 'status')
            setStatus(doc, ALICE, MARCH, (['done', 'idea', 'confirmed'] as const)[a % 3] ?? 'idea', MINUTE);
          if (what === 'exdate')
            changeAction(
              doc,
              ALICE,
              MARCH,
              { [b < 3 ? 'remove' : 'add']: [{ item: 'exdate', value: on(`2026-03-1${a}T14:00`) }] },
              MINUTE,
            );
          if (what === 'move') moveSeries(doc, ALICE, MARCH, { when: starting(`2026-03-1${a}T14:00`), days: a + 2 });
          if (what === 'text') {
            beginActionText(doc, ALICE, MARCH, 'goal');
            for (const path of actionTextPaths(doc, MARCH, 'goal'))
              doc.transact(() => calendarTextOf(doc, path)?.insert(0, `<${fresh++}>`), ALICE);
          }
          if (what === 'remove') removeAction(doc, ALICE, MARCH);
          if (what === 'restore') restoreAction(doc, ALICE, MARCH);
          if (what === 'add') addAction(doc, ALICE, { id: actionId(100 + (fresh++ % 100)) }, MINUTE);
          if (what === 'undo') undos[who]?.undo();
          if (what === 'redo') undos[who]?.redo();
          if (what === 'send') send(doc, people[a % 3] as Y.Doc);
          if (what === 'look') followed[who]?.read();
        }
        meet(...people);
        const [first, ...others] = people.map((doc) => readCalendar(doc));
        for (const other of others) expect(other).toEqual(first);
        for (const each of followed) expect(each.read()).toEqual(first);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a series that two people edit offline', () => {
  const edit = fc.record({
    who: fc.nat(1),
    what: fc.constantFrom('leaveOut', 'rename', 'hour', 'rule', 'length'),
    week: fc.integer({ min: 1, max: 9 }),
    hour: fc.integer({ min: 10, max: 20 }),
  });

  it('leaves out each date that either left out, at whatever hour it takes place now, and keeps each name', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 14 }), (edits) => {
        const people = createPeople(2);
        const leftOut = new Set<string>();
        const named = new Set<string>();
        for (const { who, what, week, hour } of edits) {
          const doc = people[who] as Y.Doc;
          const action = actionOf(doc);
          const date = addDays(day('2026-03-08'), 7 * week);
          const occurrence = fitMoment(date, action.when, action.rule);
          if (what === 'leaveOut') {
            changeAction(doc, ALICE, MARCH, { add: [{ item: 'exdate', value: occurrence }] }, MINUTE);
            leftOut.add(date);
          }
          if (what === 'rename') {
            set(doc, { field: 'name', occurrence, value: `week ${week}` });
            named.add(date);
          }
          if (what === 'hour') set(doc, { field: 'when', value: starting(`2026-03-08T${hour}:00`) });
          if (what === 'length') set(doc, { field: 'when', value: starting('2026-03-08T14:00', hour) });
          if (what === 'rule') set(doc, { field: 'rule', value: `FREQ=WEEKLY;COUNT=${20 + week}` });
        }
        meet(...people);
        const action = actionOf(people[0]);
        expect(actionOf(people[1])).toEqual(action);
        const series = seriesOf(action);
        if (series === null) throw new Error('no series');
        const { list } = occurrencesOf(series, { from: day('2026-03-01'), to: day('2026-06-01'), zone: UTC });
        const dates = new Set<string>(list.map(({ id }) => dateOfWall(id)));
        for (let week = 0; week < 10; week++) {
          const date = addDays(day('2026-03-08'), 7 * week);
          expect(dates.has(date)).toBe(!leftOut.has(date));
        }
        for (const { id } of list) {
          const name = action.changed.get(id)?.name;
          expect(name !== undefined).toBe(named.has(dateOfWall(id)));
        }
      }),
      { numRuns: 200 },
    );
  });
});
