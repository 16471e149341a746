import { afterEach, expect, test } from 'vitest';
import {
  formatWall,
  formatWallRange,
  parseWallDate,
  partsIn,
  sideCalendarOf,
  type WallDate,
  weekdaysFrom,
  weekOf,
} from '../../../src/times/index.ts';

const date = (text: string): WallDate => {
  const parsed = parseWallDate(text);
  if (parsed === null) throw new Error(`not a date: ${text}`);
  return parsed;
};

const KNOWING = ['weekInfo', 'getWeekInfo'] as const;
const known = KNOWING.map((name) => [name, Object.getOwnPropertyDescriptor(Intl.Locale.prototype, name)] as const);

afterEach(() => {
  for (const [name, kept] of known) if (kept) Object.defineProperty(Intl.Locale.prototype, name, kept);
});

const TAGS = [
  ...['en-US', 'en-GB', 'fr', 'es-MX', 'ar-EG', 'ar-SA', 'ar-MA', 'fa-IR', 'he-IL', 'pt-BR', 'hi-IN', 'de-AT'],
  ...['ps-AF', 'dv-MV', 'ar-QA', 'ur-PK', 'en-UG', 'ar', 'fa', 'en', 'es'],
];

test('where Intl knows no weeks, the table says the same', () => {
  const byIntl = TAGS.map(weekOf);
  expect(byIntl[0]).toEqual({ first: 'SU', weekend: ['SA', 'SU'] });
  for (const name of KNOWING)
    if (name in Intl.Locale.prototype)
      Object.defineProperty(Intl.Locale.prototype, name, { value: undefined, configurable: true });
  expect(new Intl.Locale('en-US')).not.toHaveProperty('weekInfo.firstDay');
  expect(TAGS.map((tag) => [tag, weekOf(tag)])).toEqual(TAGS.map((tag, index) => [tag, byIntl[index]]));
});

test('a week is told from its first day', () => {
  expect(weekdaysFrom('SA')).toEqual(['SA', 'SU', 'MO', 'TU', 'WE', 'TH', 'FR']);
  expect(weekOf('not a tag')).toEqual({ first: 'MO', weekend: ['SA', 'SU'] });
});

test.each([
  ['fa', 'persian'],
  ['ps-AF', 'persian'],
  ['ar', 'islamic-umalqura'],
  ['en-SA', 'islamic-umalqura'],
  ['ur-PK', 'islamic-umalqura'],
  ['fr', null],
  ['en-US', null],
])('beside the Gregorian calendar %s has %s', (tag, calendar) => {
  expect(sideCalendarOf(tag)).toBe(calendar);
});

test('the Persian new year of 1405 is on 21 March 2026', () => {
  expect(partsIn(date('2026-03-21'), 'persian')).toEqual({ year: 1405, month: 1, day: 1 });
  expect(partsIn(date('2026-03-20'), 'persian')).toMatchObject({ year: 1404, month: 12 });
  expect(partsIn(date('2026-02-18'), 'islamic-umalqura')).toEqual({ year: 1447, month: 9, day: 1 });
});

test('a date is written as itself, in no zone, and in the Gregorian calendar unless another is asked for', () => {
  expect(formatWall(date('2026-03-08'), 'en-GB', { day: 'numeric', month: 'long' })).toBe('8 March');
  expect(formatWall(date('2026-03-21'), 'fa', { year: 'numeric' })).toBe('۲۰۲۶');
  expect(formatWall(date('2026-03-21'), 'fa', { year: 'numeric', calendar: 'persian' })).toContain('۱۴۰۵');
  const week = formatWallRange(date('2026-03-08'), date('2026-03-14'), 'en-GB', { day: 'numeric', month: 'long' });
  expect(week).toMatch(/^8\s?–\s?14 March$/);
});
