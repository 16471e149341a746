/** What documents need of the open space, from the browser that it is open in. */
import type { TalkWorld } from '../app/company/company.svelte.ts';
import type { Device } from '../app/device.svelte.ts';
import { createBrowserEnvironment } from '../app/environment.ts';
import { followPresence } from '../app/following-presence.svelte.ts';
import type { Presence } from '../app/presence-types.ts';
import type { Space } from '../app/space.svelte.ts';

const presenceBySpace = new WeakMap<Space, Presence>();

export const worldOf = (device: Device, space: Space): TalkWorld => {
  const { random, now } = createBrowserEnvironment();
  const presence =
    presenceBySpace.get(space) ?? followPresence({ live: () => device.live, isClosed: () => device.space !== space });
  presenceBySpace.set(space, presence);
  return { replica: space.replica, presence, random, now };
};
