/**
 * When something takes place, as a fact says it: `['timed', start, minutes, zone]`, `['allDay' | 'window', start, days]`
 * or `['undated']`; and the days and wall times that name single occurrences. What they mean: src/times.
 */
import { addDays, dateOfWall, parseWallDate, parseWallTime, parseWhen } from '../../times/index.ts';
import type { OccurrenceId, When } from '../../times/index.ts';
import type { Plain } from '../shape/facts.ts';

export const decodeWhen = (value: unknown): When | null => {
  if (!Array.isArray(value)) return null;
  const [type, start, length, zone] = value as readonly unknown[];
  return parseWhen(type === 'timed' ? { type, start, minutes: length, zone } : { type, start, days: length });
};

/** null: not such a time */
export const encodeWhen = (when: When): Plain => {
  if (parseWhen(when) === null) return null;
  switch (when.type) {
    case 'timed':
      return [when.type, when.start, when.minutes, when.zone];
    case 'allDay':
    case 'window':
      return [when.type, when.start, when.days];
    case 'undated':
      return [when.type];
  }
};

/** A day, or a wall time: what names one occurrence (RFC 5545: RECURRENCE-ID), an exception or an added date. */
export const parseMoment = (value: unknown): OccurrenceId | null => parseWallDate(value) ?? parseWallTime(value);

/** A day or wall time so many days later, at the same time of the day. */
export const shiftMoment = (moment: OccurrenceId, by: number): OccurrenceId =>
  at(addDays(dateOfWall(moment), by), moment.slice(DAY));

/**
 * The occurrence that is meant on a day: at the time at which the series begins now. So an exception made on one device
 * while another moved the series to another hour stays on its day. Rules of several times a day name the time itself.
 */
export const fitMoment = (moment: OccurrenceId, when: When, rule: string | null): OccurrenceId => {
  if (when.type === 'undated') return moment;
  if (when.type !== 'timed') return dateOfWall(moment);
  const isOften = rule !== null && /FREQ=(HOURLY|MINUTELY|SECONDLY)|BYHOUR=|BYMINUTE=|BYSECOND=/.test(rule);
  return isOften && moment.length > DAY ? moment : at(dateOfWall(moment), when.start.slice(DAY));
};

const DAY = 'YYYY-MM-DD'.length;

/** `time` as 'T14:00', or nothing */
const at = (date: OccurrenceId, time: string): OccurrenceId => parseMoment(`${date}${time}`) ?? date;
