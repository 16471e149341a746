/**
 * The rules that people make, as a form shows them: every so many days, weeks, months or years, on these days, until
 * then. A rule that says anything else is one from elsewhere: it is kept as it is and told in words (./words.ts).
 */
import { expandRule } from './expand.ts';
import { EVERY, type Rule, type Weekday, WEEKDAYS } from './rule.ts';
import {
  DAY,
  dateOfWall,
  dayOfDate,
  partsOfDay,
  secondsOf,
  type WallDate,
  wallOfSeconds,
  weekdayOfDay,
} from './wall.ts';
import { type Dated, startingAt } from './when.ts';
import { UTC, zoneOf } from './zone.ts';

export type MonthDay =
  /** 1 to 31, left out where a month has no such day; -1: the last one */
  | { readonly type: 'day'; readonly day: number }
  /** 2: the second Tuesday; -1: the last one; never 0 */
  | { readonly type: 'weekday'; readonly nth: number; readonly weekday: Weekday };

export type Repeat =
  | { readonly unit: 'day'; readonly every: number }
  /** `weekStart` tells which weeks are counted where `every` is more than one */
  | {
      readonly unit: 'week';
      readonly every: number;
      readonly weekdays: readonly Weekday[];
      readonly weekStart: Weekday;
    }
  | { readonly unit: 'month'; readonly every: number; readonly on: MonthDay }
  /** `month`: 1 to 12 */
  | { readonly unit: 'year'; readonly every: number; readonly month: number; readonly on: MonthDay };

export type End =
  | { readonly type: 'never' }
  | { readonly type: 'count'; readonly count: number }
  /** the last day on which it may begin */
  | { readonly type: 'date'; readonly date: WallDate };

export interface Pattern {
  readonly repeat: Repeat;
  readonly end: End;
}

/** null: it says more than a pattern can */
export const readPattern = (rule: Rule, when: Dated): Pattern | null => {
  const repeat = readRepeat(rule, when);
  return repeat && { repeat, end: endOf(rule, when) };
};

export const writePattern = ({ repeat, end }: Pattern): Rule => ({
  ...EVERY,
  ...writeRepeat(repeat),
  interval: repeat.every,
  count: end.type === 'count' ? end.count : null,
  until: end.type === 'date' ? { type: 'date', date: end.date } : null,
});

/** In days, whichever way UNTIL was written: none of a pattern's occurrences is lost or won. */
export const endOf = ({ count, until }: Rule, when: Dated): End => {
  if (count !== null) return { type: 'count', count };
  if (until === null) return { type: 'never' };
  if (until.type === 'date') return { type: 'date', date: until.date };
  if (when.type !== 'timed') return { type: 'date', date: dateOfWall(until.wall) };
  const wall = until.type === 'wall' ? until.wall : zoneOf(when.zone).wallAt(zoneOf(UTC).instantOf(until.wall));
  // a moment before the hour at which it begins leaves that day out
  const isBefore = wall.slice(10) < when.start.slice(10);
  return { type: 'date', date: dateOfWall(wallOfSeconds(secondsOf(wall) - (isBefore ? DAY : 0))) };
};

/** What a form offers first for an action that begins then: each week, each month by day and by weekday, each year. */
export const patternsFor = (when: Dated, weekStart: Weekday = 'MO'): readonly Repeat[] => {
  const { weekday, month, day, nth, isLast } = placeOf(when);
  const byDay: MonthDay = { type: 'day', day };
  const byWeekday: MonthDay = { type: 'weekday', nth: nth === 5 ? -1 : nth, weekday };
  return [
    { unit: 'day', every: 1 },
    { unit: 'week', every: 1, weekdays: [weekday], weekStart },
    { unit: 'month', every: 1, on: byDay },
    { unit: 'month', every: 1, on: byWeekday },
    ...(isLast && nth !== 5 ? [{ unit: 'month', every: 1, on: { ...byWeekday, nth: -1 } } as const] : []),
    { unit: 'year', every: 1, month, on: byDay },
  ];
};

/** The same action, beginning when the rule first says so; null: within ten years it never does. */
export const startOn = (when: Dated, rule: Rule): Dated | null => {
  const start = secondsOf(when.start);
  const reach = { from: start, to: start + 3660 * DAY, most: 1 };
  const [first] = expandRule({ ...rule, until: null }, start, reach, () => false).times;
  if (first === undefined) return null;
  return startingAt(when, when.type === 'timed' ? wallOfSeconds(first) : dateOfWall(wallOfSeconds(first)));
};

const placeOf = (when: Dated) => {
  const number = dayOfDate(when.start);
  const { month, day } = partsOfDay(number);
  const weekday = WEEKDAYS[weekdayOfDay(number)] ?? 'MO';
  return { weekday, month, day, nth: Math.ceil(day / 7), isLast: partsOfDay(number + 7).month !== month };
};

// Reading -------------------------------------------------------------------------------------------------------------

type List = 'months' | 'monthDays' | 'days' | 'positions';

const readRepeat = (rule: Rule, when: Dated): Repeat | null => {
  const { frequency, interval: every, days } = rule;
  const place = placeOf(when);
  if (![rule.seconds, rule.minutes, rule.hours, rule.yearDays, rule.weeks].every(isEmpty)) return null;
  const hasOnly = (...lists: readonly List[]): boolean =>
    (['months', 'monthDays', 'days', 'positions'] as const).every(
      (each) => lists.includes(each) || isEmpty(rule[each]),
    );
  const isPlain = days.every(({ nth }) => nth === 0);
  switch (frequency) {
    case 'DAILY':
      if (hasOnly()) return { unit: 'day', every };
      // each working day, as some programs write it
      return hasOnly('days') && isPlain && every === 1 ? weekly(rule, place.weekday) : null;
    case 'WEEKLY':
      return hasOnly('days') && isPlain ? weekly(rule, place.weekday) : null;
    case 'MONTHLY': {
      const on = hasOnly('monthDays', 'days', 'positions') ? readMonthDay(rule, place.day) : null;
      return on && { unit: 'month', every, on };
    }
    case 'YEARLY': {
      const [month = place.month] = rule.months;
      const isOfYear = isEmpty(rule.months) && !(isEmpty(days) && isEmpty(rule.monthDays));
      const on = rule.months.length > 1 || isOfYear ? null : readMonthDay(rule, place.day);
      return on && { unit: 'year', every, month, on };
    }
    default:
      return null;
  }
};

const isEmpty = (list: readonly unknown[]): boolean => list.length === 0;

const weekly = ({ days, interval, weekStart }: Rule, own: Weekday): Repeat => {
  const named = WEEKDAYS.filter((weekday) => days.some((each) => each.weekday === weekday));
  return { unit: 'week', every: interval, weekdays: named.length === 0 ? [own] : named, weekStart };
};

const readMonthDay = ({ monthDays, days, positions }: Rule, own: number): MonthDay | null => {
  const [monthDay] = monthDays;
  const [day] = days;
  const [position] = positions;
  if (monthDays.length + days.length === 0) return isEmpty(positions) ? { type: 'day', day: own } : null;
  if (monthDays.length + days.length > 1 || positions.length > 1) return null;
  if (day === undefined) {
    const isOne = monthDay !== undefined && monthDay >= -1 && isEmpty(positions);
    return isOne ? { type: 'day', day: monthDay } : null;
  }
  if (day.nth !== 0 && position !== undefined) return null;
  const nth = position ?? day.nth;
  return nth === 0 || nth > 5 || nth < -5 ? null : { type: 'weekday', nth, weekday: day.weekday };
};

// Writing -------------------------------------------------------------------------------------------------------------

const writeRepeat = (repeat: Repeat): Partial<Rule> & Pick<Rule, 'frequency'> => {
  switch (repeat.unit) {
    case 'day':
      return { frequency: 'DAILY' };
    case 'week': {
      const days = repeat.weekdays.map((weekday) => ({ weekday, nth: 0 }));
      return { frequency: 'WEEKLY', days, weekStart: repeat.weekStart };
    }
    case 'month':
      return { frequency: 'MONTHLY', ...writeMonthDay(repeat.on) };
    case 'year':
      return { frequency: 'YEARLY', months: [repeat.month], ...writeMonthDay(repeat.on) };
  }
};

const writeMonthDay = (on: MonthDay): Pick<Rule, 'monthDays'> | Pick<Rule, 'days'> =>
  on.type === 'day' ? { monthDays: [on.day] } : { days: [{ weekday: on.weekday, nth: on.nth }] };
