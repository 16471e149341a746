/** The talking points of an open space: made once for it, and the same on all its screens. */
import type { Device } from '../app/device.svelte.ts';
import { createBrowserEnvironment } from '../app/environment.ts';
import { alone, type Presence } from '../app/presence-types.ts';
import type { Space } from '../app/space.svelte.ts';
import { Talk } from '../app/talk/talk.svelte.ts';

const talkBySpace = new WeakMap<Space, Talk>();

export const talkOf = (device: Device, space: Space): Talk => {
  const known = talkBySpace.get(space);
  if (known) return known;
  const { random, now } = createBrowserEnvironment();
  const presence = device.live && hasPresence(device.live) ? device.live.presence : alone;
  const talk = new Talk({ replica: space.replica, presence, random, now });
  talkBySpace.set(space, talk);
  return talk;
};

const hasPresence = (live: object): live is { readonly presence: Presence } => 'presence' in live;
