/**
 * Calendar files and recurrence rules against independent readers: python-icalendar with python-dateutil, and ical.js.
 * Every rule of the table from every start of every zone, some with dates added, taken out and moved, goes into a
 * calendar, out into a file, and is worked out for two years by each. WEFT_COUNT random rules from WEFT_SEED besides.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import * as Y from 'yjs';
import { type ActionView, createActionId, createCalendar, readCalendar } from '../../src/documents/calendar/index.ts';
import { seriesOf } from '../../src/documents/calendar/series.ts';
import { applyImport, eventOf, formatCalendarFile, planImport, readCalendarFile } from '../../src/ics/index.ts';
import {
  addDays,
  dateOfWall,
  formatRule,
  instantsOf,
  type OccurrenceId,
  occurrencesOf,
  parseRule,
  parseWallTime,
  parseWhen,
  UTC,
} from '../../src/times/index.ts';
import { dataFolder } from '../data.ts';
import { askPython, findPython } from '../python.ts';
import { minutesOf, questionOf } from '../vectors/recurrence/ours.ts';
import { pack } from '../vectors/recurrence/pack.ts';
import { PLACES, type Row, RULES } from '../vectors/recurrence/table.ts';
import { createDice } from '../world.ts';

const DAYS = 730;
const NOW = Date.UTC(2026, 0, 1);
const python = findPython();
if (python === undefined)
  console.log('Left out: a second opinion on calendars; there is no Python with icalendar and dateutil.');

const Minutes = v.array(v.number());
const Answers = v.array(v.record(v.string(), Minutes));

/** Debian's python-icalendar reads no 20th Monday; dateutil is asked for it in the vectors. */
const FILED = RULES.filter((rule) => !rule.includes('20MO'));

/** A calendar with what a file says, and what it says itself of it. */
const calendarOf = (text: string) => {
  const doc = new Y.Doc();
  createCalendar(doc, null, { title: 'Test', language: 'en' });
  const read = () => {
    const state = readCalendar(doc);
    if (state.type === 'empty') throw new Error('no calendar');
    return state.calendar;
  };
  const file = readCalendarFile(text, UTC);
  if (!file.ok) throw new Error(JSON.stringify(file.error));
  const dice = createDice(1);
  const into = { doc, origin: null, calendar: read(), createId: () => createActionId(dice.random(16)), minute: 1 };
  expect(applyImport(planImport(file.value, into.calendar), into)).not.toBeNull();
  const calendar = read();
  const actions = [...calendar.actions.values()];
  const events = actions.map((action) => eventOf(action, calendar, 'public'));
  const { leftovers } = calendar;
  const written = formatCalendarFile(events, { name: 'Test', now: NOW, leftovers });
  const again = readCalendarFile(written, UTC);
  if (!again.ok) throw new Error(JSON.stringify(again.error));
  const plan = planImport(again.value, calendar);
  // what we write changes nothing where it came from
  expect(plan.events.filter(({ type }) => type !== 'same')).toEqual([]);
  expect(plan.kept).toEqual({ add: [], remove: [] });
  return { actions, skipped: file.value.skipped, text: written };
};

const minutesIn = (action: ActionView): readonly number[] => {
  const series = seriesOf(action);
  if (series === null) return [];
  const { when } = series;
  const first = dateOfWall(when.start);
  const end = `${addDays(first, DAYS)}${when.start.slice(10)}`;
  const zone = when.type === 'timed' ? when.zone : UTC;
  const { list } = occurrencesOf(series, { from: addDays(first, -40), to: addDays(first, DAYS + 40), zone }, 20_000);
  const instants = list
    .filter(({ id }) => id <= end)
    .map(({ when: at }) => (at.type === 'timed' ? instantsOf(at).start : Date.parse(`${at.start}T00:00Z`)));
  return [...new Set(instants)].sort((a, b) => a - b).map((instant) => instant / 60_000);
};

/** The rules of the table in one zone, as somebody else's file; some with dates of their own. */
const fileOf = ({ zone, starts }: (typeof PLACES)[number]): string => {
  const lines = FILED.flatMap((rule, index) =>
    starts.flatMap((start, which) => {
      const row: Row = { rule, zone, start };
      const at = (wall: string): string => `;TZID=${zone}:${wall.replace(/[-:]/g, '').padEnd(15, '0')}`;
      const name = `${index}-${which}`;
      const event = [
        ...['BEGIN:VEVENT', `UID:${name}`, `DTSTART;X-BY="a;b"${at(start)}`, 'DURATION:PT1H'],
        ...[`SUMMARY;LANGUAGE=en:${rule}`, `ATTENDEE;CN="Ada, of the hills";X-N=${index}:mailto:ada@example.org`],
      ];
      const ids = idsOf(row);
      const [second, third] = [ids[1], ids[2]];
      if (index % 3 === 0 && second !== undefined) event.push(`EXDATE${at(second)}`);
      if (index % 4 === 0) event.push(`RDATE${at(`${addDays(dateOfWall(third ?? idOf(start)), 1)}T10:00`)}`);
      const moved =
        index % 5 === 0 && third !== undefined
          ? [
              ...['BEGIN:VEVENT', `UID:${name}`, `RECURRENCE-ID${at(third)}`, `SUMMARY:${rule}`],
              ...[`DTSTART${at(`${addDays(dateOfWall(third), 2)}T23:15`)}`, 'DURATION:PT1H', 'END:VEVENT'],
            ]
          : [];
      return [...event, `RRULE:${questionOf(row).rule}`, 'END:VEVENT', ...moved];
    }),
  );
  const own = ['BEGIN:X-ROOM', 'UID:room', 'X-SEATS:40', 'END:X-ROOM'];
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...OF_CALENDAR, ...lines, ...TASKS, ...own, 'END:VCALENDAR'].join('\r\n');
};
const OF_CALENDAR = ['X-WR-CALDESC:Of the harbour', 'COLOR;X-A=1:turquoise'];
const TASKS = ['IN-PROCESS', 'COMPLETED', 'CANCELLED'].flatMap((status) => [
  ...['BEGIN:VTODO', `UID:task-${status}`, 'SUMMARY;LANGUAGE=en:Find a hall', `STATUS;X-BY=Ada:${status}`],
  ...['X-OWN;X-P=2:kept', 'PRIORITY:1', 'END:VTODO'],
]);

const idOf = (text: string): OccurrenceId => {
  const id = parseWallTime(text);
  if (id === null) throw new Error(`not a time: ${text}`);
  return id;
};

/** The first three. */
const idsOf = ({ rule: text, zone, start }: Row): readonly OccurrenceId[] => {
  const when = parseWhen({ type: 'timed', start, minutes: 60, zone });
  const rule = parseRule(questionOf({ rule: text, zone, start }).rule);
  if (when?.type !== 'timed' || !rule.ok) throw new Error(`not a series: ${text} ${start} ${zone}`);
  const from = dateOfWall(when.start);
  const range = { from, to: addDays(from, DAYS - 1), zone: when.zone };
  const series = { when, rule: rule.value, rdates: [], exdates: [], moved: new Map() };
  return occurrencesOf(series, range, 3).list.map(({ id }) => id);
};

const differing = (
  ours: ReadonlyMap<string, readonly number[]>,
  theirs: Readonly<Record<string, readonly number[]>>,
): readonly string[] => {
  expect(Object.keys(theirs).sort()).toEqual([...ours.keys()].sort());
  return [...ours].flatMap(([uid, minutes]) => (pack(minutes) === pack(theirs[uid] ?? []) ? [] : [uid]));
};

describe.skipIf(python === undefined)('python-icalendar and python-dateutil', () => {
  test(`${FILED.length} rules in ${PLACES.length} zones have the same occurrences for two years`, () => {
    const made = PLACES.map((place) => calendarOf(fileOf(place)));
    const answers = v.parse(
      Answers,
      askPython(
        'tests/python/calendars.py',
        made.map(({ text }) => ({ text, days: DAYS })),
      ),
    );
    let count = 0;
    const bad = made.flatMap(({ actions, skipped }, index) => {
      expect(skipped).toEqual([]);
      const ours = new Map(actions.map((action) => [action.imported?.uid ?? '', minutesIn(action)]));
      for (const minutes of ours.values()) count += minutes.length;
      return differing(ours, answers[index] ?? {}).map((uid) => `${PLACES[index]?.zone}: ${uid}`);
    });
    console.log(`${made.length * FILED.length * 3} series, ${count} occurrences: ${bad.length} differ`);
    expect(bad).toEqual([]);
  });

  test('random rules have the same occurrences', () => {
    const first = Number(process.env['WEFT_SEED'] ?? 1) % 1_000_000;
    const rows = Array.from({ length: Number(process.env['WEFT_COUNT']) }, (_, index) => randomRow(first + index));
    const answers = v.parse(v.array(Minutes), askPython('tests/python/occurrences.py', rows.map(questionOf)));
    const bad = rows.filter((row, index) => pack(minutesOf(row)) !== pack(answers[index] ?? []));
    console.log(`${rows.length} rules from seed ${first}: ${bad.length} differ`);
    expect(bad).toEqual([]);
  });

  test('what we keep and give back is found where it was', () => {
    const made = PLACES.slice(0, 1).map((place) => calendarOf(fileOf(place)));
    const [lines = []] = v.parse(
      v.array(v.array(v.string())),
      askPython(
        'tests/python/kept.py',
        made.map(({ text }) => text),
      ),
    );
    const counts = new Map<string, number>();
    for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
    for (const line of [
      ...['VCALENDAR X-WR-CALDESC:', 'VCALENDAR COLOR;X-A=1:', 'X-ROOM X-SEATS:', 'VTODO SUMMARY;LANGUAGE=en:'],
      ...['VTODO STATUS;X-BY=Ada:', 'VTODO X-OWN;X-P=2:', 'VEVENT SUMMARY;LANGUAGE=en:'],
      ...['VEVENT ATTENDEE;CN=Ada, of the hills;X-N=0:', `VEVENT DTSTART;TZID=${PLACES[0]?.zone ?? ''};X-BY=a;b:`],
    ])
      expect(counts.get(line) ?? 0, line).toBeGreaterThan(0);
    expect(counts.get('VTODO X-OWN;X-P=2:')).toBe(3);
  });

  test.skipIf(dataFolder === undefined)('what we write of the sample files is read', () => {
    const files = sampleFiles().map((text) => ({ text, days: DAYS }));
    const answers = v.parse(Answers, askPython('tests/python/calendars.py', files));
    expect(answers).toHaveLength(files.length);
  });
});

/** Two or three parts at random, such as fit together. */
const randomRow = (seed: number): Row => {
  const dice = createDice(seed);
  for (;;) {
    const row = rowOf(dice);
    // what never comes again dateutil looks for up to the year 9999
    if (comesAgain(row)) return row;
  }
};

const comesAgain = ({ rule, zone, start }: Row): boolean => {
  const when = parseWhen({ type: 'timed', start, minutes: 60, zone });
  const endless = parseRule(rule.replace(/;(COUNT|UNTIL)=[^;]*/, ''));
  if (when?.type !== 'timed' || !endless.ok) throw new Error(`not a series: ${rule}`);
  const from = addDays(dateOfWall(when.start), DAYS + 2);
  const series = { when, rule: endless.value, rdates: [], exdates: [], moved: new Map() };
  return occurrencesOf(series, { from, to: addDays(from, 1500), zone: when.zone }, 1).list.length > 0;
};

const rowOf = (dice: ReturnType<typeof createDice>): Row => {
  const place = dice.pick(PLACES);
  const numbers = (least: number, most: number, count: number): string =>
    [...new Set(Array.from({ length: 1 + dice.below(count) }, () => least + dice.below(most - least + 1)))]
      .map((number) => (number === 0 && least < 0 ? 1 : number))
      .join(',');
  const weekdays = [
    ...new Set(Array.from({ length: 1 + dice.below(4) }, () => dice.pick(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']))),
  ];
  const frequency = dice.pick(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);
  // dateutil takes plain weekdays and numbered ones in one list for two conditions, RFC 5545 for one list
  const isNth = (frequency === 'MONTHLY' || frequency === 'YEARLY') && dice.below(2) === 0;
  const days = weekdays.map((day) => `${isNth ? dice.pick(['1', '2', '-1', '5', '-3']) : ''}${day}`);
  const parts = [
    `BYMONTH=${numbers(1, 12, 3)}`,
    `BYDAY=${days.join(',')}`,
    ...(frequency === 'WEEKLY' ? [] : [`BYMONTHDAY=${numbers(-31, 31, 4)}`]),
    ...(frequency === 'YEARLY' ? [`BYYEARDAY=${numbers(-366, 366, 6)}`] : []),
    `BYHOUR=${numbers(0, 23, 3)}`,
    `BYMINUTE=${numbers(0, 59, 2)}`,
  ].filter(() => dice.below(3) === 0);
  // dateutil counts positions in a first week only from the start on
  if (parts.length > 0 && frequency !== 'WEEKLY' && dice.below(4) === 0) parts.push(`BYSETPOS=${numbers(-3, 3, 2)}`);
  if (dice.below(3) === 0) parts.push(`INTERVAL=${1 + dice.below(5)}`);
  if (dice.below(3) === 0) parts.push(`WKST=${dice.pick(['SU', 'SA', 'MO', 'WE'])}`);
  if (dice.below(3) === 0) parts.push(dice.pick([`COUNT=${1 + dice.below(40)}`, `UNTIL={${dice.below(500)}}`]));
  const rule = parseRule([`FREQ=${frequency}`, ...parts].filter((part) => !part.includes('{')).join(';'));
  if (!rule.ok) throw new Error(JSON.stringify([parts, rule.error]));
  const until = parts.find((part) => part.includes('{'));
  return {
    rule: `${formatRule(rule.value)}${until === undefined ? '' : `;${until}`}`,
    zone: place.zone,
    start: dice.pick(place.starts),
  };
};

const sampleFiles = (): readonly string[] => {
  const folder = resolve(dataFolder ?? '', 'ics');
  return readdirSync(folder).flatMap((name) => {
    const file = readCalendarFile(readFileSync(resolve(folder, name), 'utf8'), UTC);
    if (!file.ok) return [];
    const { events, leftovers } = file.value;
    return [formatCalendarFile(events, { name: '', now: NOW, leftovers })];
  });
};

describe('ical.js', () => {
  test('reads every file that we write, and finds as many events, with their zones', () => {
    for (const place of PLACES) {
      const { text, actions } = calendarOf(fileOf(place));
      const calendar = ICAL.Component.fromString(text);
      const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
      const isDated = ({ when }: ActionView): boolean => when.type !== 'undated';
      expect(events.filter((event) => !event.isRecurrenceException())).toHaveLength(actions.filter(isDated).length);
      const tasks = calendar.getAllSubcomponents('vtodo');
      expect(tasks.map((task) => task.getFirstProperty('x-own')?.getParameter('x-p'))).toEqual(['2', '2', '2']);
      expect(calendar.getFirstPropertyValue('x-wr-caldesc')).toBe('Of the harbour');
      expect(calendar.getFirstSubcomponent('x-room')?.getFirstPropertyValue('x-seats')).toBe('40');
      expect(events[0]?.component.getFirstProperty('dtstart')?.getParameter('x-by')).toBe('a;b');
      expect(
        calendar.getAllSubcomponents('vtimezone').map((each) => String(each.getFirstPropertyValue('tzid'))),
      ).toEqual([place.zone]);
    }
  });

  test.skipIf(dataFolder === undefined)('reads what we write of the sample files', () => {
    for (const text of sampleFiles()) expect(ICAL.Component.fromString(text).name).toBe('vcalendar');
  });
});
