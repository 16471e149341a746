/** The clock that a VTIMEZONE describes (RFC 5545, 3.6.5). */
import { expandRule, parseRule, secondsOf, UTC, type WallTime, wallTimeOf, zoneOf } from '../times/index.ts';
import { type Component, propertyOf } from './component.ts';
import { parseMoment } from './values.ts';

/** Seconds east of Greenwich at an instant. */
export type Clock = (instant: number) => number;

interface Change {
  readonly instant: number;
  readonly from: number;
  readonly to: number;
}

/** Up to the end of `year`. null: it describes none */
export const clockOf = (timezone: Component, year: number): Clock | null => {
  const changes: Change[] = [];
  for (const part of timezone.components) {
    if (part.name !== 'STANDARD' && part.name !== 'DAYLIGHT') continue;
    const from = parseOffset(propertyOf(part, 'TZOFFSETFROM')?.value ?? '');
    const to = parseOffset(propertyOf(part, 'TZOFFSETTO')?.value ?? '');
    const starts = startsOf(part, year);
    if (from === null || to === null || starts === null) return null;
    for (const start of starts) changes.push({ instant: (start - from) * 1000, from, to });
  }
  changes.sort((a, b) => a.instant - b.instant);
  const [first] = changes;
  if (!first) return null;
  return (instant) => {
    let offset = first.from;
    for (const change of changes) {
      if (change.instant > instant) break;
      offset = change.to;
    }
    return offset;
  };
};

const startsOf = (part: Component, year: number): readonly number[] | null => {
  const wallOf = (text: string): WallTime | null => {
    const moment = parseMoment(text, null);
    return moment?.type === 'date' ? wallTimeOf(moment.date, '00:00') : (moment?.wall ?? null);
  };
  const first = wallOf(propertyOf(part, 'DTSTART')?.value ?? '');
  if (first === null) return null;
  const starts = [secondsOf(first)];
  for (const { name, value } of part.properties) {
    if (name === 'RDATE') {
      for (const each of value.split(',')) {
        const wall = wallOf(each);
        if (wall !== null) starts.push(secondsOf(wall));
      }
    }
    if (name !== 'RRULE') continue;
    const rule = parseRule(value);
    if (!rule.ok) return null;
    const { until } = rule.value;
    // a day more or less is no other change of clocks
    const last = until === null ? Infinity : secondsOf(until.type === 'date' ? until.date : until.wall) + 86_400;
    const end = zoneOf(UTC).instantOf(`${String(Math.min(year + 1, 9999)).padStart(4, '0')}-01-01` as WallTime) / 1000;
    const own = { ...rule.value, until: null };
    const { times } = expandRule(
      own,
      secondsOf(first),
      { from: -Infinity, to: end, most: 2000 },
      (time) => time > last,
    );
    starts.push(...times);
  }
  return starts;
};

const parseOffset = (text: string): number | null => {
  const found = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(text.trim());
  if (!found) return null;
  const [, sign, hours, minutes, seconds = '0'] = found;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * (sign === '-' ? -1 : 1);
};
