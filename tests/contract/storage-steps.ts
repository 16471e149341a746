/** A history of steps that a seed and a number fix, so that what a killed process left can be compared with a twin. */
import { expect } from 'vitest';
import { Reader, Writer } from '../../src/lib/bytes.ts';
import { createMemoryStorage } from '../../src/storage/memory.ts';
import type { Step, Storage } from '../../src/sync/storage.ts';
import { value } from './storage.ts';

export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

/** Step `n` counts from 1 and appends the rows 2n − 1 and 2n; its number is kept under the key `step`. */
export const stepAt = (seed: number, n: number): Step => {
  const random = createRandom(seed * 1_000_003 + n);
  const bytes = (): Uint8Array => {
    const length = Math.floor(random() * (random() < 0.1 ? 200_000 : 2000));
    return new Uint8Array(length).fill(Math.floor(random() * 256));
  };
  const dropped = n - 5;
  return {
    puts: [
      { key: 'step', value: new Writer().u32(n).finish() },
      { key: `k${Math.floor(random() * 20)}`, value: bytes() },
    ],
    deletes: n % 4 === 0 ? [`k${Math.floor(random() * 20)}`] : [],
    appends: [
      { log: `l${n % 3}`, value: bytes() },
      { log: `l${n % 3}`, value: bytes() },
    ],
    drops: dropped > 0 ? [{ log: `l${dropped % 3}`, seqs: [dropped * 2 - (n % 2)] }] : [],
  };
};

/** How many steps the storage holds. */
export const stepsIn = async (storage: Storage): Promise<number> => {
  const step = value(await storage.get('step'));
  return step ? new Reader(step).u32() : 0;
};

export const expectExactly = async (storage: Storage, seed: number, steps: number): Promise<void> => {
  const twin = createMemoryStorage();
  for (let n = 1; n <= steps; n++) value(await twin.commit(stepAt(seed, n)));
  const say = `seed ${seed}, after step ${steps}`;
  expect(digest(value(await storage.list(''))), say).toEqual(digest(value(await twin.list(''))));
  for (const log of ['l0', 'l1', 'l2'])
    expect(digest(value(await storage.rows(log, 0, Infinity))), say).toEqual(
      digest(value(await twin.rows(log, 0, Infinity))),
    );
};

/** Every byte of a value is the same, so its first and its length say it, if all are looked at. */
const digest = <T extends { readonly value: Uint8Array }>(entries: readonly T[]) =>
  entries.map((entry) => {
    const [first = -1] = entry.value;
    const uniform = 'key' in entry && entry.key === 'step' ? [...entry.value] : entry.value.every((b) => b === first);
    return { ...entry, value: { length: entry.value.length, first, uniform } };
  });
