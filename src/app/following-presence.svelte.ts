/**
 * Presence that follows the live connections of an open space. They come some time after the space has opened, on a slow
 * device well after its first screen, and go when it is locked: whoever asked before is heard all the same.
 */
import { untrack } from 'svelte';
import type { Place, Presence } from './presence-types.ts';

/** `live` is read in an effect: it must be made of runes. */
export const followPresence = (live: () => { readonly presence: Presence } | null): Presence => {
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  let current: Presence | null = null;
  let place: Place | null = null;
  // as long as the space: there is one for each
  $effect.root(() => {
    $effect(() => {
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
