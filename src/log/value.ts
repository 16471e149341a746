/**
 * Plain values inside documents (what Yjs calls "any"), in one canonical encoding of our own,
 * so that no foreign byte reaches a decoder that was not written to be attacked.
 */
import { BytesError, type Reader, type Writer } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';

export type Value =
  null | undefined | boolean | number | string | Uint8Array | readonly Value[] | { readonly [key: string]: Value };

const isFloat = (value: number): boolean => !Number.isSafeInteger(value) || Object.is(value, -0);

/** Throws where a value cannot live in a document (a function, a bigint, a symbol). */
export const writeValue = (to: Writer, value: unknown, depth = 0): void => {
  if (depth > LIMIT.depth) throw new BytesError('value nested too deep');
  if (value === null) to.u8(0);
  else if (value === undefined) to.u8(1);
  else if (value === false) to.u8(2);
  else if (value === true) to.u8(3);
  else if (typeof value === 'number') {
    if (isFloat(value)) {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setFloat64(0, value);
      to.u8(6).bytes(bytes);
    } else if (value < 0) to.u8(5).varuint(-value - 1);
    else to.u8(4).varuint(value);
  } else if (typeof value === 'string') to.u8(7).text(value);
  else if (value instanceof Uint8Array) to.u8(10).block(value);
  else if (Array.isArray(value)) {
    to.u8(8).varuint(value.length);
    for (const item of value) writeValue(to, item, depth + 1);
  } else if (typeof value === 'object') {
    const pairs = Object.entries(value);
    to.u8(9).varuint(pairs.length);
    for (const [key, item] of pairs) {
      to.text(key);
      writeValue(to, item, depth + 1);
    }
  } else throw new BytesError('not a value');
};

export const readValue = (from: Reader, depth = 0): Value => {
  if (depth > LIMIT.depth) throw new BytesError('value nested too deep');
  const tag = from.u8();
  switch (tag) {
    case 0:
      return null;
    case 1:
      return undefined;
    case 2:
      return false;
    case 3:
      return true;
    case 4:
      return from.varuint();
    case 5: {
      const value = -from.varuint() - 1;
      if (!Number.isSafeInteger(value)) throw new BytesError('integer over 53 bits');
      return value;
    }
    case 6: {
      const bytes = from.bytes(8);
      const value = new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
      if (!isFloat(value)) throw new BytesError('integer encoded as a float');
      return value;
    }
    case 7:
      return from.text(LIMIT.entry);
    case 8: {
      const length = from.varuint();
      if (length > from.left) throw new BytesError('unexpected end');
      const items: Value[] = [];
      for (let i = 0; i < length; i++) items.push(readValue(from, depth + 1));
      return items;
    }
    case 9: {
      const length = from.varuint();
      if (length > from.left) throw new BytesError('unexpected end');
      const pairs: [string, Value][] = [];
      const keys = new Set<string>();
      for (let i = 0; i < length; i++) {
        const key = from.text(LIMIT.entry);
        if (keys.has(key)) throw new BytesError('key twice');
        keys.add(key);
        pairs.push([key, readValue(from, depth + 1)]);
      }
      // fromEntries defines own properties, so a key "__proto__" stays a plain key
      return Object.fromEntries(pairs);
    }
    case 10:
      return from.block(LIMIT.entry).slice();
    default:
      throw new BytesError('unknown value');
  }
};
