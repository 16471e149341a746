/** Actions by the months that they touch, so that a screen works out the months that it shows and no others. */
import type { ActionView } from '../../documents/calendar/index.ts';
import { addDays, dateOfDay, dateOfWall, dayOf, daysInMonth, parseWallDate } from '../../times/index.ts';
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
    if (action.when.type === 'undated') continue;
    const [from, to] = monthsOf(action.when);
    if (first === null || from < first) first = from;
    if (last === null || to > last) last = to;
    if (action.rule !== null || action.rdates.length > 0 || action.changed.size > 0 || addMonths(from, 3) < to) {
      anywhere.push(action);
      recurs ||= action.rule !== null || action.rdates.length > 0;
      continue;
    }
    for (let month = from; month <= to; month = addMonths(month, 1)) {
      const known = byMonth.get(month);
      if (known === undefined) byMonth.set(month, [action]);
      else known.push(action);
    }
  }
  return { in: (month) => [...anywhere, ...(byMonth.get(month) ?? [])], first, last, recurs };
};

/** In whatever zone it is looked at: a day more at both ends. */
const monthsOf = (when: Dated): readonly [Month, Month] => {
  const start = dateOfWall(when.start);
  const days = when.type === 'timed' ? Math.ceil(when.minutes / DAY_MINUTES) : when.days - 1;
  return [monthOf(shift(start, -1)), monthOf(shift(start, days + 1))];
};

const DAY_MINUTES = 24 * 60;

/** At the ends of the calendar there is no further day. */
const shift = (date: WallDate, days: number): WallDate => parseWallDate(addDays(date, days)) ?? date;
