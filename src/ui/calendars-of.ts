/** The calendars of an open space: made once for it, and the same on all its screens. */
import { Calendars } from '../app/calendar/calendars.svelte.ts';
import type { Device } from '../app/device.svelte.ts';
import type { Space } from '../app/space.svelte.ts';
import { worldOf } from './world-of.ts';

const calendarsBySpace = new WeakMap<Space, Calendars>();

export const calendarsOf = (device: Device, space: Space): Calendars => {
  const known = calendarsBySpace.get(space);
  if (known) return known;
  const calendars = new Calendars(worldOf(device, space));
  calendarsBySpace.set(space, calendars);
  return calendars;
};
