/**
 * What a clock and a calendar on the wall say, with no zone: `2026-03-08` and `2026-03-08T14:00` (`:30` only where there
 * are seconds). They sort as text, and are numbers inside: days since 1970-01-01, seconds since its midnight.
 * The calendar is the Gregorian one, before 1582 too; years 1 to 9999.
 */
import type { Brand } from '../lib/brand.ts';

export type WallDate = Brand<string, 'WallDate'>;
export type WallTime = Brand<string, 'WallTime'>;

export const DAY = 86_400;

/** Day numbers of 0001-01-01 and 9999-12-31. */
export const FIRST_DAY = -719_162;
export const LAST_DAY = 2_932_896;

/** null: no such day */
export const parseWallDate = (value: unknown): WallDate | null => {
  const found = typeof value === 'string' ? DATE.exec(value) : null;
  if (!found) return null;
  const [, year, month, day] = found.map(Number);
  return isDate(year, month, day) ? (value as WallDate) : null;
};

/** Takes `:00` of seconds and leaves it out. null: no such time */
export const parseWallTime = (value: unknown): WallTime | null => {
  const found = typeof value === 'string' ? TIME.exec(value) : null;
  if (!found) return null;
  const [, date, hour = '', minute = '', second = '00'] = found;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || parseWallDate(date) === null) return null;
  return (second === '00' ? `${date}T${hour}:${minute}` : value) as WallTime;
};

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/;

const isDate = (year = 0, month = 0, day = 0): boolean =>
  year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);

// Days ----------------------------------------------------------------------------------------------------------------

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** `month` from 1 to 12 */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

/** Days since 1970-01-01; a month of 13 is January of the next year. */
export const dayOf = (year: number, month: number, day: number): number => {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; the calendar repeats every 400 years
  return Date.UTC(year + 2000, month - 1, day) / (DAY * 1000) - 5 * DAYS_IN_400_YEARS;
};

const DAYS_IN_400_YEARS = 146_097;

export interface DateParts {
  readonly year: number;
  /** from 1 to 12 */
  readonly month: number;
  readonly day: number;
}

export const partsOfDay = (day: number): DateParts => {
  const date = new Date((day + 5 * DAYS_IN_400_YEARS) * DAY * 1000);
  return { year: date.getUTCFullYear() - 2000, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** 0 is Monday, 6 is Sunday */
export const weekdayOfDay = (day: number): number => (((day + 3) % 7) + 7) % 7;

export const dayOfDate = (date: WallDate | WallTime): number =>
  dayOf(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));

/** Days outside of years 1 to 9999 become the first or the last that there is. */
export const dateOfDay = (day: number): WallDate => {
  const parts = partsOfDay(Math.min(Math.max(day, FIRST_DAY), LAST_DAY));
  return `${pad(parts.year, 4)}-${pad(parts.month)}-${pad(parts.day)}` as WallDate;
};

export const addDays = (date: WallDate, days: number): WallDate => dateOfDay(dayOfDate(date) + days);

/** `count` from `date` on */
export const daysFrom = (date: WallDate, count: number): readonly WallDate[] => {
  const first = dayOfDate(date);
  return Array.from({ length: count }, (_, index) => dateOfDay(first + index));
};

// Seconds -------------------------------------------------------------------------------------------------------------

/** Seconds since 1970-01-01T00:00 of the same wall; a date is its midnight. */
export const secondsOf = (wall: WallTime | WallDate): number => {
  const hour = Number(wall.slice(11, 13) || 0);
  const minute = Number(wall.slice(14, 16) || 0);
  return dayOfDate(wall) * DAY + hour * 3600 + minute * 60 + Number(wall.slice(17, 19) || 0);
};

export const wallOfSeconds = (seconds: number): WallTime => {
  const day = Math.floor(seconds / DAY);
  const rest = seconds - day * DAY;
  const second = rest % 60;
  const time = `${pad(Math.floor(rest / 3600))}:${pad(Math.floor(rest / 60) % 60)}`;
  return `${dateOfDay(day)}T${time}${second === 0 ? '' : `:${pad(second)}`}` as WallTime;
};

export const dateOfWall = (wall: WallTime | WallDate): WallDate => wall.slice(0, 10) as WallDate;

/** `time` as `14:00`; null: no such time */
export const wallTimeOf = (date: WallDate, time: string): WallTime | null => parseWallTime(`${date}T${time}`);

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
