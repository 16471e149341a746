import { expect, test } from 'vitest';
import {
  dateOfDay,
  dayOfDate,
  parseWallDate,
  parseWallTime,
  secondsOf,
  wallOfSeconds,
  weekdayOfDay,
} from '../../../src/times/index.ts';

test.each(['2026-02-29', '2026-13-01', '2026-00-10', '0000-01-01', '2026-1-1', '2026-01-32', 20260101, undefined])(
  '%j is no date',
  (value) => {
    expect(parseWallDate(value)).toBeNull();
  },
);

test.each(['2026-03-08T24:00', '2026-03-08T14:60', '2026-03-08 14:00', '2026-03-08T14:00Z', '2026-02-30T14:00'])(
  '%j is no time',
  (value) => {
    expect(parseWallTime(value)).toBeNull();
  },
);

test('seconds are kept where there are any', () => {
  expect(parseWallTime('2026-03-08T14:00:00')).toBe('2026-03-08T14:00');
  expect(parseWallTime('2026-03-08T14:00:07')).toBe('2026-03-08T14:00:07');
});

test.each(['0001-01-01', '0099-12-31', '1582-10-10', '1900-02-28', '1969-12-31', '2000-02-29', '9999-12-31'])(
  '%s is the same after a walk through numbers',
  (text) => {
    const date = parseWallDate(text);
    const time = parseWallTime(`${text}T23:59:58`);
    if (date === null || time === null) throw new Error('a date');
    expect(dateOfDay(dayOfDate(date))).toBe(text);
    expect(wallOfSeconds(secondsOf(time))).toBe(time);
  },
);

test('weekdays are counted from Monday, before 1970 too', () => {
  expect([-4, -3, 0, 3, 4].map(weekdayOfDay)).toEqual([6, 0, 3, 6, 0]);
});
