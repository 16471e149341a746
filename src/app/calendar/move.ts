/** What comes along when a series gets another beginning: its rule's weekdays, and what was said about single dates. */
import { seriesOf } from '../../documents/calendar/index.ts';
import type { ActionView } from '../../documents/calendar/index.ts';
import { dateOfWall, daysBetween, formatRule, isStart, parseRule, startingAt, WEEKDAYS } from '../../times/index.ts';
import type { When } from '../../times/index.ts';

export interface Move {
  /** by so many days goes what was said about single dates; 0: it stays where it is */
  readonly days: number;
  /** the rule for the new weekday; null: as it was */
  readonly rule: string | null;
}

/** A series that only begins later, on a date that it had before, leaves its other dates where they are. */
export const moveOf = (action: ActionView, when: When): Move => {
  const series = seriesOf(action);
  if (series === null || series.rule === null || when.type === 'undated') return STAYS;
  const days = daysBetween(dateOfWall(series.when.start), dateOfWall(when.start));
  const day = startingAt(series.when, dateOfWall(when.start)).start;
  return days === 0 || isStart({ ...series, exdates: [] }, day) ? STAYS : { days, rule: onOtherDays(action, days) };
};

const STAYS: Move = { days: 0, rule: null };

/**
 * 'every Sunday' becomes 'every Saturday'; rules that name days of the month or the nth weekday stay as people wrote
 * them, and give null.
 */
export const onOtherDays = ({ rule }: Pick<ActionView, 'rule'>, by: number): string | null => {
  const parsed = rule === null ? null : parseRule(rule);
  if (parsed?.ok !== true || parsed.value.frequency !== 'WEEKLY' || parsed.value.days.length === 0) return null;
  const days = parsed.value.days.flatMap(({ weekday, nth }) => {
    const at = (((WEEKDAYS.indexOf(weekday) + by) % 7) + 7) % 7;
    const other = WEEKDAYS[at];
    return other === undefined ? [] : [{ weekday: other, nth }];
  });
  return formatRule({ ...parsed.value, days });
};
