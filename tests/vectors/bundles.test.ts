/** Each bundle of tests/vectors/bundles is taken, refused or stopped at as vectors.json says. Made by make.ts there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createVerifier, sha256 } from '../../src/crypto/index.ts';
import { fromHex, toHex } from '../../src/lib/bytes.ts';
import { decodeIdentity } from '../../src/log/identity.ts';
import { createMemoryStorage } from '../../src/storage/memory.ts';
import { mergeBundle, readBundle } from '../../src/sync/bundles.ts';
import { openReplica } from '../../src/sync/replica.ts';
import { sourceOf } from '../unit/sync/bundle-file.ts';
import { createEnvironment, value } from '../world.ts';

const folder = join(import.meta.dirname, 'bundles');

const incomplete = v.nullable(v.object({ type: v.string(), atPart: v.number() }));
const expected = v.variant('ok', [
  v.object({
    ok: v.literal(true),
    changes: v.number(),
    incomplete,
    /** devices of which it says, believed, what they have */
    heard: v.optional(v.array(v.string())),
  }),
  v.object({ ok: v.literal(false), type: v.string(), atPart: v.optional(v.number()) }),
]);
const vector = v.object({
  name: v.string(),
  about: v.string(),
  passphrase: v.optional(v.string()),
  sha256: v.string(),
  expect: expected,
});
const { reader, vectors } = v.parse(
  v.object({ reader: v.object({ identity: v.string(), records: v.string() }), vectors: v.array(vector) }),
  JSON.parse(readFileSync(join(folder, 'vectors.json'), 'utf8')),
);

const openReader = async () => {
  const environment = createEnvironment(1);
  const identity = decodeIdentity(fromHex(reader.identity));
  const storage = createMemoryStorage();
  const replica = value(await openReplica(storage, identity, createVerifier(environment.subtle), environment));
  value(await replica.take([fromHex(reader.records)]));
  return { replica, environment };
};

describe('bundles', () => {
  it('are all there, and none beside them', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.bundle'));
    expect(files.sort()).toEqual(vectors.map(({ name }) => `${name}.bundle`).sort());
  });

  for (const { name, about, passphrase, sha256: sum, expect: wanted } of vectors) {
    it(`${name}: ${about}`, async () => {
      const bytes = new Uint8Array(readFileSync(join(folder, `${name}.bundle`)));
      expect(toHex(sha256(bytes))).toBe(sum);
      const { replica, environment } = await openReader();
      const before = replica.vector();
      const preview = await readBundle(replica, sourceOf(bytes), environment, passphrase);
      expect(replica.vector()).toEqual(before);
      const merged = await mergeBundle(
        replica,
        sourceOf(bytes),
        environment,
        passphrase === undefined ? {} : { passphrase },
      );
      if (wanted.ok) {
        const { receipt, incomplete: stop } = value(merged);
        if (wanted.heard) expect([...replica.signedVectors.numbers().keys()]).toEqual(wanted.heard);
        expect({ changes: receipt.changes, stop }).toEqual({ changes: wanted.changes, stop: wanted.incomplete });
        expect(value(preview)).toMatchObject({ would: { changes: wanted.changes }, incomplete: wanted.incomplete });
      } else {
        const { ok: _, ...error } = wanted;
        expect(merged).toEqual({ ok: false, error });
        expect(preview).toEqual({ ok: false, error });
        expect(replica.vector()).toEqual(before);
      }
    });
  }
});
