import { describe, expect, it } from 'vitest';
import { SEALED_CHUNK } from '../../../src/crypto/index.ts';
import { isPadded, padme, sealedSize, zerosFor } from '../../../src/log/bundle-size.ts';

describe('the size of a bundle', () => {
  it('is Padmé: few sizes, and never much larger', () => {
    const sizes = new Set<number>();
    for (let length = 2; length < 300_000; length += 7) {
      const padded = padme(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      expect(padded).toBeLessThanOrEqual(length * 1.12);
      expect(isPadded(padded)).toBe(true);
      sizes.add(padded);
    }
    expect(sizes.size).toBeLessThan(400);
    // worked out by hand from the paper
    expect([9, 10, 1000, 1025, 65_537, 1_000_000].map(padme)).toEqual([10, 10, 1024, 1088, 67_584, 1_015_808]);
  });

  it('is reached with the fewest zeros, also where a new chunk begins', () => {
    const before = 672;
    const lengths = [1, 2, 100, 3000];
    for (let chunk = 1; chunk < 40; chunk++) {
      for (const near of [-20, -17, -16, -1, 0, 1, 15, 16, 17]) lengths.push(chunk * SEALED_CHUNK + near);
    }
    for (const plain of lengths) {
      const zeros = zerosFor(before, plain);
      expect(isPadded(before + sealedSize(plain + zeros))).toBe(true);
      // the slow way, where it is not too slow
      if (zeros > 3000) continue;
      let least = 0;
      while (!isPadded(before + sealedSize(plain + least))) least++;
      expect([plain, zeros]).toEqual([plain, least]);
    }
  });
});
