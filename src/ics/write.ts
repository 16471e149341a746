/** Events as a calendar file (RFC 5545). */
import {
  addDays,
  type Dated,
  formatRule,
  instantsOf,
  type OccurrenceId,
  parseRule,
  startingAt,
  UTC,
  type ZoneId,
  zoneOf,
} from '../times/index.ts';
import { type Component, parseLeftover } from './component.ts';
import { type ContentLine, encodeParam, encodeText, fold } from './content-line.ts';
import type { FileEvent, FileStatus } from './event.ts';
import { isKeptOfCalendar, isOwn, paramsInto } from './leftovers.ts';
import { occurrenceOf } from './read-part.ts';
import { formatTimezone } from './timezone.ts';
import { ruleForFile } from './until.ts';
import { formatDate, formatInstant, formatTime, parseMoment } from './values.ts';

export interface FileHead {
  /** of the calendar */
  readonly name: string;
  /** the instant at which it is written */
  readonly now: number;
  /** what files said of the calendar itself that means nothing to us */
  readonly leftovers?: readonly string[];
}

/** Past this many years from now the clocks of zones are not told; who knows the names needs them not. */
const YEARS_AHEAD = 10;

export const formatCalendarFile = (events: readonly FileEvent[], head: FileHead): string => {
  const { name, now, leftovers = [] } = head;
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Weft//Weft//EN', 'CALSCALE:GREGORIAN'];
  if (name !== '') lines.push(`X-WR-CALNAME:${encodeText(name)}`);
  const kept = leftovers.flatMap((text) => parseLeftover(text) ?? []).filter(isKeptOfCalendar);
  lines.push(...kept.flatMap((each) => ('components' in each ? [] : [each.raw])));
  for (const [zone, { first, last }] of zonesOf(events)) {
    const present = new Date(now).getUTCFullYear();
    lines.push(...formatTimezone(zoneOf(zone), first - 1, Math.max(last, present) + YEARS_AHEAD));
  }
  for (const event of events) lines.push(...formatEvent(event, now));
  lines.push(...kept.flatMap((each) => ('components' in each ? each.raw : [])));
  lines.push('END:VCALENDAR');
  return lines.map(fold).join('');
};

/** Each with the years in which something begins there. */
const zonesOf = (
  events: readonly FileEvent[],
): ReadonlyMap<ZoneId, { readonly first: number; readonly last: number }> => {
  const zones = new Map<ZoneId, { first: number; last: number }>();
  for (const { when, changed } of events) {
    for (const each of [when, ...[...changed.values()].flatMap((change) => change.when ?? [])]) {
      if (each.type !== 'timed' || each.zone === UTC || !zoneOf(each.zone).isKnown) continue;
      const year = Number(each.start.slice(0, 4));
      const years = zones.get(each.zone) ?? { first: year, last: year };
      zones.set(each.zone, { first: Math.min(years.first, year), last: Math.max(years.last, year) });
    }
  }
  return zones;
};

type Leftover = ContentLine | Component;

const formatEvent = (event: FileEvent, now: number): readonly string[] => {
  const { when, changed } = event;
  const remains = new Map<string, string[]>();
  const others: Leftover[] = [];
  for (const leftover of event.leftovers.flatMap((text) => parseLeftover(text) ?? [])) {
    if ('components' in leftover && leftover.name === 'VEVENT') addRemains(remains, leftover);
    else if ('components' in leftover || !isOwn(leftover.name)) others.push(leftover);
  }
  const own = ownLinesOf(event, now).map(paramsInto(event.leftovers));
  const kind = when.type === 'undated' ? 'VTODO' : 'VEVENT';
  const lines = [`BEGIN:${kind}`, ...own, ...others.flatMap(linesOf), `END:${kind}`];
  if (when.type === 'undated') return lines;
  for (const id of new Set([...changed.keys(), ...idsOf(remains, changed, when)])) {
    const change = changed.get(id) ?? {};
    const its = remains.get(keyOf(id)) ?? [];
    const single = [...headOf(event, now), `RECURRENCE-ID${momentOf(id, when)}`];
    single.push(...spanOf(change.when ?? startingAt(when, id)), ...wordsOf({ ...event, ...change }));
    lines.push('BEGIN:VEVENT', ...single.map(paramsInto(its)));
    lines.push(
      ...its
        .flatMap((text) => parseLeftover(text) ?? [])
        .filter(isForeign)
        .flatMap(linesOf),
      'END:VEVENT',
    );
  }
  return lines;
};

const linesOf = (leftover: Leftover): readonly string[] => ('components' in leftover ? leftover.raw : [leftover.raw]);
const isForeign = (leftover: Leftover): boolean =>
  'components' in leftover ? leftover.name !== 'VEVENT' : !isOwn(leftover.name);

/** Without what others gave it. */
const ownLinesOf = (event: FileEvent, now: number): readonly string[] => {
  const { when } = event;
  if (when.type === 'undated') return [...headOf(event, now), ...wordsOf(event)];
  const rule = event.rule === null ? null : parseRule(event.rule);
  return [
    ...headOf(event, now),
    ...spanOf(when),
    ...(rule?.ok === true ? [`RRULE:${formatRule(ruleForFile(rule.value, when))}`] : []),
    ...listOf('RDATE', event.rdates, when),
    ...listOf('EXDATE', event.exdates, when),
    ...wordsOf(event),
  ];
};

const headOf = ({ uid, sequence, stamp }: FileEvent, now: number): readonly string[] => [
  `UID:${encodeText(uid)}`,
  `DTSTAMP:${/^\d{8}T\d{6}Z$/.test(stamp) ? stamp : formatInstant(now)}`,
  ...(sequence === 0 ? [] : [`SEQUENCE:${sequence}`]),
];

const wordsOf = (event: FileEvent): readonly string[] => {
  const lines: string[] = [];
  const add = (name: string, text: string): void => {
    if (text !== '') lines.push(`${name}:${encodeText(text)}`);
  };
  add('SUMMARY', event.title);
  add('DESCRIPTION', event.about);
  add('LOCATION', event.place);
  if (event.address !== '') lines.push(`URL:${event.address.replace(/\s/g, '')}`);
  if (event.status !== null) {
    const isTask = event.when.type === 'undated';
    lines.push(`STATUS:${(isTask ? TASK_STATUS : STATUS)[event.status]}`);
    if ((isTask ? NO_TASK : NO_EVENT).includes(event.status)) lines.push(`X-WEFT-STATUS:${event.status}`);
  }
  if (event.when.type === 'window') lines.push('X-WEFT-WINDOW:TRUE');
  add('X-WEFT-APPROACH', event.approach);
  return lines;
};

const STATUS: Readonly<Record<FileStatus, string>> = {
  idea: 'TENTATIVE',
  proposed: 'TENTATIVE',
  postponed: 'TENTATIVE',
  confirmed: 'CONFIRMED',
  done: 'CONFIRMED',
  cancelled: 'CANCELLED',
};
const TASK_STATUS: Readonly<Record<FileStatus, string>> = {
  idea: 'NEEDS-ACTION',
  proposed: 'NEEDS-ACTION',
  postponed: 'NEEDS-ACTION',
  confirmed: 'IN-PROCESS',
  done: 'COMPLETED',
  cancelled: 'CANCELLED',
};
/** Files have no word for these. */
const NO_EVENT: readonly FileStatus[] = ['idea', 'postponed', 'done'];
const NO_TASK: readonly FileStatus[] = ['idea', 'postponed'];

// When ----------------------------------------------------------------------------------------------------------------

const spanOf = (when: Dated): readonly string[] => {
  const start = `DTSTART${momentOf(when.start, when)}`;
  if (when.type !== 'timed') return [start, `DTEND;VALUE=DATE:${formatDate(addDays(when.start, when.days))}`];
  if (when.minutes === 0) return [start];
  const zone = zoneOf(when.zone);
  const { end } = instantsOf(when);
  const wall = zone.wallAt(end);
  // an hour that comes twice cannot be told apart at its end, and a series' clock changes on the way
  return [start, zone.instantOf(wall) === end ? `DTEND${momentOf(wall, when)}` : `DURATION:PT${when.minutes}M`];
};

const listOf = (name: string, ids: readonly OccurrenceId[], when: Dated): readonly string[] => {
  const dates = ids.filter((id) => when.type !== 'timed' || id.length === 10);
  const times = ids.filter((id) => !dates.includes(id));
  const lines: string[] = [];
  for (const list of [dates, times]) {
    const [first] = list;
    if (first === undefined) continue;
    const param = momentOf(first, when).split(/:(?=[^:]*$)/)[0] ?? '';
    lines.push(`${name}${param}:${list.map((id) => valueOf(id, when)).join(',')}`);
  }
  return lines;
};

/** With its parameters, from the ';' or ':' on. */
const momentOf = (id: OccurrenceId, when: Dated): string => {
  if (when.type !== 'timed' || id.length === 10) return `;VALUE=DATE:${formatDate(id)}`;
  return `${when.zone === UTC ? '' : `;TZID=${encodeParam(when.zone)}`}:${valueOf(id, when)}`;
};

const valueOf = (id: OccurrenceId, when: Dated): string =>
  when.type !== 'timed' || id.length === 10 ? formatDate(id) : `${formatTime(id)}${when.zone === UTC ? 'Z' : ''}`;

// Remains of single occurrences ---------------------------------------------------------------------------------------

const keyOf = (id: OccurrenceId): string => (id.length === 10 ? formatDate(id) : formatTime(id));

const addRemains = (remains: Map<string, string[]>, { properties, components }: Component): void => {
  const id = properties.find(({ name }) => name === 'RECURRENCE-ID')?.value ?? '';
  const texts = [...properties.map(({ raw }) => raw), ...components.map(({ raw }) => raw.join('\n'))];
  remains.set(id, [...(remains.get(id) ?? []), ...texts]);
};

/** Occurrences of which only this was kept. */
const idsOf = (
  remains: ReadonlyMap<string, unknown>,
  changed: FileEvent['changed'],
  when: Dated,
): readonly OccurrenceId[] => {
  const known = new Set([...changed.keys()].map(keyOf));
  return [...remains.keys()].filter((key) => !known.has(key)).flatMap((key) => parseKey(key, when) ?? []);
};

const parseKey = (key: string, when: Dated): OccurrenceId | null => {
  const moment = parseMoment(key, null);
  return moment === null ? null : occurrenceOf(moment, when, when.type === 'timed' ? when.zone : UTC);
};
