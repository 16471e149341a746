/** When something is, in words: days and hours, each with the zone that its clock is in. */
import { regionalTag } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import {
  addDays,
  dateOfWall,
  formatWall,
  formatWallRange,
  instantsOf,
  zoneOf,
  type DateStyle,
  type OccurrenceId,
  type Timed,
  type WallDate,
  type WallTime,
  type When,
  type ZoneId,
} from '../../../times/index.ts';
import { zoneName } from './clock.ts';

export { zoneName };

/** "Saturday 28 November 2026, 18:00–20:00", by the clock of its own zone; the zone is not named. */
export const whenText = (when: When): string => {
  switch (when.type) {
    case 'undated':
      return t('timing.undated');
    case 'timed':
      return fromTo(when.start, zoneOf(when.zone).wallAt(instantsOf(when).end));
    case 'allDay':
      return daysText(when.start, when.days);
    case 'window':
      return when.days === 7
        ? t('timing.weekOf', { day: dayText(when.start) })
        : t('timing.someTime', { days: daysText(when.start, when.days) });
  }
};

/** The same with its zone: "…, 18:00–20:00 (Italy Time)". */
export const whenInZone = (when: When): string =>
  when.type === 'timed' ? t('timing.inZone', { when: whenText(when), zone: zoneName(when.zone) }) : whenText(when);

/** What a clock shows meanwhile in another zone; null where it shows the same. */
export const whenElsewhere = (when: Timed, zone: ZoneId): string | null => {
  const { start, end } = instantsOf(when);
  const wall = zoneOf(zone).wallAt(start);
  return wall === when.start ? null : fromTo(wall, zoneOf(zone).wallAt(end));
};

const fromTo = (start: WallTime, end: WallTime): string => {
  const day = dateOfWall(start);
  if (start === end) return t('calendar.when.at', { day: dayText(day), time: timeText(start) });
  const last = dateOfWall(end);
  // what goes on into the night is still of that day
  if (last === day || (last === addDays(day, 1) && end.slice(11) <= '06:00'))
    return t('timing.fromTo', { day: dayText(day), from: timeText(start), to: timeText(end) });
  return t('timing.fromToDays', {
    from: t('calendar.when.at', { day: dayText(day), time: timeText(start) }),
    to: t('calendar.when.at', { day: dayText(last), time: timeText(end) }),
  });
};

const DAY: DateStyle = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
const SHORT_DAY: DateStyle = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' };
const TIME: DateStyle = { hour: 'numeric', minute: '2-digit' };

export const dayText = (date: WallDate): string => formatWall(date, regionalTag(), DAY);
export const timeText = (wall: WallTime): string => formatWall(wall, regionalTag(), TIME);

const daysText = (start: WallDate, days: number): string =>
  days === 1 ? dayText(start) : formatWallRange(start, addDays(start, days - 1), regionalTag(), SHORT_DAY);

/** A date of a series: its day, and its hour where it has one. */
export const momentText = (moment: OccurrenceId): string =>
  moment.length > 10
    ? t('calendar.when.at', { day: dayText(dateOfWall(moment)), time: timeText(moment as WallTime) })
    : dayText(dateOfWall(moment));

/** "Addis Ababa" */
export const cityOf = (zone: ZoneId): string => (zone.split('/').pop() ?? zone).replaceAll('_', ' ');

/** For a list to choose from: "Rome · Italy Time" */
export const zoneLabel = (zone: ZoneId): string => {
  const [city, name] = [cityOf(zone), zoneName(zone)];
  return city === name ? city : `${city} · ${name}`;
};

/** How long, "1 h 30 min" */
export const lengthText = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return t('timing.minutes', { count: rest });
  return rest === 0 ? t('timing.hours', { count: hours }) : t('timing.hoursMinutes', { hours, minutes: rest });
};
