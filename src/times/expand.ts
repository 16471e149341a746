/**
 * Works a rule out (RFC 5545, 3.3.10), on a clock that no zone moves: seconds as in wall.ts.
 *
 * A rule steps through periods of its frequency. In each, the days (or, for the fine frequencies, the moments) that all
 * its parts let through are gathered in order, BYSETPOS picks among them, and COUNT counts what is left. Without COUNT
 * the steps begin where the range does.
 */
import type { Frequency, Rule, RuleDay, Weekday } from './rule.ts';
import { WEEKDAYS } from './rule.ts';
import { DAY, dayOf, daysInMonth, isLeap, LAST_DAY, partsOfDay, weekdayOfDay } from './wall.ts';

export interface Asked {
  /** both included */
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

export interface Expanded {
  readonly times: readonly number[];
  /** more was there, or finding it takes more steps than a rule that somebody meant */
  readonly isCut: boolean;
}

/** `isPast`: this one is after UNTIL, as its zone sees it. */
export const expandRule = (
  rule: Rule,
  start: number,
  { from, to, most }: Asked,
  isPast: (time: number) => boolean,
): Expanded => {
  const full = filledIn(rule, start);
  const times: number[] = [];
  let left = rule.count ?? Infinity;
  let steps = 0;
  // COUNT counts from the start on
  for (const period of periodsOf(full, start, rule.count === null ? from : start)) {
    if (period.first > to || isPast(period.first)) return { times, isCut: false };
    if (++steps > MOST_STEPS) return { times, isCut: true };
    for (const time of picked(period.times(), full.positions)) {
      if (time < start) continue;
      if (time > to || isPast(time)) return { times, isCut: false };
      if (time >= from) {
        if (times.length === most) return { times, isCut: true };
        times.push(time);
      }
      if (--left === 0) return { times, isCut: false };
    }
  }
  return { times, isCut: false };
};

const MOST_STEPS = 100_000;

/** What a rule does not say, its start does. */
const filledIn = (rule: Rule, start: number): Rule => {
  const day = Math.floor(start / DAY);
  const time = start - day * DAY;
  const date = partsOfDay(day);
  const { frequency } = rule;
  const isCoarserThan = (fine: Frequency): boolean => RANK[frequency] > RANK[fine];
  const given = (list: readonly number[], isMissing: boolean, value: number): readonly number[] =>
    list.length === 0 && isMissing ? [value] : sorted(list);
  const hasNoDay = [rule.days, rule.monthDays, rule.yearDays].every((list) => list.length === 0);
  const isFree = hasNoDay && rule.weeks.length === 0;
  const isWeek = frequency === 'WEEKLY' ? isFree : frequency === 'YEARLY' && hasNoDay && !isFree;
  return {
    ...rule,
    hours: given(rule.hours, isCoarserThan('HOURLY'), Math.floor(time / 3600)),
    minutes: given(rule.minutes, isCoarserThan('MINUTELY'), Math.floor(time / 60) % 60),
    seconds: given(rule.seconds, isCoarserThan('SECONDLY'), time % 60),
    months: given(rule.months, isFree && frequency === 'YEARLY', date.month),
    monthDays: given(rule.monthDays, isFree && (frequency === 'YEARLY' || frequency === 'MONTHLY'), date.day),
    days: isWeek ? [{ weekday: WEEKDAYS[weekdayOfDay(day)] ?? 'MO', nth: 0 }] : rule.days,
  };
};

const RANK: Readonly<Record<Frequency, number>> = {
  SECONDLY: 0,
  MINUTELY: 1,
  HOURLY: 2,
  DAILY: 3,
  WEEKLY: 4,
  MONTHLY: 5,
  YEARLY: 6,
};

const sorted = (list: readonly number[]): readonly number[] => [...new Set(list)].sort((a, b) => a - b);

/** BYSETPOS */
const picked = (times: readonly number[], positions: readonly number[]): readonly number[] => {
  if (positions.length === 0) return times;
  const indexes = positions.map((position) => (position > 0 ? position - 1 : times.length + position));
  return sorted(indexes.flatMap((index) => times[index] ?? []));
};

// Periods -------------------------------------------------------------------------------------------------------------

interface Period {
  /** nothing of it is before this */
  readonly first: number;
  /** in order */
  readonly times: () => readonly number[];
}

const periodsOf = (rule: Rule, start: number, from: number): Iterable<Period> =>
  RANK[rule.frequency] < RANK.DAILY ? finePeriods(rule, start, from) : dayPeriods(rule, start, from);

/** Years, months, weeks and days. */
function* dayPeriods(rule: Rule, start: number, from: number): Generator<Period> {
  const startDay = Math.floor(start / DAY);
  const fromDay = Math.max(startDay, Math.floor(from / DAY));
  const { indexOf, firstOf } = calendarOf(rule);
  const first = indexOf(startDay);
  const matches = matcherOf(rule);
  const slots = slotsOf(rule);
  const skipped = Math.floor((indexOf(fromDay) - first) / rule.interval);
  for (let index = first + skipped * rule.interval; ; index += rule.interval) {
    const firstDay = firstOf(index);
    const endDay = firstOf(index + 1);
    if (firstDay > LAST_DAY) return;
    yield {
      first: firstDay * DAY,
      times: () => {
        const times: number[] = [];
        for (let day = firstDay; day < endDay; day++) {
          if (matches(day)) for (const slot of slots) times.push(day * DAY + slot);
        }
        return times;
      },
    };
  }
}

interface Calendar {
  readonly indexOf: (day: number) => number;
  readonly firstOf: (index: number) => number;
}

/** Periods numbered in a row, each with its first day. */
const calendarOf = ({ frequency, weekStart }: Rule): Calendar => {
  if (frequency === 'YEARLY') return { indexOf: (day) => partsOfDay(day).year, firstOf: (year) => dayOf(year, 1, 1) };
  if (frequency === 'MONTHLY') {
    const indexOf = (day: number): number => partsOfDay(day).year * 12 + partsOfDay(day).month - 1;
    return { indexOf, firstOf: (index) => dayOf(Math.floor(index / 12), (index % 12) + 1, 1) };
  }
  if (frequency === 'DAILY') return { indexOf: (day) => day, firstOf: (index) => index };
  // weeks: 1970-01-01 was a Thursday
  const shift = 3 - WEEKDAYS.indexOf(weekStart);
  return { indexOf: (day) => Math.floor((day + shift) / 7), firstOf: (index) => index * 7 - shift };
};

const slotsOf = ({ hours, minutes, seconds }: Rule): readonly number[] =>
  hours.flatMap((hour) => minutes.flatMap((minute) => seconds.map((second) => hour * 3600 + minute * 60 + second)));

/** Hours, minutes and seconds: each a step, and steps that no part lets through are leapt over. */
function* finePeriods(rule: Rule, start: number, from: number): Generator<Period> {
  const unit = rule.frequency === 'HOURLY' ? 3600 : rule.frequency === 'MINUTELY' ? 60 : 1;
  const step = unit * rule.interval;
  const first = Math.floor(start / unit) * unit;
  const matches = matcherOf(rule);
  const has = (list: readonly number[], value: number): boolean => list.length === 0 || list.includes(value);
  const inside = unit === 1 ? [0] : slotsOf({ ...rule, hours: [0], minutes: unit === 60 ? [0] : rule.minutes });
  let time = first + Math.max(0, Math.floor((from - first) / step)) * step;
  let knownDay = NaN;
  let isDay = false;
  while (time <= LAST_DAY * DAY) {
    const at = time;
    const day = Math.floor(at / DAY);
    if (day !== knownDay) [knownDay, isDay] = [day, matches(day)];
    /** the first step at or after another moment */
    const leap = (moment: number): number => first + Math.ceil((moment - first) / step) * step;
    const isOff = !isDay || !has(rule.hours, Math.floor(at / 3600) % 24);
    const isIdle = unit < 3600 && !has(rule.minutes, Math.floor(at / 60) % 60);
    const isSilent = unit === 1 && !has(rule.seconds, at % 60);
    yield {
      first: at,
      times: () => (isOff || isIdle || isSilent ? [] : inside.map((slot) => at + slot)),
    };
    if (!isDay) time = leap((day + 1) * DAY);
    else if (isOff) time = leap((Math.floor(at / 3600) + 1) * 3600);
    else if (isIdle) time = leap((Math.floor(at / 60) + 1) * 60);
    else time = at + step;
  }
}

// Days ----------------------------------------------------------------------------------------------------------------

/** Do all parts that speak of days let this one through? */
const matcherOf = (rule: Rule): ((day: number) => boolean) => {
  const { months, monthDays, yearDays, weeks, days, weekStart } = rule;
  const isInMonth = rule.frequency === 'MONTHLY' || months.length > 0;
  const weekdays = new Set(days.map(({ weekday }) => WEEKDAYS.indexOf(weekday)));
  return (day) => {
    // the cheapest first: most days are the wrong weekday
    if (weekdays.size > 0 && !weekdays.has(weekdayOfDay(day))) return false;
    const { year, month, day: monthDay } = partsOfDay(day);
    if (months.length > 0 && !months.includes(month)) return false;
    const monthLength = daysInMonth(year, month);
    if (monthDays.length > 0 && !isNth(monthDays, monthDay, monthLength)) return false;
    const yearLength = isLeap(year) ? 366 : 365;
    const yearDay = day - dayOf(year, 1, 1) + 1;
    if (yearDays.length > 0 && !isNth(yearDays, yearDay, yearLength)) return false;
    if (weeks.length > 0) {
      const { week, count } = weekOf(day, weekStart);
      if (!isNth(weeks, week, count)) return false;
    }
    if (days.length === 0) return true;
    const place = isInMonth ? monthDay : yearDay;
    return days.some((each) => isWeekday(each, day, place, isInMonth ? monthLength : yearLength));
  };
};

/** Is `place`, counted from 1, among these, of which some count from the end? */
const isNth = (list: readonly number[], place: number, length: number): boolean =>
  list.includes(place) || list.includes(place - length - 1);

/** `place`: which day of the month or the year it is. */
const isWeekday = ({ weekday, nth }: RuleDay, day: number, place: number, length: number): boolean => {
  if (WEEKDAYS[weekdayOfDay(day)] !== weekday) return false;
  if (nth === 0) return true;
  return nth > 0 ? nth === Math.ceil(place / 7) : -nth === Math.ceil((length - place + 1) / 7);
};

/** Weeks belong to the year that holds four of their days or more. */
const weekOf = (day: number, weekStart: Weekday): { readonly week: number; readonly count: number } => {
  const shift = WEEKDAYS.indexOf(weekStart);
  const startOf = (of: number): number => of - ((weekdayOfDay(of) - shift + 7) % 7);
  const start = startOf(day);
  const { year } = partsOfDay(start + 3);
  const firstOf = (of: number): number => startOf(dayOf(of, 1, 4));
  return { week: (start - firstOf(year)) / 7 + 1, count: (firstOf(year + 1) - firstOf(year)) / 7 };
};
