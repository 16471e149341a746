/** The calendars of an open space for screens that only mention them: what reads them is fetched once there is one. */
import { createSubscriber } from 'svelte/reactivity';
import type { Calendars } from '../app/calendar/calendars.svelte.ts';
import type { Device } from '../app/device.svelte.ts';
import type { Space } from '../app/space.svelte.ts';

export interface CalendarsLater {
  /** null: there are none, or what reads them is not here yet */
  readonly calendars: Calendars | null;
}

export const createCalendarsLater = (device: Device, space: Space): CalendarsLater => {
  let calendars: Calendars | null = null;
  let isWanted = false;
  let tell = (): void => undefined;
  const follow = createSubscriber((update) => {
    tell = update;
    return () => (tell = () => undefined);
  });
  const fetch = async (): Promise<void> => {
    const { calendarsOf } = await import('./calendars-of.ts');
    calendars = calendarsOf(device, space);
    tell();
  };
  return {
    get calendars() {
      follow();
      if (!isWanted && space.documents('calendar').length > 0) {
        isWanted = true;
        void fetch();
      }
      return calendars;
    },
  };
};
