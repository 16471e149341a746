/**
 * What a place has for a week, and which calendar it has beside the Gregorian one. Intl knows weeks in some browsers
 * only; the tables say the same for the others (CLDR).
 */
import { WEEKDAYS, type Weekday } from './rule.ts';

export interface Week {
  readonly first: Weekday;
  readonly weekend: readonly Weekday[];
}

/** `tag`: a language with a region, as the person set it (`ar-EG`); without one, the likely region counts. */
export const weekOf = (tag: string): Week => {
  const locale = parseLocale(tag);
  if (!locale) return { first: 'MO', weekend: ['SA', 'SU'] };
  return readWeekInfo(locale) ?? weekByRegion(locale.maximize().region ?? '');
};

/** From the first day on. */
export const weekdaysFrom = (first: Weekday): readonly Weekday[] => {
  const at = WEEKDAYS.indexOf(first);
  return [...WEEKDAYS.slice(at), ...WEEKDAYS.slice(0, at)];
};

/** Intl's names of the calendars that may be shown beside the Gregorian one. */
export const SIDE_CALENDARS = ['islamic-umalqura', 'persian'] as const;
export type SideCalendar = (typeof SIDE_CALENDARS)[number];

/** null: people there use the Gregorian one alone */
export const sideCalendarOf = (tag: string): SideCalendar | null => {
  const locale = parseLocale(tag)?.maximize();
  if (!locale) return null;
  if (/^(IR|AF)$/.test(locale.region ?? '') || locale.language === 'fa') return 'persian';
  return locale.language === 'ar' || HIJRI.has(locale.region ?? '') ? 'islamic-umalqura' : null;
};

const parseLocale = (tag: string): Intl.Locale | null => {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null; // a RangeError says just this
  }
};

const split = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const HIJRI = split('SA AE BH KW OM QA YE IQ JO SY LB PS EG LY TN DZ MA MR SD SO DJ KM PK BD MV BN');
const FIRST_SUNDAY = split(
  'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW',
);
const FIRST_SATURDAY = split('AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY');
const FRIDAY_SATURDAY = split('BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE');

const weekByRegion = (region: string): Week => ({
  first: FIRST_SUNDAY.has(region) ? 'SU' : FIRST_SATURDAY.has(region) ? 'SA' : region === 'MV' ? 'FR' : 'MO',
  weekend: FRIDAY_SATURDAY.has(region)
    ? ['FR', 'SA']
    : region === 'AF'
      ? ['TH', 'FR']
      : region === 'IR'
        ? ['FR']
        : region === 'IN' || region === 'UG'
          ? ['SU']
          : ['SA', 'SU'],
});

/** Newer engines have getWeekInfo(), older ones weekInfo, some neither. */
const readWeekInfo = (locale: Intl.Locale): Week | null => {
  const parts: { readonly getWeekInfo?: () => unknown; readonly weekInfo?: unknown } = locale;
  const info = parts.getWeekInfo?.() ?? parts.weekInfo;
  if (typeof info !== 'object' || info === null) return null;
  const { firstDay, weekend }: { readonly firstDay?: unknown; readonly weekend?: unknown } = info;
  const nameOf = (day: unknown): Weekday | undefined => (typeof day === 'number' ? WEEKDAYS[day - 1] : undefined);
  const first = nameOf(firstDay);
  if (first === undefined || !Array.isArray(weekend)) return null;
  return { first, weekend: weekend.flatMap((day: unknown) => nameOf(day) ?? []) };
};
