/** A rule in words: which parts of a sentence, in order, each with its values. The words themselves live in locales/. */
import { type End, endOf, type MonthDay, type Pattern, readPattern } from './pattern.ts';
import { type Frequency, type Rule, type Weekday, WEEKDAYS } from './rule.ts';
import type { WallDate } from './wall.ts';
import type { Dated } from './when.ts';

export type RuleUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

export type RulePhrase =
  /** "every 2 weeks" */
  | { readonly type: 'every'; readonly unit: RuleUnit; readonly every: number }
  /** "on Tuesday and Friday" */
  | { readonly type: 'weekdays'; readonly weekdays: readonly Weekday[] }
  /** "on the second Tuesday"; -1: the last one */
  | { readonly type: 'nthWeekday'; readonly nth: number; readonly weekday: Weekday; readonly of: 'month' | 'year' }
  /** "on the 8th"; -1: the last day */
  | { readonly type: 'monthDays'; readonly days: readonly number[] }
  | { readonly type: 'months'; readonly months: readonly number[] }
  | { readonly type: 'yearDays'; readonly days: readonly number[] }
  | { readonly type: 'weeks'; readonly weeks: readonly number[] }
  | { readonly type: 'hours' | 'minutes' | 'seconds'; readonly values: readonly number[] }
  /** "only the last of them" */
  | { readonly type: 'positions'; readonly positions: readonly number[] }
  | { readonly type: 'count'; readonly count: number }
  | { readonly type: 'until'; readonly date: WallDate };

export const describeRule = (rule: Rule, when: Dated): readonly RulePhrase[] => {
  const pattern = readPattern(rule, when);
  // what a form can show is told as it shows it, whichever way it was written
  return [...(pattern ? phrasesOfPattern(pattern) : phrasesOfRule(rule)), ...phrasesOfEnd(endOf(rule, when))];
};

const phrasesOfPattern = ({ repeat }: Pattern): readonly RulePhrase[] => {
  const every: RulePhrase = { type: 'every', unit: repeat.unit, every: repeat.every };
  switch (repeat.unit) {
    case 'day':
      return [every];
    case 'week':
      return [every, { type: 'weekdays', weekdays: repeat.weekdays }];
    case 'month':
      return [every, phraseOfDay(repeat.on)];
    case 'year':
      return [every, { type: 'months', months: [repeat.month] }, phraseOfDay(repeat.on)];
  }
};

const phraseOfDay = (on: MonthDay): RulePhrase =>
  on.type === 'day'
    ? { type: 'monthDays', days: [on.day] }
    : { type: 'nthWeekday', nth: on.nth, weekday: on.weekday, of: 'month' };

/** Its parts, one by one; what it takes from its start is left for the start to say. */
const phrasesOfRule = (rule: Rule): readonly RulePhrase[] => {
  const { frequency, interval, months, weeks, yearDays, monthDays, days, hours, minutes, seconds, positions } = rule;
  const phrases: RulePhrase[] = [{ type: 'every', unit: UNITS[frequency], every: interval }];
  if (months.length > 0) phrases.push({ type: 'months', months });
  if (weeks.length > 0) phrases.push({ type: 'weeks', weeks });
  if (yearDays.length > 0) phrases.push({ type: 'yearDays', days: yearDays });
  if (monthDays.length > 0) phrases.push({ type: 'monthDays', days: monthDays });
  const plain = WEEKDAYS.filter((weekday) => days.some((day) => day.nth === 0 && day.weekday === weekday));
  if (plain.length > 0) phrases.push({ type: 'weekdays', weekdays: plain });
  const of = frequency === 'MONTHLY' || months.length > 0 ? 'month' : 'year';
  for (const { nth, weekday } of days) if (nth !== 0) phrases.push({ type: 'nthWeekday', nth, weekday, of });
  if (hours.length > 0) phrases.push({ type: 'hours', values: hours });
  if (minutes.length > 0) phrases.push({ type: 'minutes', values: minutes });
  if (seconds.length > 0) phrases.push({ type: 'seconds', values: seconds });
  if (positions.length > 0) phrases.push({ type: 'positions', positions });
  return phrases;
};

const phrasesOfEnd = (end: End): readonly RulePhrase[] => {
  if (end.type === 'count') return [{ type: 'count', count: end.count }];
  return end.type === 'date' ? [{ type: 'until', date: end.date }] : [];
};

const UNITS: Readonly<Record<Frequency, RuleUnit>> = {
  SECONDLY: 'second',
  MINUTELY: 'minute',
  HOURLY: 'hour',
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
};
