/**
 * The words of those who are here (presence) on their way through a room: along the trees that entries take too
 * (`spread.ts`), each word once to a link. Now and then one goes to all links, so that a broken tree makes nobody vanish,
 * and whoever comes is told the last word of each at once.
 */
import { BytesError } from '../lib/bytes.ts';
import { deviceOf } from '../log/chain.ts';
import type { DeviceId, SessionId } from '../log/types.ts';
import { type PresenceState, readPresence } from './presence.ts';
import type { Side, Sides } from './side.ts';
import { MESSAGE } from './wire.ts';

export interface Words {
  /** A word of this device's own, or one that was looked at and found good. */
  pass(bytes: Uint8Array, except: string | null): void;
  /** false: it is known already; nobody need look at it */
  isNews(side: Side, bytes: Uint8Array): boolean;
  /** Tells somebody who just came who is here. */
  greet(side: Side): void;
}

/** Milliseconds: how often one of a session's words goes everywhere, and how long a word is worth telling. */
const EVERYWHERE = 15_000;
const WORTH = 60_000;
/** Sessions whose last word is kept. */
const MOST = 300;

interface Word {
  readonly count: number;
  /** null: it has gone */
  readonly bytes: Uint8Array | null;
  readonly from: string | null;
  readonly at: number;
  readonly everywhereAt: number;
}

export const createWords = (
  sides: Sides,
  now: () => number,
  prune: (side: Side, devices: readonly DeviceId[]) => void,
): Words => {
  const last = new Map<SessionId, Word>();
  return {
    pass: (bytes, except) => {
      const state = stateOf(bytes);
      if (state === null) return;
      const { session, count, here } = state;
      const before = last.get(session);
      const isEverywhere = !here || !before || now() - before.everywhereAt >= EVERYWHERE;
      last.delete(session);
      last.set(session, {
        count,
        bytes: here ? bytes : null,
        from: except,
        at: now(),
        everywhereAt: isEverywhere ? now() : before.everywhereAt,
      });
      const [oldest] = last.keys();
      if (last.size > MOST && oldest !== undefined) last.delete(oldest);
      const device = deviceOf(session);
      for (const side of sides.all()) {
        if (side.device === null || side.link.id === except) continue;
        if (isEverywhere || !side.lazy.has(device)) sides.send(side, MESSAGE.presence, bytes);
      }
    },
    isNews: (side, bytes) => {
      const state = stateOf(bytes);
      // what a newer version says is for those above to make sense of
      if (state === null || (last.get(state.session)?.count ?? -1) < state.count) return true;
      prune(side, [deviceOf(state.session)]);
      return false;
    },
    greet: (side) => {
      for (const { bytes, from, at } of last.values())
        if (bytes && from !== side.link.id && now() - at < WORTH) sides.send(side, MESSAGE.presence, bytes);
    },
  };
};

const stateOf = (bytes: Uint8Array): PresenceState | null => {
  try {
    return readPresence(bytes);
  } catch (error) {
    if (error instanceof BytesError || error instanceof RangeError) return null;
    throw error;
  }
};
