/** Whoever writes before the connections are there is seen once they are, and sees the others. */
import { flushSync } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { expect, it, vi } from 'vitest';
import { followPresence } from '../../../../src/app/following-presence.svelte.ts';
import type { OtherCursor, Place, Presence } from '../../../../src/app/presence-types.ts';
import type { DocumentId, MemberId } from '../../../../src/log/types.ts';

const DOCUMENT = 'd0' as DocumentId;
const AT: Place = { document: DOCUMENT, text: 'message', anchor: Uint8Array.of(0), head: Uint8Array.of(0) };
const BOB: OtherCursor = { ...AT, session: 's', member: 'm' as MemberId, name: 'Bob', colour: 0 };

const connections = () => {
  const said: (Place | null)[] = [];
  const listeners = new Set<() => void>();
  let others: readonly OtherCursor[] = [];
  const presence: Presence = {
    set: (at) => said.push(at),
    others: () => others,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const hear = (cursor: OtherCursor): void => {
    others = [cursor];
    listeners.forEach((listener) => listener());
  };
  return { presence, said, hear, listeners };
};

const device = () => {
  let live: { readonly presence: Presence } | null = null;
  let update = (): void => undefined;
  const follow = createSubscriber((tell) => void (update = tell));
  let isClosed = false;
  const read = vi.fn(() => {
    follow();
    return isClosed;
  });
  const presence = followPresence({ live: () => live, isClosed: read });
  flushSync();
  return {
    presence,
    read,
    close: async () => {
      isClosed = true;
      update();
      flushSync();
      await Promise.resolve();
    },
    go: (next: typeof live) => {
      live = next;
      update();
      flushSync();
    },
  };
};

it('says where one is as soon as there is somebody to say it to, and again after a lock', () => {
  const { presence, go } = device();
  presence.set(AT);
  expect(presence.others(DOCUMENT)).toEqual([]);
  const first = connections();
  go(first);
  expect(first.said).toEqual([AT]);
  go(null);
  expect(first.listeners.size).toBe(0);
  const second = connections();
  go(second);
  expect(second.said).toEqual([AT]);
});

it('hears of others who come later', () => {
  const { presence, go } = device();
  const listener = vi.fn();
  presence.subscribe(listener);
  const live = connections();
  go(live);
  listener.mockClear();
  live.hear(BOB);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(presence.others(DOCUMENT)).toEqual([BOB]);
  go(null);
  expect(presence.others(DOCUMENT)).toEqual([]);
});

it('lets a closed space go', async () => {
  const { presence, go, close, read } = device();
  const live = connections();
  go(live);
  await close();
  expect(live.listeners.size).toBe(0);
  expect(presence.others(DOCUMENT)).toEqual([]);
  read.mockClear();
  go(connections());
  expect(read).not.toHaveBeenCalled();
});
