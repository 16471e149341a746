/** Zones, wall time, recurrence, weeks and calendars. Pure: an instant and a zone come in as arguments. */
export * from './dates.ts';
export { expandRule } from './expand.ts';
export * from './occurrences.ts';
export * from './pattern.ts';
export * from './region.ts';
export * from './rule.ts';
export * from './wall.ts';
export * from './when.ts';
export * from './words.ts';
export { parseZoneId, UTC, type Zone, type ZoneId, zoneOf } from './zone.ts';
