import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neededLinks, partsOf, type Present } from '../../../../src/transports/relay/plan.ts';

const idOf = (n: number): string =>
  ((n * 2_654_435_761) >>> 0).toString(16).padStart(8, '0') + n.toString(16).padStart(4, '0');

/** `count` devices, of whom the given pairs are connected directly. */
const roomOf = (count: number, pairs: readonly (readonly [number, number])[]): readonly Present[] => {
  const tags = Array.from({ length: count }, (): string[] => []);
  for (const [i, [a, b]] of pairs.entries()) {
    tags[a % count]?.push(`tag-${i}`);
    tags[b % count]?.push(`tag-${i}`);
  }
  return tags.map((own, n) => ({ stay: idOf(n), tags: own }));
};

/** Each with whom it has a link of any kind, once everybody has called whom they need. */
const wholeOf = (room: readonly Present[], degree: number): ReadonlyMap<string, ReadonlySet<string>> => {
  const parts = partsOf(room);
  const links = new Map(room.map(({ stay }) => [stay, new Set<string>()]));
  const join = (a: string, b: string): void => void (links.get(a)?.add(b), links.get(b)?.add(a));
  for (const { stay, tags } of room) {
    for (const other of neededLinks(stay, parts, degree)) join(stay, other);
    for (const other of room)
      if (other.stay !== stay && other.tags.some((tag) => tags.includes(tag))) join(stay, other.stay);
  }
  return links;
};

/** how many steps it takes from the first to reach everybody; Infinity where somebody is left out */
const reachOf = (links: ReadonlyMap<string, ReadonlySet<string>>): number => {
  let edge = new Set([[...links.keys()][0] ?? '']);
  const reached = new Set(edge);
  let steps = 0;
  while (reached.size < links.size) {
    edge = new Set([...edge].flatMap((stay) => [...(links.get(stay) ?? [])]).filter((stay) => !reached.has(stay)));
    if (edge.size === 0) return Infinity;
    for (const stay of edge) reached.add(stay);
    steps += 1;
  }
  return steps;
};

const pairs = fc.array(fc.tuple(fc.nat(200), fc.nat(200)), { maxLength: 300 });

test('whatever direct links there are, nobody is left out', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), pairs, fc.integer({ min: 2, max: 8 }), (count, direct, degree) => {
      expect(reachOf(wholeOf(roomOf(count, direct), degree))).toBeLessThan(Infinity);
    }),
  );
});

test('nobody calls anybody whom it reaches by direct links already', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), pairs, (count, direct) => {
      const parts = partsOf(roomOf(count, direct));
      for (const [stay, part] of parts)
        for (const other of neededLinks(stay, parts, 6)) expect(parts.get(other)).not.toBe(part);
    }),
  );
});

test('a room that is one by direct links needs no link through the relay', () => {
  const room = roomOf(
    30,
    Array.from({ length: 29 }, (_, n) => [n, n + 1] as const),
  );
  const parts = partsOf(room);
  expect(room.flatMap(({ stay }) => neededLinks(stay, parts, 6))).toEqual([]);
});

test.each([2, 7, 60, 200])('a room of %i without any direct link is few steps wide, with few links each', (count) => {
  const links = wholeOf(roomOf(count, []), 6);
  expect(reachOf(links)).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
  const counts = [...links.values()].map(({ size }) => size);
  expect(counts.reduce((sum, each) => sum + each, 0) / count).toBeLessThanOrEqual(6);
  expect(Math.max(...counts)).toBeLessThanOrEqual(14);
});

test('somebody who comes changes the links of few', () => {
  const before = wholeOf(roomOf(60, []), 6);
  const after = wholeOf(roomOf(61, []), 6);
  const newcomer = idOf(60);
  const changed = [...before].filter(([stay, links]) => {
    const now = new Set(after.get(stay));
    now.delete(newcomer);
    return [...links].some((other) => !now.has(other)) || [...now].some((other) => !links.has(other));
  });
  expect(changed.length).toBeLessThanOrEqual(20);
});
