/**
 * A storage in a folder, for the command line: `steps` (see step-file.ts) and `lock` (see folder-lock.ts).
 * Memory holds where each value lies, not the values. The file is written anew without what was deleted once that is
 * more than half of it.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import type { Step, Storage, StorageError } from '../sync/storage.ts';
import { Contents, copyStep } from './contents.ts';
import type { Entry } from './contents.ts';
import { takeFolderLock } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';
import { Gone } from './gone.ts';
import { codeOf, StepFile, syncFolder } from './step-file.ts';
import type { Operation, Place } from './step-record.ts';

export interface FolderOptions {
  /** bytes that a file may grow before anything is looked at */
  readonly compactOver?: number;
}

/** `StorageFailed` is `Locked` while another process has the folder open, and `Damaged` where its file was changed. */
export const openFolderStorage = async (
  path: string,
  { compactOver = 4_000_000 }: FolderOptions = {},
): Promise<Result<Storage, StorageError>> => {
  const folder = resolve(path);
  return attempt(async () => {
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(dirname(folder));
    const lock = await takeFolderLock(folder);
    if (!lock) return err({ type: 'StorageFailed', name: 'Locked' });
    try {
      const contents = new Contents<Place>();
      const file = await StepFile.open(join(folder, 'steps'), (operation) => apply(contents, operation));
      return ok(createStorage(file, contents, lock, compactOver));
    } catch (error) {
      await lock.release();
      throw error;
    }
  });
};

const createStorage = (file: StepFile, contents: Contents<Place>, lock: FolderLock, compactOver: number): Storage => {
  const gone = new Gone();
  let closed: Promise<void> | null = null;
  let compactAt = file.end * 2 + compactOver;

  // one at a time: a read never meets a file that is being replaced, and sees every commit asked for before it
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const turn = last.then(action);
    last = turn.catch(() => undefined);
    return turn;
  };
  const work = async <T>(action: () => Promise<Result<T, StorageError>>): Promise<Result<T, StorageError>> =>
    closed ? err({ type: 'StorageGone' }) : inTurn(() => attempt(action));

  const commit = async (step: Required<Step>): Promise<Result<readonly number[], StorageError>> => {
    if (gone.happened) return err({ type: 'StorageGone' });
    if (!(await lock.isHeld())) {
      gone.happen();
      return err({ type: 'StorageGone' });
    }
    const { operations, seqs } = operationsOf(step, contents.nextSeq);
    if (operations.length === 0) return ok(seqs);
    for (const operation of await file.append(operations)) apply(contents, operation);
    // not waited for: the step is safe already
    if (file.end > compactAt) void inTurn(compact);
    return ok(seqs);
  };

  const compact = async (): Promise<void> => {
    const live = contents.entries().reduce((sum, { value }) => sum + value.length, 0);
    if (live * 2 < file.end) {
      const replaced = await attempt(async () => ok(await file.replace(batchesOf(file, contents))));
      // where there is no room for a second file the first one simply stays
      if (replaced.ok) {
        contents.clear();
        for (const operation of replaced.value) apply(contents, operation);
      }
    }
    compactAt = file.end * 2 + compactOver;
  };

  return {
    get: (key) =>
      work(async () => {
        const place = contents.get(key);
        return ok(place ? ((await file.read([place]))[0] ?? null) : null);
      }),
    list: (prefix) =>
      work(async () => {
        const found = contents.list(prefix);
        const values = await file.read(found.map(({ value }) => value));
        return ok(found.map(({ key }, index) => ({ key, value: values[index] as Uint8Array })));
      }),
    rows: (log, after, limit) =>
      work(async () => {
        const found = contents.rows(log, after, limit);
        const values = await file.read(found.map(({ value }) => value));
        return ok(found.map(({ seq }, index) => ({ seq, value: values[index] as Uint8Array })));
      }),
    rowsAt: (log, seqs) => {
      const asked = [...seqs];
      return work(async () => {
        const present = asked.flatMap((seq) => {
          const place = contents.row(log, seq);
          return place ? [{ seq, place }] : [];
        });
        const values = await file.read(present.map(({ place }) => place));
        const valueBySeq = new Map(present.map(({ seq }, index) => [seq, values[index]]));
        return ok(
          asked.map((seq) => {
            const value = valueBySeq.get(seq);
            return value ? { seq, value } : null;
          }),
        );
      });
    },
    commit: (step) => {
      const copied = copyStep(step);
      return work(() => commit(copied));
    },
    commitAfter: (log, last, step) => {
      const copied = copyStep(step);
      return work<readonly number[] | null>(async () =>
        contents.lastSeq(log) > last && !gone.happened ? ok(null) : commit(copied),
      );
    },
    onGone: (listener) => gone.on(listener),
    close: () => {
      closed ??= inTurn(async () => {
        await file.close();
        await lock.release();
      });
      return closed;
    },
  };
};

const operationsOf = (
  step: Required<Step>,
  nextSeq: number,
): { readonly operations: Operation<Uint8Array>[]; readonly seqs: number[] } => ({
  operations: [
    ...step.puts.map(({ key, value }) => ({ type: 'put', key, value }) as const),
    ...step.deletes.map((key) => ({ type: 'delete', key }) as const),
    ...step.appends.map(({ log, value }, index) => ({ type: 'append', log, seq: nextSeq + index, value }) as const),
    ...step.drops.map(({ log, seqs }) => ({ type: 'drop', log, seqs }) as const),
  ],
  seqs: step.appends.map((_, index) => nextSeq + index),
});

const apply = (contents: Contents<Place>, operation: Operation<Place>): void => {
  switch (operation.type) {
    case 'put':
      return contents.put(operation.key, operation.value);
    case 'delete':
      return contents.delete(operation.key);
    case 'append':
      return contents.append(operation.log, operation.seq, operation.value);
    case 'drop':
      return contents.drop(operation.log, operation.seqs);
    case 'nextSeq':
      contents.nextSeq = operation.seq;
  }
};

/** Everything that is left, in pieces that fit into memory; the next seq last, as appends move it. */
async function* batchesOf(file: StepFile, contents: Contents<Place>): AsyncGenerator<readonly Operation<Uint8Array>[]> {
  let batch: Entry<Place>[] = [];
  let size = 0;
  const fill = async (): Promise<Operation<Uint8Array>[]> => {
    const values = await file.read(batch.map(({ value }) => value));
    return batch.map((entry, index) => {
      const value = values[index] as Uint8Array;
      return entry.type === 'pair'
        ? { type: 'put', key: entry.key, value }
        : { type: 'append', log: entry.log, seq: entry.seq, value };
    });
  };
  for (const entry of contents.entries()) {
    batch.push(entry);
    size += entry.value.length;
    if (size < 1 << 20) continue;
    yield await fill();
    batch = [];
    size = 0;
  }
  yield [...(await fill()), { type: 'nextSeq', seq: contents.nextSeq }];
}

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** The system's errors become values, by their code alone: a message names paths. */
const attempt = async <T>(action: () => Promise<Result<T, StorageError>>): Promise<Result<T, StorageError>> => {
  try {
    return await action();
  } catch (error) {
    const code = codeOf(error);
    if (code === '') throw error;
    return err(FULL.includes(code) ? { type: 'QuotaFull' } : { type: 'StorageFailed', name: code });
  }
};
