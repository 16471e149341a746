import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import {
  parseWallDate,
  parseWallTime,
  parseZoneId,
  type WallDate,
  type WallTime,
  type Zone,
  zoneOf,
} from '../../../src/times/index.ts';

const zone = (id: string): Zone => {
  const parsed = parseZoneId(id);
  if (parsed === null) throw new Error(`not a zone: ${id}`);
  return zoneOf(parsed);
};
const time = (text: string): WallTime => {
  const parsed = parseWallTime(text);
  if (parsed === null) throw new Error(`not a time: ${text}`);
  return parsed;
};
const date = (text: string): WallDate => {
  const parsed = parseWallDate(text);
  if (parsed === null) throw new Error(`not a date: ${text}`);
  return parsed;
};
const utc = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

test('a time that a clock skips is read with the offset before the gap', () => {
  const vienna = zone('Europe/Vienna');
  expect(utc(vienna.instantOf(time('2026-03-29T02:30')))).toBe('2026-03-29T01:30');
  expect(vienna.wallAt(vienna.instantOf(time('2026-03-29T02:30')))).toBe('2026-03-29T03:30');
  expect(vienna.edgeAt(time('2026-03-29T02:30'))).toBe('gap');
  expect(vienna.edgeAt(time('2026-03-29T03:00'))).toBeNull();
});

test('of a time that a clock shows twice the first is meant', () => {
  const newYork = zone('America/New_York');
  expect(utc(newYork.instantOf(time('2026-11-01T01:30')))).toBe('2026-11-01T05:30');
  expect(newYork.edgeAt(time('2026-11-01T01:30'))).toBe('overlap');
  expect(newYork.edgeAt(time('2026-11-01T02:00'))).toBeNull();
});

test('a day without a midnight begins when its clock does', () => {
  const cairo = zone('Africa/Cairo');
  expect(cairo.wallAt(cairo.instantOf(date('2026-04-24')))).toBe('2026-04-24T01:00');
});

test('a zone that this device does not know is taken for UTC and says so', () => {
  const unknown = zone('Europe/Atlantis');
  expect(unknown.isKnown).toBe(false);
  expect(utc(unknown.instantOf(time('2026-07-01T12:00')))).toBe('2026-07-01T12:00');
});

test.each(['', 'Europe/', '../etc/passwd', 'a b', '+05:30', 'x'.repeat(40), 7, null])('%j is no zone', (id) => {
  expect(parseZoneId(id)).toBeNull();
});

const ZONES = [
  ...['Europe/Vienna', 'America/New_York', 'America/St_Johns', 'Asia/Tehran', 'Asia/Kathmandu', 'Africa/Cairo'],
  ...['Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca', 'America/Sao_Paulo', 'Asia/Gaza', 'America/Havana'],
];

test.each(ZONES)('%s agrees with Temporal from 2009 to 2030, at every hour near a change and every tenth day', (id) => {
  const ours = zone(id);
  const walls: string[] = [];
  for (let at = Temporal.PlainDateTime.from('2009-01-01T00:30'); at.year < 2031; at = at.add({ days: 10, hours: 5 }))
    walls.push(at.toString({ smallestUnit: 'minute' }));
  for (const change of ours.changesIn(Date.UTC(2009, 0), Date.UTC(2031, 0))) {
    const around = Temporal.Instant.fromEpochMilliseconds(change).toZonedDateTimeISO(id).toPlainDateTime();
    for (let hours = -30; hours <= 30; hours++) {
      walls.push(around.add({ minutes: hours * 60 + 10 }).toString({ smallestUnit: 'minute' }));
    }
  }
  const disagreeing = walls.filter((wall) => {
    const theirs = Temporal.PlainDateTime.from(wall).toZonedDateTime(id, { disambiguation: 'compatible' });
    return ours.instantOf(time(wall)) !== theirs.epochMilliseconds;
  });
  expect(disagreeing).toEqual([]);
});

test('every change of the offset is found that Temporal finds', () => {
  for (const id of ZONES) {
    const theirs: number[] = [];
    let at: Temporal.ZonedDateTime | null = Temporal.ZonedDateTime.from(`2009-01-01T00:00[${id}]`);
    while ((at = at.getTimeZoneTransition('next')) && at.year < 2031) theirs.push(at.epochMilliseconds);
    const from = zone(id).instantOf(date('2009-01-01'));
    expect(zone(id).changesIn(from, zone(id).instantOf(date('2031-01-01'))), id).toEqual(theirs);
  }
});
