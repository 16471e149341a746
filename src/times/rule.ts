/**
 * A recurrence rule (RFC 5545, 3.3.10) as text and as a value. Text that is kept is canonical: `formatRule`.
 *
 * UNTIL is kept as a date (through the end of that day in the action's own zone) or a wall time there, so that it moves
 * with the action; what came in UTC is taken as it is, and a file gets UTC where RFC 5545 wants it.
 */
import { err, ok, type Result } from '../lib/result.ts';
import { parseWallDate, parseWallTime, type WallDate, type WallTime } from './wall.ts';

export const FREQUENCIES = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** In the order of their numbers, 0 to 6. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface RuleDay {
  readonly weekday: Weekday;
  /** 2: the second; -1: the last; 0: every one */
  readonly nth: number;
}

export type Until =
  | { readonly type: 'date'; readonly date: WallDate }
  | { readonly type: 'wall'; readonly wall: WallTime }
  | { readonly type: 'utc'; readonly wall: WallTime };

export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  readonly until: Until | null;
  readonly weekStart: Weekday;
  /** Empty lists: the part is not there. */
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly RuleDay[];
  readonly monthDays: readonly number[];
  readonly yearDays: readonly number[];
  readonly weeks: readonly number[];
  readonly months: readonly number[];
  readonly positions: readonly number[];
}

/** `part`: the name of the part that is wrong, as it stands in the rule. */
export type RuleProblem =
  | { readonly type: 'NoRule' }
  | { readonly type: 'RuleTooLong' }
  | { readonly type: 'NoFrequency' }
  /** more often a day than anybody meets */
  | { readonly type: 'TooOften' }
  | { readonly type: 'BadPart'; readonly part: string }
  | { readonly type: 'UnknownPart'; readonly part: string }
  | { readonly type: 'TwicePart'; readonly part: string }
  | { readonly type: 'PartsDoNotFit'; readonly part: string };

export const EVERY: Omit<Rule, 'frequency'> = {
  interval: 1,
  count: null,
  until: null,
  weekStart: 'MO',
  seconds: [],
  minutes: [],
  hours: [],
  days: [],
  monthDays: [],
  yearDays: [],
  weeks: [],
  months: [],
  positions: [],
};

/** Past any rule that somebody meant; a longer text is not looked at. */
export const MOST_TEXT = 1000;
export const MOST_COUNT = 10_000;
export const MOST_INTERVAL = 1000;
const MOST_VALUES = 400;
/** named by BYHOUR, BYMINUTE and BYSECOND: every five minutes */
const MOST_TIMES_A_DAY = 288;

/** Takes `RRULE:` before it, small letters, and parts in any order. */
export const parseRule = (text: string): Result<Rule, RuleProblem> => {
  if (text.length > MOST_TEXT) return err({ type: 'RuleTooLong' });
  const body = text
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase();
  if (body === '') return err({ type: 'NoRule' });
  const parts = new Map<string, string>();
  for (const piece of body.split(';')) {
    if (piece === '') continue;
    const [name = '', value = ''] = piece.split(/=(.*)/s);
    if (parts.has(name)) return err({ type: 'TwicePart', part: name });
    parts.set(name, value);
  }
  const stray = [...parts.keys()].find((name) => !KNOWN.has(name));
  if (stray !== undefined) return err({ type: 'UnknownPart', part: stray.slice(0, 40) });
  const frequency = FREQUENCIES.find((each) => each === parts.get('FREQ'));
  if (!frequency) return err(parts.has('FREQ') ? { type: 'BadPart', part: 'FREQ' } : { type: 'NoFrequency' });
  let bad: string | null = null;
  const read = <T>(name: string, none: T, parse: (value: string) => T | null): T => {
    const value = parts.get(name);
    if (value === undefined) return none;
    const found = parse(value);
    if (found === null) bad ??= name;
    return found ?? none;
  };
  const list = (name: string, [least, most]: readonly [number, number]): readonly number[] =>
    read(name, [], (value) => parseList(value, (each) => parseNumber(each, least, most)));
  const rule: Rule = {
    frequency,
    interval: read('INTERVAL', 1, (value) => parseNumber(value, 1, MOST_INTERVAL)),
    count: read('COUNT', null, (value) => parseNumber(value, 1, MOST_COUNT)),
    until: read('UNTIL', null, parseUntil),
    weekStart: read<Weekday>('WKST', 'MO', parseWeekday),
    seconds: list('BYSECOND', [0, 59]),
    minutes: list('BYMINUTE', [0, 59]),
    hours: list('BYHOUR', [0, 23]),
    days: read('BYDAY', [], (value) => parseList(value, parseRuleDay)),
    monthDays: list('BYMONTHDAY', [-31, 31]),
    yearDays: list('BYYEARDAY', [-366, 366]),
    weeks: list('BYWEEKNO', [-53, 53]),
    months: list('BYMONTH', [1, 12]),
    positions: list('BYSETPOS', [-366, 366]),
  };
  if (bad !== null) return err({ type: 'BadPart', part: bad });
  const named = [rule.hours, rule.minutes, rule.seconds].reduce((times, list) => times * (list.length || 1), 1);
  if (named > MOST_TIMES_A_DAY) return err({ type: 'TooOften' });
  const misfit = misfitOf(rule);
  return misfit === null ? ok(rule) : err({ type: 'PartsDoNotFit', part: misfit });
};

const KNOWN: ReadonlySet<string> = new Set([
  ...['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYSECOND', 'BYMINUTE', 'BYHOUR', 'BYDAY'],
  ...['BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO', 'BYMONTH', 'BYSETPOS'],
]);

const parseNumber = (text: string, least: number, most: number): number | null => {
  const number = /^[+-]?\d{1,5}$/.test(text) ? Number(text) : NaN;
  // where a part counts from both ends, there is no 0th
  return number >= least && number <= most && !(number === 0 && least < 0) ? number : null;
};

const parseList = <T>(text: string, parse: (each: string) => T | null): readonly T[] | null => {
  const values: T[] = [];
  for (const each of text.split(',')) {
    const value = parse(each.trim());
    if (value === null || values.length === MOST_VALUES) return null;
    values.push(value);
  }
  return values;
};

const parseWeekday = (text: string): Weekday | null => WEEKDAYS.find((each) => each === text) ?? null;

const parseRuleDay = (text: string): RuleDay | null => {
  const weekday = parseWeekday(text.slice(-2));
  const nth = text.length === 2 ? 0 : parseNumber(text.slice(0, -2), -53, 53);
  return weekday === null || nth === null ? null : { weekday, nth };
};

const parseUntil = (text: string): Until | null => {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(text);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, utc] = found;
  if (hour === undefined) {
    const date = parseWallDate(`${year}-${month}-${day}`);
    return date && { type: 'date', date };
  }
  const wall = parseWallTime(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  return wall && { type: utc === 'Z' ? 'utc' : 'wall', wall };
};

/** The part that RFC 5545 does not let stand beside the others; null where all fit. */
const misfitOf = (rule: Rule): string | null => {
  const { frequency, count, until, days, monthDays, yearDays, weeks, positions } = rule;
  if (count !== null && until !== null) return 'UNTIL';
  if (weeks.length > 0 && frequency !== 'YEARLY') return 'BYWEEKNO';
  if (yearDays.length > 0 && ['DAILY', 'WEEKLY', 'MONTHLY'].includes(frequency)) return 'BYYEARDAY';
  if (monthDays.length > 0 && frequency === 'WEEKLY') return 'BYMONTHDAY';
  const isNth = days.some(({ nth }) => nth !== 0);
  if (isNth && !(frequency === 'MONTHLY' || (frequency === 'YEARLY' && weeks.length === 0))) return 'BYDAY';
  const others = [rule.seconds, rule.minutes, rule.hours, days, monthDays, yearDays, weeks, rule.months];
  return positions.length > 0 && others.every((list) => list.length === 0) ? 'BYSETPOS' : null;
};

/** Canonical: parts in one order, lists as they are, defaults left out. */
export const formatRule = (rule: Rule): string => {
  const parts: readonly (readonly [string, string | null])[] = [
    ['FREQ', rule.frequency],
    ['INTERVAL', rule.interval === 1 ? null : String(rule.interval)],
    ['COUNT', rule.count === null ? null : String(rule.count)],
    ['UNTIL', rule.until && formatUntil(rule.until)],
    ['BYMONTH', joined(rule.months)],
    ['BYWEEKNO', joined(rule.weeks)],
    ['BYYEARDAY', joined(rule.yearDays)],
    ['BYMONTHDAY', joined(rule.monthDays)],
    ['BYDAY', joined(rule.days.map(({ nth, weekday }) => `${nth === 0 ? '' : nth}${weekday}`))],
    ['BYHOUR', joined(rule.hours)],
    ['BYMINUTE', joined(rule.minutes)],
    ['BYSECOND', joined(rule.seconds)],
    ['BYSETPOS', joined(rule.positions)],
    ['WKST', rule.weekStart === 'MO' ? null : rule.weekStart],
  ];
  return parts.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])).join(';');
};

const joined = (values: readonly (string | number)[]): string | null => (values.length === 0 ? null : values.join(','));

const formatUntil = (until: Until): string => {
  const wall = until.type === 'date' ? until.date : until.wall;
  const [date = '', time] = wall.split('T');
  const day = date.replaceAll('-', '');
  if (time === undefined) return day;
  return `${day}T${time.replaceAll(':', '').padEnd(6, '0')}${until.type === 'utc' ? 'Z' : ''}`;
};
