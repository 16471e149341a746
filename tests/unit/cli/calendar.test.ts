/** Calendar files in and out by the command line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildWeft, type Weft } from './weft.ts';

// each process takes a part of a second, and much more where the machine has other work
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let weft: Weft;
let calendar: string;
let palette: string;

beforeAll(async () => {
  weft = await buildWeft();
  await weft.text('--vault', 'a', 'init', '--space', 'S', '--name', 'N', '--group', 'Harbour');
  calendar = await weft.text('--vault', 'a', 'new', 'calendar', '--title', 'Spring');
  palette = await weft.text('--vault', 'a', 'new', 'talking-points', '--title', 'T');
  writeFileSync(weft.path('good.ics'), GOOD.join('\r\n'));
  writeFileSync(weft.path('bad.ics'), GOOD.slice(0, 6).join('\r\n'));
  writeFileSync(weft.path('no.ics'), 'hello');
});
afterAll(() => weft.close());

const GOOD = [
  ...['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Vigil', 'DTSTART;TZID=Europe/Vienna:20260310T180000'],
  ...[
    'RRULE:FREQ=WEEKLY;COUNT=3',
    'X-FOO:bar',
    'END:VEVENT',
    'BEGIN:VTODO',
    'UID:2',
    'DUE:20260310T180000Z',
    'END:VTODO',
  ],
  ...['BEGIN:VTODO', 'UID:3', 'SUMMARY;LANGUAGE=en:Find a hall', 'END:VTODO', 'X-COLOUR:red', 'END:VCALENDAR'],
];

const importFile = (file: string, document = calendar) => [
  ...['--vault', 'a', 'import-ics', weft.path(file), '--document', document],
];

it('brings a file in, once, and says what it left out', async () => {
  const reason = 'a task that is due some time, or recurs: only events and tasks without a date are taken over.';
  const skipped = [{ line: 9, reason, type: 'DatedTask' }];
  expect(await weft.json(...importFile('good.ics'))).toEqual({ added: 2, changed: 0, same: 0, skipped });
  const before = weft.sumOf('a');
  expect(await weft.json(...importFile('good.ics'))).toEqual({ added: 0, changed: 0, same: 2, skipped });
  expect(weft.sumOf('a')).toBe(before);
});

it('gives a file back that holds the same, for a group too', async () => {
  const out = weft.path('out.ics');
  const receipt = await weft.json('--vault', 'a', 'export-ics', out, '--document', calendar);
  expect(receipt).toMatchObject({ events: 2, undated: 1, left: 0 });
  const text = readFileSync(out, 'utf8');
  for (const line of [...GOOD.slice(2, 7), ...GOOD.slice(13, 17), 'X-WR-CALNAME:Spring', 'TZID:Europe/Vienna']) {
    expect(text).toContain(`\r\n${line}\r\n`);
  }
  expect(await weft.json(...importFile('out.ics'))).toMatchObject({ added: 0, changed: 0, same: 2, skipped: [] });
  await weft.json('--vault', 'a', 'export-ics', out, '--document', calendar, '--group', 'Harbour');
  expect(readFileSync(out, 'utf8')).toContain('SUMMARY:Vigil');
});

it('shows what the calendar holds', async () => {
  const dumped = await weft.json('--vault', 'a', 'dump');
  expect(dumped).toMatchObject({
    documents: expect.arrayContaining([
      expect.objectContaining({
        ...{ id: calendar, kind: 'calendar', title: 'Spring' },
        actions: expect.arrayContaining([
          expect.objectContaining({ title: 'Vigil', rule: 'FREQ=WEEKLY;COUNT=3' }),
        ]) as unknown,
      }),
    ]) as unknown,
  });
});

it.each([
  ['no.ics', 'NoCalendarFile', 'line 1 '],
  ['bad.ics', 'CalendarNotEnded', 'line 2 '],
  ['missing.ics', 'FileUnreadable', 'missing.ics'],
])('refuses %s with %s and changes nothing', async (file, type, words) => {
  const before = weft.sumOf('a');
  const { code, stderr } = await weft.run('--json', ...importFile(file));
  expect(code).toBe(3);
  expect(JSON.parse(stderr)).toMatchObject({ type });
  expect(stderr).toContain(words);
  expect(weft.sumOf('a')).toBe(before);
});

it('refuses another kind of document, an unknown one and an unknown group', async () => {
  const typeOf = async (...args: readonly string[]): Promise<unknown> => {
    const { code, stderr } = await weft.run('--json', ...args);
    expect(code).toBe(3);
    return JSON.parse(stderr);
  };
  expect(await typeOf(...importFile('good.ics', palette))).toMatchObject({ type: 'NoCalendar' });
  expect(await typeOf(...importFile('good.ics', '0'.repeat(32)))).toMatchObject({ type: 'UnknownDocument' });
  const group = ['--vault', 'a', 'export-ics', weft.path('o.ics'), '--document', calendar, '--group', 'Nobody'];
  expect(await typeOf(...group)).toMatchObject({ type: 'UnknownGroup' });
});

it('brings in hundreds of events at once', async () => {
  const events = Array.from({ length: 300 }, (_, index) => [
    ...['BEGIN:VEVENT', `UID:many-${index}`, `SUMMARY:Action ${index}`, 'DTSTART;TZID=Africa/Cairo:20260310T180000'],
    ...['RRULE:FREQ=WEEKLY', 'LOCATION:Harbour', 'X-FOO:bar', 'END:VEVENT'],
  ]);
  writeFileSync(weft.path('many.ics'), ['BEGIN:VCALENDAR', ...events.flat(), 'END:VCALENDAR'].join('\n'));
  expect(await weft.json(...importFile('many.ics'))).toMatchObject({ added: 300, skipped: [] });
  expect(await weft.json(...importFile('many.ics'))).toMatchObject({ added: 0, same: 300 });
});
