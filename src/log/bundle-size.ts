/**
 * How large a bundle is. Its size says little of what is in it: Padmé (Nikitin and others, "Reducing Metadata
 * Leakage from Encrypted Files", 2019) keeps few sizes apart, at a cost of at most 12 %, and less in larger files.
 */
import { CHUNK, SEALED_CHUNK } from '../crypto/index.ts';

const OVERHEAD = SEALED_CHUNK - CHUNK;

/** The least Padmé size of at least `length`. */
export const padme = (length: number): number => {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const zeros = exponent - (Math.floor(Math.log2(exponent)) + 1);
  const step = 2 ** Math.max(0, zeros);
  return Math.ceil(length / step) * step;
};

/** A whole bundle has such a size; one that was cut has, as a rule, another. */
export const isPadded = (size: number): boolean => padme(size) === size;

/** A stream of `plain` bytes, sealed. */
export const sealedSize = (plain: number): number => plain + OVERHEAD * Math.max(1, Math.ceil(plain / CHUNK));

/** How many zeros go behind `plain` bytes, so that the whole file with `before` bytes before its stream is padded. */
export const zerosFor = (before: number, plain: number): number => {
  let size = padme(before + sealedSize(plain));
  for (;;) {
    const padded = plainSize(size - before);
    if (padded !== null && padded >= plain) return padded - plain;
    size = padme(size + 1);
  }
};

/** The whole file's size, with `before` bytes before a stream of `plain` bytes. */
export const fileSize = (before: number, plain: number): number => before + sealedSize(plain + zerosFor(before, plain));

/** How many plain bytes go into a file of at most `most` bytes. */
export const roomIn = (before: number, most: number): number => {
  for (let size = padme(most) === most ? most : lower(most); size > before; size = lower(size)) {
    const plain = plainSize(size - before);
    if (plain !== null) return plain;
  }
  return 0;
};

/** The greatest Padmé size below `size`. */
const lower = (size: number): number => {
  let step = 1;
  while (padme(size - step) >= size) step *= 2;
  let [low, high] = [size - step, size - 1];
  // padme only grows: the greatest length that is padded to less than `size`
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (padme(middle) < size) low = middle;
    else high = middle - 1;
  }
  return padme(low);
};

/** null: no stream has this size, since a chunk beyond the first holds at least a byte */
const plainSize = (sealed: number): number | null => {
  const chunks = Math.ceil(sealed / SEALED_CHUNK);
  const last = sealed - (chunks - 1) * SEALED_CHUNK;
  return last > OVERHEAD ? sealed - chunks * OVERHEAD : null;
};
