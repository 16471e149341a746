/**
 * When an action takes place, each time, in a range of days.
 *
 * A rule is worked out on the wall's own clock and each time then placed by its zone, gap and overlap as in zone.ts: a
 * vigil at 02:30 of the night in which clocks go forward takes place at 03:30, and is not left out. (RFC 5545 says both
 * in 3.3.10; python-dateutil and we count it, so that COUNT means the same nights everywhere.)
 */
import { expandRule } from './expand.ts';
import type { Rule } from './rule.ts';
import { addDays, DAY, dateOfDay, dateOfWall, secondsOf, type WallDate, type WallTime, wallOfSeconds } from './wall.ts';
import { type Dated, firstInstant, instantsOf, startingAt } from './when.ts';
import { UTC, type ZoneId, zoneOf } from './zone.ts';

/** The original start of an occurrence, in the zone of the series: what RECURRENCE-ID names. */
export type OccurrenceId = WallTime | WallDate;

export interface Series {
  readonly when: Dated;
  /** null: the action takes place once, and at each of `rdates` */
  readonly rule: Rule | null;
  /** Starts besides the rule's, and starts that are taken out, like `when.start` a time or a date. */
  readonly rdates: readonly OccurrenceId[];
  readonly exdates: readonly OccurrenceId[];
  /** Single occurrences that were moved. */
  readonly moved: ReadonlyMap<OccurrenceId, Dated>;
}

export interface Occurrence {
  readonly id: OccurrenceId;
  readonly when: Dated;
  /** 'strayed': it was moved, and then the series so changed that it no longer has it; it is not dropped unseen */
  readonly state: 'asPlanned' | 'moved' | 'strayed';
}

/** Days as somebody in `zone` counts them, the last one included. */
export interface DayRange {
  readonly from: WallDate;
  readonly to: WallDate;
  readonly zone: ZoneId;
}

export interface Occurrences {
  /** in the order in which they begin; those that began before the range and last into it are among them */
  readonly list: readonly Occurrence[];
  /** there are more than were asked for, or than a rule of seconds lets be worked out */
  readonly isCut: boolean;
}

/** Nobody looks at more at once. */
export const MOST_OCCURRENCES = 5000;

export const occurrencesOf = (series: Series, range: DayRange, most = MOST_OCCURRENCES): Occurrences => {
  const { when, moved } = series;
  const touches = toucherOf(range);
  const { starts, isCut } = startsIn(series, reachOf(when, range), most);
  const list: Occurrence[] = [];
  for (const id of starts) {
    if (moved.has(id)) continue;
    const each = startingAt(when, id);
    if (touches(each)) list.push({ id, when: each, state: 'asPlanned' });
  }
  for (const [id, to] of moved) {
    if (isTakenOut(series, id) || !touches(to)) continue;
    list.push({ id, when: to, state: isStart(series, id) ? 'moved' : 'strayed' });
  }
  const first = new Map(list.map((each) => [each, firstInstant(each.when, range.zone)]));
  list.sort((a, b) => (first.get(a) ?? 0) - (first.get(b) ?? 0) || (a.id < b.id ? -1 : 1));
  return { list: list.slice(0, most), isCut: isCut || list.length > most };
};

/** The first that has not ended at `instant`; null: none within ten years. */
export const nextOccurrence = (series: Series, instant: number, zone: ZoneId): Occurrence | null => {
  const isAhead = ({ when }: Occurrence): boolean =>
    when.type !== 'timed' || instantsOf(when).start >= instant || instantsOf(when).end > instant;
  let from = dateOfWall(zoneOf(zone).wallAt(instant));
  for (const days of [31, 335, 366, 731, 2191]) {
    const to = addDays(from, days);
    const found = occurrencesOf(series, { from, to, zone }).list.find(isAhead);
    if (found) return found;
    from = to;
  }
  return null;
};

/** Does the series begin at this time or on this day, as planned? */
export const isStart = (series: Series, id: OccurrenceId): boolean => {
  const at = secondsOf(id);
  return startsIn(series, { from: at, to: at }, MOST_OCCURRENCES).starts.includes(id);
};

interface Reach {
  readonly from: number;
  readonly to: number;
}

/** All starts in a stretch of the series' own clock, but for those that are taken out, in order. */
const startsIn = (
  series: Series,
  { from, to }: Reach,
  most: number,
): { readonly starts: readonly OccurrenceId[]; readonly isCut: boolean } => {
  const { when, rule, rdates } = series;
  const own = secondsOf(when.start);
  const ruled = rule
    ? expandRule(rule, own, { from, to, most }, pastUntil(rule, when))
    : { times: [own], isCut: false };
  const added = rdates.map((each) => secondsOf(startingAt(when, each).start));
  const times = [...new Set([...ruled.times, ...added])].filter((time) => time >= from && time <= to);
  const idOf = (time: number): OccurrenceId =>
    when.type === 'timed' ? wallOfSeconds(time) : dateOfDay(Math.floor(time / DAY));
  const starts = times.sort((a, b) => a - b).map(idOf);
  return { starts: withoutEchoes(starts, when).filter((id) => !isTakenOut(series, id)), isCut: ruled.isCut };
};

/** Where a clock skips an hour, an hourly rule names the same moment twice: the first name stays. */
const withoutEchoes = (starts: readonly OccurrenceId[], when: Dated): readonly OccurrenceId[] => {
  if (when.type !== 'timed') return starts;
  const { instantOf } = zoneOf(when.zone);
  const seen = new Set<number>();
  return starts.filter((id) => {
    const instant = instantOf(id);
    return !seen.has(instant) && seen.add(instant);
  });
};

/** A date takes out all that begins on it. */
const isTakenOut = ({ when, exdates }: Series, id: OccurrenceId): boolean =>
  exdates.some((each) => each === id || (each === dateOfWall(id) && when.type === 'timed') || dateOfWall(each) === id);

const pastUntil = ({ until }: Rule, when: Dated): ((time: number) => boolean) => {
  if (until === null) return () => false;
  if (until.type === 'date' || when.type !== 'timed') {
    const end = secondsOf(dateOfWall(until.type === 'date' ? until.date : until.wall)) + DAY;
    return (time) => time >= end;
  }
  if (until.type === 'wall') {
    const last = secondsOf(until.wall);
    return (time) => time > last;
  }
  const last = zoneOf(UTC).instantOf(until.wall);
  const { instantOfSeconds } = zoneOf(when.zone);
  return (time) => instantOfSeconds(time) > last;
};

/** Walls differ by a day at most, and a day more does no harm. */
const MARGIN = 2 * DAY;

/** On the series' own clock, all that can touch the range. */
const reachOf = (when: Dated, { from, to }: DayRange): Reach => {
  const length = when.type === 'timed' ? when.minutes * 60 : when.days * DAY;
  return { from: secondsOf(from) - length - MARGIN, to: secondsOf(to) + DAY + MARGIN };
};

const toucherOf = ({ from, to, zone }: DayRange): ((when: Dated) => boolean) => {
  const { instantOf } = zoneOf(zone);
  const first = instantOf(from);
  const end = instantOf(addDays(to, 1));
  return (when) => {
    if (when.type !== 'timed') return when.start <= to && addDays(when.start, when.days - 1) >= from;
    const its = instantsOf(when);
    return its.start < end && (its.end > first || its.start >= first);
  };
};
