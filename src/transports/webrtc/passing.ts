/**
 * Signaling without a hub: what a device would publish there it gives to those it is linked to, and they pass it on.
 * A signal to one goes the way by which that one was last heard, or to all where no way is known; a call to all goes
 * everywhere. Nobody passes the same one on twice, or back, or further than it may go.
 *
 *   message = how often it may still be passed on u8 ‖ the sealed signal, as text
 *
 * What was sealed is read on the way, since who passes it on is of the same room; what does not open goes no further.
 */
import { concat, toHex, utf8 } from '../../lib/bytes.ts';
import type { Passing } from '../../sync/nearby.ts';
import { remember } from './remember.ts';
import { openSignal } from './seal.ts';
import { parseSignal } from './signal.ts';

export interface PassingOptions {
  readonly ownId: () => string;
  readonly openSignal: (sealed: Uint8Array) => Uint8Array | null;
  readonly hash: (bytes: Uint8Array) => Uint8Array;
  readonly send: (link: string, bytes: Uint8Array) => void;
  /** a signal to this device, or to all: still sealed */
  readonly deliver: (sealed: string) => void;
  /** To be said to all: that this device is there. */
  readonly announce: () => void;
}

export interface SignalPassing extends Passing {
  /** Gives a sealed signal of this device to the others; null: to all. */
  say(sealed: string, to: string | null): void;
  closed(link: string): void;
}

/** A mesh of a few hundred with eight links each is no deeper. */
const FAR = 6;
/** The most that an honest signal is, sealed and as text. */
const MOST = 24_000;
const REMEMBERED = 2048;

export const createPassing = (options: PassingOptions): SignalPassing => {
  const { ownId, hash, send, deliver } = options;
  /** links whose other side is known to be of the space */
  const links = new Set<string>();
  /** by which link a peer was last heard */
  const wayTo = new Map<string, string>();
  const seen = new Set<string>();

  const give = (sealed: string, to: string | null, hops: number, from: string | null): void => {
    const way = to === null ? undefined : wayTo.get(to);
    const targets = way !== undefined && links.has(way) && way !== from ? [way] : links;
    const bytes = concat(Uint8Array.of(hops), utf8(sealed));
    for (const link of targets) if (link !== from) send(link, bytes);
  };
  const isNew = (sealed: string): boolean => remember(seen, toHex(hash(utf8(sealed)).subarray(0, 16)), REMEMBERED);

  return {
    say: (sealed, to) => {
      isNew(sealed);
      give(sealed, to, FAR, null);
    },
    met: (link) => {
      if (links.has(link)) return;
      links.add(link);
      options.announce();
    },
    hear: (link, bytes) => {
      const [hops] = bytes;
      if (hops === undefined || bytes.length > MOST || !links.has(link)) return;
      const sealed = new TextDecoder().decode(bytes.subarray(1));
      const signal = parseSignal(openSignal(sealed, options.openSignal));
      if (signal === null || signal.from === ownId() || !isNew(sealed)) return;
      wayTo.delete(signal.from);
      wayTo.set(signal.from, link);
      const [oldest] = wayTo.keys();
      if (wayTo.size > REMEMBERED && oldest !== undefined) wayTo.delete(oldest);
      if (signal.to === null || signal.to === ownId()) deliver(sealed);
      if (signal.to !== ownId() && hops > 0) give(sealed, signal.to, Math.min(hops, FAR) - 1, link);
    },
    closed: (link) => {
      if (!links.delete(link)) return;
      for (const [peer, way] of wayTo) if (way === link) wayTo.delete(peer);
      // whoever was met through it may be met another way
      if (links.size > 0) options.announce();
    },
  };
};
