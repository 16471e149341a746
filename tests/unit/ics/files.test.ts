import { expect, test } from 'vitest';
import fc from 'fast-check';
import { decodeCalendarFile, type FileEvent, formatCalendarFile, readCalendarFile } from '../../../src/ics/index.ts';
import { parseZoneId, UTC } from '../../../src/times/index.ts';

const HEAD = { name: '', now: Date.UTC(2026, 0, 1) };

const wrap = (...lines: readonly string[]): string => ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n');
const event = (...lines: readonly string[]): string =>
  wrap('BEGIN:VEVENT', 'UID:a@b', 'DTSTART;TZID=Europe/Vienna:20260310T180000', ...lines, 'END:VEVENT');

const read = (text: string) => {
  const file = readCalendarFile(text, UTC);
  if (!file.ok) throw new Error(JSON.stringify(file.error));
  return file.value;
};
const only = (text: string): FileEvent => {
  const { events, skipped } = read(text);
  const [first] = events;
  if (!first || events.length > 1 || skipped.length > 0) throw new Error(JSON.stringify({ events, skipped }));
  return first;
};
const problemsOf = (text: string) => read(text).skipped;

test('an event is read with its words, its time and its zone', () => {
  const text = event(
    'DTEND;TZID=Europe/Vienna:20260310T193000',
    'SEQUENCE:3',
    'DTSTAMP:20260101T000000Z',
    'SUMMARY:Vigil\\, with\\nlights',
    'DESCRIPTION:A long des',
    ' cription',
    'LOCATION:Harbour',
    'STATUS:CONFIRMED',
    'URL:HTTPS://example.org/a;b',
  );
  expect(only(text)).toMatchObject({
    uid: 'a@b',
    sequence: 3,
    stamp: '20260101T000000Z',
    line: 2,
    title: 'Vigil, with\nlights',
    about: 'A long description',
    place: 'Harbour',
    status: 'confirmed',
    address: 'HTTPS://example.org/a;b',
    when: { type: 'timed', start: '2026-03-10T18:00', minutes: 90, zone: 'Europe/Vienna' },
    leftovers: [],
  });
});

test.each([
  ['DTSTART:20260310T180000', { type: 'timed', start: '2026-03-10T18:00', minutes: 0, zone: 'Africa/Cairo' }],
  ['DTSTART:20260310T180000Z', { type: 'timed', start: '2026-03-10T18:00', minutes: 0, zone: 'UTC' }],
  ['DTSTART;VALUE=DATE:20260310', { type: 'allDay', start: '2026-03-10', days: 1 }],
  ['DTSTART:20260310\nDURATION:P2W', { type: 'allDay', start: '2026-03-10', days: 14 }],
  ['DTSTART:20260310\nDTEND:20260310', { type: 'allDay', start: '2026-03-10', days: 1 }],
  ['DTSTART:20260308\nDTEND:20260315\nX-WEFT-WINDOW:TRUE', { type: 'window', start: '2026-03-08', days: 7 }],
  ['DTSTART;TZID=Europe/Vienna:20260328T120000\nDURATION:P1D', { minutes: 23 * 60 }],
  ['DTSTART;TZID=Europe/Vienna:20260328T120000\nDURATION:PT24H', { minutes: 24 * 60 }],
  ['DTSTART;TZID=Europe/Vienna:20260310T180000\nDTEND:20260310T183000Z', { minutes: 90 }],
  ['DTSTART;TZID="W. Europe Standard Time":20260310T180000', { zone: 'Europe/Berlin' }],
  ['DTSTART;TZID=/example.org/2026a/America/Indiana/Knox:20260310T180000', { zone: 'America/Indiana/Knox' }],
  ['DTSTART;TZID=America/New York:20260310T180000', { zone: 'America/New_York' }],
])('%j is then', (lines, when) => {
  const file = readCalendarFile(wrap('BEGIN:VEVENT', 'UID:1', ...lines.split('\n'), 'END:VEVENT'), cairo);
  expect(file.ok && file.value.events[0]?.when).toMatchObject(when);
});
const parsedCairo = parseZoneId('Africa/Cairo');
const cairo = parsedCairo ?? UTC;

test('a zone that is only described is one whose clock shows the same', () => {
  const timezone = [
    ...['BEGIN:VTIMEZONE', 'TZID:Ours', 'BEGIN:STANDARD', 'DTSTART:16010101T030000', 'TZOFFSETFROM:+1300'],
    ...['TZOFFSETTO:+1200', 'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4', 'END:STANDARD', 'BEGIN:DAYLIGHT'],
    ...['DTSTART:16010101T020000', 'TZOFFSETFROM:+1200', 'TZOFFSETTO:+1300'],
    ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=9', 'END:DAYLIGHT', 'END:VTIMEZONE'],
  ];
  const vevent = ['BEGIN:VEVENT', 'UID:1', 'DTSTART;TZID=Ours:20260310T180000', 'RRULE:FREQ=DAILY', 'END:VEVENT'];
  expect(only(wrap(...timezone, ...vevent)).when).toMatchObject({
    zone: 'Pacific/Auckland',
    start: '2026-03-10T18:00',
  });
});

test('a zone that no place has is taken as moments, and never for a series', () => {
  const timezone = [
    ...['BEGIN:VTIMEZONE', 'TZID:Odd', 'BEGIN:STANDARD', 'DTSTART:20000101T000000', 'TZOFFSETFROM:+0017'],
    ...['TZOFFSETTO:+0017', 'END:STANDARD', 'END:VTIMEZONE'],
  ];
  const vevent = (...more: readonly string[]) => [
    'BEGIN:VEVENT',
    'DTSTART;TZID=Odd:20260310T180000',
    ...more,
    'END:VEVENT',
  ];
  expect(only(wrap(...timezone, ...vevent())).when).toMatchObject({ zone: 'UTC', start: '2026-03-10T17:43' });
  expect(problemsOf(wrap(...timezone, ...vevent('RRULE:FREQ=DAILY')))).toEqual([{ line: 11, problem: 'UnknownZone' }]);
});

test('a series is read with what is added, taken out and changed', () => {
  const single = (...lines: readonly string[]) => ['END:VEVENT', 'BEGIN:VEVENT', 'UID:a@b', ...lines];
  const text = event(
    'SUMMARY:Vigil',
    'RRULE:FREQ=WEEKLY;UNTIL=20260630T215959Z',
    'RDATE;TZID=Europe/Vienna:20260312T180000,20260313T180000',
    'RDATE;VALUE=PERIOD:20260314T170000Z/PT3H',
    'EXDATE:20260317T170000Z',
    'EXDATE;VALUE=DATE:20260324',
    ...single('RECURRENCE-ID:20260331T160000Z', 'DTSTART:20260401T160000Z', 'SUMMARY:March', 'X-OWN:1'),
  );
  const found = only(text);
  expect(found).toMatchObject({
    rule: 'FREQ=WEEKLY;UNTIL=20260630',
    rdates: ['2026-03-12T18:00', '2026-03-13T18:00', '2026-03-14T18:00'],
    exdates: ['2026-03-17T18:00', '2026-03-24T18:00'],
    leftovers: ['BEGIN:VEVENT\nRECURRENCE-ID:20260331T180000\nX-OWN:1\nEND:VEVENT'],
  });
  expect([...found.changed]).toEqual([
    ['2026-03-14T18:00', { when: { type: 'timed', start: '2026-03-14T18:00', minutes: 180, zone: 'Europe/Vienna' } }],
    [
      '2026-03-31T18:00',
      { when: { type: 'timed', start: '2026-04-01T16:00', minutes: 0, zone: 'UTC' }, title: 'March' },
    ],
  ]);
});

test('a start that the rule does not name takes place all the same', () => {
  expect(only(event('RRULE:FREQ=WEEKLY;BYDAY=WE')).rdates).toEqual(['2026-03-10T18:00']);
  expect(only(event('RRULE:FREQ=WEEKLY;BYDAY=TU')).rdates).toEqual([]);
});

test('what says nothing to us is kept as it was and given back', () => {
  const lines = ['CATEGORIES:VIGIL,"A B"', 'X-FOO;X-BAR="a;b":c\\,d', 'ATTENDEE;CN=Ada;PARTSTAT=ACCEPTED:mailto:a@b'];
  const alarm = ['BEGIN:VALARM', 'TRIGGER:-PT15M', 'ACTION:DISPLAY', 'DESCRIPTION:Soon', 'END:VALARM'];
  const first = only(event(...lines, ...alarm));
  expect(first.leftovers).toEqual([...lines, alarm.join('\n')]);
  const text = formatCalendarFile([first], HEAD);
  for (const line of [...lines, alarm.join('\r\n')]) expect(text.replace(/\r\n /g, '')).toContain(`\r\n${line}\r\n`);
  expect(only(text)).toEqual({ ...first, line: expect.any(Number) as number, stamp: '20260101T000000Z' });
});

test('what single dates say besides is given back to each of them, alarms and what the series says too', () => {
  const alarm = ['BEGIN:VALARM', 'TRIGGER:-PT15M', 'ACTION:DISPLAY', 'DESCRIPTION:Soon', 'END:VALARM'];
  const single = ['END:VEVENT', 'BEGIN:VEVENT', 'UID:a@b', 'RECURRENCE-ID;TZID=Europe/Vienna:20260317T180000'];
  const start = 'DTSTART;TZID=Europe/Vienna:20260317T190000';
  const guests = Array.from(
    { length: 190 },
    (_, index) => `ATTENDEE;CN="Somebody ${index}":mailto:${index}@example.org`,
  );
  const first = only(event('RRULE:FREQ=WEEKLY', 'X-FOO:1', ...single, start, 'X-FOO:1', ...guests, ...alarm));
  expect(first.leftovers.every((each) => each.length <= 8000)).toBe(true);
  const text = formatCalendarFile([first], HEAD).replace(/\r\n /g, '');
  const [, , its = ''] = text.split('BEGIN:VEVENT');
  for (const line of ['X-FOO:1', ...guests, alarm.join('\r\n')]) expect(its).toContain(`\r\n${line}\r\n`);
  expect(only(text)).toEqual({ ...first, line: expect.any(Number) as number, stamp: '20260101T000000Z' });
});

test('parameters that say nothing to us stay with their properties', () => {
  const lines = [
    'SUMMARY;LANGUAGE=de;ALTREP="cid:a;b":Mahnwache',
    'LOCATION;X-GEO="1,2",3:Hafen',
    'STATUS;X-BY=Ada:CONFIRMED',
  ];
  const dates = [
    'EXDATE;TZID=Europe/Vienna;X-WHY=rain:20260317T180000',
    'RRULE;X-A=1:FREQ=WEEKLY',
    'URL;X-T=a:https://example.org/',
  ];
  const single = ['END:VEVENT', 'BEGIN:VEVENT', 'UID:a@b', 'RECURRENCE-ID;TZID=Europe/Vienna;X-R=1:20260324T180000'];
  const own = ['DTSTART;TZID=Europe/Vienna;X-S=2:20260324T190000', 'DURATION;X-D=3:PT1H', 'SUMMARY;LANGUAGE=it:Veglia'];
  const first = only(event('DURATION;X-LONG=1:PT2H', 'DESCRIPTION;X-EMPTY=1:', ...lines, ...dates, ...single, ...own));
  const text = formatCalendarFile([first], HEAD).replace(/\r\n /g, '');
  const written = [
    ...[...lines, 'EXDATE;X-WHY=rain;TZID=Europe/Vienna:20260317T180000', dates[1], dates[2]],
    ...['DTEND;X-LONG=1;TZID=Europe/Vienna:20260310T200000', 'SUMMARY;LANGUAGE=it:Veglia'],
    ...['RECURRENCE-ID;X-R=1;TZID=Europe/Vienna:20260324T180000', 'DTSTART;X-S=2;TZID=Europe/Vienna:20260324T190000'],
    'DTEND;X-D=3;TZID=Europe/Vienna:20260324T200000',
  ];
  for (const line of written) expect(text).toContain(`\r\n${line}\r\n`);
  expect(text).not.toMatch(/X-EMPTY|X-WEFT-PARAMS/);
  expect(only(text)).toEqual({ ...first, line: expect.any(Number) as number, stamp: '20260101T000000Z' });
});

test.each([
  'X-WEFT-PARAMS:SUMMARY;X-A=1:other',
  'X-WEFT-PARAMS:SUMMARY;X-A=1\rEND:VEVENT',
  'X-WEFT-PARAMS:SUMMARY;X-A=1\u000bEND',
  'X-WEFT-PARAMS:DTSTART;TZID=Asia/Tokyo',
  'X-WEFT-PARAMS:BEGIN;X-A=1',
  'X-C:1\rEND:VEVENT\rBEGIN:VEVENT',
])('%j, as a stranger wrote it, goes in no file', (leftover) => {
  const text = formatCalendarFile([{ ...only(event('SUMMARY:A')), leftovers: [leftover] }], HEAD);
  expect(text).toBe(formatCalendarFile([only(event('SUMMARY:A'))], HEAD));
});

test('a task that nothing dates is an action without a date, and one that is due is left out', () => {
  const task = (...lines: readonly string[]) => ['BEGIN:VTODO', 'UID:t', ...lines, 'END:VTODO'];
  const first = only(wrap(...task('SUMMARY:Find a hall', 'STATUS:IN-PROCESS', 'PRIORITY:1', 'SEQUENCE:2')));
  expect(first).toMatchObject({ title: 'Find a hall', status: 'confirmed', when: { type: 'undated' }, sequence: 2 });
  for (const status of ['idea', 'proposed', 'confirmed', 'postponed', 'cancelled', 'done'] as const) {
    const text = formatCalendarFile([{ ...first, status }], HEAD);
    expect(text).toContain('BEGIN:VTODO');
    expect(text).not.toMatch(/DTSTART|DUE|VEVENT/);
    expect(only(text)).toEqual({ ...first, status, line: 5, stamp: '20260101T000000Z' });
  }
  for (const line of ['DUE:20260310T180000Z', 'DTSTART:20260310', 'RRULE:FREQ=DAILY'])
    expect(problemsOf(wrap(...task(line)))).toEqual([{ line: 2, problem: 'DatedTask' }]);
  const both = read(wrap(...task(), 'BEGIN:VEVENT', 'UID:t', 'DTSTART:20260310', 'END:VEVENT'));
  expect(both.events).toHaveLength(1);
  expect(both.skipped).toEqual([{ line: 5, problem: 'Twice' }]);
});

test('what a calendar says of itself is kept, but for what is true only of that file', () => {
  const said = ['X-WR-CALDESC:Of the harbour', 'COLOR;X-A=1:turquoise', 'X-WR-TIMEZONE:Europe/Vienna'];
  const own = ['BEGIN:X-ROOM', 'UID:r', 'X-SEATS:40', 'END:X-ROOM'];
  const ofFile = [
    'VERSION:2.0',
    'PRODID:-//A//B//EN',
    'METHOD:REQUEST',
    'X-WR-CALNAME:Theirs',
    'SOURCE:https://example.org',
  ];
  const journal = ['BEGIN:VJOURNAL', 'SUMMARY:Mine', 'END:VJOURNAL', 'BEGIN:DAYLIGHT', 'RDATE:', 'END:DAYLIGHT'];
  const { leftovers, skipped } = read(wrap(...ofFile, ...said, ...own, ...journal));
  expect(leftovers).toEqual([...said, own.join('\n')]);
  expect(skipped).toEqual([14, 17].map((line) => ({ line, problem: 'NotAnEvent' })));
  const strange = ['METHOD:CANCEL', 'BEGIN:VEVENT\nEND:VEVENT', 'X-A:1\rX-B:2', 'BEGIN:X-A\nEND:X-B'];
  const text = formatCalendarFile([], { name: 'Ours', now: 0, leftovers: [...leftovers, ...strange] });
  expect(read(text).leftovers).toEqual(leftovers);
  expect(text).toContain('X-WR-CALNAME:Ours');
  expect(text).not.toMatch(/METHOD|VEVENT|X-A:1|BEGIN:X-A/);
});

test('what a stranger wrote among the kept properties begins and ends nothing', () => {
  const first = only(event());
  const leftovers = [
    'X-A:1\nEND:VEVENT\nBEGIN:VEVENT',
    'END:VEVENT',
    'SUMMARY:other',
    'no line',
    'X-WEFT-IMPORTED:a',
    'X-B:2',
  ];
  const text = formatCalendarFile([{ ...first, leftovers }], HEAD);
  expect(only(text).leftovers).toEqual(['X-B:2']);
  expect(text).not.toMatch(/X-A|other|no line|IMPORTED/);
});

test.each([
  ['', { type: 'NoCalendar', line: 1 }],
  ['hello', { type: 'NoCalendar', line: 1 }],
  ['BEGIN:VEVENT\nEND:VEVENT', { type: 'NoCalendar', line: 1 }],
  ['BEGIN:VCALENDAR', { type: 'NotEnded', line: 1 }],
  ['BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1', { type: 'NotEnded', line: 3 }],
  ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR', { type: 'WrongEnd', line: 3 }],
  ['BEGIN:VCALENDAR\nno colon\nEND:VCALENDAR', { type: 'BadLine', line: 2 }],
])('%j is refused as a whole, with its line', (text, error) => {
  expect(readCalendarFile(text, UTC)).toEqual({ ok: false, error });
});

test.each([
  ['DTEND;TZID=Europe/Vienna:20260310T170000', 'EndBeforeStart'],
  ['DTEND:tomorrow', 'BadEnd'],
  ['DURATION:-PT1H', 'BadEnd'],
  ['DURATION:P999D', 'TooLong'],
  ['RRULE:FREQ=SOMETIMES', 'BadRule'],
  ['EXRULE:FREQ=DAILY', 'BadRule'],
  ['EXDATE:soon', 'BadDates'],
  ['RECURRENCE-ID:once', 'BadOccurrence'],
  ['a line that is none', 'BadLine'],
])('%s leaves the event out, with its line', (line, problem) => {
  expect(problemsOf(event(line))).toEqual([{ line: 5, problem }]);
  expect(read(event(line)).events).toEqual([]);
});

test('an event without a UID has the same one each time', () => {
  const text = wrap('BEGIN:VEVENT', 'DTSTART:20260310', 'SUMMARY:A', 'END:VEVENT');
  expect(only(text).uid).toBe(only(text).uid);
  expect(only(text).uid).not.toBe(only(text.replace('SUMMARY:A', 'SUMMARY:B')).uid);
});

test('one event in two calendars of a file is one: the newer', () => {
  const vevent = (sequence: number, title: string) => [
    ...['BEGIN:VEVENT', 'UID:1', 'DTSTART:20260310', `SEQUENCE:${sequence}`, `SUMMARY:${title}`, 'END:VEVENT'],
  ];
  const { events, skipped } = read(`${wrap(...vevent(2, 'New'))}\n${wrap(...vevent(1, 'Old'))}`);
  expect(events.map(({ title }) => title)).toEqual(['New']);
  expect(skipped).toEqual([{ line: 10, problem: 'Twice' }]);
});

test('lines are cut at 75 octets and never inside a character', () => {
  const title = '🌊 گردهمایی '.repeat(30);
  const text = formatCalendarFile([{ ...only(event()), title }], HEAD);
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(text).not.toContain('\uFFFD');
  expect(only(text).title).toBe(title.trim());
});

test('a file of an old program is read too', () => {
  const bytes = Uint8Array.from(event('SUMMARY:Reuni\xf3n'), (character) => character.charCodeAt(0));
  expect(only(decodeCalendarFile(bytes)).title).toBe('Reunión');
});

test('no text makes reading throw', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'BEGIN:VCALENDAR',
      'END:VCALENDAR',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'BEGIN:VTIMEZONE',
      'END:VTIMEZONE',
    ),
    fc.constantFrom('DTSTART:20260310', 'DTSTART;TZID=X:20260310T000000', 'RRULE:FREQ=DAILY', 'UID:1', 'TZID:X'),
    fc.constantFrom('RDATE;VALUE=PERIOD:20260310T000000/PT1H', 'EXDATE:', 'RECURRENCE-ID:20260310', 'DTEND:99999999'),
    fc.string({ maxLength: 30 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
      const file = readCalendarFile(wrap(...lines), UTC);
      if (file.ok) formatCalendarFile(file.value.events, HEAD);
      else expect(file.error.line).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
