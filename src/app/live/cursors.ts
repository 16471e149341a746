/**
 * Cursors of others and our own, over the network and between tabs: what comes is checked, bounded and short-lived;
 * names and colours come from membership, never from the wire.
 */
import type { Environment } from '../../sync/environment.ts';
import { isSignedPresence, type PresenceState, readPresence, signPresence } from '../../sync/presence.ts';
import type { FullReplica } from '../../sync/replica.ts';
import { BytesError, equalBytes } from '../../lib/bytes.ts';
import { deviceOf, sessionIdOf } from '../../log/chain.ts';
import type { MemberId, SessionId } from '../../log/types.ts';
import type { OtherCursor, Place, Presence } from '../presence-types.ts';
import { tellApart } from '../told-apart.ts';

/**
 * Milliseconds: how often one says where one is, how often one says that one is still there, and how long that is believed.
 * Where many carets move each moves more seldom, so that no device hears more than some thirty words a second.
 */
const SAY_EVERY = 250;
const SAY_EVERY_FOR_EACH = 33;
/** Milliseconds in which somebody said something, whose caret moves. */
const MOVING = 5000;
const STILL_EVERY = 20_000;
const BELIEVED = 65_000;
/** People in one space whom a device listens to. */
const MOST = 200;
const COLOURS = 8;
/** Milliseconds between two words of one session that are looked at. */
const HEARD_EVERY = SAY_EVERY / 2;

interface Other {
  readonly state: PresenceState;
  readonly seen: number;
  /** when its caret last moved */
  readonly movedAt: number;
  taken: number;
  /** drops the word that waits for its turn */
  waiting: { readonly count: number; readonly drop: () => void } | null;
}

export interface Cursors extends Presence {
  /** a word of somebody, as it came; `false`: not a word to pass on */
  take(bytes: Uint8Array): Promise<boolean>;
  members(): ReadonlySet<MemberId>;
  /** says again at once who is here, to somebody who just came */
  greet(): void;
  stop(): void;
}

export const createCursors = (
  replica: FullReplica,
  environment: Environment,
  isShown: () => boolean,
  say: (bytes: Uint8Array) => void,
): Cursors => {
  const session = sessionIdOf(replica.device, environment.random(8));
  const others = new Map<SessionId, Other>();
  const listeners = new Set<() => void>();
  let place: Place | null = null;
  let count = environment.now();
  let planned: (() => void) | null = null;
  let still: (() => void) | null = null;
  let stopped = false;
  const changed = (): void => listeners.forEach((listener) => listener());

  const sayNow = async (here: boolean): Promise<void> => {
    if (here && !isShown()) return;
    count += 1;
    const state = { session, count, here, cursor: here ? place : null };
    say(await signPresence(replica.spaceId, state, replica.signer));
  };
  const moving = (): number => {
    const since = environment.now() - MOVING;
    let count = 1;
    for (const { movedAt } of others.values()) if (movedAt > since) count += 1;
    return count;
  };
  const sayLater = (): void => {
    planned ??= environment.after(Math.max(SAY_EVERY, moving() * SAY_EVERY_FOR_EACH), () => {
      planned = null;
      void sayNow(true);
    });
  };
  const keepSaying = (): void => {
    still = environment.after(STILL_EVERY, () => {
      forgetOld();
      void sayNow(true);
      keepSaying();
    });
  };
  const forgetOld = (): void => {
    const before = others.size;
    for (const [id, { seen }] of others) if (environment.now() - seen > BELIEVED) others.delete(id);
    if (others.size !== before) changed();
  };
  keepSaying();
  sayLater();

  const take = async (bytes: Uint8Array): Promise<boolean> => {
    let state: PresenceState;
    try {
      state = readPresence(bytes);
    } catch (error) {
      if (error instanceof BytesError) return false;
      throw error;
    }
    const known = others.get(state.session);
    if (state.session === session || (known && known.state.count >= state.count)) return false;
    if (!known && others.size >= MOST) return false;
    if (!replica.membership().memberByDevice.has(deviceOf(state.session))) return false;
    const early = known ? HEARD_EVERY - (environment.now() - known.taken) : 0;
    // whoever shouts, or whose words came late and all at once, is heard now and then: the last word always
    if (known && early > 0 && !(await isLastAfter(early, known, state.count))) return false;
    if (known) known.taken = environment.now();
    if (!(await isSignedPresence(replica.spaceId, state, bytes, replica.verifier))) return false;
    if (stopped || (others.get(state.session)?.state.count ?? 0) >= state.count) return false;
    const now = environment.now();
    const before = others.get(state.session);
    const movedAt = before && isSamePlace(before.state, state) ? before.movedAt : now;
    if (state.here) others.set(state.session, { state, seen: now, movedAt, taken: now, waiting: null });
    else others.delete(state.session);
    changed();
    return true;
  };
  /** Waits its turn; false: a later word took its place. */
  const isLastAfter = (milliseconds: number, of: Other, count: number): Promise<boolean> =>
    new Promise((resolve) => {
      if (of.waiting && of.waiting.count >= count) {
        resolve(false);
        return;
      }
      of.waiting?.drop();
      const cancel = environment.after(milliseconds, () => {
        of.waiting = null;
        resolve(true);
      });
      const drop = (): void => {
        cancel();
        resolve(false);
      };
      of.waiting = { count, drop };
    });

  return {
    set: (at) => {
      place = at;
      sayLater();
    },
    others: (document) => {
      const { members, memberByDevice } = tellApart(replica.membership());
      const out: OtherCursor[] = [];
      for (const { state } of others.values()) {
        const id = memberByDevice.get(deviceOf(state.session));
        const member = id === undefined ? undefined : members.get(id);
        if (!member || state.cursor?.document !== document) continue;
        const { text, anchor, head } = state.cursor;
        const colour = Number.parseInt(member.id.slice(0, 6), 16) % COLOURS;
        out.push({ session: state.session, member: member.id, name: member.name, colour, text, anchor, head });
      }
      return out;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take,
    members: () => {
      const { memberByDevice } = replica.membership();
      const ids = [...others.keys()].map((id) => memberByDevice.get(deviceOf(id)));
      return new Set(ids.filter((id) => id !== undefined));
    },
    greet: sayLater,
    stop: () => {
      stopped = true;
      planned?.();
      still?.();
      for (const { waiting } of others.values()) waiting?.drop();
      void sayNow(false);
    },
  };
};

const isSamePlace = ({ cursor: a }: PresenceState, { cursor: b }: PresenceState): boolean =>
  a === b || (a !== null && b !== null && a.document === b.document && a.text === b.text && equalBytes(a.head, b.head));
