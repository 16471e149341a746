/** When something takes place, as people say it: wall time and the place's own zone, whole days, a window, or not known yet. */
import type { Plain } from '../shape/facts.ts';
import { parseDay } from '../shape/read.ts';

export type When =
  /** `start`: wall time 'YYYY-MM-DDTHH:mm' (':ss' too where a file from elsewhere has seconds) in `zone`, an IANA name */
  | { readonly type: 'timed'; readonly start: string; readonly minutes: number; readonly zone: string }
  /** 'YYYY-MM-DD', and how many days */
  | { readonly type: 'allDay'; readonly start: string; readonly days: number }
  /** at some time in these days: 'week of 8 March' */
  | { readonly type: 'window'; readonly start: string; readonly days: number }
  | { readonly type: 'undated' };

export const UNDATED: When = { type: 'undated' };
export const MOST_MINUTES = 60 * 24 * 366;
export const MOST_DAYS = 3_660;

export const parseWhen = (value: unknown): When | null => {
  if (!Array.isArray(value)) return null;
  const [type, start, length, zone] = value as readonly unknown[];
  switch (type) {
    case 'timed': {
      const wall = parseWallTime(start);
      const named = parseZone(zone);
      return wall === null || named === null || !isCount(length, 0, MOST_MINUTES)
        ? null
        : { type, start: wall, minutes: length, zone: named };
    }
    case 'allDay':
    case 'window': {
      const day = parseDay(start);
      return day === null || !isCount(length, 1, MOST_DAYS) ? null : { type, start: day, days: length };
    }
    case 'undated':
      return UNDATED;
    default:
      return null;
  }
};

/** null: not such a time */
export const encodeWhen = (when: When): Plain => {
  const plain = plainOf(when);
  return parseWhen(plain) === null ? null : plain;
};

/** 'YYYY-MM-DDTHH:mm' or 'YYYY-MM-DDTHH:mm:ss' */
export const parseWallTime = (value: unknown): string | null => {
  const found = typeof value === 'string' ? WALL.exec(value) : null;
  return found !== null && parseDay(found[1]) !== null ? found[0] : null;
};

/** A day, or a wall time: what names one occurrence (RFC 5545: RECURRENCE-ID), an exception or an added date. */
export const parseMoment = (value: unknown): string | null => parseDay(value) ?? parseWallTime(value);

/** By its form alone: which zones there are differs between devices. */
export const parseZone = (value: unknown): string | null =>
  typeof value === 'string' && /^[A-Za-z][\w+\-/]{0,63}$/.test(value) ? value : null;

/** 'YYYY-MM-DD' so many days later; null: beyond the years that there are */
export const shiftDay = (day: string, by: number): string | null => {
  const time = Date.parse(`${day}T00:00:00Z`) + by * A_DAY;
  return Math.abs(time) > LAST_TIME ? null : parseDay(new Date(time).toISOString().slice(0, 10));
};

/** A day or wall time so many days later, at the same time of the day. */
export const shiftMoment = (moment: string, by: number): string | null => {
  const day = shiftDay(moment.slice(0, DAY), by);
  return day === null ? null : day + moment.slice(DAY);
};

/** from the one to the other: days or wall times */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to.slice(0, DAY)}T00:00:00Z`) - Date.parse(`${from.slice(0, DAY)}T00:00:00Z`)) / A_DAY);

/**
 * The occurrence that is meant on a day: at the time at which the series begins now. So an exception made on one device
 * while another moved the series to another hour stays on its day. Rules of several times a day name the time itself.
 */
export const fitMoment = (moment: string, when: When, rule: string | null): string => {
  if (when.type === 'undated') return moment;
  if (when.type !== 'timed') return moment.slice(0, DAY);
  const isOften = rule !== null && /FREQ=(HOURLY|MINUTELY|SECONDLY)|BYHOUR=|BYMINUTE=|BYSECOND=/i.test(rule);
  return isOften && moment.length > DAY ? moment : moment.slice(0, DAY) + when.start.slice(DAY);
};

const DAY = 'YYYY-MM-DD'.length;
const A_DAY = 86_400_000;
/** the end of the year 9999 */
const LAST_TIME = 253_402_300_799_999;
const WALL = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;

const plainOf = (when: When): Plain => {
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

const isCount = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
