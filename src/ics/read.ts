/** A calendar file as a list of events. Never throws: what is wrong has a line. */
import { ok, type Result } from '../lib/result.ts';
import {
  type Dated,
  isSameWhen,
  isStart,
  type OccurrenceId,
  parseRule,
  type Series,
  startingAt,
  type ZoneId,
} from '../times/index.ts';
import { type Component, type FileProblem, parseComponents, propertyOf } from './component.ts';
import { decodeText } from './content-line.ts';
import type { FileChange, FileEvent, Skipped } from './event.ts';
import { occurrenceOf, type Part, readPart } from './read-part.ts';
import { formatDate, formatTime } from './values.ts';
import { createFileZones, zoneNamed } from './zones.ts';

export interface CalendarFile {
  /** X-WR-CALNAME; '' where it has no name */
  readonly name: string;
  readonly events: readonly FileEvent[];
  /** What could not be taken, by line. */
  readonly skipped: readonly Skipped[];
}

/** As many as a calendar holds. */
export const MOST_EVENTS = 20_000;

/** Floating times are those of `zone`, unless the file names another. */
export const readCalendarFile = (text: string, zone: ZoneId): Result<CalendarFile, FileProblem> => {
  const calendars = parseComponents(text);
  if (!calendars.ok) return calendars;
  const events: FileEvent[] = [];
  const skipped: Skipped[] = [];
  for (const calendar of calendars.value) readCalendar(calendar, zone, events, skipped);
  const first = events.slice(0, MOST_EVENTS);
  for (const { line } of events.slice(MOST_EVENTS)) skipped.push({ line, problem: 'TooMany' });
  skipped.sort((a, b) => a.line - b.line);
  const [calendar] = calendars.value;
  const name = calendar ? decodeText(propertyOf(calendar, 'X-WR-CALNAME')?.value ?? '').trim() : '';
  return ok({ name, events: first, skipped });
};

const readCalendar = (calendar: Component, zone: ZoneId, events: FileEvent[], skipped: Skipped[]): void => {
  const zones = createFileZones(calendar.components.filter(({ name }) => name === 'VTIMEZONE'));
  const own = zoneNamed(propertyOf(calendar, 'X-WR-TIMEZONE')?.value ?? '') ?? zone;
  const partsByUid = new Map<string, Part[]>();
  for (const component of calendar.components) {
    if (component.name === 'VTIMEZONE') continue;
    if (component.name !== 'VEVENT') {
      skipped.push({ line: component.line, problem: 'NotAnEvent' });
      continue;
    }
    const part = readPart(component, zones, own);
    if (!part.ok) {
      skipped.push(part.error);
      continue;
    }
    for (const line of part.value.longOnes) skipped.push({ line, problem: 'LongProperty' });
    const others = partsByUid.get(part.value.uid);
    if (others) others.push(part.value);
    else partsByUid.set(part.value.uid, [part.value]);
  }
  for (const parts of partsByUid.values()) {
    // the rest of a series that the file does not have is a series
    const isWhole = parts.some(({ of }) => of === null);
    const future = isWhole ? parts.filter(({ of, isFuture }) => of !== null && isFuture) : [];
    for (const { line } of future) skipped.push({ line, problem: 'ThisAndFuture' });
    const { event, twice } = joinParts(
      parts.filter((part) => !future.includes(part)),
      own,
    );
    events.push(event);
    for (const { line } of twice) skipped.push({ line, problem: 'Twice' });
  }
};

/** Parts of one UID: a series and what single occurrences of it have of their own. The newest of several counts. */
const joinParts = (
  parts: readonly Part[],
  zone: ZoneId,
): { readonly event: FileEvent; readonly twice: readonly Part[] } => {
  const newest = [...parts].sort((a, b) => b.sequence - a.sequence);
  const [whole, ...others] = newest.filter(({ of }) => of === null);
  const singles = newest.filter(({ of }) => of !== null).reverse();
  // occurrences of a series that the file does not have stand for themselves
  const [first, ...rest] = singles;
  const main = whole ?? first ?? parts[0];
  if (!main) throw new Error('parts of no event');
  const { when } = main;
  const changed = new Map<OccurrenceId, FileChange>();
  const leftovers = [...main.leftovers];
  const rdates: OccurrenceId[] = [];
  for (const moment of main.rdates) {
    const id = occurrenceOf(moment, when, zone);
    rdates.push(id);
    const minutes = main.lengths.get(moment);
    if (when.type !== 'timed' || minutes === undefined || minutes === when.minutes || minutes < 0) continue;
    changed.set(id, { when: { ...startingAt(when, id), minutes } as Dated });
  }
  for (const single of whole ? singles : rest) {
    if (single.of === null) continue;
    const id = occurrenceOf(single.of, when, zone);
    if (!whole) rdates.push(id);
    const change = changeOf(main, single, id);
    if (Object.keys(change).length > 0) changed.set(id, { ...changed.get(id), ...change });
    const remains = remainsOf(main, single, id);
    if (remains !== null) leftovers.push(remains);
  }
  const exdates = main.exdates.map((moment) => occurrenceOf(moment, when, zone));
  const rule = main.rule === null ? null : parseRule(main.rule);
  const series: Series = { when, rule: rule?.ok === true ? rule.value : null, rdates, exdates, moved: new Map() };
  // a start that the rule does not name takes place all the same, and now says so
  if (series.rule !== null && !exdates.includes(when.start) && !isStart(series, when.start)) rdates.push(when.start);
  return {
    event: {
      uid: main.uid,
      sequence: main.sequence,
      stamp: main.stamp,
      line: main.line,
      title: main.title,
      about: main.about,
      when,
      rule: main.rule,
      rdates: [...new Set(rdates)].sort(),
      exdates: [...new Set(exdates)].sort(),
      status: main.status,
      place: main.place,
      isPublic: main.isPublic,
      address: main.address,
      approach: main.approach,
      changed,
      leftovers,
    },
    twice: others,
  };
};

const changeOf = (main: Part, single: Part, id: OccurrenceId): FileChange => ({
  ...(isSameWhen(startingAt(main.when, id), single.when) ? {} : { when: single.when }),
  ...(single.title === main.title || single.title === '' ? {} : { title: single.title }),
  ...(single.place === main.place || single.place === '' ? {} : { place: single.place }),
  ...(single.status === main.status || single.status === null ? {} : { status: single.status }),
});

/** What else the occurrence has of its own, as an event of a file with only that. */
const remainsOf = (main: Part, single: Part, id: OccurrenceId): string | null => {
  const own = single.leftovers.filter((each) => !main.leftovers.includes(each));
  return own.length === 0
    ? null
    : ['BEGIN:VEVENT', `RECURRENCE-ID:${id.length > 10 ? formatTime(id) : formatDate(id)}`, ...own, 'END:VEVENT'].join(
        '\n',
      );
};
