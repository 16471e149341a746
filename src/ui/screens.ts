/** The screens of an open space, each fetched when it is wanted. A route that is not here is shown before a space is open. */
import type { Component } from 'svelte';
import type { RouteName } from './routes.ts';
import { withWords } from './with-words.ts';

type Screens = Readonly<Partial<Record<RouteName, () => Promise<{ readonly default: Component }>>>>;

export const screens: Screens = {
  today: withWords(['exchange', 'people', 'today'], () => import('./views/today/Today.svelte')),
  agreements: withWords(['writing', 'agree', 'margin'], () => import('./agreements/screens/Agreements.svelte')),
  agreement: withWords(['writing', 'agree', 'decide', 'margin'], () => import('./agreements/screens/Agreement.svelte')),
  agreementLanguage: withWords(
    ['writing', 'agree', 'margin'],
    () => import('./agreements/screens/AgreementLanguage.svelte'),
  ),
  agreementAbout: withWords(['writing', 'agree', 'decide'], () => import('./agreements/screens/AgreementAbout.svelte')),
  propose: withWords(['agree', 'decide'], () => import('./agreements/screens/Propose.svelte')),
  proposal: withWords(['agree', 'decide', 'proof'], () => import('./agreements/screens/Proposal.svelte')),
  agreementHistory: withWords(['agree', 'decide'], () => import('./agreements/screens/AgreementHistory.svelte')),
  agreementPrint: withWords(['agree', 'decide', 'proof'], () => import('./agreements/screens/AgreementPrint.svelte')),
  points: withWords(['writing', 'talk'], () => import('./talking-points/screens/Points.svelte')),
  palette: withWords(['writing', 'talk'], () => import('./talking-points/screens/Palette.svelte')),
  point: withWords(['writing', 'talk'], () => import('./talking-points/screens/Point.svelte')),
  variant: withWords(['writing', 'talk'], () => import('./talking-points/screens/Variant.svelte')),
  cards: withWords(['talk'], () => import('./talking-points/screens/Cards.svelte')),
  leaflet: withWords(['talk'], () => import('./talking-points/screens/Leaflet.svelte')),
  calendar: withWords(['writing', 'calendar'], () => import('./calendar/screens/CalendarList.svelte')),
  calendarView: withWords(
    ['writing', 'action', 'calendar', 'timing'],
    () => import('./calendar/screens/CalendarOpen.svelte'),
  ),
  calendarPrint: withWords(['calendar'], () => import('./calendar/screens/CalendarPrint.svelte')),
  action: withWords(['writing', 'action', 'calendar', 'timing'], () => import('./calendar/screens/Action.svelte')),
  variation: withWords(
    ['writing', 'action', 'calendar', 'timing'],
    () => import('./calendar/screens/Variation.svelte'),
  ),
  icsImport: withWords(['calendar', 'ics', 'timing'], () => import('./calendar/screens/Import.svelte')),
  approaches: withWords(
    ['writing', 'action', 'calendar', 'timing'],
    () => import('./calendar/screens/Approaches.svelte'),
  ),
  rhythms: withWords(['action', 'calendar', 'rhythm', 'timing'], () => import('./calendar/screens/Rhythms.svelte')),
  rhythm: withWords(
    ['writing', 'action', 'calendar', 'rhythm', 'timing'],
    () => import('./calendar/screens/Rhythm.svelte'),
  ),
  exchange: withWords(['exchange', 'nearby'], () => import('./views/exchange/Exchange.svelte')),
  apart: withWords(
    ['action', 'agree', 'calendar', 'exchange', 'review', 'rhythm', 'talk'],
    () => import('./views/review/screens/Apart.svelte'),
  ),
  apartIn: withWords(
    ['action', 'agree', 'calendar', 'exchange', 'review', 'rhythm', 'talk'],
    () => import('./views/review/screens/ApartIn.svelte'),
  ),
  past: withWords(
    ['action', 'agree', 'calendar', 'exchange', 'review', 'rhythm', 'talk'],
    () => import('./views/review/screens/Past.svelte'),
  ),
  people: withWords(['people'], () => import('./views/people/People.svelte')),
  settings: withWords([], () => import('./views/settings/Settings.svelte')),
};

/** What stands in their place in the example, which nobody can be given. */
export const exampleScreens: Screens = {
  exchange: withWords(['exchange'], () => import('./views/example/NotPassedOn.svelte')),
};
