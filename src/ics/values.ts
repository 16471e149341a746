/** Dates, times and lengths in files (RFC 5545, 3.3). */
import {
  addDays,
  parseWallDate,
  parseWallTime,
  UTC,
  type WallDate,
  type WallTime,
  type ZoneId,
  zoneOf,
} from '../times/index.ts';

/** `zone`: where it is; null: wherever one is ("floating") */
export type FileMoment =
  | { readonly type: 'date'; readonly date: WallDate }
  | { readonly type: 'time'; readonly wall: WallTime; readonly zone: ZoneId | null };

/** `20260308`, `20260308T140000`, `20260308T140000Z`; null: none of these */
export const parseMoment = (text: string, zone: ZoneId | null): FileMoment | null => {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?$/i.exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute, second = '00', utc] = found;
  if (hour === undefined) {
    const date = parseWallDate(`${year}-${month}-${day}`);
    return date && { type: 'date', date };
  }
  // a leap second is the second before it
  const wall = parseWallTime(`${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}`);
  return wall && { type: 'time', wall, zone: utc === '' ? zone : UTC };
};

export const formatDate = (date: string): string => date.slice(0, 10).replaceAll('-', '');

export const formatTime = (wall: string): string =>
  `${formatDate(wall)}T${wall.slice(11).replaceAll(':', '').padEnd(6, '0')}`;

/** `20260308T130000Z` */
export const formatInstant = (instant: number): string => `${formatTime(zoneOf(UTC).wallAt(instant))}Z`;

export interface FileLength {
  /** as calendars count them */
  readonly days: number;
  /** of real time */
  readonly seconds: number;
}

/** `P1DT2H`, `PT30M`, `P2W`; null: none, or less than nothing */
export const parseLength = (text: string): FileLength | null => {
  const found = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/i.exec(
    text.trim(),
  );
  if (!found || /[PT]$/i.test(text.trim())) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return { days: weeks * 7 + days, seconds: hours * 3600 + minutes * 60 + seconds };
};

/** The instant; a date is its first moment there, a floating time that of `zone`. */
export const instantOfMoment = (moment: FileMoment, zone: ZoneId): number =>
  moment.type === 'date' ? zoneOf(zone).instantOf(moment.date) : zoneOf(moment.zone ?? zone).instantOf(moment.wall);

/** The end of what begins then and lasts so long. */
export const endOf = (start: FileMoment & { readonly type: 'time' }, length: FileLength, zone: ZoneId): number => {
  const wall = parseWallTime(`${addDays(start.wall.slice(0, 10) as WallDate, length.days)}${start.wall.slice(10)}`);
  return zoneOf(start.zone ?? zone).instantOf(wall ?? start.wall) + length.seconds * 1000;
};
