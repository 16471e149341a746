/** The models of Today and Exchange, one each for an open space: a bundle goes on being made while its screen is left. */
import type { Device } from '../../../app/device.svelte.ts';
import { createBrowserEnvironment } from '../../../app/environment.ts';
import { Exchange } from '../../../app/exchange/exchange.svelte.ts';
import type { Live } from '../../../app/live-types.ts';
import type { Space } from '../../../app/space.svelte.ts';
import { Talk } from '../../../app/talk/talk.svelte.ts';
import { Today } from '../../../app/today/today.svelte.ts';

interface Models {
  readonly exchange: Exchange;
  readonly today: Today;
}

const modelsBySpace = new WeakMap<Space, Models>();

export const modelsOf = (device: Device, space: Space): Models => {
  const known = modelsBySpace.get(space);
  if (known) return known;
  const environment = createBrowserEnvironment();
  const { random, now } = environment;
  const { shelf } = device;
  const talk = new Talk({ replica: space.replica, presence: alone, random, now });
  const live = (): Live | null => (device.live && isWatched(device.live) ? device.live : null);
  const exchange = new Exchange({ space, talk, shelf, environment, live });
  const models = { exchange, today: new Today(exchange) };
  modelsBySpace.set(space, models);
  return models;
};

const isWatched = (live: object): live is Live => 'peers' in live && 'state' in live && 'dropped' in live;

/** Texts are only read here: nobody's cursor is shown. */
const alone = { set: () => undefined, others: () => [], subscribe: () => () => undefined };
