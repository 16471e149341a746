/**
 * Opens raw DEFLATE (RFC 1951) into exactly as many bytes as are expected: nothing is written beyond them, and a bomb
 * costs no more than an honest stream of that length. It is strict where others are lenient: codes must be complete
 * (a single distance code excepted), and nothing may follow the last block.
 */
import { BytesError } from './bytes.ts';

/** Throws BytesError unless the input opens to exactly `length` bytes. */
export const inflate = (bytes: Uint8Array, length: number): Uint8Array => {
  const out = new Uint8Array(length);
  const end = bytes.length;
  let input = 0;
  let bits = 0;
  let count = 0;
  let at = 0;

  const need = (wanted: number): void => {
    while (count < wanted) {
      if (input >= end) throw new BytesError('deflated data ends early');
      bits |= (bytes[input++] as number) << count;
      count += 8;
    }
  };
  const take = (wanted: number): number => {
    need(wanted);
    const value = bits & ((1 << wanted) - 1);
    bits >>>= wanted;
    count -= wanted;
    return value;
  };
  const symbol = ({ table, width }: Code): number => {
    // near the end there may be fewer bits than the table is wide: they count as zeros, and are checked after
    while (count < width && input < end) {
      bits |= (bytes[input++] as number) << count;
      count += 8;
    }
    const found = table[bits & ((1 << width) - 1)] as number;
    const used = found & 15;
    if (used === 0 || used > count) throw new BytesError('not a deflate code');
    bits >>>= used;
    count -= used;
    return found >>> 4;
  };

  const stored = (): void => {
    bits >>>= count & 7;
    count -= count & 7;
    const size = take(16);
    if ((take(16) ^ 0xffff) !== size) throw new BytesError('stored block of the wrong length');
    if (at + size > length) throw new BytesError('opens to more than it says');
    for (let i = 0; i < size; i++) out[at++] = take(8);
  };
  const readCodes = (): readonly [Code, Code] => {
    const literals = take(5) + 257;
    const distances = take(5) + 1;
    const orders = take(4) + 4;
    if (literals > 286 || distances > 30) throw new BytesError('too many deflate codes');
    const orderLengths = new Uint8Array(19);
    for (let i = 0; i < orders; i++) orderLengths[ORDER[i] as number] = take(3);
    const order = createCode(orderLengths, false);
    const lengths = new Uint8Array(literals + distances);
    for (let i = 0; i < lengths.length;) {
      const found = symbol(order);
      if (found < 16) {
        lengths[i++] = found;
        continue;
      }
      if (found === 16 && i === 0) throw new BytesError('nothing to repeat');
      const value = found === 16 ? (lengths[i - 1] as number) : 0;
      const times = found === 16 ? 3 + take(2) : found === 17 ? 3 + take(3) : 11 + take(7);
      if (i + times > lengths.length) throw new BytesError('too many deflate codes');
      lengths.fill(value, i, i + times);
      i += times;
    }
    return [createCode(lengths.subarray(0, literals), false), createCode(lengths.subarray(literals), true)];
  };
  const compressed = (literal: Code, distance: Code): void => {
    for (;;) {
      const found = symbol(literal);
      if (found < 256) {
        if (at >= length) throw new BytesError('opens to more than it says');
        out[at++] = found;
        continue;
      }
      if (found === 256) return;
      const step = found - 257;
      if (step >= LENGTHS.length) throw new BytesError('not a deflate code');
      const size = (LENGTHS[step] as number) + take(LENGTH_BITS[step] as number);
      const far = symbol(distance);
      if (far >= DISTANCES.length) throw new BytesError('not a deflate code');
      const back = (DISTANCES[far] as number) + take(DISTANCE_BITS[far] as number);
      if (back > at) throw new BytesError('points before the start');
      if (at + size > length) throw new BytesError('opens to more than it says');
      for (const stop = at + size; at < stop; at++) out[at] = out[at - back] as number;
    }
  };

  for (let isLast = false; !isLast;) {
    isLast = take(1) === 1;
    const type = take(2);
    if (type === 0) stored();
    else if (type === 1) compressed(...fixedCodes());
    else if (type === 2) compressed(...readCodes());
    else throw new BytesError('unknown deflate block');
  }
  if (at !== length) throw new BytesError('opens to less than it says');
  // whole bytes read ahead were not needed; unused bits of the last one are zeros
  if (input - (count >>> 3) !== end || (bits & ((1 << (count & 7)) - 1)) !== 0) throw new BytesError('trailing bytes');
  return out;
};

/** A prefix code as one table: by the next `width` bits, symbol × 16 + its length; 0 where there is none. */
interface Code {
  readonly table: Uint16Array;
  readonly width: number;
}

const createCode = (lengths: Uint8Array, mayBeSparse: boolean): Code => {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  let width = 15;
  while (width > 1 && counts[width] === 0) width -= 1;
  const next = new Uint16Array(16);
  let code = 0;
  let left = 1 << 15;
  for (let length = 1; length <= 15; length++) {
    next[length] = code;
    code = (code + (counts[length] as number)) << 1;
    left -= (counts[length] as number) << (15 - length);
  }
  const used = lengths.length - (counts[0] as number);
  if (left < 0 || (left > 0 && !(mayBeSparse && used <= 1))) throw new BytesError('a deflate code with gaps');
  const table = new Uint16Array(1 << width);
  for (let value = 0; value < lengths.length; value++) {
    const length = lengths[value] as number;
    if (length === 0) continue;
    const forward = next[length] as number;
    next[length] = forward + 1;
    let reversed = 0;
    for (let i = 0; i < length; i++) reversed |= ((forward >>> i) & 1) << (length - 1 - i);
    for (let i = reversed; i < table.length; i += 1 << length) table[i] = value * 16 + length;
  }
  return { table, width };
};

let fixed: readonly [Code, Code] | null = null;
const fixedCodes = (): readonly [Code, Code] => {
  const literals = new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
  return (fixed ??= [createCode(literals, false), createCode(new Uint8Array(32).fill(5), false)]);
};

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const starts = (extra: readonly number[], first: number): number[] => {
  const out: number[] = [];
  for (let i = 0, at = first; i < extra.length; at += 1 << (extra[i++] as number)) out.push(at);
  return out;
};
// the last length code stands for 258 alone
const LENGTHS = [...starts(LENGTH_BITS.slice(0, 28), 3), 258];
const DISTANCES = starts(DISTANCE_BITS, 1);
