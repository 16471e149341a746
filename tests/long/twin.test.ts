/** WEFT_COUNT random spaces from WEFT_SEED on, each brought into replicas in several orders and compared with the twin. */
import { expect, test } from 'vitest';
import { actualOf, expectedOf, playInto } from '../unit/log/against-twin.ts';
import { createRandomSpace } from '../unit/log/random-space.ts';

test('the evaluator agrees with its slow twin, whatever the order and the packing', async () => {
  const count = Number(process.env['WEFT_COUNT']);
  const first = Number(process.env['WEFT_SEED'] ?? 1) % 1_000_000;
  expect(count).toBeGreaterThan(0);
  const bad: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const random = createRandomSpace(seed, 40 + (seed % 60), seed % 2 === 0);
    const expected = JSON.stringify(expectedOf(random));
    for (let order = 1; order <= 4; order++) {
      const actual = JSON.stringify(await actualOf(await playInto(random, seed * 1000 + order)));
      if (actual !== expected) bad.push(`seed ${seed}, order ${order}`);
    }
  }
  console.log(`${count} spaces from seed ${first}: ${bad.length} differ`);
  expect(bad).toEqual([]);
});
