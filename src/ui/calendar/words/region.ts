/** Weeks and calendars as they are where this person is. */
import { regionalTag } from '../../../i18n/format.ts';
import { language } from '../../../i18n/language.svelte.ts';
import { placeIn } from '../../../i18n/region.ts';
import { sideCalendarOf, weekOf, type SideCalendar, type Week, type Weekday } from '../../../times/index.ts';

const placeTag = (): string => placeIn() ?? regionalTag();

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
