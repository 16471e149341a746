/** What a browser keeps for the page that is open, whatever keeps it: how much of each, and the names of the rest. */
import type { Page } from '@playwright/test';

export interface KeptHere {
  /** rows by database and store */
  readonly rows: Readonly<Record<string, number>>;
  /** bytes in all rows */
  readonly bytes: number;
  readonly local: readonly string[];
  readonly session: readonly string[];
  readonly cookies: string;
  /** the paths of everything in caches */
  readonly cached: readonly string[];
}

export const keptHere = (page: Page): Promise<KeptHere> =>
  page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no reason'));
      });
    const size = (value: unknown): number => {
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
      if (typeof value === 'string') return value.length;
      return typeof value === 'object' && value !== null
        ? Object.values(value).reduce<number>((sum, each) => sum + size(each), 0)
        : 0;
    };
    const rows: Record<string, number> = {};
    let bytes = 0;
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const values: unknown[] = await settled(database.transaction(store).objectStore(store).getAll());
        rows[`${name}/${store}`] = values.length;
        bytes += size(values);
      }
      database.close();
    }
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) cached.push(new URL(url).pathname);
    }
    return {
      rows,
      bytes,
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      cookies: document.cookie,
      cached: cached.sort(),
    };
  });
