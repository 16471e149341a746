/** What documents need of the open space, from the browser that it is open in. */
import type { TalkWorld } from '../app/company/company.svelte.ts';
import type { Device } from '../app/device.svelte.ts';
import { createBrowserEnvironment } from '../app/environment.ts';
import { alone, type Presence } from '../app/presence-types.ts';
import type { Space } from '../app/space.svelte.ts';

export const worldOf = (device: Device, space: Space): TalkWorld => {
  const { random, now } = createBrowserEnvironment();
  const presence = device.live && hasPresence(device.live) ? device.live.presence : alone;
  return { replica: space.replica, presence, random, now };
};

const hasPresence = (live: object): live is { readonly presence: Presence } => 'presence' in live;
