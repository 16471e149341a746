/**
 * A storage without a disk, for tests and for a device that keeps nothing.
 * Two storages on one `MemoryDisk` are two tabs of one browser; opening the disk again is a restart.
 */
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import type { Step, Storage, StorageError } from '../sync/storage.ts';
import { Contents, copyStep } from './contents.ts';
import { Gone } from './gone.ts';

export type MemoryDisk = Contents<Uint8Array>;

export interface MemoryStorage extends Storage {
  readonly disk: MemoryDisk;
  /** The next commit changes nothing and gives this error. `StorageGone` is also told to the listeners. */
  failNext(error: StorageError): void;
  /** As when somebody else closes or deletes the database. */
  takeAway(): void;
}

export const createMemoryDisk = (): MemoryDisk => new Contents();

export const createMemoryStorage = (disk: MemoryDisk = createMemoryDisk()): MemoryStorage => {
  const gone = new Gone();
  let closed = false;
  let failure: StorageError | null = null;

  const read = async <T>(look: () => T): Promise<Result<T, StorageError>> =>
    closed || gone.happened ? err({ type: 'StorageGone' }) : ok(look());

  const commit = async (step: Step): Promise<Result<readonly number[], StorageError>> => {
    if (closed || gone.happened) return err({ type: 'StorageGone' });
    if (failure) {
      const error = failure;
      failure = null;
      if (error.type === 'StorageGone') gone.happen();
      return err(error);
    }
    const { puts, deletes, appends, drops } = copyStep(step);
    for (const { key, value } of puts) disk.put(key, value);
    for (const key of deletes) disk.delete(key);
    const seqs = appends.map(({ log, value }) => {
      const seq = disk.nextSeq;
      disk.append(log, seq, value);
      return seq;
    });
    for (const { log, seqs } of drops) disk.drop(log, seqs);
    return ok(seqs);
  };

  return {
    disk,
    get: (key) => read(() => copy(disk.get(key)) ?? null),
    list: (prefix) => read(() => disk.list(prefix).map(({ key, value }) => ({ key, value: new Uint8Array(value) }))),
    rows: (log, after, limit) =>
      read(() => disk.rows(log, after, limit).map(({ seq, value }) => ({ seq, value: new Uint8Array(value) }))),
    rowsAt: (log, seqs) =>
      read(() =>
        seqs.map((seq) => {
          const value = copy(disk.row(log, seq));
          return value ? { seq, value } : null;
        }),
      ),
    commit,
    commitAfter: async (log, last, step) =>
      !closed && !gone.happened && disk.lastSeq(log) > last ? ok(null) : commit(step),
    onGone: (listener) => gone.on(listener),
    close: async () => {
      closed = true;
    },
    failNext: (error) => {
      failure = error;
    },
    takeAway: () => gone.happen(),
  };
};

const copy = (value: Uint8Array | undefined): Uint8Array | undefined => value && new Uint8Array(value);
