/** Who is in a room, as far as heard, and in which order. */

/**
 * In a room of equals everybody may meet everybody. In the room of an invite those who keep the door meet those who
 * knock, and nobody else meets.
 */
export type Part = 'equal' | 'keeper' | 'newcomer';

export interface Roster {
  heard(id: string, part: Part, near: readonly string[] | null, now: number): void;
  left(id: string): void;
  knows(id: string): boolean;
  /** somebody whom we may meet */
  suits(id: string): boolean;
  /** Does it hold on to us? */
  claims(id: string): boolean;
  /** whom we may meet */
  others(now: number): string[];
  /** All whom we may meet or are tied to, nearest first, one way round the ring: up or down. */
  around(step: 1 | -1, now: number, isTied: (id: string) => boolean): Iterable<string>;
  forgetOld(now: number, isTied: (id: string) => boolean): void;
  /** milliseconds between two words of one device: the more there are, the more seldom, for they go to all */
  interval(): number;
}

/** ids that one device says it holds on to, at the most: some on each side */
export const RING_CLAIMS = 3;

const EVERY = 10_000;
const EVERY_FOR_EACH = 400;
/** Words of a device that may be lost before it is taken to have gone. */
const LOST_WORDS = 3;
/** People whom a device remembers; more come only from somebody with the room's key who means harm. */
const MOST = 1000;

interface Known {
  readonly part: Part;
  readonly near: ReadonlySet<string>;
  readonly heardAt: number;
}

export const createRoster = (ownId: string, ownPart: Part): Roster => {
  const known = new Map<string, Known>();
  /** all of them, in order */
  const ring: string[] = [];
  const fits = (part: Part): boolean => (ownPart === 'equal' ? part === 'equal' : part !== 'equal' && part !== ownPart);
  const interval = (): number => Math.max(EVERY, known.size * EVERY_FOR_EACH);
  const lifetime = (): number => (LOST_WORDS + 0.5) * 1.25 * interval();
  const others = (now: number): string[] => {
    const since = now - lifetime();
    return [...known].filter(([, each]) => fits(each.part) && each.heardAt > since).map(([id]) => id);
  };
  /** where an id stands in the ring, or would stand */
  const placeOf = (id: string): number => {
    let [from, to] = [0, ring.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((ring[middle] as string) < id) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const forget = (id: string): void => {
    if (known.delete(id)) ring.splice(placeOf(id), 1);
  };

  function* around(step: 1 | -1, now: number, isTied: (id: string) => boolean): Iterable<string> {
    const since = now - lifetime();
    const start = step === 1 ? placeOf(ownId) : placeOf(ownId) - 1 + ring.length;
    for (let i = 0; i < ring.length; i++) {
      const id = ring[(start + step * i + ring.length) % ring.length] as string;
      const each = known.get(id);
      if (each && fits(each.part) && (each.heardAt > since || isTied(id))) yield id;
    }
  }
  return {
    heard: (id, part, near, now) => {
      const before = known.get(id);
      if (!before && known.size >= MOST) return;
      if (!before) ring.splice(placeOf(id), 0, id);
      const claims = near === null ? before?.near : new Set(near.slice(0, 2 * RING_CLAIMS));
      known.set(id, { part, near: claims ?? new Set(), heardAt: now });
    },
    left: forget,
    knows: (id) => known.has(id),
    suits: (id) => fits(known.get(id)?.part ?? ownPart),
    claims: (id) => known.get(id)?.near.has(ownId) === true,
    others,
    around,
    forgetOld: (now, isTied) => {
      for (const [id, { heardAt }] of known) if (now - heardAt >= lifetime() && !isTied(id)) forget(id);
    },
    interval,
  };
};
