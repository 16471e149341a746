import { describe, expect, it } from 'vitest';
import {
  actionTextPaths,
  addAction,
  addActions,
  addApproach,
  APPROACHES,
  beginActionText,
  calendarTextOf,
  changeAction,
  createCalendar,
  encodeCalendarPath,
  followCalendar,
  hideApproach,
  moveApproach,
  moveSeries,
  parseCalendarPath,
  parseApproachId,
  readCalendar,
  removeAction,
  restoreAction,
  setStatus,
} from '../../../../src/documents/calendar/index.ts';
import type { CalendarPath } from '../../../../src/documents/calendar/index.ts';
import { dateOfWall } from '../../../../src/times/index.ts';
import {
  actionId,
  actionOf,
  ALICE,
  approachId,
  createDoc,
  createPeople,
  HARBOUR,
  HILLS,
  MARCH,
  meet,
  MINUTE,
  on,
  rhythmId,
  RIVER,
  starting,
  viewOf,
} from './worlds.ts';

const AT = on('2026-03-15T14:00');

describe('a calendar', () => {
  it('is born with the thirteen approaches, which have no name of their own', () => {
    const doc = createDoc(1);
    expect(readCalendar(doc)).toEqual({ type: 'empty' });
    expect(createCalendar(doc, ALICE, { title: 'Spring', language: 'PT-br' }).ok).toBe(true);
    const view = viewOf(doc);
    expect(view.title).toBe('Spring');
    expect(view.language).toBe('pt-BR');
    expect(view.approaches.map(({ known }) => known)).toEqual(APPROACHES);
    expect(view.approaches.every(({ name }) => name === '')).toBe(true);
    expect(createCalendar(doc, ALICE, { title: 'Again', language: 'en' })).toEqual({
      ok: false,
      error: { type: 'Exists' },
    });
  });

  it('has approaches of people’s own, renames those it was born with, and keeps hidden ones', () => {
    const [alice] = createPeople(2);
    const own = approachId(1);
    const vigil = parseApproachId('vigil');
    if (vigil === null) throw new Error('no vigil');
    addApproach(alice, ALICE, { id: own, name: 'Reading aloud', before: vigil });
    calendarTextOf(alice, { approach: vigil })?.insert(0, 'Candle watch');
    const march = parseApproachId('march');
    if (march !== null) hideApproach(alice, ALICE, march);
    const { approaches, hiddenApproaches } = viewOf(alice);
    expect(approaches.slice(0, 2)).toEqual([
      { id: own, known: null, name: 'Reading aloud' },
      { id: 'vigil', known: null, name: 'Candle watch' },
    ]);
    expect(hiddenApproaches.map(({ known }) => known)).toEqual(['march']);
    moveApproach(alice, ALICE, own, null);
    expect(viewOf(alice).approaches.at(-1)?.id).toBe(own);
  });

  it('of a newer Weft is read and not changed', () => {
    const [alice] = createPeople(2);
    alice.getMap('calendar').set('schemaVersion', 2);
    expect(readCalendar(alice).type).toBe('newer');
    const refused = { ok: false, error: { type: 'Newer' } };
    expect(addAction(alice, ALICE, { id: actionId(2) }, MINUTE)).toEqual(refused);
    expect(setStatus(alice, ALICE, MARCH, 'done', MINUTE)).toEqual(refused);
    expect(removeAction(alice, ALICE, MARCH)).toEqual(refused);
    expect(calendarTextOf(alice, { calendar: 'title' })).toBeNull();
  });
});

describe('an action', () => {
  it('is read as it was written', () => {
    const [alice] = createPeople(2);
    const change = changeAction(
      alice,
      ALICE,
      MARCH,
      {
        fields: [
          { field: 'approach', value: parseApproachId('march') },
          { field: 'place', value: { text: 'Old port', precision: 'area', isPublic: true } },
          { field: 'risk', value: 'medium' },
          { field: 'need', key: 'medic', value: 2 },
          { field: 'funds', key: 'EUR', value: 1200 },
          { field: 'attendance', value: 340 },
          { field: 'status', value: 'cancelled', occurrence: AT },
          { field: 'imported', value: { uid: 'x@y', sequence: 3, stamp: '20260101T000000Z' } },
        ],
        add: [
          { item: 'host', value: RIVER },
          { item: 'language', value: 'fa' },
          { item: 'exdate', value: on('2026-03-22T14:00') },
          { item: 'taken', value: { role: 'medic', member: HILLS, name: '' } },
          { item: 'link', value: { type: 'agreement', document: HILLS } },
          { item: 'leftover', value: 'X-COLOUR:red' },
        ],
      },
      MINUTE,
    );
    expect(change.ok).toBe(true);
    expect(actionOf(alice)).toMatchObject({
      title: 'March along the harbour',
      when: { type: 'timed', start: '2026-03-08T14:00', minutes: 90, zone: 'Europe/Rome' },
      rule: 'FREQ=WEEKLY',
      exdates: ['2026-03-22T14:00'],
      changed: new Map([[AT, { status: 'cancelled' }]]),
      approach: 'march',
      place: { text: 'Old port', precision: 'area', isPublic: true },
      risk: 'medium',
      status: 'proposed',
      hosts: [HARBOUR, RIVER],
      languages: ['fa'],
      needs: [{ role: 'medic', count: 2 }],
      taken: [{ role: 'medic', member: HILLS, name: '' }],
      links: [{ type: 'agreement', document: HILLS }],
      attendance: 340,
      funds: [{ currency: 'EUR', amount: 1200 }],
      imported: { uid: 'x@y', sequence: 3, stamp: '20260101T000000Z' },
      leftovers: ['X-COLOUR:red'],
      conflicts: [],
    });
  });

  it('loses what is taken away, and keeps the rest', () => {
    const [alice] = createPeople(2);
    changeAction(
      alice,
      ALICE,
      MARCH,
      { fields: [{ field: 'rule', value: null }], remove: [{ item: 'host', value: HARBOUR }] },
      MINUTE,
    );
    expect(actionOf(alice)).toMatchObject({ rule: null, hosts: [], status: 'proposed' });
  });

  it('takes nothing that is no value of its field, and then nothing of the whole change', () => {
    const [alice] = createPeople(2);
    const before = actionOf(alice);
    const today = dateOfWall(AT);
    for (const field of [
      { field: 'when', value: { type: 'allDay', start: today, days: 0 } },
      { field: 'rule', value: 'every sunday' },
      { field: 'funds', key: 'euro', value: 1 },
      { field: 'need', value: 1 },
      { field: 'attendance', value: -1 },
    ] as const) {
      const risk = { field: 'risk', value: 'high' } as const;
      expect(changeAction(alice, ALICE, MARCH, { fields: [risk, field] }, MINUTE)).toEqual({
        ok: false,
        error: { type: 'Invalid' },
      });
    }
    expect(actionOf(alice)).toEqual(before);
  });

  it('remembers each step of its status, who made it and when', () => {
    const [alice, bob] = createPeople(2);
    setStatus(alice, ALICE, MARCH, 'confirmed', MINUTE + 1);
    meet(alice, bob);
    setStatus(bob, ALICE, MARCH, 'postponed', MINUTE + 2);
    meet(alice, bob);
    expect(actionOf(alice)).toMatchObject({
      status: 'postponed',
      history: [
        { status: 'proposed', minute: MINUTE, client: 1 },
        { status: 'confirmed', minute: MINUTE + 1, client: 1 },
        { status: 'postponed', minute: MINUTE + 2, client: 2 },
      ],
    });
  });

  it('is hidden and comes back with all that others wrote in it meanwhile', () => {
    const [alice, bob] = createPeople(2);
    removeAction(alice, ALICE, MARCH);
    beginActionText(bob, ALICE, MARCH, 'goal');
    const [path] = actionTextPaths(bob, MARCH, 'goal');
    if (path !== undefined) calendarTextOf(bob, path)?.insert(0, 'A hundred voices');
    meet(alice, bob);
    expect(viewOf(alice).actions.size).toBe(0);
    expect(viewOf(alice).removedActions.get(MARCH)?.texts.goal).toBe('A hundred voices');
    restoreAction(alice, ALICE, MARCH);
    expect(actionOf(alice).texts.goal).toBe('A hundred voices');
  });

  it('shows both of two texts that people began apart, and each goes on in its own', () => {
    const [alice, bob] = createPeople(2);
    for (const [doc, words] of [
      [alice, 'from the one'],
      [bob, 'from the other'],
    ] as const) {
      beginActionText(doc, ALICE, MARCH, 'lesson');
      const [path] = actionTextPaths(doc, MARCH, 'lesson');
      if (path !== undefined) calendarTextOf(doc, path)?.insert(0, words);
    }
    meet(alice, bob);
    beginActionText(alice, ALICE, MARCH, 'lesson');
    expect(actionTextPaths(alice, MARCH, 'lesson')).toHaveLength(2);
    expect(actionOf(alice).texts.lesson).toBe('from the one\n\nfrom the other');
    expect(actionOf(bob)).toEqual(actionOf(alice));
  });

  it('is added with many others in one step, or none of them is', () => {
    const [alice] = createPeople(2);
    const all = Array.from({ length: 5 }, (_, n) => ({ id: actionId(10 + n), texts: { title: `${n}`, about: 'why' } }));
    expect(addActions(alice, ALICE, [...all, { id: MARCH }], MINUTE).ok).toBe(false);
    expect(addActions(alice, ALICE, [...all, { id: actionId(10) }], MINUTE).ok).toBe(false);
    expect(viewOf(alice).actions.size).toBe(1);
    addActions(alice, ALICE, all, MINUTE);
    expect(actionOf(alice, actionId(12))).toMatchObject({ title: '2', texts: { about: 'why' } });
  });
});

describe('a series', () => {
  it('keeps its exceptions on their days when it moves to another hour', () => {
    const [alice] = createPeople(2);
    changeAction(alice, ALICE, MARCH, { add: [{ item: 'exdate', value: AT }] }, MINUTE);
    changeAction(
      alice,
      ALICE,
      MARCH,
      {
        fields: [{ field: 'when', value: starting('2026-03-08T17:30', 60) }],
      },
      MINUTE,
    );
    expect(actionOf(alice).exdates).toEqual(['2026-03-15T17:30']);
  });

  it('has of one date what was said of it last, at whatever hour it took place then', () => {
    const [alice] = createPeople(2);
    const say = (occurrence: string, value: string | null) =>
      changeAction(alice, ALICE, MARCH, { fields: [{ field: 'name', occurrence: on(occurrence), value }] }, MINUTE);
    say('2026-03-15T14:00', 'early');
    changeAction(alice, ALICE, MARCH, { add: [{ item: 'exdate', value: on('2026-03-22T14:00') }] }, MINUTE);
    const field = { field: 'when', value: starting('2026-03-08T17:30') } as const;
    changeAction(alice, ALICE, MARCH, { fields: [field] }, MINUTE);
    say('2026-03-15T17:30', 'late');
    expect([...actionOf(alice).changed]).toEqual([['2026-03-15T17:30', { name: 'late' }]]);
    say('2026-03-15T17:30', null);
    changeAction(alice, ALICE, MARCH, { remove: [{ item: 'exdate', value: on('2026-03-22T17:30') }] }, MINUTE);
    expect(actionOf(alice)).toMatchObject({ changed: new Map(), exdates: [] });
  });

  it('takes its exceptions along when it moves to another day', () => {
    const [alice] = createPeople(2);
    changeAction(
      alice,
      ALICE,
      MARCH,
      {
        add: [{ item: 'exdate', value: AT }],
        fields: [{ field: 'name', value: 'The big one', occurrence: on('2026-03-29T14:00') }],
      },
      MINUTE,
    );
    const when = starting('2026-03-07T14:00');
    expect(moveSeries(alice, ALICE, MARCH, { when, days: -1 }).ok).toBe(true);
    expect(actionOf(alice)).toMatchObject({
      when,
      exdates: ['2026-03-14T14:00'],
      changed: new Map([['2026-03-28T14:00', { name: 'The big one' }]]),
    });
  });
});

describe('a calendar that is followed', () => {
  it('gives the same views as one that is read anew, and the same objects for what did not change', () => {
    const [alice, bob] = createPeople(2);
    addAction(alice, ALICE, { id: actionId(2), texts: { title: 'Vigil' } }, MINUTE);
    meet(alice, bob);
    const followed = followCalendar(bob);
    const before = followed.read();
    if (before.type !== 'ready') throw new Error(before.type);
    calendarTextOf(alice, { action: MARCH, text: 'title', began: '' })?.insert(0, 'Long ');
    removeAction(alice, ALICE, actionId(2));
    addAction(alice, ALICE, { id: actionId(3) }, MINUTE);
    meet(alice, bob);
    const after = followed.read();
    expect(after).toEqual(readCalendar(bob));
    setStatus(bob, ALICE, MARCH, 'done', MINUTE);
    const later = followed.read();
    expect(later).toEqual(readCalendar(bob));
    if (after.type !== 'ready' || later.type !== 'ready') throw new Error(later.type);
    expect(later.calendar.actions.get(actionId(3))).toBe(after.calendar.actions.get(actionId(3)));
    expect(later.calendar.actions.get(MARCH)).not.toBe(after.calendar.actions.get(MARCH));
    followed.stop();
  });
});

describe('the name of a text', () => {
  it('leads back to it, and nothing else is one', () => {
    const paths: readonly CalendarPath[] = [
      { calendar: 'title' },
      { approach: approachId(1) },
      { action: MARCH, text: 'goal', began: 'abc' },
      { action: MARCH, text: 'title', began: '' },
      { rhythm: rhythmId(1) },
      { rhythm: rhythmId(1), occurrence: AT, report: 'done' },
    ];
    for (const path of paths) expect(parseCalendarPath(encodeCalendarPath(path))).toEqual(path);
    for (const name of ['calendar/goal', 'action/x/facts/', 'rhythm/!', 'report/x/y/done', 7, 'action/a/goal/b/c'])
      expect(parseCalendarPath(name)).toBeNull();
  });
});
