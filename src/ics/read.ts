/** A calendar file as a list of events. Never throws: what is wrong has a line. */
import { err, ok, type Result } from '../lib/result.ts';
import {
  type Dated,
  isSameWhen,
  isStart,
  type OccurrenceId,
  parseRule,
  type Series,
  startingAt,
  UNDATED,
  type ZoneId,
} from '../times/index.ts';
import { type Component, type FileProblem, parseComponents, propertyOf } from './component.ts';
import { decodeText } from './content-line.ts';
import type { FileChange, FileEvent, Skipped } from './event.ts';
import { isKeptOfCalendar, leftoversOfCalendar, LONGEST_LEFTOVER, withoutIdleParams } from './leftovers.ts';
import { occurrenceOf, type Part, readPart, readTask } from './read-part.ts';
import { formatDate, formatTime } from './values.ts';
import { createFileZones, type FileZones, zoneNamed } from './zones.ts';

export interface CalendarFile {
  /** X-WR-CALNAME; '' where it has no name */
  readonly name: string;
  readonly events: readonly FileEvent[];
  /** what it says of itself that means nothing to us: properties and components, as those of an event */
  readonly leftovers: readonly string[];
  /** What could not be taken, by line. */
  readonly skipped: readonly Skipped[];
}

/** As many as a calendar holds. */
export const MOST_EVENTS = 20_000;

/** Floating times are those of `zone`, unless the file names another. */
export const readCalendarFile = (text: string, zone: ZoneId): Result<CalendarFile, FileProblem> => {
  const calendars = parseComponents(text);
  if (!calendars.ok) return calendars;
  const events = new Map<string, FileEvent>();
  const leftovers = new Set<string>();
  const skipped: Skipped[] = [];
  for (const calendar of calendars.value) {
    for (const event of readCalendar(calendar, zone, skipped)) {
      const known = events.get(event.uid);
      if (known === undefined || known.sequence < event.sequence) events.set(event.uid, event);
      if (known !== undefined) skipped.push({ line: Math.max(known.line, event.line), problem: 'Twice' });
    }
    const kept = leftoversOfCalendar(calendar);
    for (const each of kept.leftovers) leftovers.add(each);
    for (const line of kept.longOnes) skipped.push({ line, problem: 'LongProperty' });
  }
  const all = [...events.values()];
  for (const { line } of all.slice(MOST_EVENTS)) skipped.push({ line, problem: 'TooMany' });
  skipped.sort((a, b) => a.line - b.line);
  const [calendar] = calendars.value;
  const name = calendar ? decodeText(propertyOf(calendar, 'X-WR-CALNAME')?.value ?? '').trim() : '';
  return ok({ name, events: all.slice(0, MOST_EVENTS), leftovers: [...leftovers], skipped });
};

const readCalendar = (calendar: Component, zone: ZoneId, skipped: Skipped[]): readonly FileEvent[] => {
  const zones = createFileZones(calendar.components.filter(({ name }) => name === 'VTIMEZONE'));
  const own = zoneNamed(propertyOf(calendar, 'X-WR-TIMEZONE')?.value ?? '') ?? zone;
  const partsByUid = new Map<string, Part[]>();
  const tasks: Part[] = [];
  for (const component of calendar.components) {
    const part = read(component, zones, own);
    if (part === null) continue;
    if (!part.ok) {
      skipped.push(part.error);
      continue;
    }
    for (const line of part.value.longOnes) skipped.push({ line, problem: 'LongProperty' });
    if (part.value.when.type === 'undated') {
      tasks.push(part.value);
      continue;
    }
    const others = partsByUid.get(part.value.uid);
    if (others) others.push(part.value);
    else partsByUid.set(part.value.uid, [part.value]);
  }
  const events: FileEvent[] = tasks.map(taskOf);
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
  return events.sort((a, b) => a.line - b.line);
};

/** null: nothing that anybody would miss, or what is kept of the calendar itself */
const read = (component: Component, zones: FileZones, zone: ZoneId): Result<Part, Skipped> | null => {
  const { name, line } = component;
  if (name === 'VEVENT') return readPart(component, zones, zone);
  if (name === 'VTODO') return readTask(component);
  const isKept = name === 'VTIMEZONE' || (isKeptOfCalendar(component) && component.bad.length === 0);
  return isKept ? null : err({ line, problem: 'NotAnEvent' });
};

const taskOf = (part: Part): FileEvent => withoutIdleParams({ ...wordsOf(part), when: UNDATED, ...NO_SERIES });

const NO_SERIES = { rule: null, rdates: [], exdates: [], changed: new Map<OccurrenceId, FileChange>() };

const wordsOf = (part: Part) => {
  const { uid, sequence, stamp, line, title, about, status, place, isPublic, address, approach, leftovers } = part;
  return { uid, sequence, stamp, line, title, about, status, place, isPublic, address, approach, leftovers };
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
  if (main === undefined || main.when.type === 'undated') throw new Error('parts of no event');
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
    const change = changeOf(main, when, single, id);
    if (Object.keys(change).length > 0) changed.set(id, { ...changed.get(id), ...change });
    leftovers.push(...remainsOf(main, single, id, change));
  }
  const exdates = main.exdates.map((moment) => occurrenceOf(moment, when, zone));
  const rule = main.rule === null ? null : parseRule(main.rule);
  const series: Series = { when, rule: rule?.ok === true ? rule.value : null, rdates, exdates, moved: new Map() };
  // a start that the rule does not name takes place all the same, and now says so
  if (series.rule !== null && !exdates.includes(when.start) && !isStart(series, when.start)) rdates.push(when.start);
  const event: FileEvent = {
    ...wordsOf(main),
    when,
    rule: main.rule,
    rdates: [...new Set(rdates)].sort(),
    exdates: [...new Set(exdates)].sort(),
    changed,
    leftovers,
  };
  return { event: withoutIdleParams(event), twice: others };
};

const changeOf = (main: Part, when: Dated, single: Part, id: OccurrenceId): FileChange => ({
  ...(single.when.type === 'undated' || isSameWhen(startingAt(when, id), single.when) ? {} : { when: single.when }),
  ...(single.title === main.title || single.title === '' ? {} : { title: single.title }),
  ...(single.place === main.place || single.place === '' ? {} : { place: single.place }),
  ...(single.status === main.status || single.status === null ? {} : { status: single.status }),
});

/**
 * What else the occurrence says, as events of a file with only that, each as long as a document keeps it. All of it, also
 * what the series says: a file has to say it for each again.
 */
const remainsOf = (main: Part, single: Part, id: OccurrenceId, change: FileChange): readonly string[] => {
  const said = { ...wordsOf(main), ...change, rule: null, rdates: [], exdates: [], leftovers: single.leftovers };
  const begin = ['BEGIN:VEVENT', `RECURRENCE-ID:${id.length > 10 ? formatTime(id) : formatDate(id)}`];
  const remains: string[] = [];
  let lines: string[] = [];
  const end = (): void => {
    if (lines.length > 0) remains.push([...begin, ...lines, 'END:VEVENT'].join('\n'));
    lines = [];
  };
  let size = 0;
  for (const each of withoutIdleParams({ ...said, when: single.when }, true).leftovers) {
    if (size + each.length > LONGEST_LEFTOVER) end();
    size = lines.length === 0 ? each.length : size + each.length + 1;
    lines.push(each);
  }
  end();
  return remains;
};
