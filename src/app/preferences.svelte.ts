/** What the person has chosen for this device, kept on its shelf, as runes. */
import { createSubscriber } from 'svelte/reactivity';
import type { DeviceShelf } from './shelf.ts';

/** In minutes without use; 0: only when the person says so. */
export const LOCK_AFTER = [0, 5, 15, 60] as const;

export class Preferences {
  /** signaling at the host that this page came from; null where it came from no host */
  readonly pageHub: string | null;
  /** null until it is opened: everything is then as nobody has chosen yet */
  #shelf = $state.raw<DeviceShelf | null>(null);
  readonly #follow: () => void;

  constructor(pageHub: string | null) {
    this.pageHub = pageHub;
    this.#follow = createSubscriber((update) => this.#shelf?.onChange(update));
  }

  useShelf(shelf: DeviceShelf): void {
    this.#shelf = shelf;
  }

  /** false: the browser keeps nothing for us, and choices are forgotten with the tab */
  get isKept(): boolean {
    this.#follow();
    return this.#shelf?.state().type !== 'InMemory';
  }

  get presence(): boolean {
    return this.#read('presence') !== false;
  }
  set presence(seen: boolean) {
    this.#shelf?.setPreference('presence', seen);
  }

  get lockAfter(): number {
    return this.#readNumber('lockAfter');
  }
  set lockAfter(minutes: number) {
    this.#shelf?.setPreference('lockAfter', minutes);
  }

  /** shown beside the Gregorian calendar: one of Intl's, 'none', or empty where the language and the region decide */
  get sideCalendar(): string {
    return this.#readText('sideCalendar');
  }
  set sideCalendar(calendar: string) {
    this.#shelf?.setPreference('sideCalendar', calendar);
  }

  /** a weekday; empty where the region decides */
  get firstDay(): string {
    return this.#readText('firstDay');
  }
  set firstDay(day: string) {
    this.#shelf?.setPreference('firstDay', day);
  }

  /** minutes before what is coming up; 0: nobody asked to be reminded */
  get remindBefore(): number {
    return this.#readNumber('remindBefore');
  }

  /** when they asked: milliseconds since 1970 */
  get remindSince(): number {
    return this.#readNumber('remindSince');
  }

  remind(minutesBefore: number, now: number): void {
    if (this.remindBefore === 0) this.#shelf?.setPreference('remindSince', now);
    this.#shelf?.setPreference('remindBefore', minutesBefore);
  }

  /** may a reminder say what it is about? */
  get remindNames(): boolean {
    return this.#read('remindNames') === true;
  }
  set remindNames(said: boolean) {
    this.#shelf?.setPreference('remindNames', said);
  }

  get usesPageHub(): boolean {
    return this.pageHub !== null && this.#read('pageHub') !== false;
  }
  set usesPageHub(used: boolean) {
    this.#shelf?.setPreference('pageHub', used);
  }

  /** other hubs, as the person wrote them */
  get ownHubs(): readonly string[] {
    const kept = this.#read('hubs');
    return typeof kept === 'string' ? kept.split('\n').flatMap((line) => parseHub(line) ?? []) : [];
  }
  set ownHubs(hubs: readonly string[]) {
    this.#shelf?.setPreference('hubs', hubs.join('\n'));
  }

  /** every signaling address that this device may use: nothing that nobody chose */
  get hubs(): readonly string[] {
    const chosen = this.pageHub !== null && this.usesPageHub ? [this.pageHub] : [];
    return [...new Set([...chosen, ...this.ownHubs])];
  }

  get askedToPersist(): boolean {
    return this.#read('askedToPersist') === true;
  }
  set askedToPersist(asked: boolean) {
    this.#shelf?.setPreference('askedToPersist', asked);
  }

  /** opaque: which space was open last */
  get lastSpace(): string | null {
    const id = this.#read('lastSpace');
    return typeof id === 'string' ? id : null;
  }
  set lastSpace(id: string) {
    this.#shelf?.setPreference('lastSpace', id);
  }

  #readNumber(key: string): number {
    const kept = this.#read(key);
    return typeof kept === 'number' && kept > 0 ? kept : 0;
  }

  #readText(key: string): string {
    const kept = this.#read(key);
    return typeof kept === 'string' ? kept : '';
  }

  #read(key: string): string | number | boolean | null {
    this.#follow();
    return this.#shelf?.preference(key) ?? null;
  }
}

/** A signaling address as a person may write it: with or without its scheme and path. Undefined where it is none. */
export const parseHub = (written: string): string | undefined => {
  const text = written.trim();
  if (text === '') return undefined;
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `${isNearby(text) ? 'ws' : 'wss'}://${text}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    return undefined; // not an address
  }
  const scheme = SCHEMES[url.protocol];
  if (scheme === undefined || url.hostname === '' || url.username !== '' || url.password !== '') return undefined;
  const path = url.pathname === '/' ? SIGNAL_PATH : url.pathname;
  return `${scheme}//${url.host}${path}`;
};

/** A hub in the same room has a number for a name, and no certificate. */
const isNearby = (text: string): boolean =>
  /^(localhost|[\w-]+\.local|\d+(\.\d+){3}|\[[\da-f:]+\])(:|\/|$)/i.test(text);

const SCHEMES: Readonly<Record<string, string>> = { 'ws:': 'ws:', 'wss:': 'wss:', 'http:': 'ws:', 'https:': 'wss:' };
const SIGNAL_PATH = '/signal';

/** Signaling at the host of a page's address; null where it is none that the web reaches (a file). */
export const pageHubOf = (location: Pick<Location, 'protocol' | 'host'>): string | null =>
  /^https?:$/.test(location.protocol) ? (parseHub(`${location.protocol}//${location.host}`) ?? null) : null;
