/** The outcome of agreements against its slow twin, its broken selves, and every order, from WEFT_SEED on. */
import { beforeAll, expect, test } from 'vitest';
import * as decision from '../../src/documents/agreement/decision/index.ts';
import { survivorsAmong } from '../unit/documents/agreement/decision/against-mutants.ts';
import { differenceIn } from '../unit/documents/agreement/decision/against-twin.ts';
import { differenceByArrival } from '../unit/documents/agreement/decision/partitions.ts';
import { createRandomHistory } from '../unit/documents/agreement/decision/random-history.ts';

const count = Number(process.env['WEFT_COUNT']);
const first = Number(process.env['WEFT_SEED'] ?? 1) % 1_000_000;
const seeds = (each: number): readonly number[] => Array.from({ length: count * each }, (_, at) => first + at);

/** Those of many seeds of which something is to be said. */
const bad = (each: number, difference: (seed: number) => string | null): readonly string[] => {
  const found: string[] = [];
  for (const seed of seeds(each)) {
    const what = difference(seed);
    if (what !== null) found.push(`seed ${seed}: ${what}`);
  }
  console.log(`${count * each} histories from seed ${first}: ${found.length} differ`);
  return found;
};

beforeAll(() => expect(count).toBeGreaterThan(0));

test('the outcome of random words is what its slow twin says', () => {
  expect(bad(100, (seed) => differenceIn(decision, createRandomHistory(seed, 8 + (seed % 40))))).toEqual([]);
});

test('the outcome of random words is the same for every order and after any partition', () => {
  expect(bad(20, (seed) => differenceByArrival(decision, seed, 12 + (seed % 50)))).toEqual([]);
});

test('every rule that is broken on purpose is noticed by an example, or by the twin in these histories', async () => {
  // a rule that only rare histories show needs some of them
  const histories = Array.from({ length: Math.max(300, count * 3) }, (_, at) => createRandomHistory(first + at, 26));
  expect(await survivorsAmong(histories)).toEqual([]);
});
