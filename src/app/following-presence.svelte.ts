/**
 * Presence that follows the live connections of an open space. They come some time after the space has opened, on a slow
 * device well after its first screen, and go when it is locked: whoever asked before is heard all the same.
 */
import { untrack } from 'svelte';
import type { Place, Presence } from './presence-types.ts';

interface Followed {
  /** null: not yet, or not now */
  readonly live: () => { readonly presence: Presence } | null;
  /** The space is closed and never opens again as this one: what holds it here is let go, and its keys with it. */
  readonly isClosed: () => boolean;
}

/** Both are read in an effect: they must be made of runes. */
export const followPresence = ({ live, isClosed }: Followed): Presence => {
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  let current: Presence | null = null;
  let place: Place | null = null;
  const end = $effect.root(() => {
    $effect(() => {
      if (isClosed()) {
        current = null;
        place = null;
        // an effect cannot end itself while it runs
        queueMicrotask(end);
        return undefined;
      }
      const next = live()?.presence ?? null;
      return untrack(() => {
        current = next;
        if (place !== null) current?.set(place);
        changed();
        return current?.subscribe(changed);
      });
    });
  });
  return {
    set: (at) => {
      place = at;
      current?.set(at);
    },
    others: (document) => current?.others(document) ?? [],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
