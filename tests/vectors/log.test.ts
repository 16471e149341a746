/** Each vector of tests/vectors/log comes out as it says. Made by make.ts there; what was published is never edited. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { outcomeOf, vectorSchema } from './log/outcome.ts';

const vectors = v.parse(
  v.array(vectorSchema),
  JSON.parse(readFileSync(join(import.meta.dirname, 'log/vectors.json'), 'utf8')),
);

describe('the vectors of the log', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', async (_name, vector) => {
    expect(await outcomeOf(vector)).toEqual(vector.outcome);
  });

  it('accept and refuse as their names say', () => {
    for (const { kind, name, outcome } of vectors) {
      const result = v.parse(v.looseObject({ error: v.optional(v.unknown()), ok: v.optional(v.boolean()) }), outcome);
      if (kind !== 'signed' && kind !== 'log')
        expect([name, name.startsWith('accept') === (result.error === undefined)]).toEqual([name, true]);
    }
  });
});
