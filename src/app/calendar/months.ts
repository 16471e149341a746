/** Actions by the months that they touch, so that a screen works out the months that it shows and no others. */
import { seriesOf } from '../../documents/calendar/index.ts';
import type { ActionView } from '../../documents/calendar/index.ts';
import {
  addDays,
  dateOfDay,
  dateOfWall,
  dayOf,
  daysInMonth,
  occurrencesOf,
  parseWallDate,
  UTC,
} from '../../times/index.ts';
import type { Dated, WallDate } from '../../times/index.ts';
import type { Brand } from '../../lib/brand.ts';

/** `2026-03` */
export type Month = Brand<string, 'Month'>;

export const monthOf = (date: WallDate): Month => date.slice(0, 7) as Month;

export const addMonths = (month: Month, count: number): Month =>
  monthOf(dateOfDay(dayOf(yearOf(month), numberOf(month) + count, 1)));

export const firstOf = (month: Month): WallDate => `${month}-01` as WallDate;
export const lastOf = (month: Month): WallDate =>
  dateOfDay(dayOf(yearOf(month), numberOf(month), daysInMonth(yearOf(month), numberOf(month))));

const yearOf = (month: Month): number => Number(month.slice(0, 4));
const numberOf = (month: Month): number => Number(month.slice(5));

export interface MonthIndex {
  /** all that may take place in it */
  readonly in: (month: Month) => readonly ActionView[];
  /** the first and the last month in which anything is known to take place; null: nothing has a date */
  readonly first: Month | null;
  readonly last: Month | null;
  /** does anything recur, so that there may be more after `last`? */
  readonly recurs: boolean;
}

export const indexMonths = (actions: Iterable<ActionView>): MonthIndex => {
  const byMonth = new Map<Month, ActionView[]>();
  /** what recurs or lasts long may be in any */
  const anywhere: ActionView[] = [];
  let [first, last, recurs]: [Month | null, Month | null, boolean] = [null, null, false];
  for (const action of actions) {
    const span = spanOf(action);
    if (span === null) continue;
    if (first === null || span.from < first) first = span.from;
    if (last === null || span.to > last) last = span.to;
    recurs ||= span.recurs;
    if (span.isOpen) {
      anywhere.push(action);
      continue;
    }
    for (let month = span.from; month <= span.to; month = addMonths(month, 1)) {
      const known = byMonth.get(month);
      if (known === undefined) byMonth.set(month, [action]);
      else known.push(action);
    }
  }
  return { in: (month) => [...anywhere, ...(byMonth.get(month) ?? [])], first, last, recurs };
};

interface Span {
  /** of its first date alone, where it may be in any month */
  readonly from: Month;
  readonly to: Month;
  /** it may be in any month */
  readonly isOpen: boolean;
  /** there may be more of it after `to` */
  readonly recurs: boolean;
}

/** Worked out once for each: an index is made anew at each letter that somebody searches for. */
const spanOf = (action: ActionView): Span | null => {
  const known = spans.get(action);
  if (known !== undefined) return known;
  const span = workOut(action);
  spans.set(action, span);
  return span;
};

const spans = new WeakMap<ActionView, Span | null>();

const MOST_MONTHS = 24;
/** Rules that end after more dates than this are taken for such as never end. */
const MOST_DATES = 200;

const workOut = (action: ActionView): Span | null => {
  if (action.when.type === 'undated') return null;
  const [from, to] = monthsOf(action.when);
  const isSeries = action.rule !== null || action.rdates.length > 0;
  if (!isSeries && action.changed.size === 0) return { from, to, isOpen: addMonths(from, 3) < to, recurs: false };
  const end = action.changed.size === 0 ? endOf(action) : null;
  if (end === null || end > addMonths(from, MOST_MONTHS)) return { from, to, isOpen: true, recurs: isSeries };
  return { from, to: end > to ? end : to, isOpen: false, recurs: false };
};

/** The month of its last date; null: it has none, or it is far off. */
const endOf = (action: ActionView): Month | null => {
  const series = seriesOf(action);
  if (series === null || (series.rule !== null && series.rule.count === null && series.rule.until === null))
    return null;
  const from = dateOfWall(series.when.start);
  const to = lastOf(addMonths(monthOf(from), MOST_MONTHS + 1));
  const { list, isCut } = occurrencesOf(series, { from: addDays(from, -2), to, zone: UTC }, MOST_DATES);
  const ends = list.map(({ when }) => monthsOf(when)[1]);
  return isCut || series.rdates.some((date) => dateOfWall(date) > to || dateOfWall(date) < from)
    ? null
    : greatest(ends);
};

const greatest = (months: readonly Month[]): Month | null =>
  months.reduce<Month | null>((last, month) => (last === null || month > last ? month : last), null);

/** In whatever zone it is looked at: a day more at both ends. */
const monthsOf = (when: Dated): readonly [Month, Month] => {
  const start = dateOfWall(when.start);
  const days = when.type === 'timed' ? Math.ceil(when.minutes / DAY_MINUTES) : when.days - 1;
  return [monthOf(shift(start, -1)), monthOf(shift(start, days + 1))];
};

const DAY_MINUTES = 24 * 60;

/** At the ends of the calendar there is no further day. */
const shift = (date: WallDate, days: number): WallDate => parseWallDate(addDays(date, days)) ?? date;
