/**
 * Zones of the IANA database, as this device's Intl knows them: what a clock there shows at an instant, and when it
 * shows it. An instant is in milliseconds since 1970 UTC.
 *
 * A wall time that a clock skips is read with the offset before the gap, one that it shows twice is the first of the two
 * (RFC 5545, 3.3.5; Temporal calls this 'compatible').
 *
 * Intl gives offsets slowly, so each zone keeps where they change, two weeks at a time; no zone is known to change
 * twice, there and back, within so few days.
 */
import type { Brand } from '../lib/brand.ts';
import { secondsOf, type WallDate, type WallTime, wallOfSeconds } from './wall.ts';

/** A name such as `Europe/Vienna` or `UTC`: well formed, though this device may not know it. */
export type ZoneId = Brand<string, 'ZoneId'>;

export const UTC = 'UTC' as ZoneId;

export interface Zone {
  readonly id: ZoneId;
  /** Where this device knows no such zone its times are taken for UTC; who shows them says so. */
  readonly isKnown: boolean;
  /** Seconds east of Greenwich at an instant. */
  readonly offsetAt: (instant: number) => number;
  readonly wallAt: (instant: number) => WallTime;
  /** of a date: its first moment there */
  readonly instantOf: (wall: WallTime | WallDate) => number;
  /** The same for seconds of the wall's own clock, as in wall.ts. */
  readonly instantOfSeconds: (seconds: number) => number;
  /** 'gap': the clock skips this time; 'overlap': it shows it twice. */
  readonly edgeAt: (wall: WallTime) => 'gap' | 'overlap' | null;
  /** Every change of the offset in [from, to), as instants from which on the new one holds. */
  readonly changesIn: (from: number, to: number) => readonly number[];
}

export const parseZoneId = (value: unknown): ZoneId | null =>
  typeof value === 'string' && ID.test(value) ? (value as ZoneId) : null;

const ID = /^[A-Za-z][A-Za-z0-9_+-]{0,31}(?:\/[A-Za-z0-9_+-]{1,32}){0,3}$/;

const zones = new Map<ZoneId, Zone>();

/** One for each id, kept. */
export const zoneOf = (id: ZoneId): Zone => {
  const kept = zones.get(id);
  if (kept) return kept;
  const zone = createZone(id);
  zones.set(id, zone);
  return zone;
};

const createZone = (id: ZoneId): Zone => {
  if (id === UTC) return zoneFrom(id, true, constant(0));
  const clock = clockOf(id);
  return clock ? zoneFrom(id, true, offsetsOf(clock)) : zoneFrom(id, false, constant(0));
};

interface Offsets {
  readonly at: (instant: number) => number;
  readonly changesIn: (from: number, to: number) => readonly number[];
}

const constant = (offset: number): Offsets => ({ at: () => offset, changesIn: () => [] });

/** Longer than any two walls differ (Samoa went over the date line), shorter than the time between two changes. */
const MARGIN = 26 * 3_600_000;

const zoneFrom = (id: ZoneId, isKnown: boolean, offsets: Offsets): Zone => {
  /** before and after whatever change may be near, in seconds */
  const around = (seconds: number) => {
    const before = offsets.at(seconds * 1000 - MARGIN);
    const after = offsets.at(seconds * 1000 + MARGIN);
    const early = (seconds - before) * 1000;
    const late = (seconds - after) * 1000;
    return { before, after, early, late, isEarly: offsets.at(early) === before, isLate: offsets.at(late) === after };
  };
  const instantOfSeconds = (seconds: number): number => {
    const { early, late, isEarly, isLate } = around(seconds);
    return isLate && !isEarly ? late : early;
  };
  return {
    id,
    isKnown,
    offsetAt: offsets.at,
    wallAt: (instant) => wallOfSeconds(Math.floor(instant / 1000) + offsets.at(instant)),
    instantOf: (wall) => {
      if (wall.length > 10) return instantOfSeconds(secondsOf(wall));
      // where midnight is skipped, the day begins at the change
      const { early, late, isEarly, isLate } = around(secondsOf(wall));
      return isEarly ? early : isLate ? late : (offsets.changesIn(late, early + 1000)[0] ?? early);
    },
    instantOfSeconds,
    edgeAt: (wall) => {
      const { before, after, isEarly, isLate } = around(secondsOf(wall));
      if (before === after) return null;
      return isEarly && isLate ? 'overlap' : isEarly || isLate ? null : 'gap';
    },
    changesIn: offsets.changesIn,
  };
};

// What Intl knows -----------------------------------------------------------------------------------------------------

type Clock = (instant: number) => number;

/** The offset at an instant, slowly; null where the device knows no such zone. */
const clockOf = (id: ZoneId): Clock | null => {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: id,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null; // a RangeError says just this
  }
  return (instant) => {
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(instant)) part[type] = value;
    const read = (name: string): number => Number(part[name]);
    const year = part['era']?.startsWith('B') ? 1 - read('year') : read('year');
    const date = new Date(0);
    date.setUTCFullYear(year, read('month') - 1, read('day'));
    date.setUTCHours(read('hour'), read('minute'), read('second'));
    return Math.round(date.getTime() / 1000 - Math.floor(instant / 1000));
  };
};

const SPAN = 14 * 86_400_000;
/** Further out nothing is known of any zone, and Date ends at 8.64e15. */
const FURTHEST = 2.6e14;

interface Span {
  readonly first: number;
  readonly last: number;
  /** from here on `last` holds; the end of the span where nothing changes */
  readonly change: number;
}

const offsetsOf = (clock: Clock): Offsets => {
  const spans = new Map<number, Span>();
  const edges = new Map<number, number>();
  const edge = (index: number): number => {
    const kept = edges.get(index);
    if (kept !== undefined) return kept;
    const offset = clock(index * SPAN);
    edges.set(index, offset);
    return offset;
  };
  const spanOf = (index: number): Span => {
    const kept = spans.get(index);
    if (kept) return kept;
    const first = edge(index);
    const last = edge(index + 1);
    const span = { first, last, change: first === last ? (index + 1) * SPAN : changeIn(clock, index * SPAN, first) };
    spans.set(index, span);
    return span;
  };
  const indexOf = (instant: number): number => Math.floor(Math.min(Math.max(instant, -FURTHEST), FURTHEST) / SPAN);
  return {
    at: (instant) => {
      const span = spanOf(indexOf(instant));
      return instant < span.change ? span.first : span.last;
    },
    changesIn: (from, to) => {
      const changes: number[] = [];
      for (let index = indexOf(from); index <= indexOf(to); index++) {
        const { first, last, change } = spanOf(index);
        if (first !== last && change >= from && change < to) changes.push(change);
      }
      return changes;
    },
  };
};

/** The first second in the span from `start` on at which the offset is another. */
const changeIn = (clock: Clock, start: number, first: number): number => {
  let [low, high] = [start / 1000, (start + SPAN) / 1000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (clock(middle * 1000) === first) low = middle;
    else high = middle;
  }
  return high * 1000;
};
