import { describe, expect, it } from 'vitest';
import {
  addRhythm,
  calendarTextOf,
  changeRhythm,
  hostsOf,
  leaveTurns,
  moveRhythm,
  placeTurn,
  removeRhythm,
  restoreRhythm,
} from '../../../../src/documents/calendar/index.ts';
import type { Hosting, NewRhythm, Rotation } from '../../../../src/documents/calendar/index.ts';
import { ALICE, createPeople, HARBOUR, HILLS, meet, on, rhythmId, RIVER, starting, viewOf } from './worlds.ts';

const WEEKS = ['2026-03-03', '2026-03-10', '2026-03-17', '2026-03-24', '2026-03-31', '2026-04-07'].map(on);
const ROTATION: Rotation = { turns: [HARBOUR, RIVER, HILLS], passes: new Map(), swaps: new Map() };
const SAFETY: NewRhythm = {
  ...{ id: rhythmId(1), kind: 'safety', when: starting('2026-03-03T18:00', 45), rule: 'FREQ=WEEKLY' },
  turns: [HARBOUR, RIVER],
};
const FIRST = on('2026-03-03T18:00');

const groups = (rotation: Rotation, occurrences = WEEKS) =>
  [...hostsOf(rotation, occurrences).values()].map((hosting: Hosting) =>
    hosting.type === 'nobody' ? null : hosting.group,
  );

describe('a rotation', () => {
  it('gives each group its turn in order, again and again', () => {
    expect(groups(ROTATION)).toEqual([HARBOUR, RIVER, HILLS, HARBOUR, RIVER, HILLS]);
  });

  it('uses up nobody’s turn by a date that falls out', () => {
    expect(groups(ROTATION, WEEKS.toSpliced(1, 1))).toEqual([HARBOUR, RIVER, HILLS, HARBOUR, RIVER]);
  });

  it('moves the others up where a group passes', () => {
    const passes = new Map([[on('2026-03-10'), 1]]);
    expect(groups({ ...ROTATION, passes })).toEqual([HARBOUR, HILLS, HARBOUR, RIVER, HILLS, HARBOUR]);
  });

  it('says who passed, each once', () => {
    const passedBy = (count: number) => {
      const hosting = hostsOf({ ...ROTATION, passes: new Map([[on('2026-03-10'), count]]) }, WEEKS).get(
        on('2026-03-10'),
      );
      return hosting?.type === 'turn' ? [hosting.group, hosting.passed] : null;
    };
    expect(passedBy(0)).toEqual([RIVER, undefined]);
    expect(passedBy(1)).toEqual([HILLS, [RIVER]]);
    expect(passedBy(4)).toEqual([HILLS, [RIVER, HILLS, HARBOUR]]);
  });

  it('changes nobody else’s turn by a swap, and says whose turn it was', () => {
    const swaps = new Map([[on('2026-03-10'), HILLS]]);
    const hosts = hostsOf({ ...ROTATION, swaps }, WEEKS);
    expect(hosts.get(on('2026-03-10'))).toEqual({ type: 'swap', group: HILLS, turn: RIVER });
    expect(groups({ ...ROTATION, swaps })).toEqual([HARBOUR, HILLS, HILLS, HARBOUR, RIVER, HILLS]);
  });

  it('of nobody has no host, but for a swap', () => {
    const swaps = new Map([[on('2026-03-10'), HILLS]]);
    expect(groups({ turns: [], passes: new Map(), swaps }, WEEKS.slice(0, 2))).toEqual([null, HILLS]);
  });
});

describe('a rhythm', () => {
  it('is read as it was written', () => {
    const [alice] = createPeople(2);
    expect(addRhythm(alice, ALICE, SAFETY).ok).toBe(true);
    changeRhythm(alice, ALICE, SAFETY.id, {
      fields: [
        { field: 'held', occurrence: FIRST, value: 29_000_000 },
        { field: 'hostedBy', occurrence: FIRST, value: HILLS },
        { field: 'since', value: on('2026-03-03') },
      ],
      add: [{ item: 'exdate', value: on('2026-03-10T18:00') }],
    });
    calendarTextOf(alice, { rhythm: SAFETY.id })?.insert(0, 'Are we safe?');
    calendarTextOf(alice, { rhythm: SAFETY.id, occurrence: FIRST, report: 'risks' })?.insert(0, 'Two arrests');
    expect(viewOf(alice).rhythms).toEqual([
      {
        ...{ id: SAFETY.id, name: 'Are we safe?', kind: 'safety', when: SAFETY.when, rule: 'FREQ=WEEKLY' },
        ...{ turns: [HARBOUR, RIVER], passes: new Map(), swaps: new Map([[FIRST, HILLS]]), since: '2026-03-03' },
        exdates: ['2026-03-10T18:00'],
        held: new Map([[FIRST, { minute: 29_000_000, client: 1 }]]),
        reports: new Map([[FIRST, { risks: 'Two arrests' }]]),
        conflicts: [],
      },
    ]);
  });

  it('takes groups in, moves them and lets them go, by people apart', () => {
    const [alice, bob] = createPeople(2);
    addRhythm(alice, ALICE, SAFETY);
    meet(alice, bob);
    placeTurn(alice, ALICE, SAFETY.id, HILLS, HARBOUR);
    leaveTurns(bob, ALICE, SAFETY.id, HARBOUR);
    meet(alice, bob);
    expect(viewOf(alice).rhythms[0]?.turns).toEqual([HILLS, RIVER]);
    expect(viewOf(bob)).toEqual(viewOf(alice));
    placeTurn(alice, ALICE, SAFETY.id, HILLS, null);
    expect(viewOf(alice).rhythms[0]?.turns).toEqual([RIVER, HILLS]);
  });

  it('shares the form of one check-in between people who fill it in apart', () => {
    const [alice, bob] = createPeople(2);
    addRhythm(alice, ALICE, SAFETY);
    meet(alice, bob);
    const path = { rhythm: SAFETY.id, occurrence: FIRST, report: 'risks' } as const;
    calendarTextOf(alice, path)?.insert(0, 'one ');
    calendarTextOf(bob, path)?.insert(0, 'two ');
    for (const doc of [alice, bob])
      changeRhythm(doc, ALICE, SAFETY.id, { fields: [{ field: 'held', occurrence: FIRST, value: doc.clientID }] });
    meet(alice, bob);
    const [rhythm] = viewOf(alice).rhythms;
    expect(['one two ', 'two one ']).toContain(rhythm?.reports.get(FIRST)?.risks);
    // both say that it was held: no conflict to settle
    expect(rhythm?.conflicts).toEqual([]);
    expect(rhythm?.held.has(FIRST)).toBe(true);
    expect(viewOf(bob)).toEqual(viewOf(alice));
  });

  it('keeps what was filled in when it moves to another hour, is removed and comes back', () => {
    const [alice] = createPeople(2);
    addRhythm(alice, ALICE, SAFETY);
    addRhythm(alice, ALICE, { ...SAFETY, id: rhythmId(2), kind: 'own' });
    calendarTextOf(alice, { rhythm: SAFETY.id, occurrence: FIRST, report: 'risks' })?.insert(0, 'None');
    changeRhythm(alice, ALICE, SAFETY.id, { fields: [{ field: 'when', value: starting('2026-03-03T20:00') }] });
    removeRhythm(alice, ALICE, SAFETY.id);
    expect(viewOf(alice).rhythms.map(({ id }) => id)).toEqual([rhythmId(2)]);
    restoreRhythm(alice, ALICE, SAFETY.id);
    moveRhythm(alice, ALICE, SAFETY.id, null);
    const { rhythms } = viewOf(alice);
    expect(rhythms.map(({ id }) => id)).toEqual([rhythmId(2), SAFETY.id]);
    expect([...(rhythms[1]?.reports ?? [])]).toEqual([['2026-03-03T20:00', { risks: 'None' }]]);
  });
});
