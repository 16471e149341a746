/** Zones, wall time, recurrence. Pure: an instant and a zone come in as arguments. */
export * from './occurrences.ts';
export * from './rule.ts';
export * from './wall.ts';
export * from './when.ts';
export { parseZoneId, UTC, type Zone, type ZoneId, zoneOf } from './zone.ts';
