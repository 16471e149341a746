/**
 * What a file says that means nothing to us: kept as it was, unfolded, and given back. Of an event: properties, components,
 * and parameters of properties that we write ourselves (as a property of ours that goes in no file). Of a calendar:
 * properties and components of its own.
 */
import type { Component } from './component.ts';
import { type ContentLine, paramTexts, parseLine } from './content-line.ts';
import type { FileEvent } from './event.ts';

/** A document's own note of what was imported; it goes in no file and comes from none. */
export const IMPORTED = 'X-WEFT-IMPORTED';
/** So too: `X-WEFT-PARAMS:SUMMARY;LANGUAGE=it` */
const PARAMS = 'X-WEFT-PARAMS';

/** What this folder says itself, and so keeps in no other form. */
const OWN: ReadonlySet<string> = new Set([
  ...['UID', 'SEQUENCE', 'DTSTAMP', 'SUMMARY', 'DESCRIPTION', 'DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RDATE'],
  ...['EXDATE', 'STATUS', 'LOCATION', 'RECURRENCE-ID', 'X-WEFT-STATUS', 'X-WEFT-WINDOW', 'X-WEFT-APPROACH'],
]);

export const isOwn = (name: string): boolean => OWN.has(name) || name === IMPORTED || name === PARAMS;

/** What these say is in the time that we read. */
const MEANT: ReadonlySet<string> = new Set(['TZID', 'VALUE', 'RANGE']);

/** In characters, of one property or component: a document keeps 8,000, with what stands around those of single dates. */
export const LONGEST_LEFTOVER = 7900;
const MOST_LEFTOVERS = 200;

export interface Leftovers {
  readonly leftovers: readonly string[];
  /** lines of what is too long to be kept */
  readonly longOnes: readonly number[];
}

/** `isAddress`: its URL is one that we write ourselves */
export const leftoversOf = (component: Component, isAddress: boolean): Leftovers =>
  bounded(
    [
      ...paramsIn(component, isAddress),
      ...component.properties.filter(({ name }) => !isOwn(name) && !(name === 'URL' && isAddress)).map(keptLine),
      ...component.components.map(keptComponent),
    ],
    MOST_LEFTOVERS,
  );

interface Kept {
  readonly text: string;
  readonly line: number;
}

const keptLine = ({ raw, line }: ContentLine): Kept => ({ text: withoutControls(raw), line });
const keptComponent = ({ raw, line }: Component): Kept => ({ text: raw.map(withoutControls).join('\n'), line });

/** No file may have them. */
const withoutControls = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  text.replace(/[\u0000-\u0008\u000A-\u001F\u007F]/g, '');

const bounded = (all: readonly Kept[], most: number): Leftovers => {
  const fits = ({ text }: Kept): boolean => text.length <= LONGEST_LEFTOVER;
  return {
    leftovers: [...new Set(all.filter(fits).map(({ text }) => text))].slice(0, most),
    longOnes: all.filter((each) => !fits(each)).map(({ line }) => line),
  };
};

// Parameters ----------------------------------------------------------------------------------------------------------

/** Those that mean nothing to us of properties that we write, one text a property. */
const paramsIn = ({ properties }: Component, isAddress: boolean): readonly Kept[] => {
  const found = new Map<string, { readonly texts: Map<string, string>; readonly line: number }>();
  for (const { name, params, raw, line } of properties) {
    const isWritten = (OWN.has(name) && !name.startsWith('X-')) || (name === 'URL' && isAddress);
    if (!isWritten || [...params.keys()].every((key) => MEANT.has(key))) continue;
    const of = writtenAs(name);
    const known = found.get(of) ?? { texts: new Map<string, string>(), line };
    found.set(of, known);
    for (const [key, text] of paramTexts(raw)) if (!MEANT.has(key) && !known.texts.has(key)) known.texts.set(key, text);
  }
  // in an order of their own: ours need not be the file's
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { texts, line }]) => ({
      text: `${PARAMS}:${name}${withoutControls([...texts.values()].join(''))}`,
      line,
    }));
};

/** An end is written as an end or as a length, as it fits. */
const writtenAs = (name: string): string => (name === 'DURATION' ? 'DTEND' : name);

interface Params {
  readonly name: string;
  /** `;LANGUAGE=it` */
  readonly text: string;
}

/** null: another leftover, or what a stranger wrote as if it were one */
const parseParams = (leftover: string): Params | null => {
  if (!leftover.startsWith(`${PARAMS}:`)) return null;
  const [, name = '', text = ''] = /^([A-Z-]+)(;.*)$/.exec(leftover.slice(PARAMS.length + 1)) ?? [];
  const line = parseLine({ raw: `${name}${text}:`, line: 0 });
  if (!line.ok || line.value.value !== '' || withoutControls(text) !== text) return null;
  const isFree = [...line.value.params.keys()].every((key) => !MEANT.has(key));
  return isFree && (OWN.has(name) || name === 'URL') ? { name, text } : null;
};

/** Puts the parameters that were kept into lines that we write. */
export const paramsInto = (leftovers: readonly string[]): ((line: string) => string) => {
  const texts = new Map(leftovers.flatMap((each) => parseParams(each) ?? []).map(({ name, text }) => [name, text]));
  if (texts.size === 0) return (line) => line;
  return (line) => {
    const name = /^[A-Z-]+/.exec(line)?.[0] ?? '';
    const text = texts.get(writtenAs(name));
    return text === undefined ? line : `${name}${text}${line.slice(name.length)}`;
  };
};

/**
 * Without parameters of properties that the event has not (any more): they have no line to stand in, so that a file of
 * ours would come back without them.
 */
export const withoutIdleParams = <Event extends Omit<FileEvent, 'line' | 'stamp' | 'changed'>>(
  event: Event,
  isSingle = false,
): Event => {
  const { leftovers } = event;
  const kept = leftovers.filter((text) => {
    if (!text.startsWith(`${PARAMS}:`)) return true;
    const params = parseParams(text);
    return params !== null && isWritten(params.name, event, isSingle);
  });
  return kept.length === leftovers.length ? event : { ...event, leftovers: kept };
};

const isWritten = (
  name: string,
  event: Omit<FileEvent, 'line' | 'stamp' | 'changed' | 'leftovers'>,
  isSingle: boolean,
): boolean => {
  const { when } = event;
  switch (name) {
    case 'SEQUENCE':
      return event.sequence > 0;
    case 'SUMMARY':
      return event.title !== '';
    case 'DESCRIPTION':
      return event.about !== '';
    case 'LOCATION':
      return event.place !== '';
    case 'URL':
      return event.address !== '';
    case 'STATUS':
      return event.status !== null;
    case 'DTSTART':
      return when.type !== 'undated';
    case 'DTEND':
      return when.type === 'timed' ? when.minutes > 0 : when.type !== 'undated';
    case 'RRULE':
      return event.rule !== null && !isSingle;
    case 'RDATE':
      return event.rdates.length > 0 && !isSingle;
    case 'EXDATE':
      return event.exdates.length > 0 && !isSingle;
    case 'RECURRENCE-ID':
      return isSingle;
    default:
      return true;
  }
};

// Of a calendar -------------------------------------------------------------------------------------------------------

/** Of the file itself, or of the place where it was published: not true of a file that we write. */
const OF_THE_FILE: ReadonlySet<string> = new Set([
  ...['VERSION', 'PRODID', 'CALSCALE', 'METHOD', 'NAME', 'X-WR-CALNAME'],
  ...['UID', 'LAST-MODIFIED', 'URL', 'SOURCE', 'REFRESH-INTERVAL'],
]);

/** Those that mean something, and somebody's own journals and busy times, which are nobody else's business. */
const MEANT_COMPONENTS: ReadonlySet<string> = new Set([
  ...['VEVENT', 'VTODO', 'VTIMEZONE', 'STANDARD', 'DAYLIGHT', 'VALARM', 'VJOURNAL', 'VFREEBUSY', 'VAVAILABILITY'],
  'VCALENDAR',
]);

export const isKeptOfCalendar = (part: ContentLine | Component): boolean =>
  'components' in part ? !MEANT_COMPONENTS.has(part.name) : !OF_THE_FILE.has(part.name) && !isOwn(part.name);

const MOST_OF_CALENDAR = 50;

export const leftoversOfCalendar = ({ properties, components }: Component): Leftovers =>
  bounded(
    [
      ...properties.filter(isKeptOfCalendar).map(keptLine),
      ...components.filter((each) => isKeptOfCalendar(each) && each.bad.length === 0).map(keptComponent),
    ],
    MOST_OF_CALENDAR,
  );
