/** The same words in other orders, and on sides that do not hear of each other for a while. */
import type { Said } from '../../../../../src/documents/agreement/words.ts';
import { summaryOf } from './against-twin.ts';
import type { Decision } from './examples.ts';
import { createRandom, createRandomHistory, shuffle } from './random-history.ts';

/** A made-up history in several orders and after a partition: what differs, or null. */
export const differenceByArrival = (decision: Decision, seed: number, length: number): string | null => {
  const words = createRandomHistory(seed, length);
  const random = createRandom(seed);
  const expected = summaryOf(decision, words);
  for (let order = 0; order < 4; order++)
    if (summaryOf(decision, shuffle(words, random)) !== expected) return `order ${order}`;
  // three sides, each with a part of the words and its own view of them, that meet in the end
  const sides: Said[][] = [[], [], []];
  for (const said of shuffle(words, random)) for (const side of sides) if (random(2) === 0) side.push(said);
  for (const side of sides) summaryOf(decision, side);
  const met = new Map([...sides.flat(), ...shuffle(words, random)].map((said) => [said.id, said]));
  return summaryOf(decision, [...met.values()]) === expected ? null : 'the partition';
};

/** Every way in which words can lie on two sides, each with its own view first, that meet from either of them. */
export const differencesOfSides = (decision: Decision, words: readonly Said[]): readonly number[] => {
  const expected = summaryOf(decision, words);
  return Array.from({ length: 2 ** words.length }, (_, mask) => mask).filter((mask) => {
    const here = words.filter((_said, at) => (mask >> at) % 2 === 1);
    const there = words.filter((_said, at) => (mask >> at) % 2 === 0);
    summaryOf(decision, here);
    summaryOf(decision, there);
    return [...here, ...there].length !== words.length || summaryOf(decision, [...here, ...there]) !== expected;
  });
};
