/**
 * How hours and numbers are written where this person is. The device lists languages, some with a region: the one of the
 * shown language gives digits and the order of dates, the first with a region gives 12 or 24 hours. So 18:00 stays 18:00
 * in English on a device of Tehran, and Arabic has its digits of Cairo or of Rabat.
 */

/** `tag` as this device writes it, for Intl. */
export const regionalOf = (tag: string, devices: readonly string[] = devicesHere()): string => {
  const key = `${tag} ${devices.join()}`;
  const known = regionalByKey.get(key);
  if (known !== undefined) return known;
  const own = devices.filter((each) => baseOf(each) === baseOf(tag));
  const regional = withHours(own.find(hasRegion) ?? own[0] ?? tag, placeIn(devices));
  regionalByKey.set(key, regional);
  return regional;
};

/** `tag` with the digits of the region, for messages: they are found by their language, whatever follows. */
export const withDigits = (tag: string, devices: readonly string[] = devicesHere()): string => {
  const key = `${tag} ${devices.join()}`;
  const known = digitsByKey.get(key);
  if (known !== undefined) return known;
  const here = digitsOf(regionalOf(tag, devices));
  const digits = here === digitsOf(tag) ? tag : `${tag}-u-nu-${here}`;
  digitsByKey.set(key, digits);
  return digits;
};

/** Where the person is, by the first language of the device that says a region; undefined where none does. */
export const placeIn = (devices: readonly string[] = devicesHere()): string | undefined => devices.find(hasRegion);

const regionalByKey = new Map<string, string>();
const digitsByKey = new Map<string, string>();

/** There is no navigator in some of the places where words are made, such as tests. */
const devicesHere = (): readonly string[] => (typeof navigator === 'undefined' ? [] : navigator.languages);

const withHours = (tag: string, place: string | undefined): string => {
  if (place === undefined) return tag;
  const hours = hoursOf(place);
  // one that says more already is as somebody set it
  return hours === undefined || hours === hoursOf(tag) || tag.includes('-u-') ? tag : `${tag}-u-hc-${hours}`;
};

const hoursOf = (tag: string): string | undefined =>
  new Intl.DateTimeFormat(tag, { hour: 'numeric' }).resolvedOptions().hourCycle;
const digitsOf = (tag: string): string => new Intl.NumberFormat(tag).resolvedOptions().numberingSystem;

const baseOf = (tag: string): string | undefined => tag.split('-')[0];
const hasRegion = (tag: string): boolean => /-(?:[A-Z]{2}|\d{3})\b/.test(tag);
