/**
 * Which zone a file means by a TZID. Programs write the name of the IANA database, that name within a path of their own,
 * Windows' names, or a name that they made up and only describe by a VTIMEZONE: then it is the zone whose clock shows the
 * same.
 */
import { parseZoneId, type ZoneId, zoneOf } from '../times/index.ts';
import { type Clock, clockOf } from './clock.ts';
import { type Component, propertyOf } from './component.ts';
import { decodeText } from './content-line.ts';
import { KNOWN_ZONES, zoneOfWindows } from './windows-zones.ts';

export interface FileZones {
  /** null: nobody knows this zone. `year`: in which its clock counts */
  readonly find: (tzid: string, year: number) => ZoneId | null;
  /** what the file says of its clock; null: nothing */
  readonly clock: (tzid: string, year: number) => Clock | null;
}

export const createFileZones = (timezones: readonly Component[]): FileZones => {
  const byId = new Map(timezones.map((each) => [decodeText(propertyOf(each, 'TZID')?.value ?? '').trim(), each]));
  const found = new Map<string, ZoneId | null>();
  return {
    find: (tzid, year) => {
      const key = `${tzid} ${year}`;
      const kept = found.get(key);
      if (kept !== undefined) return kept;
      const zone = zoneNamed(tzid) ?? zoneDescribed(byId.get(tzid.trim()), year);
      found.set(key, zone);
      return zone;
    },
    clock: (tzid, year) => {
      const timezone = byId.get(tzid.trim());
      return timezone ? clockOf(timezone, year + 1) : null;
    },
  };
};

/** By its name alone; null: that says nothing */
export const zoneNamed = (name: string): ZoneId | null => {
  const segments = name
    .trim()
    .replaceAll(' ', '_')
    .split('/')
    .filter((segment) => segment !== '');
  const names = [1, 2, 3].map((length) => segments.slice(-length).join('/'));
  const windows = zoneOfWindows(name);
  // the longest first: of ".../America/Indiana/Knox" not "Indiana/Knox"
  for (const each of [...names.reverse(), ...(windows === undefined ? [] : [windows])]) {
    const zone = parseZoneId(each);
    if (zone !== null && zoneOf(zone).isKnown) return zone;
  }
  return null;
};

const zoneDescribed = (timezone: Component | undefined, year: number): ZoneId | null => {
  if (!timezone) return null;
  for (const name of ['X-LIC-LOCATION', 'TZ-ALIAS-OF']) {
    const zone = zoneNamed(propertyOf(timezone, name)?.value ?? '');
    if (zone !== null) return zone;
  }
  const clock = clockOf(timezone, year + 1);
  return clock && zoneLike(clock, year);
};

const WEEK = 7 * 86_400_000;

/** With the same time all that year and the next. */
const zoneLike = (clock: Clock, year: number): ZoneId | null => {
  const first = Date.UTC(year, 0, 1);
  const samples = Array.from({ length: 104 }, (_, week) => first + week * WEEK);
  const offsets = samples.map(clock);
  const [offset = 0] = offsets;
  const isFixed = offset % 3600 === 0 && offsets.every((each) => each === offset);
  const hours = Math.abs(offset / 3600);
  // a clock that never changes is that of no place; these names count hours west
  const fixed = offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${hours}`;
  for (const name of isFixed ? [fixed] : KNOWN_ZONES) {
    const zone = parseZoneId(name);
    if (zone === null || !zoneOf(zone).isKnown) continue;
    if (samples.every((instant, index) => zoneOf(zone).offsetAt(instant) === offsets[index])) return zone;
  }
  return null;
};
