/** When an action is: one decision, so one value. What strangers wrote is parsed here. */
import { addDays, dateOfWall, dayOfDate, parseWallDate, parseWallTime, type WallDate, type WallTime } from './wall.ts';
import { parseZoneId, type ZoneId, zoneOf } from './zone.ts';

/** It lasts so many minutes of real time, whatever the clocks do meanwhile. */
export interface Timed {
  readonly type: 'timed';
  readonly start: WallTime;
  readonly minutes: number;
  readonly zone: ZoneId;
}

export interface AllDay {
  readonly type: 'allDay';
  readonly start: WallDate;
  readonly days: number;
}

/** Some time in these days: "week of 8 March". */
export interface Window {
  readonly type: 'window';
  readonly start: WallDate;
  readonly days: number;
}

export interface Undated {
  readonly type: 'undated';
}

/** What has a place in a calendar. */
export type Dated = Timed | AllDay | Window;
export type When = Dated | Undated;

export const UNDATED: Undated = { type: 'undated' };

/** Ten years of days, a year of minutes; longer is a mistake. */
export const MOST_DAYS = 3660;
export const MOST_MINUTES = 366 * 24 * 60;

/** null: not one of these */
export const parseWhen = (value: unknown): When | null => {
  if (typeof value !== 'object' || value === null) return null;
  const read: Readonly<Record<string, unknown>> = { ...value };
  switch (read['type']) {
    case 'timed': {
      const start = parseWallTime(read['start']);
      const zone = parseZoneId(read['zone']);
      const minutes = parseCount(read['minutes'], 0, MOST_MINUTES);
      return start && zone && minutes !== null ? { type: 'timed', start, minutes, zone } : null;
    }
    case 'allDay':
    case 'window': {
      const start = parseWallDate(read['start']);
      const days = parseCount(read['days'], 1, MOST_DAYS);
      return start && days !== null ? { type: read['type'], start, days } : null;
    }
    case 'undated':
      return UNDATED;
    default:
      return null;
  }
};

const parseCount = (value: unknown, least: number, most: number): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : null;

/** Instants of a timed one; [start, end), and end is start where it lasts no time. */
export const instantsOf = ({ start, minutes, zone }: Timed): { readonly start: number; readonly end: number } => {
  const instant = zoneOf(zone).instantOf(start);
  return { start: instant, end: instant + minutes * 60_000 };
};

/** The days that it touches as somebody in `zone` sees them; a date is the same day everywhere. */
export const datesOf = (when: Dated, zone: ZoneId): { readonly first: WallDate; readonly last: WallDate } => {
  if (when.type !== 'timed') return { first: when.start, last: addDays(when.start, when.days - 1) };
  const { start, end } = instantsOf(when);
  const viewer = zoneOf(zone);
  const dateAt = (instant: number): WallDate => viewer.wallAt(instant).slice(0, 10) as WallDate;
  // what ends at midnight does not touch the next day
  return { first: dateAt(start), last: dateAt(Math.max(start, end - 1)) };
};

/** The same, beginning at another time or day (as an occurrence does). */
export const startingAt = (when: Dated, start: WallTime | WallDate): Dated => {
  if (when.type !== 'timed') return { ...when, start: dateOfWall(start) };
  return { ...when, start: parseWallTime(start) ?? (`${start}${when.start.slice(10)}` as WallTime) };
};

export const isSameWhen = (a: When, b: When): boolean => {
  if (a.type === 'undated' || b.type === 'undated') return a.type === b.type;
  if (a.type === 'timed') {
    return b.type === 'timed' && a.start === b.start && a.minutes === b.minutes && a.zone === b.zone;
  }
  return a.type === b.type && a.start === b.start && a.days === b.days;
};

/** For sorting across kinds: the first moment as `zone` sees it. */
export const firstInstant = (when: Dated, zone: ZoneId): number =>
  when.type === 'timed' ? instantsOf(when).start : zoneOf(zone).instantOf(when.start);

export const daysBetween = (from: WallDate, to: WallDate): number => dayOfDate(to) - dayOfDate(from);
