/**
 * The mutation test of the outcome: every rule is broken on purpose, one at a time, in a build of its own, and an
 * example or the slow twin must go red. What a mutant survives is a rule that nothing tests.
 */
import { describe, expect, it } from 'vitest';
import { astray, buildWith, noticed, survivorsAmong } from './against-mutants.ts';
import { createRandomHistory } from './random-history.ts';

const HISTORIES = Array.from({ length: 300 }, (_, seed) => createRandomHistory(seed, 26));

describe('breaking a rule of the decision code', () => {
  it('finds each rule where the list says, exactly once', () => {
    expect(astray()).toEqual([]);
  });

  it('is noticed for every rule there is', async () => {
    expect(await survivorsAmong(HISTORIES)).toEqual([]);
  }, 120_000);

  it('is what goes red: the code as it is passes all of it', async () => {
    expect(noticed(await buildWith(null), HISTORIES)).toBeNull();
  });
});
