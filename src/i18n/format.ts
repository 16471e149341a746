/** Numbers, dates and names as the person's language and region write them. Each follows a change of language in markup. */
import { language } from './language.svelte.ts';
import { directionOf } from './languages.ts';
import { regionalOf } from './region.ts';

/** The interface's language as this device writes it, for Intl: 'en-GB' writes 18:00, 'en-US' 6:00 PM. */
export const regionalTag = (): string => regionalOf(language.tag);

export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(regionalTag(), options).format(value);

/** `at` in milliseconds since 1970, in this device's zone unless `timeZone` is given; Gregorian, whatever the region's own is. */
export const formatDate = (at: number, options: Intl.DateTimeFormatOptions = day): string =>
  new Intl.DateTimeFormat(regionalTag(), { calendar: 'gregory', ...options }).format(at);

export const formatDateTime = (at: number, timeZone?: string): string =>
  formatDate(at, timeZone === undefined ? dayAndTime : { ...dayAndTime, timeZone });

/** "3 days ago", "in 2 hours": the largest unit that is at least one; "now" within a minute. Milliseconds. */
export function formatAgo(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  const words = new Intl.RelativeTimeFormat(regionalTag(), { numeric: 'auto' });
  for (const [unit, length] of units)
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  return words.format(0, 'second');
}

/** A file's size, in kB and MB of a thousand as file pickers show it. */
export function formatSize(bytes: number): string {
  const [unit, size] =
    bytes < 1000 ? (['byte', 1] as const) : bytes < 1e6 ? (['kilobyte', 1e3] as const) : (['megabyte', 1e6] as const);
  return formatNumber(bytes / size, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: bytes / size < 10 && unit !== 'byte' ? 1 : 0,
  });
}

export const formatList = (items: readonly string[]): string => new Intl.ListFormat(language.tag).format(items);

/** A language's name in the person's own, "Tigrinya"; the tag itself where there is none. */
export const languageName = (tag: string): string => nameOf(tag, language.tag);

/** A language's name in itself, "ትግርኛ". */
export const ownLanguageName = (tag: string): string => nameOf(tag, tag);

export { directionOf };

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
const dayAndTime: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' };

const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const satisfies readonly (readonly [Intl.RelativeTimeFormatUnit, number])[];

function nameOf(tag: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames(inLanguage, { type: 'language' }).of(tag) ?? tag;
  } catch (error) {
    if (error instanceof RangeError) return tag;
    throw error;
  }
}
