/** Days and hours as the lists of a calendar show them: short, and the viewer's own first. */
import { regionalTag } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import {
  addDays,
  dateOfWall,
  datesOf,
  formatWall,
  formatWallRange,
  instantsOf,
  zoneOf,
  type Dated,
  type DateStyle,
  type SideCalendar,
  type Timed,
  type WallDate,
  type WallTime,
  type ZoneId,
} from '../../../times/index.ts';
import { language } from '../../../i18n/language.svelte.ts';

export interface Clock {
  readonly start: string;
  /** empty where it lasts no time */
  readonly end: string;
}

/** What a clock in `zone` shows when it begins and ends. */
export const clockIn = (when: Timed, zone: ZoneId): Clock => {
  const { start, end } = instantsOf(when);
  const { wallAt } = zoneOf(zone);
  return { start: hour(wallAt(start)), end: end === start ? '' : hour(wallAt(end)) };
};

/** "20:00–22:00, Eritrea Time", where the clock there shows another time than the viewer's; else null. */
export const clockThere = (when: Timed, viewer: ZoneId): string | null => {
  const { start } = instantsOf(when);
  const [here, there] = [zoneOf(viewer).wallAt(start), zoneOf(when.zone).wallAt(start)];
  if (here === there) return null;
  const clock = clockIn(when, when.zone);
  const time = clock.end === '' ? clock.start : `${clock.start}–${clock.end}`;
  const day = dateOfWall(there);
  return day === dateOfWall(here)
    ? t('calendar.when.there', { time, zone: zoneName(when.zone) })
    : t('calendar.when.thereOn', { day: shortDay(day), time, zone: zoneName(when.zone) });
};

/** Beyond its own day: "until Tuesday 10 March"; "some time 8–14 March" for a window; null where there is nothing to say. */
export const stretch = (when: Dated, viewer: ZoneId): string | null => {
  const { first, last } = datesOf(when, viewer);
  if (when.type === 'window') return t('calendar.when.someTime', { days: range(first, last) });
  if (when.type === 'timed' && when.minutes < 24 * 60) return null;
  return first === last ? null : t('calendar.when.until', { day: shortDay(last) });
};

/** "Sat 28 Nov, 18:00" for a place with no heading of its day. */
export const shortWhen = (when: Dated, viewer: ZoneId): string => {
  const { first } = datesOf(when, viewer);
  if (when.type === 'timed') return t('calendar.when.at', { day: shortDay(first), time: clockIn(when, viewer).start });
  return stretch(when, viewer) ?? t('calendar.when.wholeDay', { day: shortDay(first) });
};

const hour = (wall: WallTime): string => formatWall(wall, regionalTag(), { hour: 'numeric', minute: '2-digit' });

export const shortDay = (date: WallDate): string => dated(date, { weekday: 'short', day: 'numeric', month: 'short' });
export const longDay = (date: WallDate): string =>
  dated(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
/** A heading in a list whose month and year are known. */
export const dayHeading = (date: WallDate): string => dated(date, { weekday: 'long', day: 'numeric', month: 'long' });
export const monthHeading = (date: WallDate): string => dated(date, { month: 'long', year: 'numeric' });
export const dayNumber = (date: WallDate): string => dated(date, { day: 'numeric' });
export const weekdayShort = (date: WallDate): string => dated(date, { weekday: 'short' });
export const weekdayLong = (date: WallDate): string => dated(date, { weekday: 'long' });

export const range = (from: WallDate, to: WallDate): string =>
  formatWallRange(from, to, regionalTag(), { day: 'numeric', month: 'long' });
export const shortRange = (from: WallDate, to: WallDate): string =>
  formatWallRange(from, to, regionalTag(), { day: 'numeric', month: 'short' });

const dated = (date: WallDate, style: DateStyle): string => formatWall(date, regionalTag(), style);

// Beside the Gregorian calendar ----------------------------------------------------------------------------------------

/** In the interface's language, and with the digits of the region: "17 Esfand". */
export const sideDay = (date: WallDate, calendar: SideCalendar): string =>
  formatWall(date, regionalTag(), { calendar, day: 'numeric', month: 'long' });
export const sideNumber = (date: WallDate, calendar: SideCalendar): string =>
  formatWall(date, regionalTag(), { calendar, day: 'numeric' });
/** "Shawwal – Dhu al-Qadah 1447" */
export const sideMonths = (from: WallDate, to: WallDate, calendar: SideCalendar): string =>
  formatWallRange(from, to, regionalTag(), { calendar, month: 'long', year: 'numeric' });

// Zones ---------------------------------------------------------------------------------------------------------------

/** "Italy Time", as the language says it; where the device has no such name, the city of the zone's own. */
export const zoneName = (zone: ZoneId): string => {
  const key = `${language.tag} ${zone}`;
  const known = zoneNames.get(key);
  if (known !== undefined) return known;
  const name = nameOfZone(zone);
  zoneNames.set(key, name);
  return name;
};

const zoneNames = new Map<string, string>();

/** The same in any language, and slowly. */
export const nameOfZone = (timeZone: ZoneId, tag: string = language.tag): string => {
  const city = (timeZone.split('/').pop() ?? timeZone).replaceAll('_', ' ');
  try {
    const format = new Intl.DateTimeFormat(tag, { timeZone, timeZoneName: 'shortGeneric' });
    return format.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value ?? city;
  } catch (error) {
    // an older browser, or one that does not know this zone
    if (error instanceof RangeError) return city;
    throw error;
  }
};

export const tomorrowOf = (date: WallDate): WallDate => addDays(date, 1);
