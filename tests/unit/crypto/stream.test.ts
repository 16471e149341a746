import { describe, expect, it } from 'vitest';
import {
  CHUNK,
  createOpenStream,
  createSealStream,
  hkdf,
  open,
  seal,
  SEALED_CHUNK,
} from '../../../src/crypto/index.ts';
import { concat, equalBytes } from '../../../src/lib/bytes.ts';
import { createSeededRandom, flipped } from './seeded.ts';

const fileKey = new Uint8Array(32).fill(1);

const split = (text: Uint8Array): Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < text.length; at += CHUNK) chunks.push(text.subarray(at, at + CHUNK));
  return chunks;
};

const sealAll = (text: Uint8Array, key = fileKey): Uint8Array[] => {
  const stream = createSealStream(key);
  const chunks = split(text);
  return chunks.map((chunk, i) => stream.chunk(chunk, i === chunks.length - 1));
};

/** How many chunks open, where the last one given is taken for the last of all. */
const opened = (chunks: readonly Uint8Array[], key = fileKey): number => {
  const stream = createOpenStream(key);
  let count = 0;
  for (const [i, chunk] of chunks.entries()) {
    if (stream.chunk(chunk, i === chunks.length - 1) === null) break;
    count++;
  }
  return count;
};

const text = createSeededRandom(3)(2 * CHUNK + 100);
const [first, second, last] = sealAll(text) as [Uint8Array, Uint8Array, Uint8Array];

describe('a sealed stream', () => {
  it('opens to what was sealed, around every limit', () => {
    for (const length of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK]) {
      const chunks = sealAll(text.subarray(0, length));
      const stream = createOpenStream(fileKey);
      const parts = chunks.map((chunk, i) => stream.chunk(chunk, i === chunks.length - 1));
      expect(equalBytes(concat(...parts.filter((part) => part !== null)), text.subarray(0, length))).toBe(true);
      expect(chunks.length).toBe(Math.max(1, Math.ceil(length / CHUNK)));
    }
    expect(first.length).toBe(SEALED_CHUNK);
    expect(SEALED_CHUNK).toBe(65_552);
  });

  it('is a secretbox for each chunk under a derived key, with number and last flag in the nonce', () => {
    const key = hkdf(fileKey, new Uint8Array(0), 'weft1/stream\0', 32);
    expect(equalBytes(open(key, new Uint8Array(24), first) ?? first, text.subarray(0, CHUNK))).toBe(true);
    expect(
      open(
        key,
        Uint8Array.from({ length: 24 }, (_, i) => (i === 22 ? 1 : 0)),
        second,
      ),
    ).not.toBeNull();
    expect(
      open(
        key,
        Uint8Array.from({ length: 24 }, (_, i) => (i === 22 ? 2 : i === 23 ? 1 : 0)),
        last,
      ),
    ).not.toBeNull();
  });

  it('opens whole when nothing was done to it', () => {
    expect(opened([first, second, last])).toBe(3);
  });

  it('is known to be truncated when its last chunks are missing', () => {
    expect(opened([first, second])).toBe(1);
    expect(opened([first])).toBe(0);
    const stream = createOpenStream(fileKey);
    expect(stream.chunk(first, false)).not.toBeNull();
    expect(stream.chunk(second, false)).not.toBeNull();
  });

  it('stops where a chunk is cut short', () => {
    expect(opened([first, second, last.subarray(0, 50)])).toBe(2);
    expect(opened([first, second.subarray(0, 50)])).toBe(1);
    expect(opened([first, second, last.subarray(0, 15)])).toBe(2);
    expect(opened([first, second, new Uint8Array(0)])).toBe(2);
  });

  it('stops where chunks are reordered, left out or doubled', () => {
    expect(opened([second, first, last])).toBe(0);
    expect(opened([first, last, second])).toBe(1);
    expect(opened([first, last])).toBe(1);
    expect(opened([first, first, second, last])).toBe(1);
  });

  it('stops where something was added behind the end', () => {
    expect(opened([first, second, last, last])).toBe(2);
    const stream = createOpenStream(fileKey);
    for (const [chunk, isLast] of [
      [first, false],
      [second, false],
      [last, true],
    ] as const) {
      expect(stream.chunk(chunk, isLast)).not.toBeNull();
    }
    expect(stream.chunk(last, true)).toBeNull();
    expect(stream.chunk(first, false)).toBeNull();
  });

  it('stops at its end even where the writer went on', () => {
    const key = hkdf(fileKey, new Uint8Array(0), 'weft1/stream\0', 32);
    const nonce = Uint8Array.from({ length: 24 }, (_, i) => (i === 22 || i === 23 ? 1 : 0));
    const end = createSealStream(fileKey).chunk(text.subarray(0, 5), true);
    const stream = createOpenStream(fileKey);
    expect(stream.chunk(end, true)).not.toBeNull();
    expect(stream.chunk(seal(key, nonce, text.subarray(0, 5)), true)).toBeNull();
  });

  it('stops where a chunk of another stream was put in', () => {
    const other = sealAll(text, new Uint8Array(32).fill(2)) as [Uint8Array, Uint8Array, Uint8Array];
    expect(opened([first, other[1], last])).toBe(1);
    expect(opened([first, second, last], new Uint8Array(32).fill(2))).toBe(0);
  });

  it('stops where a bit was flipped, and keeps what came before', () => {
    for (let at = 0; at < last.length; at++) {
      expect(opened([first, second, flipped(last, at)])).toBe(2);
    }
    expect(opened([first, flipped(second, 40_000), last])).toBe(1);
  });

  it('goes on from where it stood after a refusal', () => {
    const stream = createOpenStream(fileKey);
    expect(stream.chunk(second, false)).toBeNull();
    expect(stream.chunk(first, true)).toBeNull();
    expect(stream.chunk(first, false)).not.toBeNull();
    expect(stream.chunk(second, false)).not.toBeNull();
    expect(stream.chunk(last, true)).not.toBeNull();
  });

  it('has one form: no short chunk but the last, no empty last chunk but in an empty stream', () => {
    expect(() => createSealStream(fileKey).chunk(new Uint8Array(5), false)).toThrow('wrong length');
    expect(() => createSealStream(fileKey).chunk(new Uint8Array(CHUNK + 1), true)).toThrow('wrong length');
    const stream = createSealStream(fileKey);
    stream.chunk(new Uint8Array(CHUNK), false);
    expect(() => stream.chunk(new Uint8Array(0), true)).toThrow('wrong length');
    stream.chunk(new Uint8Array(1), true);
    expect(() => stream.chunk(new Uint8Array(1), true)).toThrow('after the last');
    expect(() => createSealStream(new Uint8Array(31))).toThrow('32 bytes');
  });
});
