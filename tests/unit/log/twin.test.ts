import { describe, expect, it } from 'vitest';
import { actualOf, expectedOf, playInto } from './against-twin.ts';
import { createRandomSpace } from './random-space.ts';

describe('the evaluator and its slow twin', () => {
  it.each([7, 11, 34])(
    'agree over a random space in random orders and packings, with restarts (seed %i)',
    async (seed) => {
      const random = createRandomSpace(seed, 60);
      expect(random.outcome.counted.size).toBeGreaterThan(0);
      for (const order of [1, 2]) {
        const replica = await playInto(random, seed * 1000 + order);
        expect(await actualOf(replica)).toEqual(expectedOf(random));
      }
    },
  );

  it('agree where a document’s record comes together with later entries (seed 101)', async () => {
    const random = createRandomSpace(101, 81);
    expect(await actualOf(await playInto(random, 101_002))).toEqual(expectedOf(random));
  });

  it('agree over crafted entries of every kind and size (seed 6)', async () => {
    const random = createRandomSpace(6, 70, true);
    for (const order of [1, 2])
      expect(await actualOf(await playInto(random, 6000 + order))).toEqual(expectedOf(random));
  });
});
