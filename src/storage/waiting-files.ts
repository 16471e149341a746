/**
 * Files that came from outside and wait to be opened: shared to the app, opened with it, or half merged when its page
 * went away. They lie there as they came, sealed. The service worker stores here too, so this is IndexedDB as it is.
 */

/** What is known of a file beside its bytes. */
export interface WaitingAbout {
  /** opaque: the space that it is known to be for; null: not looked at yet */
  readonly space: string | null;
  /** 'merging': the person said so, and it did not end; 'kept': until other files come */
  readonly state: 'new' | 'merging' | 'kept';
}

export interface WaitingFile extends WaitingAbout {
  readonly id: number;
  readonly file: File;
}

interface Row extends WaitingAbout {
  readonly name: string;
  readonly bytes: Blob;
}

const FILES = 'files';

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Blob;

/** Gives their ids. */
export const addWaiting = (database: string, files: readonly File[], about: WaitingAbout): Promise<readonly number[]> =>
  withFiles(database, 'readwrite', (store) =>
    Promise.all(files.map(async (file) => Number(await done(store.add({ ...about, name: file.name, bytes: file }))))),
  );

/** Oldest first. */
export const listWaiting = async (database: string): Promise<readonly WaitingFile[]> => {
  // most devices never have one
  if (!(await indexedDB.databases()).some(({ name }) => name === database)) return [];
  return withFiles(database, 'readonly', async (store) => {
    const [keys, rows] = await Promise.all([done(store.getAllKeys()), done<unknown[]>(store.getAll())]);
    return rows.flatMap((row, at) => {
      if (!isRow(row)) return [];
      const { name, bytes, space, state } = row;
      return [{ id: Number(keys[at]), file: new File([bytes], name), space, state }];
    });
  });
};

export const changeWaiting = (database: string, ids: readonly number[], about: WaitingAbout): Promise<void> =>
  withFiles(database, 'readwrite', async (store) => {
    for (const id of ids) {
      const row = await done<unknown>(store.get(id));
      if (isRow(row)) await done(store.put({ ...row, ...about }, id));
    }
  });

export const removeWaiting = (database: string, ids: readonly number[]): Promise<void> =>
  withFiles(database, 'readwrite', async (store) => {
    for (const id of ids) await done(store.delete(id));
  });

export const deleteWaiting = (database: string): Promise<void> =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(database);
    // what another tab still holds is gone when it closes
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });

const withFiles = async <T>(
  database: string,
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => Promise<T>,
): Promise<T> => {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(FILES, { autoIncrement: true });
  const opened = await done(opening);
  try {
    const transaction = opened.transaction(FILES, mode, { durability: 'strict' });
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () =>
        reject(transaction.error ?? new DOMException('not stored', 'AbortError'));
    });
    const [value] = await Promise.all([use(transaction.objectStore(FILES)), ended]);
    return value;
  } finally {
    opened.close();
  }
};

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('not stored', 'AbortError'));
  });
