/** Dexie in a real browser, with real failures of it: a full quota, cleared data, an aborted transaction. */
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { deleteDexieStorage, openDexieStorage } from '../../src/storage/dexie.ts';
import type { Storage } from '../../src/sync/storage.ts';
import { describeStorage, value } from './storage.ts';

let serial = 0;
const newName = (): string => `weft-storage-${++serial}`;

afterEach(() => vi.restoreAllMocks());

describeStorage('Dexie', async () => {
  const name = newName();
  return {
    open: () => openDexieStorage(name),
    failNextCommit: () => {
      // puts and deletes are done by then, drops are still to come

      const { add } = IDBObjectStore.prototype;
      vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(function (this: IDBObjectStore, ...given) {
        const request = add.apply(this, given);
        this.transaction.abort();
        return request;
      });
    },
    failure: 'StorageFailed',
    takeAway: async () => void value(await deleteDexieStorage(name)),
    sharing: true,
    clean: async () => void value(await deleteDexieStorage(name)),
  };
});

/** What TypeScript's library does not know yet: https://wicg.github.io/storage-buckets/ */
interface Buckets {
  open(name: string, options: { quota: number }): Promise<{ readonly indexedDB: IDBFactory }>;
  delete(name: string): Promise<void>;
}

/** Until the end of the test, databases are opened in a bucket that has its own real quota, in bytes. */
const openInBucket = async (quota: number): Promise<void> => {
  const { storageBuckets } = navigator as Navigator & { readonly storageBuckets: Buckets };
  const name = `bucket-${++serial}`;
  const bucket = await storageBuckets.open(name, { quota });
  onTestFinished(() => storageBuckets.delete(name));

  const { open } = IDBFactory.prototype;
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation((...given) => open.apply(bucket.indexedDB, given));
};

describe('storage: Dexie and its browser', () => {
  const open = async (name: string): Promise<Storage> => value(await openDexieStorage(name));

  test('commits in one strict readwrite transaction', async () => {
    const writing: IDBTransactionDurability[] = [];

    const { transaction } = IDBDatabase.prototype;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...given) {
      const made = transaction.apply(this, given);
      if (made.mode === 'readwrite') writing.push(made.durability);
      return made;
    });
    const storage = await open(newName());
    const bytes = new Uint8Array(3);
    value(
      await storage.commit({
        puts: [{ key: 'a', value: bytes }],
        deletes: ['b'],
        appends: [{ log: 'l', value: bytes }],
        drops: [{ log: 'l', seqs: [1] }],
      }),
    );
    expect(writing).toEqual(['strict']);
    await storage.close();
  });

  test('says that the quota is full, changes nothing, and goes on with what there is room for', async () => {
    await openInBucket(1_000_000);
    const storage = await open(newName());
    value(await storage.commit({ puts: [{ key: 'k', value: new Uint8Array([1]) }] }));
    const large = new Uint8Array(60_000);
    const failed = await storage.commit({
      puts: [
        { key: 'k', value: new Uint8Array([2]) },
        { key: 'large', value: large },
      ],
      appends: Array.from({ length: 100 }, () => ({ log: 'l', value: large })),
    });
    expect(failed).toEqual({ ok: false, error: { type: 'QuotaFull' } });
    expect(value(await storage.list(''))).toEqual([{ key: 'k', value: new Uint8Array([1]) }]);
    expect(value(await storage.rows('l', 0, 1))).toEqual([]);

    value(await storage.commit({ puts: [{ key: 'k', value: new Uint8Array([3]) }] }));
    expect(value(await storage.get('k'))).toEqual(new Uint8Array([3]));
    await storage.close();
  });

  test('tells that it is gone when the browser clears the data of the site', async () => {
    const storage = await open(newName());
    const told = new Promise<void>((resolve) => storage.onGone(resolve));
    await cdp().send('Storage.clearDataForOrigin', { origin: location.origin, storageTypes: 'indexeddb' });
    await told;
    expect(await storage.get('k')).toEqual({ ok: false, error: { type: 'StorageGone' } });
    // the browser may still be at it, and takes along what is opened meanwhile
    const again = await vi.waitUntil(
      async () => {
        const opened = await openDexieStorage(newName());
        return opened.ok && opened.value;
      },
      { timeout: 10_000 },
    );
    await again.close();
  });

  test('tells that it is gone when a newer Weft in another tab upgrades the database', async () => {
    const name = newName();
    const storage = await open(name);
    const told = new Promise<void>((resolve) => storage.onGone(resolve));
    const upgraded = new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1000);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('not upgraded'));
    });
    await told;
    (await upgraded).close();
  });

  test('does not hang where IndexedDB never answers', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => new EventTarget() as IDBOpenDBRequest);
    expect(await openDexieStorage(newName(), 50)).toEqual({
      ok: false,
      error: { type: 'StorageFailed', name: 'TimedOut' },
    });
  });

  test('says so where IndexedDB is denied', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect(await openDexieStorage(newName())).toEqual({
      ok: false,
      error: { type: 'StorageFailed', name: 'SecurityError' },
    });
  });

  test('a deletion does not hang where somebody does not let go', async () => {
    const name = newName();
    await (await open(name)).close();
    const stubborn = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    expect(await deleteDexieStorage(name, 50)).toEqual({
      ok: false,
      error: { type: 'StorageFailed', name: 'TimedOut' },
    });
    stubborn.close();
    expect(await deleteDexieStorage(name)).toEqual({ ok: true, value: null });
  });
});
