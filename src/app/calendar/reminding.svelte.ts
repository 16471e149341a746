/**
 * Reminds while a space is open: without a server that would wake the device there is no other time. One tab of this
 * browser does so for all; what was told already is on the shelf, under names that say nothing.
 */
import { untrack } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Identity } from '../../log/identity.ts';
import { UTC } from '../../times/index.ts';
import type { Clock } from '../clock.svelte.ts';
import { opaqueId } from '../exchange/opaque.ts';
import type { Preferences } from '../preferences.svelte.ts';
import type { DeviceShelf } from '../shelf.ts';
import type { Calendars } from './calendars.svelte.ts';
import { createRemindables } from './remindables.ts';
import type { Remindable } from './remindables.ts';
import { formatTold, lookAt, parseTold, timesOf } from './reminders.ts';
import type { Reminder, Told } from './reminders.ts';

export type Reminded = Remindable & Reminder;

export interface RemindingParts {
  readonly calendars: Calendars;
  readonly preferences: Preferences;
  readonly shelf: DeviceShelf;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly locks: LockManager;
  mayShow(): boolean;
  show(reminded: Reminded): void;
  /** Of what is shown, only these are still to come as it was said. */
  keep(tags: ReadonlySet<string>): void;
}

/** Gives what ends it. */
export const keepReminding = (parts: RemindingParts): (() => void) => {
  const { calendars, preferences, clock, identity } = parts;
  const memory = new ReminderMemory(parts.shelf, identity);
  const readReminders = createReminders(identity);
  const look = (isFirst: boolean): boolean => {
    const { now } = clock;
    const reminders = readReminders(calendars, preferences.remindBefore);
    if (reminders === null || !parts.mayShow()) return false;
    untrack(() => {
      const { show, told } = lookAt(reminders, memory.told, { now, since: preferences.remindSince, isFirst });
      // before anything is shown: what is told twice is worse than what a crash swallows
      memory.keep(told);
      for (const each of show) parts.show(each);
      parts.keep(new Set(reminders.filter(({ until }) => until > now).map(({ tag }) => tag)));
    });
    return true;
  };
  const stopping = new AbortController();
  const lead = (): Promise<void> =>
    new Promise((resolve) => {
      let hasLooked = false;
      const stop = $effect.root(() => {
        $effect(() => {
          hasLooked = look(!hasLooked) || hasLooked;
        });
      });
      stopping.signal.addEventListener('abort', () => {
        stop();
        resolve();
      });
    });
  const name = `weft-remind-${opaqueId(identity, 'reminding')}`;
  parts.locks
    .request(name, { signal: stopping.signal }, () => (stopping.signal.aborted ? undefined : lead()))
    .catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error;
    });
  return () => stopping.abort();
};

/** What may be told, with the time at which to tell it; null: not all is open yet. One for each who asks. */
export const createReminders = (identity: Identity) => {
  const readRemindables = createRemindables();
  const tags = new Map<string, string>();
  const tagOf = (key: string): string => {
    const tag = tags.get(key) ?? opaqueId(identity, 'reminder', key);
    tags.set(key, tag);
    return tag;
  };
  return (calendars: Calendars, lead: number): readonly Reminded[] | null =>
    readRemindables(calendars)?.map((each): Reminded => {
      const zone = calendars.calendar(each.calendar)?.zone;
      return { ...each, tag: tagOf(each.key), ...timesOf(each.when, lead, zone ?? UTC) };
    }) ?? null;
};

/** On the shelf of this device, by tab and for all of them. */
export class ReminderMemory {
  readonly #shelf: DeviceShelf;
  readonly #key: string;
  readonly #follow: () => void;

  constructor(shelf: DeviceShelf, identity: Identity) {
    this.#shelf = shelf;
    this.#key = `reminded ${opaqueId(identity, 'reminded')}`;
    this.#follow = createSubscriber((update) => shelf.onChange(update));
  }

  get told(): Told {
    this.#follow();
    return parseTold(this.#shelf.preference(this.#key));
  }

  keep(told: Told): void {
    const text = formatTold(told);
    if (text !== formatTold(this.told)) this.#shelf.setPreference(this.#key, text);
  }

  /** The person has seen what they missed. */
  forgetMissed(): void {
    const { shown, missed } = this.told;
    this.keep({ shown: new Set([...shown, ...missed]), missed: new Set() });
  }
}
