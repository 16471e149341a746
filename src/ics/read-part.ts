/** One VEVENT, by itself: a whole event, or one occurrence of a series that another one gives. Or a VTODO without a date. */
import { APPROACHES } from '../documents/calendar/index.ts';
import { err, ok, type Result } from '../lib/result.ts';
import {
  type Dated,
  dateOfWall,
  daysBetween,
  formatRule,
  MOST_DAYS,
  MOST_MINUTES,
  type OccurrenceId,
  parseRule,
  secondsOf,
  UNDATED,
  UTC,
  wallTimeOf,
  type When,
  type ZoneId,
  zoneOf,
} from '../times/index.ts';
import { type Component, propertyOf } from './component.ts';
import { type ContentLine, decodeText } from './content-line.ts';
import { type EventProblem, FILE_STATUSES, type FileStatus, type Skipped } from './event.ts';
import { leftoversOf } from './leftovers.ts';
import { ruleFromFile } from './until.ts';
import { endOf, type FileMoment, instantOfMoment, parseLength, parseMoment } from './values.ts';
import type { FileZones } from './zones.ts';

export interface Part {
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: string;
  readonly line: number;
  readonly title: string;
  readonly about: string;
  readonly when: When;
  /** RECURRENCE-ID; null: it is no single occurrence */
  readonly of: FileMoment | null;
  /** RANGE=THISANDFUTURE: all later ones too */
  readonly isFuture: boolean;
  readonly rule: string | null;
  readonly rdates: readonly FileMoment[];
  /** RDATE may say how long that one lasts */
  readonly lengths: ReadonlyMap<FileMoment, number>;
  readonly exdates: readonly FileMoment[];
  readonly status: FileStatus | null;
  readonly place: string;
  readonly isPublic: boolean;
  readonly address: string;
  readonly approach: string;
  readonly leftovers: readonly string[];
  readonly longOnes: readonly number[];
}

/** Floating times are those of `zone`. */
export const readPart = (component: Component, zones: FileZones, zone: ZoneId): Result<Part, Skipped> => {
  const fail = (problem: EventProblem, at: number = component.line) => err({ line: at, problem });
  const [bad] = component.bad;
  if (bad !== undefined) return fail('BadLine', bad);
  const start = propertyOf(component, 'DTSTART');
  if (!start) return fail('NoStart');
  const reader = createReader(zones);
  const from = reader.one(start);
  if (!from.ok) return fail(from.error === 'UnknownZone' ? 'UnknownZone' : 'BadStart', start.line);
  const when = readWhen(component, from.value, reader, zone);
  if (!when.ok) return fail(when.error.problem, when.error.line);

  const rules = component.properties.filter(({ name }) => name === 'RRULE' || name === 'EXRULE');
  const [ruleLine, second] = rules;
  const rule = ruleLine ? parseRule(ruleLine.value) : null;
  if (ruleLine && (second || ruleLine.name === 'EXRULE' || rule?.ok !== true)) return fail('BadRule', ruleLine.line);
  // a series needs a zone that moves its hours as the file's clock does
  if (from.value.type === 'time' && rule && reader.isGuessed(from.value)) return fail('UnknownZone', start.line);

  const lengths = new Map<FileMoment, number>();
  const moments: Record<'RDATE' | 'EXDATE', FileMoment[]> = { RDATE: [], EXDATE: [] };
  for (const property of component.properties) {
    if (property.name !== 'RDATE' && property.name !== 'EXDATE') continue;
    for (const each of property.value.split(',').filter((value) => value.trim() !== '')) {
      const [first = '', last] = each.split('/');
      const moment = reader.one({ ...property, value: first });
      if (!moment.ok) return fail('BadDates', property.line);
      moments[property.name].push(moment.value);
      if (last === undefined || moment.value.type === 'date') continue;
      const end = readEnd(last, moment.value, (value) => reader.one({ ...property, value }), zone);
      if (end === null) return fail('BadDates', property.line);
      lengths.set(moment.value, Math.ceil((end - instantOfMoment(moment.value, zone)) / 60_000));
    }
  }

  const id = propertyOf(component, 'RECURRENCE-ID');
  const of = id ? reader.one(id) : null;
  if (id && of?.ok !== true) return fail('BadOccurrence', id.line);

  return ok({
    ...wordsOf(component),
    when: when.value,
    of: of?.ok === true ? of.value : null,
    isFuture: id?.params.get('RANGE')?.toUpperCase() === 'THISANDFUTURE',
    rule: rule?.ok === true ? formatRule(ruleFromFile(rule.value, when.value)) : null,
    rdates: moments.RDATE,
    lengths,
    exdates: moments.EXDATE,
  });
};

const DATES: readonly string[] = ['DTSTART', 'DUE', 'RRULE', 'RDATE', 'RECURRENCE-ID'];

/** A task that nothing dates is what an action without a date is in a file. */
export const readTask = (component: Component): Result<Part, Skipped> => {
  const [bad] = component.bad;
  if (bad !== undefined) return err({ line: bad, problem: 'BadLine' });
  if (component.properties.some(({ name }) => DATES.includes(name)))
    return err({ line: component.line, problem: 'DatedTask' });
  const none = { of: null, isFuture: false, rule: null, rdates: [], lengths: new Map(), exdates: [] };
  return ok({ ...wordsOf(component), when: UNDATED, ...none });
};

const wordsOf = (component: Component) => {
  const text = (name: string): string => textOf(component, name);
  const title = text('SUMMARY');
  const approach = text('X-WEFT-APPROACH');
  const address = propertyOf(component, 'URL')?.value.trim() ?? '';
  const isWeb = /^https?:\/\/\S{1,1900}$/i.test(address);
  return {
    uid: text('UID') === '' ? uidOf(propertyOf(component, 'DTSTART')?.value ?? '', title) : shortUid(text('UID')),
    sequence: Math.min(Number(/^\d{1,9}$/.exec(text('SEQUENCE'))?.[0] ?? 0), 1e9),
    stamp: text('DTSTAMP').slice(0, 40),
    line: component.line,
    title,
    about: text('DESCRIPTION'),
    status: readStatus(text('X-WEFT-STATUS'), text('STATUS')),
    place: text('LOCATION').replace(/\s+/g, ' '),
    isPublic: /^(|PUBLIC)$/i.test(text('CLASS')),
    address: isWeb ? address : '',
    approach: APPROACHES.find((each) => each === approach) ?? '',
    ...leftoversOf(component, isWeb),
  };
};

const textOf = (component: Component, name: string): string =>
  decodeText(propertyOf(component, name)?.value ?? '').trim();

/** In the words of a series: its own clock where it has one. */
export const occurrenceOf = (moment: FileMoment, when: Dated, zone: ZoneId): OccurrenceId => {
  if (when.type !== 'timed') return moment.type === 'date' ? moment.date : dateOfWall(moment.wall);
  if (moment.type === 'date') return wallTimeOf(moment.date, when.start.slice(11)) ?? moment.date;
  // of its own zone it is taken as it is, so that a time that clocks skip stays the one that the rule names
  return (moment.zone ?? zone) === when.zone ? moment.wall : zoneOf(when.zone).wallAt(instantOfMoment(moment, zone));
};

// When ----------------------------------------------------------------------------------------------------------------

type ReadMoment = (property: ContentLine) => Result<FileMoment, 'BadMoment' | 'UnknownZone'>;

interface Reader {
  readonly one: ReadMoment;
  /** its zone is not known; only the moment is */
  readonly isGuessed: (moment: FileMoment) => boolean;
}

const createReader = (zones: FileZones): Reader => {
  const guessed = new Set<FileMoment>();
  return {
    isGuessed: (moment) => guessed.has(moment),
    one: ({ value, params }) => {
      const moment = parseMoment(value, null);
      if (moment === null) return err('BadMoment');
      const tzid = params.get('TZID');
      if (moment.type === 'date' || moment.zone !== null || tzid === undefined) return ok(moment);
      const year = Number(moment.wall.slice(0, 4));
      const found = zones.find(tzid, year);
      if (found !== null) return ok({ ...moment, zone: found });
      const clock = zones.clock(tzid, year);
      if (clock === null) return err('UnknownZone');
      const instant = instantBy(clock, secondsOf(moment.wall));
      const inUtc: FileMoment = { type: 'time', wall: zoneOf(UTC).wallAt(instant), zone: UTC };
      guessed.add(inUtc);
      return ok(inUtc);
    },
  };
};

const instantBy = (clock: (instant: number) => number, seconds: number): number => {
  const before = clock((seconds - 86_400) * 1000);
  const early = (seconds - before) * 1000;
  return clock(early) === before ? early : (seconds - clock(early)) * 1000;
};

const readWhen = (component: Component, from: FileMoment, reader: Reader, zone: ZoneId): Result<Dated, Skipped> => {
  const end = propertyOf(component, 'DTEND') ?? propertyOf(component, 'DURATION');
  const at = end?.line ?? component.line;
  if (from.type === 'date') {
    const length = end?.name === 'DURATION' ? parseLength(end.value) : null;
    const last = end?.name === 'DTEND' ? reader.one(end) : null;
    if (end && length === null && last?.ok !== true) return err({ line: at, problem: 'BadEnd' });
    const until = last?.ok !== true ? null : last.value.type === 'date' ? last.value.date : dateOfWall(last.value.wall);
    const days = until === null ? (length?.days ?? 1) : daysBetween(from.date, until);
    if (days < 0) return err({ line: at, problem: 'EndBeforeStart' });
    if (days > MOST_DAYS) return err({ line: at, problem: 'TooLong' });
    const isWindow = propertyOf(component, 'X-WEFT-WINDOW') !== undefined;
    return ok({ type: isWindow ? 'window' : 'allDay', start: from.date, days: Math.max(days, 1) });
  }
  const start = instantOfMoment(from, zone);
  const until = end ? readEnd(end.value, from, (value) => reader.one({ ...end, value }), zone) : start;
  if (until === null) return err({ line: at, problem: 'BadEnd' });
  const minutes = Math.ceil((until - start) / 60_000);
  if (minutes < 0) return err({ line: at, problem: 'EndBeforeStart' });
  if (minutes > MOST_MINUTES) return err({ line: at, problem: 'TooLong' });
  return ok({ type: 'timed', start: from.wall, minutes, zone: from.zone ?? zone });
};

/** A moment or a length; null: neither */
const readEnd = (
  text: string,
  from: FileMoment & { readonly type: 'time' },
  read: (text: string) => Result<FileMoment, unknown>,
  zone: ZoneId,
): number | null => {
  const length = parseLength(text);
  if (length !== null) return endOf(from, length, zone);
  const moment = read(text);
  return moment.ok ? instantOfMoment(moment.value, zone) : null;
};

// The rest ------------------------------------------------------------------------------------------------------------

const readStatus = (own: string, status: string): FileStatus | null => {
  const known = FILE_STATUSES.find((each) => each === own.toLowerCase());
  if (known !== undefined) return known;
  switch (status.toUpperCase()) {
    case 'CONFIRMED':
    case 'IN-PROCESS':
      return 'confirmed';
    case 'CANCELLED':
      return 'cancelled';
    case 'TENTATIVE':
    case 'NEEDS-ACTION':
      return 'proposed';
    case 'COMPLETED':
      return 'done';
    default:
      return null;
  }
};

/** For an event without one: the same each time that its file is read. */
const uidOf = (start: string, title: string): string =>
  `weft-of-${start.trim()}-${encodeURIComponent(title).slice(0, 200)}`;

/** In characters; as a document keeps it. */
const LONGEST_UID = 400;

/** Two that differ only further on are told apart by what they end with. */
const shortUid = (uid: string): string =>
  uid.length <= LONGEST_UID ? uid : `${uid.slice(0, LONGEST_UID / 2)}${uid.slice(-LONGEST_UID / 2)}`;
