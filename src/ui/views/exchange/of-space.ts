/** The models of Today and Exchange, one each for an open space: a bundle goes on being made while its screen is left. */
import type { Device } from '../../../app/device.svelte.ts';
import { createBrowserEnvironment } from '../../../app/environment.ts';
import { Exchange } from '../../../app/exchange/exchange.svelte.ts';
import type { Live } from '../../../app/live-types.ts';
import type { Space } from '../../../app/space.svelte.ts';
import { Today } from '../../../app/today/today.svelte.ts';
import { agreementsOf } from '../../agreements-of.ts';
import { createCalendarsLater } from '../../calendars-later.ts';
import { talkOf } from '../../talk-of.ts';

interface Models {
  readonly exchange: Exchange;
  readonly today: Today;
}

const modelsBySpace = new WeakMap<Space, Models>();

export const modelsOf = (device: Device, space: Space): Models => {
  const known = modelsBySpace.get(space);
  if (known) return known;
  const environment = createBrowserEnvironment();
  const live = (): Live | null => (device.live && isWatched(device.live) ? device.live : null);
  const later = createCalendarsLater(device, space);
  const exchange = new Exchange({
    space,
    talk: talkOf(device, space),
    agreements: agreementsOf(device, space),
    get calendars() {
      return later.calendars;
    },
    shelf: device.shelf,
    waiting: device.waitingFiles,
    environment,
    live,
  });
  const models = { exchange, today: new Today(exchange) };
  modelsBySpace.set(space, models);
  // what a page that went away was merging goes on
  if (!space.isExample) void exchange.opening.resume();
  return models;
};

const isWatched = (live: object): live is Live => 'peers' in live && 'state' in live && 'dropped' in live;
