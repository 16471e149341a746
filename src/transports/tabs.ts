/**
 * Between the tabs of one browser. Tabs find each other on one BroadcastChannel and then talk on one of their own for
 * each pair, so that a message is copied to one tab only. A tab holds a Web Lock named after it for as long as it
 * lives; the others ask for that lock and get it when the tab is gone, however it went.
 */
import { concat, toHex, utf8 } from '../lib/bytes.ts';
import type { LinkEvents, Transport } from '../sync/transport.ts';
import { watchPageLife } from './page-life.ts';
import { createTabLink, type TabLink } from './tab-link.ts';

export interface TabsOptions {
  /** the same in all tabs that belong together; opaque, since other scripts of this origin can see it */
  readonly room: string;
  readonly random: (length: number) => Uint8Array;
  /** 32 bytes for any input */
  readonly hash: (bytes: Uint8Array) => Uint8Array;
}

export const createTabsTransport = (options: TabsOptions): Transport => {
  let events: LinkEvents | null = null;
  let tab: Tab | null = null;
  let stopWatching = (): void => undefined;
  const open = (): void => {
    if (events !== null) tab ??= openTab(options, events);
  };
  const close = async (): Promise<void> => {
    const closing = tab;
    tab = null;
    await closing?.close();
  };
  return {
    start: (listener) => {
      if (events !== null) throw new Error('started twice');
      events = listener;
      stopWatching = watchPageLife({ left: () => void close(), back: open });
      open();
    },
    stop: async () => {
      stopWatching();
      await close();
      events = null;
    },
  };
};

const LAST_WORD_MS = 100;

interface Tab {
  close(): Promise<void>;
}

const openTab = ({ room, random, hash }: TabsOptions, events: LinkEvents): Tab => {
  const id = toHex(random(16));
  const lobby = new BroadcastChannel(room);
  const links = new Map<string, TabLink>();
  const ending = new AbortController();
  // Browsers have no Web Locks on plain http from another machine: a killed tab then stays listed until a reload.
  const locks: LockManager | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks;

  const meet = (other: string): void => {
    if (links.has(other) || other === id) return;
    const names = [id, other].sort();
    const link = createTabLink({
      id: other,
      channel: new BroadcastChannel([room, ...names].join('/')),
      binding: hash(concat(utf8('weft1/tabs-binding\0'), utf8([room, ...names].join('/')))),
      events,
      ended: () => links.delete(other),
    });
    links.set(other, link);
    locks
      ?.request(`${room}/${other}`, { mode: 'shared', signal: ending.signal }, () => {
        // A tab that takes its leave frees its lock too; its last word may still be on the way.
        setTimeout(() => link.lost(), LAST_WORD_MS);
      })
      // refused only by `ending`, or in a page that is going away
      .catch(() => undefined);
  };

  const arrive = (): void => {
    lobby.onmessage = ({ data }: MessageEvent<unknown>) => {
      const hello = parseHello(data);
      if (hello === null || (hello.to !== null && hello.to !== id)) return;
      meet(hello.from);
      if (hello.to === null) lobby.postMessage({ from: id, to: hello.from });
    };
    lobby.postMessage({ from: id, to: null });
  };

  // Neither greets nor answers before it holds its own lock, or the others would take it for dead at once. Nobody else
  // holds that lock, so it is always granted: a tab that closes before then takes it and gives it back, since a request
  // that is called off may be granted all the same and stay listed.
  const living = locks?.request(`${room}/${id}`, async () => {
    if (ending.signal.aborted) return;
    arrive();
    await new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()));
  });
  if (living === undefined) arrive();

  return {
    close: async () => {
      for (const link of [...links.values()]) link.close('left');
      lobby.close();
      ending.abort();
      await living?.catch(() => undefined);
    },
  };
};

const parseHello = (data: unknown): { readonly from: string; readonly to: string | null } | null => {
  if (typeof data !== 'object' || data === null || !('from' in data) || !('to' in data)) return null;
  const { from, to } = data;
  return typeof from === 'string' && (typeof to === 'string' || to === null) ? { from, to } : null;
};
