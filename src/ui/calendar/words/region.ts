/** How days and hours are written where this person is: their language as their device has it, with its region. */
import { language } from '../../../i18n/language.svelte.ts';
import { sideCalendarOf, weekOf, type SideCalendar, type Week, type Weekday } from '../../../times/index.ts';

/** The interface's language, with the region that the device names for it: 'en-GB' writes 18:00, 'en-US' 6:00 PM. */
export const regionalTag = (): string => regionalOf(language.tag);

/** The same for another language. */
export const regionalOf = (tag: string): string =>
  navigator.languages.find((each) => baseOf(each) === baseOf(tag)) ?? tag;

/** Where the person is, by the first language of the device that says a region. */
const placeTag = (): string => navigator.languages.find(hasRegion) ?? regionalTag();

/** `chosen`: a weekday, or '' for what the region has. */
export const weekHere = (chosen: string): Week => {
  const week = weekOf(placeTag());
  return isWeekday(chosen) ? { ...week, first: chosen } : week;
};

/** `chosen`: a calendar of Intl, 'none', or '' for what the language and the region have. */
export const sideCalendarHere = (chosen: string): SideCalendar | null => {
  if (chosen === 'islamic-umalqura' || chosen === 'persian') return chosen;
  return chosen === '' ? (sideCalendarOf(placeTag()) ?? sideCalendarOf(language.tag)) : null;
};

export const FIRST_DAYS = ['SA', 'SU', 'MO'] as const satisfies readonly Weekday[];
const isWeekday = (value: string): value is Weekday => FIRST_DAYS.some((day) => day === value);

const baseOf = (tag: string): string | undefined => tag.split('-')[0];
const hasRegion = (tag: string): boolean => /-(?:[A-Z]{2}|\d{3})\b/.test(tag);
