/**
 * Every screen and every dialog, as data: tests walk these two registries, so that none can be forgotten.
 * An address is `#/points/abc?dialog=rename&of=xyz`. It holds opaque ids only, and for some screens which of their views
 * is shown and from which date; never a text or a name, since addresses stay in the browser's history.
 */
import type { Key } from '../i18n/messages.ts';

interface RouteEntry {
  /** segments after '#'; ':name' stands for an id or a language tag */
  readonly path: string;
  /** the window's title and the screen's heading where it has no better one */
  readonly title: Key;
  /** where Back leads; none on the places of the bottom bar */
  readonly parent?: string;
  /** the place that is marked in the bar */
  readonly place?: 'today' | 'agreements' | 'points' | 'calendar' | 'exchange' | 'people' | 'settings';
  /** how it may be looked at, by name, with all that may be said there */
  readonly look?: Readonly<Record<string, RegExp>>;
}

export const routes = {
  today: { path: '/', title: 'common.place.today', place: 'today' },
  agreements: { path: '/agreements', title: 'common.place.agreements', place: 'agreements' },
  agreement: {
    path: '/agreements/:agreement',
    title: 'common.place.agreements',
    parent: 'agreements',
    place: 'agreements',
  },
  agreementAbout: {
    path: '/agreements/:agreement/about',
    title: 'common.place.agreements',
    parent: 'agreement',
    place: 'agreements',
  },
  propose: {
    path: '/agreements/:agreement/propose',
    title: 'common.place.agreements',
    parent: 'agreement',
    place: 'agreements',
  },
  proposal: {
    path: '/agreements/:agreement/proposals/:proposal',
    title: 'common.place.agreements',
    parent: 'agreement',
    place: 'agreements',
  },
  agreementHistory: {
    path: '/agreements/:agreement/history',
    title: 'common.place.agreements',
    parent: 'agreement',
    place: 'agreements',
  },
  /** one language, or two with a comma: 'en,ar' */
  agreementPrint: {
    path: '/agreements/:agreement/print/:proposal/:language',
    title: 'common.place.agreements',
    parent: 'agreement',
    place: 'agreements',
  },
  agreementLanguage: {
    path: '/agreements/:agreement/languages/:language',
    title: 'common.place.agreements',
    parent: 'agreement',
    place: 'agreements',
  },
  points: { path: '/points', title: 'common.place.points', place: 'points' },
  palette: { path: '/points/:palette', title: 'common.place.points', parent: 'points', place: 'points' },
  point: { path: '/points/:palette/:point', title: 'common.place.points', parent: 'palette', place: 'points' },
  variant: {
    path: '/points/:palette/:point/:variant',
    title: 'common.place.points',
    parent: 'point',
    place: 'points',
  },
  cards: { path: '/cards/:palette/:language', title: 'common.place.points', parent: 'palette', place: 'points' },
  leaflet: { path: '/leaflet/:palette/:language', title: 'common.place.points', parent: 'palette', place: 'points' },
  calendar: { path: '/calendar', title: 'common.place.calendar', place: 'calendar' },
  /** it leads back to the list by itself where there are several */
  calendarView: {
    path: '/calendar/:calendar',
    title: 'common.place.calendar',
    place: 'calendar',
    look: { view: /^(?:agenda|month|lanes)$/, from: /^\d{4}-\d\d(?:-\d\d)?$/ },
  },
  /** one language, or two with a comma: 'en,ar' */
  calendarPrint: {
    path: '/calendar/:calendar/print/:language',
    title: 'common.place.calendar',
    parent: 'calendarView',
    place: 'calendar',
  },
  action: {
    path: '/calendar/:calendar/actions/:action',
    title: 'common.place.calendar',
    parent: 'calendarView',
    place: 'calendar',
  },
  /** how the person's own group takes part */
  variation: {
    path: '/calendar/:calendar/actions/:action/variation',
    title: 'common.place.calendar',
    parent: 'action',
    place: 'calendar',
  },
  icsImport: {
    path: '/calendar/:calendar/import',
    title: 'common.place.calendar',
    parent: 'calendarView',
    place: 'calendar',
  },
  approaches: {
    path: '/calendar/:calendar/approaches',
    title: 'common.place.calendar',
    parent: 'calendarView',
    place: 'calendar',
  },
  rhythms: {
    path: '/calendar/:calendar/rhythms',
    title: 'common.place.calendar',
    parent: 'calendarView',
    place: 'calendar',
  },
  rhythm: {
    path: '/calendar/:calendar/rhythms/:rhythm',
    title: 'common.place.calendar',
    parent: 'rhythms',
    place: 'calendar',
  },
  exchange: { path: '/exchange', title: 'common.place.exchange', place: 'exchange' },
  /** what people changed apart, in the whole space */
  apart: { path: '/apart', title: 'common.changes.apart', parent: 'exchange', place: 'exchange' },
  /** in one document and its parts; it leads back to that document by itself */
  apartIn: { path: '/apart/:document', title: 'common.changes.apart', parent: 'apart' },
  past: { path: '/past/:document', title: 'common.changes.past', parent: 'exchange' },
  people: { path: '/people', title: 'common.place.people', place: 'people' },
  settings: { path: '/settings', title: 'common.place.settings', place: 'settings' },
  spaces: { path: '/spaces', title: 'common.place.spaces' },
  start: { path: '/start', title: 'common.app.name', parent: 'first' },
  bundle: { path: '/bundle', title: 'common.app.name', parent: 'first' },
  /** without its code: `#/join/<code>` is taken out of the address before anything else runs */
  join: { path: '/join', title: 'common.app.name', parent: 'first' },
  /** asked to join that space, and not yet answered */
  waiting: { path: '/waiting/:space', title: 'common.app.name', parent: 'first' },
  /** a proof of an agreement, which anybody may check */
  verify: { path: '/verify', title: 'common.app.name' },
  first: { path: '/first', title: 'common.app.name' },
} as const satisfies Readonly<Record<string, RouteEntry>>;

export type RouteName = keyof typeof routes;

/** Dialogs by name, each with the screens it opens on. `of` is true where it is about one thing, by its id. */
export const dialogs = {
  newAgreement: { on: ['agreements'] },
  /** of: 'again' or 'emergency', where it is no plain closing */
  closeRound: { on: ['proposal'], of: true },
  endorse: { on: ['agreementHistory'] },
  leaveAgreement: { on: ['agreementHistory'] },
  supersede: { on: ['agreementHistory'] },
  /** of: the red line */
  liftRedLine: { on: ['agreementHistory'], of: true },
  /** of the words where the caret is */
  link: { on: ['agreement'] },
  /** of: the clause; the whole agreement without */
  comments: { on: ['agreement'], of: true },
  newComment: { on: ['agreement'], of: true },
  newSuggestion: { on: ['agreement'], of: true },
  newTranslation: { on: ['agreement'] },
  newPalette: { on: ['points'] },
  newPoint: { on: ['palette'] },
  /** of: the point, or the point and a language, 'id:ar' */
  newVariant: { on: ['palette', 'point'], of: true },
  approve: { on: ['variant'] },
  newCalendar: { on: ['calendar', 'calendarView'] },
  /** what of a calendar is shown */
  calendarFilter: { on: ['calendarView'] },
  /** which week and which calendar its days are shown in */
  calendarDates: { on: ['calendarView'] },
  newAction: { on: ['calendarView'] },
  /** of: one date of a series; the whole of it without */
  when: { on: ['action'], of: true },
  place: { on: ['action'] },
  hosts: { on: ['action'] },
  actionLink: { on: ['action'] },
  ownWhen: { on: ['variation'] },
  ownPlace: { on: ['variation'] },
  /** of: one action; all of them, or those that are shown, without */
  exportIcs: { on: ['calendarView', 'action'], of: true },
  reminders: { on: ['calendarView', 'settings'] },
  newRhythm: { on: ['rhythms'] },
  rhythmWhen: { on: ['rhythm'] },
  /** of: the check-in */
  checkIn: { on: ['rhythm'], of: true },
  profile: { on: ['people'] },
  newGroup: { on: ['people'] },
  group: { on: ['people'], of: true },
  member: { on: ['people'], of: true },
  invite: { on: ['people'] },
  door: { on: ['people'] },
  /** of: an invite that is open */
  openInvite: { on: ['people'], of: true },
  request: { on: ['people'] },
  /** of: the group or member that it is for; everybody without */
  makeBundle: { on: ['exchange'] },
  openBundle: { on: ['exchange'] },
  connectNearby: { on: ['exchange'] },
  passphrase: { on: ['settings'] },
  erase: { on: ['settings'] },
} as const satisfies Readonly<Record<string, { readonly on: readonly RouteName[]; readonly of?: boolean }>>;

export type DialogName = keyof typeof dialogs;

export interface Route {
  readonly name: RouteName;
  /** the ids in the path, by their names in it */
  readonly ids: Readonly<Record<string, string>>;
  /** what the address says of how it is looked at; without it the screen decides */
  readonly look?: Look | undefined;
  readonly dialog?: string | undefined;
  readonly of?: string | undefined;
}

export type Look = Readonly<Record<string, string>>;

/** `#/points/abc` to a route; undefined where there is no such screen. */
export function parseRoute(hash: string): Route | undefined {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const segments = path.split('/').filter(Boolean);
  for (const [name, { path: pattern }] of Object.entries(routes)) {
    const ids = matchPath(pattern.split('/').filter(Boolean), segments);
    if (!ids || !isRouteName(name)) continue;
    const wanted = new URLSearchParams(query);
    const look = lookIn(wanted, name);
    const route: Route = look === undefined ? { name, ids } : { name, ids, look };
    const dialog = wanted.get('dialog') ?? undefined;
    if (dialog === undefined || !opensOn(dialog, name)) return route;
    return { ...route, dialog, of: wanted.get('of') ?? undefined };
  }
  return undefined;
}

/** The address of a screen, for `href`. Throws where an id is missing. */
export function hrefOf(name: RouteName, ids: Readonly<Record<string, string>> = {}): string {
  const path = routes[name].path.replace(/:(\w+)/g, (_, key: string) => {
    const id = ids[key];
    if (id === undefined) throw new Error(`the address of ${name} needs ${key}`);
    return encodeURIComponent(id);
  });
  return `#${path}`;
}

/** The address of just what is shown. */
export function addressOf({ name, ids, look = {}, dialog, of }: Route): string {
  const query = new URLSearchParams(look);
  if (dialog !== undefined) query.set('dialog', dialog);
  if (of !== undefined) query.set('of', of);
  const said = query.toString();
  return said === '' ? hrefOf(name, ids) : `${hrefOf(name, ids)}?${said}`;
}

/** The address of the screen that Back leads to. */
export function parentHref(route: Route): string | undefined {
  const entry: RouteEntry = routes[route.name];
  return entry.parent !== undefined && isRouteName(entry.parent) ? hrefOf(entry.parent, route.ids) : undefined;
}

const isRouteName = (name: string): name is RouteName => Object.hasOwn(routes, name);

function opensOn(dialog: string, name: RouteName): boolean {
  const all: Readonly<Record<string, { readonly on: readonly RouteName[] }>> = dialogs;
  return all[dialog]?.on.includes(name) ?? false;
}

function lookIn(query: URLSearchParams, name: RouteName): Look | undefined {
  const entry: RouteEntry = routes[name];
  const found = Object.entries(entry.look ?? {}).flatMap(([key, allowed]): [string, string][] => {
    const value = query.get(key);
    return value !== null && allowed.test(value) ? [[key, value]] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function matchPath(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const ids: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (!part.startsWith(':')) {
      if (part !== segment) return undefined;
      continue;
    }
    try {
      ids[part.slice(1)] = decodeURIComponent(segment);
    } catch (error) {
      if (error instanceof URIError) return undefined;
      throw error;
    }
  }
  return ids;
}
