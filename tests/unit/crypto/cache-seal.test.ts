import { describe, expect, it } from 'vitest';
import { createCacheSeal } from '../../../src/crypto/index.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import { createSeededRandom, flipped } from './seeded.ts';

const key = new Uint8Array(32).fill(1);
const plain = utf8('meet at six');
const { subtle } = crypto;

describe('A sealed cache', () => {
  it.each([
    ['with WebCrypto', subtle],
    ['without it', null],
  ])('opens again %s, and not with another key or a changed byte', async (_, engine) => {
    const cache = createCacheSeal(key, engine, createSeededRandom(1));
    const sealed = await cache.seal(plain);
    expect(await cache.open(sealed)).toEqual(plain);
    expect(
      await createCacheSeal(
        key.map((byte) => byte ^ 1),
        engine,
        createSeededRandom(1),
      ).open(sealed),
    ).toBeNull();
    for (let at = 0; at < sealed.length; at++) expect(await cache.open(flipped(sealed, at))).toBeNull();
    for (let length = 0; length < sealed.length; length++) {
      expect(await cache.open(sealed.subarray(0, length))).toBeNull();
    }
  });

  it('never seals the same thing into the same bytes', async () => {
    const cache = createCacheSeal(key, subtle, createSeededRandom(1));
    expect(await cache.seal(plain)).not.toEqual(await cache.seal(plain));
  });

  it('is read with WebCrypto where it was sealed without, and not the other way round', async () => {
    const native = createCacheSeal(key, subtle, createSeededRandom(1));
    const plainly = createCacheSeal(key, null, createSeededRandom(2));
    expect(await native.open(await plainly.seal(plain))).toEqual(plain);
    expect(await plainly.open(await native.seal(plain))).toBeNull();
  });
});
