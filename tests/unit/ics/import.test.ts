import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  type ActionView,
  calendarTextOf,
  actionTextPaths,
  type CalendarView,
  changeAction,
  createActionId,
  createCalendar,
  readCalendar,
  setStatus,
} from '../../../src/documents/calendar/index.ts';
import {
  applyImport,
  eventOf,
  formatCalendarFile,
  type ImportReceipt,
  ownEventOf,
  planImport,
  readCalendarFile,
} from '../../../src/ics/index.ts';
import { UTC } from '../../../src/times/index.ts';

const ME = 'me';

const createWorld = () => {
  const doc = new Y.Doc();
  createCalendar(doc, ME, { title: 'Harbour', language: 'en' });
  let count = 0;
  const calendar = (): CalendarView => {
    const state = readCalendar(doc);
    if (state.type === 'empty') throw new Error('no calendar');
    return state.calendar;
  };
  const importFile = (text: string): ImportReceipt => {
    const file = readCalendarFile(text, UTC);
    if (!file.ok) throw new Error(JSON.stringify(file.error));
    const view = calendar();
    const createId = () => createActionId(new Uint8Array(16).fill(++count));
    const receipt = applyImport(planImport(file.value, view), { doc, origin: ME, calendar: view, createId, minute: 1 });
    if (receipt === null) throw new Error('refused');
    return receipt;
  };
  const only = (): ActionView => {
    const [action, ...others] = calendar().actions.values();
    if (!action || others.length > 0) throw new Error('one action');
    return action;
  };
  const exported = (audience: 'public' | 'space' = 'public'): string => {
    const { title: name, leftovers, actions } = calendar();
    const events = [...actions.values()].map((action) => eventOf(action, calendar(), audience));
    return formatCalendarFile(events, { name, now: Date.UTC(2026, 0, 1), leftovers });
  };
  return { doc, calendar, importFile, only, exported };
};

const file = (...lines: readonly string[]): string =>
  [
    ...['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:a@b', 'DTSTART;TZID=Europe/Vienna:20260310T180000'],
    ...['DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT', 'END:VCALENDAR'],
  ].join('\n');

const FULL = [
  ...['SUMMARY:Vigil', 'DESCRIPTION:With lights', 'LOCATION:Harbour', 'STATUS:CONFIRMED', 'URL:https://example.org/'],
  ...['RRULE:FREQ=WEEKLY', 'EXDATE;TZID=Europe/Vienna:20260317T180000', 'X-FOO:bar', 'SEQUENCE:2'],
];

test('importing twice changes nothing, the second time not even the document', () => {
  const { doc, importFile, only } = createWorld();
  expect(importFile(file(...FULL))).toEqual({ added: 1, changed: 0, same: 0, skipped: [] });
  const before = Y.encodeStateAsUpdate(doc);
  expect(importFile(file(...FULL))).toEqual({ added: 0, changed: 0, same: 1, skipped: [] });
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  expect(only()).toMatchObject({
    title: 'Vigil',
    texts: { about: 'With lights' },
    rule: 'FREQ=WEEKLY',
    status: 'confirmed',
    exdates: ['2026-03-17T18:00'],
    place: { text: 'Harbour', precision: 'exact', isPublic: true },
    links: [{ type: 'web', address: 'https://example.org/', label: '' }],
    imported: { uid: 'a@b', sequence: 2, stamp: '20260101T000000Z' },
  });
});

test('what people changed here since stays when the same file comes again', () => {
  const { doc, importFile, only } = createWorld();
  importFile(file(...FULL));
  const place = { text: 'Town hall', precision: 'exact', isPublic: true } as const;
  changeAction(doc, ME, only().id, { fields: [{ field: 'place', value: place }] }, 2);
  expect(importFile(file(...FULL))).toMatchObject({ changed: 0, same: 1 });
  expect(only().place?.text).toBe('Town hall');
});

test('a newer file changes what it says anew, and nothing else', () => {
  const { doc, importFile, only } = createWorld();
  importFile(file(...FULL));
  const place = { text: 'Town hall', precision: 'exact', isPublic: true } as const;
  changeAction(doc, ME, only().id, { fields: [{ field: 'place', value: place }] }, 2);
  const newer = FULL.map((line) =>
    line
      .replace('Vigil', 'Vigil of lights')
      .replace('X-FOO:bar', 'X-FOO:baz')
      .replace('17T', '24T')
      .replace('SEQUENCE:2', 'SEQUENCE:3'),
  );
  expect(importFile(file(...newer))).toMatchObject({ added: 0, changed: 1, same: 0 });
  expect(only()).toMatchObject({ title: 'Vigil of lights', exdates: ['2026-03-24T18:00'], imported: { sequence: 3 } });
  expect(only().place?.text).toBe('Town hall');
  expect(only().leftovers.filter((each) => each.startsWith('X-FOO'))).toEqual(['X-FOO:baz']);
  expect(importFile(file(...newer))).toMatchObject({ changed: 0, same: 1 });
});

test('an older file changes nothing', () => {
  const { importFile, only } = createWorld();
  importFile(file(...FULL));
  expect(importFile(file('SUMMARY:Old', 'SEQUENCE:1'))).toMatchObject({ changed: 0, same: 1 });
  expect(only().title).toBe('Vigil');
});

test('single occurrences come and go with the file', () => {
  const { importFile, only } = createWorld();
  const single = ['END:VEVENT', 'BEGIN:VEVENT', 'UID:a@b', 'RECURRENCE-ID;TZID=Europe/Vienna:20260324T180000'];
  const moved = [...FULL, ...single, 'DTSTART;TZID=Europe/Vienna:20260325T190000', 'STATUS:CANCELLED', 'LOCATION:Hill'];
  importFile(file(...moved));
  expect([...only().changed]).toMatchObject([
    ['2026-03-24T18:00', { status: 'cancelled', place: { text: 'Hill' }, when: { start: '2026-03-25T19:00' } }],
  ]);
  expect(importFile(file(...moved))).toMatchObject({ changed: 0, same: 1 });
  expect(importFile(file(...FULL))).toMatchObject({ changed: 1 });
  expect([...only().changed]).toEqual([]);
});

test('what goes out comes back the same, and adds nothing where it came from', () => {
  const { importFile, exported } = createWorld();
  importFile(file(...FULL));
  const text = exported();
  expect(importFile(text)).toMatchObject({ added: 0, changed: 0, same: 1 });
  const other = createWorld();
  other.importFile(text);
  expect(other.exported()).toBe(text);
});

test('a place that is not public, or hidden, is in no file for the public, and a file without it takes none away', () => {
  const { doc, importFile, only, exported } = createWorld();
  importFile(file('SUMMARY:Vigil'));
  for (const precision of ['exact', 'hidden'] as const) {
    const place = { text: 'Back room', precision, isPublic: false };
    changeAction(doc, ME, only().id, { fields: [{ field: 'place', value: place }] }, 2);
    expect(exported('public')).not.toContain('Back room');
    expect(exported('space').includes('Back room')).toBe(precision === 'exact');
    expect(importFile(exported('public'))).toMatchObject({ changed: 0, same: 1 });
    expect(only().place?.text).toBe('Back room');
  }
});

test('a step of its status is a step of its sequence, and the mark of an import goes in no file', () => {
  const { doc, importFile, only, exported } = createWorld();
  importFile(file(...FULL));
  setStatus(doc, ME, only().id, 'postponed', 3);
  expect(exported()).toContain('SEQUENCE:3');
  expect(exported()).toContain('X-WEFT-STATUS:postponed');
  expect(exported()).not.toContain('IMPORTED');
});

test('a text that somebody begins here and a file that changes it: the words are those of the file', () => {
  const { doc, importFile, only } = createWorld();
  importFile(file('SUMMARY:Vigil'));
  importFile(file('SUMMARY:Vigil', 'DESCRIPTION:With lights', 'SEQUENCE:1'));
  expect(only().texts.about).toBe('With lights');
  const [path] = actionTextPaths(doc, only().id, 'about');
  if (path) calendarTextOf(doc, path)?.insert(0, 'Come! ');
  importFile(file('SUMMARY:Vigil', 'DESCRIPTION:Without lights', 'SEQUENCE:2'));
  expect(only().texts.about).toBe('Without lights');
});

test("a group's own version is another event, and what it declined is not in it", () => {
  const { calendar, importFile, only } = createWorld();
  importFile(file(...FULL));
  const variation = (standing: 'adapting' | 'not-joining') => ({
    action: only().id,
    standing,
    overrides: { name: 'Candles' },
    ...{ texts: {}, changed: new Map(), reason: '', bases: [], conflicts: [] },
  });
  const own = (standing: 'adapting' | 'not-joining') =>
    ownEventOf(only(), calendar(), 'public', {
      group: 'f'.repeat(32),
      variations: new Map([[only().id, variation(standing)]]),
    });
  expect(own('not-joining')).toBeNull();
  expect(own('adapting')).toMatchObject({ title: 'Candles', uid: 'a@b-ffffffffffff' });
});

const KEPT = [
  ...[
    'BEGIN:VCALENDAR',
    'X-WR-CALDESC:Of the harbour',
    'X-COLOUR:red',
    'BEGIN:VTODO',
    'UID:todo',
    'SUMMARY:Find a hall',
  ],
  ...['STATUS;X-BY=Ada:NEEDS-ACTION', 'PRIORITY:1', 'END:VTODO', 'BEGIN:VEVENT', 'UID:one'],
  ...[
    'DTSTART;X-A=1:20260310T180000Z',
    'DESCRIPTION;LANGUAGE=it:Con luci',
    'LOCATION;X-B=2:Porto',
    'END:VEVENT',
    'END:VCALENDAR',
  ],
];

test('a file with tasks, parameters and words of its own comes in once, and ours of it changes nothing', () => {
  const { doc, calendar, importFile, exported } = createWorld();
  expect(importFile(KEPT.join('\n'))).toEqual({ added: 2, changed: 0, same: 0, skipped: [] });
  expect([...calendar().actions.values()].map(({ when }) => when.type).sort()).toEqual(['timed', 'undated']);
  const before = Y.encodeStateAsUpdate(doc);
  const text = exported();
  for (const again of [KEPT.join('\n'), text, exported('space')])
    expect(importFile(again)).toMatchObject({ added: 0, changed: 0 });
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  for (const line of KEPT.slice(1, 3)) expect(text).toContain(`\r\n${line}\r\n`);
  const other = createWorld();
  other.importFile(text);
  expect(other.exported().split('\r\n').sort()).toEqual(text.split('\r\n').sort());
});

test('what a newer file says of itself takes the place of what the one before said, and nothing else', () => {
  const { calendar, importFile } = createWorld();
  importFile(KEPT.join('\n'));
  importFile(
    KEPT.map((line) => line.replace('X-WR-CALDESC:Of', 'X-WR-CALDESC:From'))
      .filter((line) => !line.startsWith('X-COL'))
      .join('\n'),
  );
  expect([...calendar().leftovers].sort()).toEqual(['X-COLOUR:red', 'X-WR-CALDESC:From the harbour']);
});

test('an action that loses its date is a task with the same UID, and its own file changes nothing', () => {
  const { doc, importFile, only, exported } = createWorld();
  const single = [
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:a@b',
    'RECURRENCE-ID:20260324T170000Z',
    'DTSTART:20260324T180000Z',
    'X-A:1',
  ];
  importFile(file(...FULL, ...single));
  changeAction(doc, ME, only().id, { fields: [{ field: 'when', value: { type: 'undated' } }] }, 2);
  const text = exported();
  expect(text).toMatch(/BEGIN:VTODO\r\nUID:a@b/);
  expect(text).not.toMatch(/RRULE|EXDATE|VEVENT|X-A/);
  expect(importFile(text)).toMatchObject({ added: 0, changed: 0, same: 1 });
});

test('words and places that people changed here leave no parameters behind that a file of ours would lack', () => {
  const { doc, calendar, importFile, exported } = createWorld();
  importFile(KEPT.join('\n'));
  const action = [...calendar().actions.values()].find(({ imported }) => imported?.uid === 'one');
  if (!action) throw new Error('not there');
  changeAction(
    doc,
    ME,
    action.id,
    { fields: [{ field: 'place', value: { text: 'Cellar', precision: 'hidden', isPublic: false } }] },
    2,
  );
  expect(exported()).not.toContain('X-B=2');
  expect(importFile(exported())).toMatchObject({ added: 0, changed: 0, same: 2 });
});

test('a UID longer than a document keeps is the same each time', () => {
  const { importFile } = createWorld();
  const long = file(...FULL).replace('UID:a@b', `UID:${'a'.repeat(700)}@b`);
  expect(importFile(long)).toMatchObject({ added: 1 });
  expect(importFile(long)).toMatchObject({ added: 0, same: 1 });
});
