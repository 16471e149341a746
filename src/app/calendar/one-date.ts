/** One date of a series: how it is, what it moves along with it, and bringing it back. */
import { changeAction } from '../../documents/calendar/index.ts';
import type { ActionId, ActionView } from '../../documents/calendar/index.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import { addDays, dateOfWall, datesOf, daysBetween, startingAt, wallTimeOf } from '../../times/index.ts';
import type { DayRange, OccurrenceId, When, ZoneId } from '../../times/index.ts';
import { happeningsOf } from './agenda.ts';
import type { Happening } from './agenda.ts';
import type { Calendar } from './calendar.svelte.ts';

/** null: the series has no such date */
export const happeningOn = (action: ActionView, id: OccurrenceId, zone: ZoneId): Happening | null => {
  const planned = action.when.type === 'undated' ? null : startingAt(action.when, id);
  const isIt = ({ occurrence }: Happening): boolean => occurrence.id === id;
  const moved = action.changed.get(id)?.when;
  for (const when of [moved, planned]) {
    if (when === undefined || when === null || when.type === 'undated') continue;
    const { first, last } = datesOf(when, zone);
    const found = happeningsOf(action, { from: first, to: last, zone }).happenings.find(isIt);
    if (found !== undefined) return found;
  }
  return null;
};

/** The next dates of a series, as somebody in `zone` sees them; those of today are among them. */
export const nextDates = (
  action: ActionView,
  today: DayRange['from'],
  zone: ZoneId,
  most: number,
): readonly Happening[] => {
  for (const days of [60, 400, 3_660]) {
    const { happenings } = happeningsOf(action, { from: today, to: addDays(today, days), zone });
    if (happenings.length >= most || days === 3_660) return happenings.slice(0, most);
  }
  return [];
};

/** What a series becomes that moves as one of its dates did. */
export const shiftedLike = (series: When, before: When, now: When): When => {
  if (series.type === 'undated' || before.type === 'undated' || now.type === 'undated') return now;
  const days = daysBetween(dateOfWall(before.start), dateOfWall(now.start));
  const first = addDays(dateOfWall(series.start), days);
  if (now.type !== 'timed') return { ...now, start: first };
  const start = wallTimeOf(first, now.start.slice(11));
  return start === null ? now : { ...now, start };
};

/** A date that was left out takes place again: it outlives the screen. */
export const bringBackDate = (calendar: Calendar, action: ActionId, date: OccurrenceId): void => {
  if (calendar.doc !== null)
    changeAction(calendar.doc, LOCAL, action, { remove: [{ item: 'exdate', value: date }] }, calendar.minute);
};
