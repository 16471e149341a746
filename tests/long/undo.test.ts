/** Twenty times WEFT_COUNT companies from WEFT_SEED on that write, format, undo and redo in one text. */
import { expect, test } from 'vitest';
import { playCompany } from '../unit/editor/company.ts';

test('whatever a person undoes and redoes while others write is counted by the log, and all end with one text', () => {
  const count = 20 * Number(process.env['WEFT_COUNT']);
  const first = Number(process.env['WEFT_SEED'] ?? 1) % 1_000_000;
  expect(count).toBeGreaterThan(0);
  const bad: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    try {
      const { texts, uncounted } = playCompany(seed, 50 + (seed % 150));
      if (uncounted > 0) bad.push(`seed ${seed}: ${uncounted} not counted`);
      if (new Set(texts).size > 1) bad.push(`seed ${seed}: texts differ`);
    } catch (error) {
      bad.push(`seed ${seed}: ${String(error)}`);
    }
  }
  console.log(`${count} companies from seed ${first}: ${bad.length} bad`);
  expect(bad).toEqual([]);
});
