/** WEFT_COUNT random histories of five devices from WEFT_SEED on. */
import { expect, test } from 'vitest';
import { playHistory } from '../unit/sync/history.ts';

test('five devices converge, whatever links, bundles and restarts come between', async () => {
  const count = Number(process.env['WEFT_COUNT']);
  const first = Number(process.env['WEFT_SEED'] ?? 1) % 1_000_000;
  expect(count).toBeGreaterThan(0);
  const bad: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    try {
      const { texts, dropped, refused } = await playHistory(seed, 100 + (seed % 300));
      if (new Set(texts).size > 1) bad.push(`seed ${seed}: texts differ`);
      if (dropped.length > 0 || refused.length > 0) bad.push(`seed ${seed}: ${[...dropped, ...refused].join()}`);
    } catch (error) {
      bad.push(`seed ${seed}: ${String(error)}`);
    }
  }
  console.log(`${count} histories from seed ${first}: ${bad.length} bad`);
  expect(bad).toEqual([]);
});
