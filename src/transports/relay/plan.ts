/**
 * Which links through the relay are needed to hold a room together. Everybody tells which direct links they have (a tag
 * is the same on both ends), so each device sees the same parts: those who reach each other without the relay. The one
 * with the lowest id speaks for its part. Few parts are all linked with each other; many stand in a ring by id, so that
 * none is left out, and each has some others by lot, so that the way around is short.
 */
export interface Present {
  readonly stay: string;
  readonly tags: readonly string[];
}

/** Of each stay, its part: the lowest stay that it reaches by direct links, itself perhaps. */
export const partsOf = (present: readonly Present[]): ReadonlyMap<string, string> => {
  const above = new Map<string, string>();
  const rootOf = (stay: string): string => {
    let root = stay;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next;
    if (root !== stay) above.set(stay, root);
    return root;
  };
  const holderByTag = new Map<string, string>();
  for (const { stay, tags } of present) {
    for (const tag of tags) {
      const holder = holderByTag.get(tag);
      holderByTag.set(tag, holder ?? stay);
      if (holder === undefined) continue;
      const [low, high] = sorted(rootOf(holder), rootOf(stay));
      if (low !== high) above.set(high, low);
    }
  }
  return new Map(present.map(({ stay }) => [stay, rootOf(stay)]));
};

/** Whom this one is to be linked with so that all parts hold together; nobody where another speaks for its part. */
export const neededLinks = (own: string, parts: ReadonlyMap<string, string>, degree: number): readonly string[] => {
  if (parts.get(own) !== own) return [];
  const speakers = [...new Set(parts.values())].sort();
  const others = speakers.filter((stay) => stay !== own);
  if (others.length <= degree) return others;
  const at = speakers.indexOf(own);
  const beside = [1, -1].flatMap((step) => speakers[(at + step + speakers.length) % speakers.length] ?? []);
  // half of them, since as many again come to have this one by lot
  const byLot = others.filter((stay) => !beside.includes(stay)).sort((a, b) => lotOf(own, a) - lotOf(own, b));
  return [...beside, ...byLot.slice(0, Math.max(1, Math.floor((degree - 2) / 2)))];
};

/** The same for both of a pair, and changed by nobody's coming or going. */
const lotOf = (a: string, b: string): number => {
  let lot = 0x811c9dc5;
  for (const letter of sorted(a, b).join('')) lot = Math.imul(lot ^ letter.charCodeAt(0), 0x01000193);
  // the last letters alone would not reach the high bits
  lot = Math.imul(lot ^ (lot >>> 15), 0x2c1b3c6d);
  return (lot ^ (lot >>> 13)) >>> 0;
};

const sorted = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a]);
