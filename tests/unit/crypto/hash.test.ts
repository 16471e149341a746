import { sha256 as noble } from '@noble/hashes/sha2.js';
import { describe, expect, it, vi } from 'vitest';
import { concat, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { createSeededRandom } from './seeded.ts';

/** A module of its own each time, since it remembers whether WebAssembly was loaded. */
const load = async (wasm: boolean) => {
  vi.resetModules();
  const hash = await import('../../../src/crypto/hash.ts');
  if (wasm) await hash.prepareHash();
  return hash;
};

const random = createSeededRandom(1);

for (const wasm of [false, true]) {
  describe(`sha256 ${wasm ? 'after' : 'before'} prepareHash`, () => {
    it('hashes the examples of FIPS 180', async () => {
      const { sha256 } = await load(wasm);
      const hex = (text: string): string => toHex(sha256(utf8(text)));
      expect(hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
      expect(hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
      expect(hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
        '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
      );
      expect(hex('a'.repeat(1_000_000))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
    });

    it('hashes parts as if they were one, for all short lengths and around every limit', async () => {
      const { sha256 } = await load(wasm);
      const lengths = [...Array(130).keys(), 1023, 1024, 1025, 16_383, 16_384, 16_385, 40_000];
      for (const length of lengths) {
        const parts = [random(length), random(length >> 1), random(3), new Uint8Array(0)];
        expect(toHex(sha256(...parts))).toBe(toHex(noble(concat(...parts))));
      }
      expect(toHex(sha256())).toBe(toHex(noble(new Uint8Array(0))));
    });

    it('gives each caller a result of its own and leaves the parts as they were', async () => {
      const { sha256 } = await load(wasm);
      const part = utf8('one');
      const first = sha256(part, part);
      const before = toHex(first);
      sha256(utf8('two'), utf8('three'));
      expect(toHex(first)).toBe(before);
      expect(first.buffer.byteLength).toBe(32);
      expect(part).toEqual(utf8('one'));
    });
  });
}

describe('prepareHash', () => {
  it('may be called many times', async () => {
    const { prepareHash, sha256 } = await load(true);
    await Promise.all([prepareHash(), prepareHash()]);
    expect(sha256(utf8('x'))).toEqual(noble(utf8('x')));
  });

  it('leaves the hash on noble where WebAssembly is forbidden', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    try {
      const { sha256 } = await load(true);
      expect(sha256(utf8('x'), utf8('y'))).toEqual(noble(utf8('xy')));
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
