/** The talking points of an open space: made once for it, and the same on all its screens. */
import type { Device } from '../app/device.svelte.ts';
import type { Space } from '../app/space.svelte.ts';
import { Talk } from '../app/talk/talk.svelte.ts';
import { worldOf } from './world-of.ts';

const talkBySpace = new WeakMap<Space, Talk>();

export const talkOf = (device: Device, space: Space): Talk => {
  const known = talkBySpace.get(space);
  if (known) return known;
  const talk = new Talk(worldOf(device, space));
  talkBySpace.set(space, talk);
  return talk;
};
