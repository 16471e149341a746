/**
 * Bytes in and out, with one encoding for each value.
 * Integers are big-endian; `varuint` is LEB128 of at most 53 bits in its shortest form.
 * A `Reader` never reads past its end: it throws `BytesError`, which every `decode…` turns into a Result.
 */
import { base64urlnopad } from '@scure/base';

export class BytesError extends Error {
  override name = 'BytesError';
}

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8Encoder = new TextEncoder();

export const utf8 = (text: string): Uint8Array => utf8Encoder.encode(text);

// by tables: ids go to and from hex thousands of times at a start
const DIGITS = Array.from({ length: 16 }, (_, i) => i.toString(16).charCodeAt(0));
/** By length: what fits here becomes text in one piece, and not of as many as it has bytes. */
const digitsByLength = Array.from({ length: 65 }, (_, length) => new Array<number>(length * 2).fill(0));
const NIBBLES = new Int8Array(128).fill(-1);
for (let i = 0; i < 16; i++) {
  NIBBLES[i.toString(16).charCodeAt(0)] = i;
  NIBBLES[i.toString(16).toUpperCase().charCodeAt(0)] = i;
}

export const toHex = (bytes: Uint8Array): string => {
  const digits = digitsByLength[bytes.length];
  if (!digits) return toHex(bytes.subarray(0, 64)) + toHex(bytes.subarray(64));
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    digits[2 * i] = DIGITS[byte >> 4] as number;
    digits[2 * i + 1] = DIGITS[byte & 15] as number;
  }
  return String.fromCharCode(...digits);
};
/** Throws where the text is not hex. */
export const fromHex = (text: string): Uint8Array => {
  if (text.length % 2 === 1) throw new BytesError('hex of odd length');
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = NIBBLES[text.charCodeAt(2 * i)] ?? -1;
    const low = NIBBLES[text.charCodeAt(2 * i + 1)] ?? -1;
    if (high < 0 || low < 0) throw new BytesError('not hex');
    bytes[i] = high * 16 + low;
  }
  return bytes;
};
export const toBase64url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);
/** Throws where the text is not unpadded base64url. */
export const fromBase64url = (text: string): Uint8Array => base64urlnopad.decode(text);

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/** Not constant-time: for public values only. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** Byte order, shorter first on a tie: negative, zero or positive. */
export const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

export class Writer {
  private buffer: Uint8Array;
  length = 0;

  constructor(capacity = 256) {
    this.buffer = new Uint8Array(capacity);
  }

  private room(extra: number): void {
    const needed = this.length + extra;
    if (needed <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    grown.set(this.buffer.subarray(0, this.length));
    this.buffer = grown;
  }

  u8(value: number): this {
    this.room(1);
    this.buffer[this.length++] = value;
    return this;
  }

  u16(value: number): this {
    return this.u8((value >>> 8) & 0xff).u8(value & 0xff);
  }

  u32(value: number): this {
    return this.u16((value >>> 16) & 0xffff).u16(value & 0xffff);
  }

  /** 0 ≤ value ≤ 2^53 − 1 */
  u64(value: number): this {
    return this.u32(Math.floor(value / 0x1_0000_0000)).u32(value >>> 0);
  }

  /** 0 ≤ value ≤ 2^53 − 1 */
  varuint(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new BytesError('varuint out of range');
    this.room(8);
    let rest = value;
    if (rest < 0x4000_0000) {
      // as 32-bit integers, which is most of them and several times as fast
      for (; rest > 0x7f; rest >>>= 7) this.buffer[this.length++] = (rest & 0x7f) | 0x80;
      this.buffer[this.length++] = rest;
      return this;
    }
    // a clientID: four bytes of seven bits, and the rest, which is below 2^25
    const low = rest % 0x1000_0000;
    for (let shift = 0; shift < 28; shift += 7) this.buffer[this.length++] = ((low >>> shift) & 0x7f) | 0x80;
    for (rest = (rest - low) / 0x1000_0000; rest > 0x7f; rest >>>= 7) {
      this.buffer[this.length++] = (rest & 0x7f) | 0x80;
    }
    this.buffer[this.length++] = rest;
    return this;
  }

  bytes(value: Uint8Array): this {
    this.room(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
    return this;
  }

  /** varuint length, then the bytes */
  block(value: Uint8Array): this {
    return this.varuint(value.length).bytes(value);
  }

  /** varuint byte length, then UTF-8 */
  text(value: string): this {
    return this.block(utf8(value));
  }

  /** What was written so far: a view, good until the next write. */
  written(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** A copy of what was written so far. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }
}

export class Reader {
  constructor(
    readonly buffer: Uint8Array,
    public at = 0,
    readonly end = buffer.length,
  ) {}

  get left(): number {
    return this.end - this.at;
  }

  u8(): number {
    if (this.at >= this.end) throw new BytesError('unexpected end');
    return this.buffer[this.at++] as number;
  }

  u16(): number {
    return this.u8() * 0x100 + this.u8();
  }

  u32(): number {
    return this.u16() * 0x1_0000 + this.u16();
  }

  u64(): number {
    const value = this.u32() * 0x1_0000_0000 + this.u32();
    if (!Number.isSafeInteger(value)) throw new BytesError('integer over 53 bits');
    return value;
  }

  varuint(): number {
    // one and two bytes are nearly all of them
    const first = this.u8();
    if (first < 0x80) return first;
    const second = this.buffer[this.at] as number;
    if (this.at < this.end && second < 0x80 && second > 0) {
      this.at += 1;
      return (first & 0x7f) | (second << 7);
    }
    this.at -= 1;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (byte === 0 && i > 0) throw new BytesError('varuint not in shortest form');
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
      scale *= 0x80;
    }
    throw new BytesError('varuint over 53 bits');
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    if (length < 0 || length > this.end - this.at) throw new BytesError('unexpected end');
    const view = this.buffer.subarray(this.at, this.at + length);
    this.at += length;
    return view;
  }

  /** varuint length of at most `limit` bytes, then a view of them */
  block(limit: number): Uint8Array {
    const length = this.varuint();
    if (length > limit) throw new BytesError('block over its limit');
    return this.bytes(length);
  }

  /** well-formed UTF-8 of at most `limit` bytes */
  text(limit: number): string {
    try {
      return utf8Decoder.decode(this.block(limit));
    } catch (error) {
      if (error instanceof BytesError) throw error;
      throw new BytesError('ill-formed UTF-8');
    }
  }

  /** Refuses trailing bytes. */
  done(): void {
    if (this.at !== this.end) throw new BytesError('trailing bytes');
  }
}
