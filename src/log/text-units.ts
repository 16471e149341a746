import { BytesError } from '../lib/bytes.ts';

const tail = (bytes: Uint8Array, at: number, end: number): number => {
  if (at >= end) throw new BytesError('ill-formed UTF-8');
  const byte = bytes[at] as number;
  if ((byte & 0xc0) !== 0x80) throw new BytesError('ill-formed UTF-8');
  return byte & 0x3f;
};

/**
 * Where `units` UTF-16 code units of well-formed UTF-8 end, starting at `at`.
 * Yjs counts text in UTF-16 units and we store UTF-8: one scan checks both, without making a string.
 * Throws BytesError where the bytes are ill-formed, too short, or a pair would be cut in half.
 */
export const endOfUnits = (bytes: Uint8Array, at: number, end: number, units: number): number => {
  let left = units;
  while (left > 0) {
    if (at >= end) throw new BytesError('unexpected end');
    const byte = bytes[at] as number;
    if (byte < 0x80) {
      at += 1;
      left -= 1;
    } else if (byte >= 0xc2 && byte < 0xe0) {
      tail(bytes, at + 1, end);
      at += 2;
      left -= 1;
    } else if (byte >= 0xe0 && byte < 0xf0) {
      const point = ((byte & 0x0f) << 12) | (tail(bytes, at + 1, end) << 6) | tail(bytes, at + 2, end);
      if (point < 0x800 || (point >= 0xd800 && point < 0xe000)) throw new BytesError('ill-formed UTF-8');
      at += 3;
      left -= 1;
    } else if (byte >= 0xf0 && byte < 0xf5) {
      const point =
        ((byte & 0x07) << 18) |
        (tail(bytes, at + 1, end) << 12) |
        (tail(bytes, at + 2, end) << 6) |
        tail(bytes, at + 3, end);
      if (point < 0x10000 || point > 0x10ffff) throw new BytesError('ill-formed UTF-8');
      if (left < 2) throw new BytesError('half a surrogate pair');
      at += 4;
      left -= 2;
    } else throw new BytesError('ill-formed UTF-8');
  }
  return at;
};
