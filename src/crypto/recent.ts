/** A map of at most `most` values: the one that was longest not asked for is forgotten first. */
export interface Recent<K, V> {
  readonly size: number;
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
}

export const createRecent = <K, V>(most: number, forgotten?: (value: V) => void): Recent<K, V> => {
  const valueByKey = new Map<K, V>();
  return {
    get size() {
      return valueByKey.size;
    },
    get(key) {
      const value = valueByKey.get(key);
      if (value === undefined) return undefined;
      // A map keeps the order of setting: last asked for, last in the map.
      valueByKey.delete(key);
      valueByKey.set(key, value);
      return value;
    },
    set(key, value) {
      valueByKey.delete(key);
      valueByKey.set(key, value);
      const [oldest] = valueByKey.size > most ? valueByKey : [];
      if (oldest === undefined) return;
      valueByKey.delete(oldest[0]);
      forgotten?.(oldest[1]);
    },
    delete(key) {
      valueByKey.delete(key);
    },
  };
};
