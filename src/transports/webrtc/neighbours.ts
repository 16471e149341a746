/**
 * Whom a device is connected with, of all who are in its room: a few, however many there are, and so that the room never
 * falls into islands. All ids of a room, in order, form a ring. A device holds on to the nearest that it can reach on each
 * side, whatever else it has to let go for them; beside those it takes some by chance, which make the ways short. So
 * each is on the ring with everybody whom it has heard of, and no device has more than `most` connections.
 *
 * It decides and does nothing: what was heard and what has become of calls comes in with the time of it, and `step`
 * says what is to be done. Of two the higher id calls and the lower asks for the call, so both never call at once.
 */
import { createRoster, type Part, RING_CLAIMS } from './roster.ts';

export interface NeighboursOptions {
  readonly ownId: string;
  /** connections at the most, open or opening; from three quarters of them on, no more are looked for */
  readonly most: number;
  readonly part: Part;
  /** from 0 up to 1 */
  readonly random: () => number;
}

export type Deed =
  /** `near`: it is a neighbour on our ring, and is to know it */
  | { readonly type: 'call' | 'ask'; readonly id: string; readonly near: boolean }
  | { readonly type: 'drop'; readonly id: string }
  | { readonly type: 'announce'; readonly near: readonly string[] };

export interface Neighbours {
  /** Somebody says that they are here, and whom they hold on to (null: not said). */
  heard(id: string, part: Part, near: readonly string[] | null, now: number): void;
  /** Somebody asks for a call, or calls; false: there is no room. It has a place now; what must go for it goes by the next step. */
  welcomes(id: string, part: Part, near: boolean, now: number): boolean;
  /** Somebody whom we called or asked has no room. */
  full(id: string, now: number): void;
  opened(id: string, now: number): void;
  /** `left`: by its own word; `failed`: it never opened. */
  ended(id: string, how: 'left' | 'lost' | 'failed', now: number): void;
  /** Says again soon that we are here: to a hub that may not have heard it. */
  announceSoon(now: number): void;
  step(now: number): readonly Deed[];
}

/** Milliseconds after which the one behind is called too, where a neighbour has not answered. */
const HEDGE = 4000;
/** Milliseconds until somebody who was asked and did not call is not waited for any more. */
const ASKED_FOR = 8000;
/** The same for one that opens, of which nobody has said that it failed. */
const OPENING_FOR = 60_000;
/** Milliseconds in which nobody is met again who has no room, who was let go, or whom no way led to (doubled each time). */
const AGAIN = { full: 12_000, dropped: 30_000, failed: 15_000, failedMost: 240_000 };
/** Milliseconds between a device's two first words: whoever came at the same moment hears the second. */
const SECOND_WORD = 2500;
/** Milliseconds between two words at the least. */
const BREATH = 250;

const FORGET_EVERY = 1000;

interface Tie {
  state: 'asked' | 'opening' | 'open';
  since: number;
}

export const createNeighbours = ({ ownId, most, part, random }: NeighboursOptions): Neighbours => {
  const aim = Math.ceil(most * 0.75);
  const roster = createRoster(ownId, part);
  const ties = new Map<string, Tie>();
  const shunned = new Map<string, number>();
  const failures = new Map<string, number>();
  let drops: string[] = [];
  let announceAt = 0;
  let announcedAt = Number.NEGATIVE_INFINITY;
  let words = 0;
  let forgotAt = Number.NEGATIVE_INFINITY;

  const isShunned = (id: string, now: number): boolean => (shunned.get(id) ?? 0) > now;
  const taken = (): number => [...ties.values()].filter(({ state }) => state !== 'asked').length;
  const isOpen = (id: string): boolean => ties.get(id)?.state === 'open';

  /** Of one side of the ring: up to the first that is open, and past those that do not answer. */
  const nearestOf = (side: Iterable<string>, now: number): string[] => {
    const out: string[] = [];
    for (const id of side) {
      const tie = ties.get(id);
      if (!tie && isShunned(id, now)) continue;
      out.push(id);
      if (isOpen(id) || !tie || now - tie.since < HEDGE || out.length === RING_CLAIMS) break;
    }
    return out;
  };
  const nearest = (now: number): ReadonlySet<string> => {
    if (part !== 'equal') return new Set();
    const sideOf = (step: 1 | -1): string[] =>
      nearestOf(
        roster.around(step, now, (id) => ties.has(id)),
        now,
      );
    return new Set([...sideOf(1), ...sideOf(-1)]);
  };
  /** Held on to by either end. */
  const isHeld = (id: string, ours: ReadonlySet<string>): boolean => ours.has(id) || roster.claims(id);

  /** Lets one go whom nobody holds on to; false: there is none. */
  const makeRoom = (ours: ReadonlySet<string>, now: number): boolean => {
    const loose = [...ties].filter(([id, { state }]) => state !== 'asked' && !isHeld(id, ours)).map(([id]) => id);
    // what is still opening has brought nothing yet
    const chosen = loose.find((id) => !isOpen(id)) ?? loose[Math.floor(random() * loose.length)];
    if (chosen === undefined) return false;
    ties.delete(chosen);
    shunned.set(chosen, now + AGAIN.dropped);
    drops.push(chosen);
    return true;
  };

  const reach = (id: string, near: boolean, now: number): Deed => {
    const isOurs = ownId > id;
    ties.set(id, { state: isOurs ? 'opening' : 'asked', since: now });
    return { type: isOurs ? 'call' : 'ask', id, near };
  };

  const forgetOld = (now: number): void => {
    for (const [id, { state, since }] of ties) {
      if (state === 'open' || now - since < (state === 'asked' ? ASKED_FOR : OPENING_FOR)) continue;
      ties.delete(id);
      shunned.set(id, now + AGAIN.full);
    }
    if (now - forgotAt < FORGET_EVERY) return;
    forgotAt = now;
    for (const [id, until] of shunned) if (until <= now) shunned.delete(id);
    for (const id of failures.keys()) if (!roster.knows(id)) failures.delete(id);
    roster.forgetOld(now, (id) => ties.has(id));
  };

  return {
    heard: (id, theirs, claims, now) => {
      if (id === ownId) return;
      roster.heard(id, theirs, claims, now);
    },
    welcomes: (id, theirs, isNear, now) => {
      if (id === ownId) return false;
      roster.heard(id, theirs, isNear ? [ownId] : null, now);
      if (!roster.suits(id)) return false;
      const tie = ties.get(id);
      if (tie && tie.state !== 'asked') return true;
      const ours = nearest(now);
      if (taken() >= most && !(isHeld(id, ours) && makeRoom(ours, now))) return false;
      ties.set(id, { state: 'opening', since: now });
      return true;
    },
    full: (id, now) => {
      const tie = ties.get(id);
      if (tie?.state === 'open') return;
      if (tie?.state === 'opening') drops.push(id);
      ties.delete(id);
      shunned.set(id, now + AGAIN.full);
    },
    opened: (id, now) => {
      ties.set(id, { state: 'open', since: now });
      shunned.delete(id);
      failures.delete(id);
    },
    ended: (id, how, now) => {
      if (!ties.delete(id)) return;
      if (how === 'left') roster.left(id);
      if (how !== 'failed') return;
      const times = failures.get(id) ?? 0;
      failures.set(id, times + 1);
      shunned.set(id, now + Math.min(AGAIN.failedMost, AGAIN.failed * 2 ** times));
    },
    announceSoon: (now) => {
      announceAt = Math.min(announceAt, Math.max(now, announcedAt + BREATH));
    },
    step: (now) => {
      forgetOld(now);
      const deeds: Deed[] = [];
      const ours = nearest(now);
      // two people may connect by hand, beyond what there is room for
      while (taken() > most && makeRoom(ours, now));
      for (const id of ours) {
        if (ties.has(id)) continue;
        if (taken() >= most && !makeRoom(ours, now)) break;
        deeds.push(reach(id, part === 'equal', now));
      }
      // who keeps a door meets all who knock, and who knocks all who keep it
      const wanted = part === 'equal' ? aim : most;
      const isFree = (id: string): boolean => !ties.has(id) && !isShunned(id, now);
      const others = ties.size < wanted ? roster.others(now).filter(isFree) : [];
      while (ties.size < wanted && others.length > 0) {
        const [id] = others.splice(Math.floor(random() * others.length), 1);
        if (id !== undefined) deeds.push(reach(id, false, now));
      }
      if (now >= announceAt) {
        words += 1;
        announcedAt = now;
        announceAt = now + (words === 1 ? SECOND_WORD : roster.interval() * (0.75 + random() / 2));
        deeds.push({ type: 'announce', near: [...ours].filter(isOpen) });
      }
      const dropped = drops.map((id) => ({ type: 'drop', id }) as const);
      drops = [];
      return [...dropped, ...deeds];
    },
  };
};
