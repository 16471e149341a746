/** Each vector of tests/vectors/nearby comes out as it says. Made by make.ts there; what was published is never edited. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { outcomeOf, vectorSchema } from './nearby/outcome.ts';

const vectors = v.parse(
  v.array(vectorSchema),
  JSON.parse(readFileSync(join(import.meta.dirname, 'nearby/vectors.json'), 'utf8')),
);

describe('the vectors of codes for connecting nearby', () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    expect(outcomeOf(vector)).toEqual(vector.outcome);
  });

  it('accept and refuse as their names say', () => {
    for (const { name, outcome } of vectors) {
      const { error } = v.parse(v.looseObject({ error: v.optional(v.string()) }), outcome);
      expect([name, name.startsWith('accept') === (error === undefined)]).toEqual([name, true]);
    }
  });
});
