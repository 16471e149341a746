/** How something recurs, in a sentence: "every second Tuesday until 30 June 2027". */
import { formatList, formatNumber, regionalTag } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import {
  dateOfDay,
  dayOf,
  describeRule,
  formatWall,
  parseRule,
  WEEKDAYS,
  writePattern,
  type Dated,
  type Repeat,
  type Rule,
  type RulePhrase,
  type Weekday,
} from '../../../times/index.ts';

/** Of the value of an RRULE; null where it says nothing that can be followed. */
export const ruleText = (rule: string, when: Dated): string | null => {
  const parsed = parseRule(rule);
  return parsed.ok ? wordsOf(parsed.value, when) : null;
};

export const repeatText = (repeat: Repeat, when: Dated): string =>
  wordsOf(writePattern({ repeat, end: { type: 'never' } }), when);

const wordsOf = (rule: Rule, when: Dated): string => {
  const [every, second, ...rest] = describeRule(rule, when);
  if (every?.type === 'every' && every.unit === 'week' && every.every <= 2 && second?.type === 'weekdays')
    return [everyWeekday(every.every, second.weekdays), ...rest.map(phraseText)].join(' ');
  return describeRule(rule, when).map(phraseText).join(' ');
};

const everyWeekday = (every: number, weekdays: readonly Weekday[]): string => {
  const days = formatList(weekdays.map(weekdayName));
  return every === 1 ? t('timing.rule.everyDay', { days }) : t('timing.rule.everySecondDay', { days });
};

const phraseText = (phrase: RulePhrase): string => {
  switch (phrase.type) {
    case 'every':
      return t(`timing.rule.every.${phrase.unit}`, { count: phrase.every });
    case 'weekdays':
      return t('timing.rule.weekdays', { days: formatList(phrase.weekdays.map(weekdayName)) });
    case 'nthWeekday':
      return nthText(phrase.nth, phrase.weekday);
    case 'monthDays':
      return phrase.days.length === 1 && phrase.days[0] === -1
        ? t('timing.rule.lastDay')
        : t('timing.rule.monthDays', { days: numbers(phrase.days) });
    case 'months':
      return t('timing.rule.months', { months: formatList(phrase.months.map(monthName)) });
    case 'yearDays':
    case 'weeks':
      return t(`timing.rule.${phrase.type}`, { list: numbers(phrase.type === 'weeks' ? phrase.weeks : phrase.days) });
    case 'hours':
    case 'minutes':
    case 'seconds':
      return t(`timing.rule.${phrase.type}`, { list: numbers(phrase.values) });
    case 'positions':
      return t('timing.rule.positions', { list: numbers(phrase.positions) });
    case 'count':
      return t('timing.rule.count', { count: phrase.count });
    case 'until':
      return t('timing.rule.until', {
        day: formatWall(phrase.date, regionalTag(), { day: 'numeric', month: 'long', year: 'numeric' }),
      });
  }
};

const numbers = (list: readonly number[]): string => formatList(list.map((each) => formatNumber(each)));

const nthText = (nth: number, weekday: Weekday): string => {
  const day = weekdayName(weekday);
  if (nth === -1) return t('timing.rule.nth.last', { day });
  if (nth === 1) return t('timing.rule.nth.first', { day });
  if (nth === 2) return t('timing.rule.nth.second', { day });
  if (nth === 3) return t('timing.rule.nth.third', { day });
  if (nth === 4) return t('timing.rule.nth.fourth', { day });
  return nth > 0
    ? t('timing.rule.nth.other', { nth: formatNumber(nth), day })
    : t('timing.rule.nth.fromEnd', { nth: formatNumber(-nth), day });
};

export const weekdayName = (weekday: Weekday): string =>
  formatWall(dateOfDay(MONDAY + WEEKDAYS.indexOf(weekday)), regionalTag(), { weekday: 'long' });

/** 5 January 1970 */
const MONDAY = 4;

const monthName = (month: number): string =>
  formatWall(dateOfDay(dayOf(1970, month, 1)), regionalTag(), { month: 'long' });
