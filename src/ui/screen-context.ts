/** What every screen of a space has round it. The app sets it once; getters, so that it follows what changes. */
import { getContext, setContext } from 'svelte';
import type { Dye } from './shared/dyes.ts';
import type { MenuItem, Place, Status } from './shared/surround.ts';

export interface Surroundings {
  readonly places: readonly Place[];
  readonly menu: readonly MenuItem[];
  readonly space?: string | undefined;
  readonly dyes?: readonly Dye[] | undefined;
  readonly status?: Status | undefined;
  /** a space to look around in, that says so on every screen */
  readonly isExample?: boolean;
}

const KEY = Symbol('surroundings');

export const setSurroundings = (surroundings: Surroundings): void => {
  setContext(KEY, surroundings);
};

export const getSurroundings = (): Surroundings => getContext<Surroundings>(KEY);
