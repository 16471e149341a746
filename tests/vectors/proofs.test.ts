/** Each proof of tests/vectors/proofs is proven or refused as vectors.json says. Made by make.ts there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createVerifier } from '../../src/crypto/index.ts';
import { checkProof } from '../../src/proofs/check.ts';

const folder = join(import.meta.dirname, 'proofs');
const vectors = v.parse(
  v.record(v.string(), v.string()),
  JSON.parse(readFileSync(join(folder, 'vectors.json'), 'utf8')),
);

describe('proofs', () => {
  it('has a file for each vector, and a vector for each file', () => {
    const files = readdirSync(folder).filter((file) => /^(accept|refuse)-.*\.json$/.test(file));
    expect(files.sort()).toEqual(
      Object.keys(vectors)
        .map((name) => `${name}.json`)
        .sort(),
    );
  });

  for (const [name, type] of Object.entries(vectors)) {
    it(`${name} is ${type}`, async () => {
      // with WebCrypto, and as on a page that has none
      for (const subtle of [crypto.subtle, null]) {
        const checked = await checkProof(readFileSync(join(folder, `${name}.json`)), createVerifier(subtle));
        expect(checked.ok ? 'accepted' : checked.error.type).toBe(type);
      }
    });
  }
});
