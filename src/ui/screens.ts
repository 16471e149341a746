/** The screens of an open space, each in a chunk of its own. A route that is not here is shown before a space is open. */
import type { Component } from 'svelte';
import type { RouteName } from './routes.ts';

export const screens: Readonly<Partial<Record<RouteName, () => Promise<{ readonly default: Component }>>>> = {
  today: () => import('./views/today/Today.svelte'),
  points: () => import('./talking-points/screens/Points.svelte'),
  palette: () => import('./talking-points/screens/Palette.svelte'),
  point: () => import('./talking-points/screens/Point.svelte'),
  variant: () => import('./talking-points/screens/Variant.svelte'),
  cards: () => import('./talking-points/screens/Cards.svelte'),
  leaflet: () => import('./talking-points/screens/Leaflet.svelte'),
  exchange: () => import('./views/exchange/Exchange.svelte'),
  people: () => import('./views/people/People.svelte'),
  settings: () => import('./views/settings/Settings.svelte'),
};
