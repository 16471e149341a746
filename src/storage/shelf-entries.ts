/**
 * Values by key in a Y.Array of pairs, where the last pair of a key holds.
 * Not a Y.Map: setting a key of a Y.Map again costs about 49 bytes for ever, while runs of deleted pairs of an array
 * melt together to nearly nothing, and read marks are set all day long.
 */
import type * as Y from 'yjs';

export interface Entries<V> {
  get(key: string): V | null;
  /** oldest first */
  values(): readonly V[];
  /** Throws where the key or the value is over its bounds. */
  set(key: string, value: V): void;
}

/** in UTF-16 code units */
const LONGEST_KEY = 200;

export const createEntries = <V>(
  doc: Y.Doc,
  name: string,
  most: number,
  parse: (value: unknown) => V | null,
): Entries<V> => {
  const pairs = doc.getArray<unknown>(name);
  let valueByKey = new Map<string, V>();
  const readAll = (): void => {
    valueByKey = new Map();
    for (const pair of pairs.toArray()) {
      const parsed = parsePair(pair, parse);
      if (!parsed) continue;
      // the order of a map is that of the first set
      valueByKey.delete(parsed.key);
      valueByKey.set(parsed.key, parsed.value);
    }
  };
  pairs.observe(readAll);
  readAll();

  return {
    get: (key) => valueByKey.get(key) ?? null,
    values: () => [...valueByKey.values()],
    set: (key, value) => {
      const parsed = parsePair([key, value], parse);
      if (!parsed) throw new RangeError('over the bounds of a shelf');
      if (valueByKey.get(key) === value && pairs.length <= most) return;
      doc.transact(() => {
        dropOutdated(pairs, key, most - 1, parse);
        pairs.push([[key, parsed.value]]);
      });
    },
  };
};

/** Leaves the last pair of each key but `key`, and of these the newest `most`. */
const dropOutdated = (pairs: Y.Array<unknown>, key: string, most: number, parse: (value: unknown) => unknown): void => {
  const seen = new Set([key]);
  const all = pairs.toArray();
  let kept = 0;
  for (let index = all.length - 1; index >= 0; index--) {
    const pair = parsePair(all[index], parse);
    if (pair && !seen.has(pair.key) && kept < most) {
      seen.add(pair.key);
      kept++;
    } else pairs.delete(index);
  }
};

const parsePair = <V>(pair: unknown, parse: (value: unknown) => V | null): { key: string; value: V } | null => {
  if (!Array.isArray(pair)) return null;
  const items: readonly unknown[] = pair;
  const [key, raw] = items;
  if (items.length !== 2 || typeof key !== 'string' || key.length > LONGEST_KEY) return null;
  const value = parse(raw);
  return value === null ? null : { key, value };
};
