/** One lane for each group over weeks: every date is a thread across all of them. */
import type { GroupId } from '../../log/types.ts';
import { addDays, dayOfDate, datesOf, weekdayOfDay, WEEKDAYS } from '../../times/index.ts';
import type { WallDate, Weekday, ZoneId } from '../../times/index.ts';
import type { Happening } from './agenda.ts';
import type { Calendar } from './calendar.svelte.ts';
import { takesPart, taking } from './taking.ts';
import type { Taking } from './taking.ts';

export interface Week {
  readonly from: WallDate;
  readonly to: WallDate;
  /** the first of them; the others are counted */
  readonly happenings: readonly Happening[];
  readonly more: number;
}

export interface Crossed {
  readonly how: Taking;
  /** it has been asked whether what it said still holds */
  readonly isAsked: boolean;
}

export const WEEKS = 4;
/** More threads in one week cannot be told apart. */
const MOST_A_WEEK = 10;

export const startOfWeek = (date: WallDate, first: Weekday): WallDate => {
  const back = (weekdayOfDay(dayOfDate(date)) - WEEKDAYS.indexOf(first) + 7) % 7;
  return addDays(date, -back);
};

/** `happenings`: all of these weeks, in order; each stands in the week in which it begins, or in the first. */
export const weeksFrom = (from: WallDate, happenings: readonly Happening[], zone: ZoneId): readonly Week[] =>
  Array.from({ length: WEEKS }, (_, at) => {
    const [start, end] = [addDays(from, at * 7), addDays(from, at * 7 + 6)];
    const its = happenings.filter(({ occurrence }) => {
      const { first, last } = datesOf(occurrence.when, zone);
      return first <= end && (first >= start || (at === 0 && last >= start));
    });
    return { from: start, to: end, happenings: its.slice(0, MOST_A_WEEK), more: Math.max(0, its.length - MOST_A_WEEK) };
  });

export const crossing = (calendar: Calendar, { action }: Happening, group: GroupId): Crossed => {
  const frame = calendar.view?.actions.get(action.id) ?? action;
  const how = taking(calendar, frame, group);
  const isAsked = takesPart(how) && (calendar.part(frame, group)?.asked ?? null) !== null;
  return { how, isAsked: isAsked || calendar.carried(frame, group) !== null };
};
