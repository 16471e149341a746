/**
 * Fields of a word, each with one way to be written and one to be read. Reading is strict and total: what is not
 * exactly such a value is refused, whoever wrote it; keys that a newer version added are left out. Writing makes texts
 * canonical, and says by how much one is too long.
 */
import { fromHex, toHex, utf8 } from '../../lib/bytes.ts';
import { canonicalText } from '../../lib/canonical-text.ts';
import { parseDay, parseMinute } from '../shape/read.ts';
import { parseLanguage } from '../text/language.ts';
import { parseCount, parseRule } from './rule.ts';
import type { Rule } from './rule.ts';

/** What a log can carry. */
export type Plain =
  null | boolean | number | string | Uint8Array | readonly Plain[] | { readonly [key: string]: Plain | undefined };

/** Bytes beyond what there is room for, by the path of the field ('' for the word as a whole). */
export interface TooLong {
  readonly type: 'TooLong';
  readonly field: string;
  readonly over: number;
}

export interface Field<T> {
  /** null: not such a value */
  readonly read: (value: unknown) => { readonly value: T } | null;
  /** Throws where a program, not a person, gave a value out of its bounds. */
  readonly write: (value: T, path: string, tooLong: TooLong[]) => Plain;
}

/** `most` is in bytes of UTF-8. */
export const text = (most: number): Field<string> => ({
  read: (value) =>
    typeof value === 'string' && value.length <= most && canonicalText(value) === value && utf8(value).length <= most
      ? { value }
      : null,
  write: (value, path, tooLong) => {
    const words = canonicalText(value);
    const over = utf8(words).length - most;
    if (over > 0) tooLong.push({ type: 'TooLong', field: path, over });
    return words;
  },
});

/** An id or hash: bytes in the word, lower-case hex for us. */
export const hexOf = <T extends string>(length: number): Field<T> => ({
  read: (value) => (value instanceof Uint8Array && value.length === length ? { value: toHex(value) as T } : null),
  write: (value, path) => {
    const bytes = fromHex(value);
    if (bytes.length !== length) throw new Error(`${path}: an id of ${bytes.length} bytes`);
    return bytes;
  },
});

/** Ids of the parts of a document, as the document has them. */
export const partId = <T extends string>(): Field<T> => checked((value) => (isPartId(value) ? (value as T) : null));

export const bytes = (least: number, most: number): Field<Uint8Array> =>
  checked((value) => (value instanceof Uint8Array && value.length >= least && value.length <= most ? value : null));

export const count = (least: number, most: number): Field<number> => checked((value) => parseCount(value, least, most));

export const minute: Field<number> = checked(parseMinute);
export const day: Field<string> = checked(parseDay);
export const language: Field<string> = checked((value) => {
  const tag = parseLanguage(value);
  return tag === value ? tag : null;
});
export const flag: Field<boolean> = checked((value) => (typeof value === 'boolean' ? value : null));

/** all its numbers are whole */
export const rule: Field<Rule> = {
  read: (value) => found(parseRule(value)),
  write: ({ threshold, emergency, ...rest }) => ({ ...rest, threshold: { ...threshold }, emergency: { ...emergency } }),
};

export const oneOf = <const T extends string>(allowed: readonly T[]): Field<T> =>
  checked((value) => allowed.find((one) => one === value) ?? null);

export const optional = <T>(field: Field<T>): Field<T | null> => ({
  read: (value) => (value === null ? { value } : field.read(value)),
  write: (value, path, tooLong) => (value === null ? null : field.write(value, path, tooLong)),
});

/** `key` tells items apart: a list with one of them twice is refused. */
export const list = <T>(
  item: Field<T>,
  least: number,
  most: number,
  key?: (value: T) => string,
): Field<readonly T[]> => ({
  read: (value) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) return null;
    const items: T[] = [];
    for (const each of value as readonly unknown[]) {
      const read = item.read(each);
      if (read === null) return null;
      items.push(read.value);
    }
    return key !== undefined && new Set(items.map(key)).size < items.length ? null : { value: items };
  },
  write: (value, path, tooLong) => {
    if (value.length < least || value.length > most) throw new Error(`${path}: ${value.length} items`);
    if (key !== undefined && new Set(value.map(key)).size < value.length) throw new Error(`${path}: an item twice`);
    return value.map((each, index) => item.write(each, `${path}.${index}`, tooLong));
  },
});

export type Fields<T> = { readonly [Key in keyof T]: Field<T[Key]> };

export const record = <T extends object>(fields: Fields<T>): Field<T> => ({
  read: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) return null;
    const given = new Map(Object.entries(value));
    const out: Partial<T> = {};
    for (const key in fields) {
      const read = fields[key].read(given.get(key));
      if (read === null) return null;
      out[key] = read.value;
    }
    return { value: out as T };
  },
  write: (value, path, tooLong) => {
    const out: Record<string, Plain> = {};
    for (const key in fields) out[key] = fields[key].write(value[key], path === '' ? key : `${path}.${key}`, tooLong);
    return out;
  },
});

const found = <T>(value: T | null): { readonly value: T } | null => (value === null ? null : { value });

/** A field that is written as it is, once it is known to be one. */
function checked<T extends Plain>(parse: (value: unknown) => T | null): Field<T> {
  return {
    read: (value) => found(parse(value)),
    write: (value, path) => {
      if (parse(value) === null) throw new Error(`${path}: out of its bounds`);
      return value;
    },
  };
}

const PART_ID = /^[A-Za-z0-9_-]{1,64}$/;
const isPartId = (value: unknown): value is string => typeof value === 'string' && PART_ID.test(value);

/** Bytes of a value as the log writes it. */
export const sizeOf = (value: Plain | undefined): number => {
  if (typeof value === 'string') return 1 + block(utf8(value).length);
  if (typeof value === 'number') return 1 + (value < 0 ? lengthOf(-value - 1) : lengthOf(value));
  if (value instanceof Uint8Array) return 1 + block(value.length);
  if (typeof value !== 'object' || value === null) return 1;
  if (isList(value)) return value.reduce((sum: number, item) => sum + sizeOf(item), 1 + lengthOf(value.length));
  const pairs = Object.entries(value);
  return pairs.reduce((sum, [key, item]) => sum + block(utf8(key).length) + sizeOf(item), 1 + lengthOf(pairs.length));
};

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);
const block = (length: number): number => lengthOf(length) + length;
/** of a varuint */
const lengthOf = (value: number): number => (value < 0x80 ? 1 : 1 + lengthOf(Math.floor(value / 0x80)));
