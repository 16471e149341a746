/** The agreements of an open space: made once for it, and the same on all its screens. */
import { Agreements } from '../app/agreements/agreements.svelte.ts';
import type { Device } from '../app/device.svelte.ts';
import type { Space } from '../app/space.svelte.ts';
import { worldOf } from './world-of.ts';

const agreementsBySpace = new WeakMap<Space, Agreements>();

export const agreementsOf = (device: Device, space: Space): Agreements => {
  const known = agreementsBySpace.get(space);
  if (known) return known;
  const agreements = new Agreements(worldOf(device, space));
  agreementsBySpace.set(space, agreements);
  return agreements;
};
