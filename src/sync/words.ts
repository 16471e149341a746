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
/** Milliseconds that a word may take longer along its tree. */
const LATE = 1000;
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

export interface WordsNeeds {
  now(): number;
  after(milliseconds: number, run: () => void): void;
  prune(side: Side, devices: readonly DeviceId[], by: string): void;
  graft(side: Side, devices: readonly DeviceId[]): void;
}

export const createWords = (sides: Sides, { now, after, prune, graft }: WordsNeeds): Words => {
  const last = new Map<SessionId, Word>();
  /** the last of each that came along its tree, and by which link */
  const alongTree = new Map<SessionId, { readonly count: number; readonly link: string }>();

  /** It came by a link that is cut off from the tree: it is taken in where the tree brings nothing. */
  const mend = (side: Side, { session, count }: PresenceState): void =>
    after(LATE, () => {
      const device = deviceOf(session);
      if ((alongTree.get(session)?.count ?? -1) >= count || !sides.has(side) || !side.lazy.has(device)) return;
      alongTree.set(session, { count, link: side.link.id });
      graft(side, [device]);
    });
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
      if (last.size > MOST && oldest !== undefined) {
        last.delete(oldest);
        alongTree.delete(oldest);
      }
      const device = deviceOf(session);
      const all = [...sides.all()];
      const isAlongTree = all.some(({ link, lazy }) => link.id === except && !lazy.has(device));
      if (isAlongTree && except !== null) alongTree.set(session, { count, link: except });
      // what came another way comes along the tree yet: sent up there, it would seem to go round in a circle
      const up = alongTree.get(session)?.link;
      for (const side of all) {
        if (side.device === null || side.link.id === except || side.link.id === up) continue;
        if (isEverywhere || !side.lazy.has(device)) sides.send(side, MESSAGE.presence, bytes);
      }
    },
    isNews: (side, bytes) => {
      const state = stateOf(bytes);
      // what a newer version says is for those above to make sense of
      if (state === null) return true;
      const { session, count } = state;
      const device = deviceOf(session);
      const isNews = (last.get(session)?.count ?? -1) < count;
      if (side.lazy.has(device)) {
        if (isNews) mend(side, state);
        return isNews;
      }
      if (isNews) return true;
      const before = alongTree.get(session);
      if (!before || before.count < count) alongTree.set(session, { count, link: side.link.id });
      else if (before.link !== side.link.id) prune(side, [device], before.link);
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
