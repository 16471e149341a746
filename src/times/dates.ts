/** Dates as a language writes them, in the Gregorian calendar or another, with no zone in between. */
import { secondsOf, type WallDate, type WallTime } from './wall.ts';

/** A wall's own time as an instant for Intl: with `timeZone: 'UTC'` it shows just that. */
export const asUtc = (wall: WallDate | WallTime): number => secondsOf(wall) * 1000;

export interface DateStyle extends Omit<Intl.DateTimeFormatOptions, 'timeZone'> {
  /** as Intl names it, such as 'persian'; absent: Gregorian, whatever the language's own is */
  readonly calendar?: string;
}

export const formatWall = (wall: WallDate | WallTime, tag: string, style: DateStyle): string =>
  formatOf(tag, style).format(asUtc(wall));

/** "8 – 14 March"; `to` is included */
export const formatWallRange = (from: WallDate, to: WallDate, tag: string, style: DateStyle): string =>
  formatOf(tag, style).formatRange(asUtc(from), asUtc(to));

/** Year, month and day as numbers in another calendar. */
export const partsIn = (
  date: WallDate,
  calendar: string,
): { readonly year: number; readonly month: number; readonly day: number } => {
  const parts = formatOf('en-u-nu-latn', { calendar, year: 'numeric', month: 'numeric', day: 'numeric' }).formatToParts(
    asUtc(date),
  );
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? NaN);
  return { year: read('year'), month: read('month'), day: read('day') };
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes as long as a thousand uses of it. */
const formatOf = (tag: string, style: DateStyle): Intl.DateTimeFormat => {
  const key = `${tag} ${JSON.stringify(style)}`;
  const kept = formats.get(key);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat(tag, { calendar: 'gregory', ...style, timeZone: 'UTC' });
  formats.set(key, made);
  return made;
};
