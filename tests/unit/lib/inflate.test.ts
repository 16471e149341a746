import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytesError } from '../../../src/lib/bytes.ts';
import { deflate, inflate } from '../../../src/lib/deflate.ts';

const wordy = fc
  .array(fc.constantFrom('every ', 'crew ', 'comes home ', 'x', '0', '\u{1f30a}', 'the hill and the harbour '), {
    maxLength: 400,
  })
  .map((words) => new TextEncoder().encode(words.join('')));
const anything = fc.oneof(fc.uint8Array({ maxLength: 5000 }), wordy);

describe('inflate', () => {
  it('opens what zlib and our own deflate packed, at every level and strategy', () => {
    fc.assert(
      fc.property(
        anything,
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 4 }),
        (bytes, level, strategy) => {
          expect(inflate(deflateRawSync(bytes, { level, strategy }), bytes.length)).toEqual(bytes);
          expect(inflate(deflate(bytes), bytes.length)).toEqual(bytes);
        },
      ),
    );
  });

  it('opens far and long repetitions', () => {
    const bytes = new Uint8Array(300_000);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (i * i + (i >>> 15)) & 0xff;
    bytes.copyWithin(40_000, 7_300, 40_000);
    expect(inflate(deflateRawSync(bytes), bytes.length)).toEqual(bytes);
  });

  it('refuses every length but the right one', () => {
    const bytes = new TextEncoder().encode('every crew comes home '.repeat(50));
    const packed = deflate(bytes);
    for (const length of [0, 1, bytes.length - 1, bytes.length + 1, bytes.length * 2]) {
      expect(() => inflate(packed, length)).toThrow(BytesError);
    }
  });

  it('refuses a truncated stream and one with bytes after its end', () => {
    const bytes = new TextEncoder().encode('harbour to hills, hills to harbour');
    const packed = deflate(bytes);
    for (let end = 0; end < packed.length; end++) {
      expect(() => inflate(packed.subarray(0, end), bytes.length)).toThrow(BytesError);
    }
    expect(() => inflate(Uint8Array.of(...packed, 0), bytes.length)).toThrow(BytesError);
  });

  it('never opens a changed stream to something else than zlib does', () => {
    fc.assert(
      fc.property(anything, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, place, change) => {
        const packed = deflate(bytes).slice();
        const at = place % packed.length;
        packed[at] = (packed[at] as number) ^ change;
        let opened: Uint8Array;
        try {
          opened = inflate(packed, bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(BytesError);
          return;
        }
        expect(opened).toEqual(new Uint8Array(inflateRawSync(packed)));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives up a bomb at the first byte too many', () => {
    const bomb = deflateRawSync(new Uint8Array(50_000_000));
    expect(() => inflate(bomb, 1000)).toThrow('opens to more than it says');
  });
});
