/** As much of DER (X.690) as a certificate is written in. */
type Bytes = Uint8Array;

const tagged = (tag: number, ...parts: readonly Bytes[]): Bytes => {
  const body = Buffer.concat(parts);
  const length = body.length;
  if (length < 0x80) return Buffer.concat([Uint8Array.of(tag, length), body]);
  if (length < 0x100) return Buffer.concat([Uint8Array.of(tag, 0x81, length), body]);
  if (length < 0x1_0000) return Buffer.concat([Uint8Array.of(tag, 0x82, length >> 8, length & 0xff), body]);
  throw new RangeError('no part of a certificate is that long');
};

export const sequence = (...parts: readonly Bytes[]): Bytes => tagged(0x30, ...parts);
export const set = (...parts: readonly Bytes[]): Bytes => tagged(0x31, ...parts);
export const octets = (bytes: Bytes): Bytes => tagged(0x04, bytes);
export const text = (value: string): Bytes => tagged(0x0c, Buffer.from(value, 'utf8'));
export const yes: Bytes = Uint8Array.of(0x01, 0x01, 0xff);
/** `[number]` around a value of its own */
export const explicit = (number: number, ...parts: readonly Bytes[]): Bytes => tagged(0xa0 + number, ...parts);
/** `[number]` in place of a value's own tag */
export const implicit = (number: number, bytes: Bytes): Bytes => tagged(0x80 + number, bytes);

/** `unused`: bits at the end that say nothing */
export const bits = (bytes: Bytes, unused = 0): Bytes => tagged(0x03, Uint8Array.of(unused), bytes);

/** A number from zero up, big-endian; its first bit is its sign and so is kept free, and it has no zeros before it. */
export const integer = (bytes: Bytes): Bytes => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  return (digits[0] ?? 0) < 0x80 ? tagged(0x02, digits) : tagged(0x02, Uint8Array.of(0), digits);
};

export const oid = (dotted: string): Bytes => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): readonly number[] => {
    const digits = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  };
  return tagged(0x06, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]));
};

/** In the form that certificates take: with two digits of the year before 2050, with four from then on. */
export const time = (at: Date): Bytes => {
  const digits = `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  const isShort = at.getUTCFullYear() < 2050;
  return tagged(isShort ? 0x17 : 0x18, Buffer.from(isShort ? digits.slice(2) : digits, 'ascii'));
};
