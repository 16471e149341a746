/**
 * A zone as a VTIMEZONE, for programs that do not know its name: every change of its clock in the years that are asked
 * for, one by one, so that it says no more than is known.
 */
import { dayOf, wallOfSeconds, type Zone } from '../times/index.ts';
import { formatTime } from './values.ts';

export const formatTimezone = (zone: Zone, fromYear: number, toYear: number): readonly string[] => {
  const from = dayOf(fromYear, 1, 1) * 86_400_000;
  const to = dayOf(toYear + 1, 1, 1) * 86_400_000;
  const first = zone.offsetAt(from);
  const groups = new Map<string, { from: number; to: number; starts: string[] }>();
  const add = (before: number, after: number, instant: number): void => {
    const key = `${before} ${after}`;
    const group = groups.get(key) ?? { from: before, to: after, starts: [] };
    group.starts.push(formatTime(wallOfSeconds(Math.floor(instant / 1000) + before)));
    groups.set(key, group);
  };
  add(first, first, from);
  for (const change of zone.changesIn(from + 1000, to))
    add(zone.offsetAt(change - 1000), zone.offsetAt(change), change);
  const lines = ['BEGIN:VTIMEZONE', `TZID:${zone.id}`];
  for (const { from: before, to: after, starts } of groups.values()) {
    const name = after > before ? 'DAYLIGHT' : 'STANDARD';
    const [start = '', ...others] = starts;
    lines.push(`BEGIN:${name}`, `DTSTART:${start}`);
    if (others.length > 0) lines.push(`RDATE:${others.join(',')}`);
    lines.push(`TZOFFSETFROM:${formatOffset(before)}`, `TZOFFSETTO:${formatOffset(after)}`);
    lines.push(`TZNAME:${formatOffset(after)}`, `END:${name}`);
  }
  return [...lines, 'END:VTIMEZONE'];
};

const formatOffset = (seconds: number): string => {
  const size = Math.abs(seconds);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, ...(size % 60 === 0 ? [] : [size % 60])];
  return `${seconds < 0 ? '-' : '+'}${parts.map((part) => String(part).padStart(2, '0')).join('')}`;
};
