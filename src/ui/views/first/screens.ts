/** The screens that need no open space. Doors are in the first paint; the others are fetched when they are wanted. */
import type { Component } from 'svelte';
import type { RouteName } from '../../routes.ts';
import { withWords } from '../../with-words.ts';
import Doors from './Doors.svelte';

export const firstScreens: Readonly<Partial<Record<RouteName, () => Promise<{ readonly default: Component }>>>> = {
  first: () => Promise.resolve({ default: Doors }),
  start: () => import('./Start.svelte'),
  bundle: () => import('./Bundle.svelte'),
  spaces: () => import('./Spaces.svelte'),
  join: () => import('../join/Join.svelte'),
  waiting: () => import('../join/Waiting.svelte'),
  verify: withWords(['proof'], () => import('../verify/Verify.svelte')),
};
