/**
 * The truth on this device, in IndexedDB through Dexie: one strict transaction for each step, so that what was
 * acknowledged is on the disk and not only on its way there.
 * Nothing is opened again behind the caller's back: when another tab deletes the database or the browser clears it,
 * the session ends.
 */
import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import type { Step, Storage, StorageError } from '../sync/storage.ts';
import { copyStep } from './contents.ts';
import { Gone } from './gone.ts';
import { withinPatience } from './patience.ts';

// On localhost Dexie would turn this on by itself: it prints every failure to the console, and is slower.
Dexie.debug = false;

interface StoredPair {
  readonly key: string;
  readonly value: Uint8Array;
}

interface StoredRow {
  readonly seq: number;
  readonly log: string;
  readonly value: Uint8Array;
}

type NewRow = Omit<StoredRow, 'seq'> & { readonly seq?: number };

class WeftDatabase extends Dexie {
  declare readonly shelf: Table<StoredPair, string>;
  /** IndexedDB's own key generator gives `seq`: it never goes back, not even when rows are deleted */
  declare readonly rows: Table<StoredRow, number, NewRow>;

  constructor(name: string) {
    super(name, { autoOpen: false, cache: 'disabled', chromeTransactionDurability: 'strict' });
    this.version(1).stores({ shelf: 'key', rows: '++seq, [log+seq]' });
  }
}

/** How long a browser may leave a request to open or delete without an answer, in milliseconds. */
const PATIENCE = 10_000;

export const openDexieStorage = async (name: string, patience = PATIENCE): Promise<Result<Storage, StorageError>> => {
  const database = new WeftDatabase(name);
  const gone = new Gone();
  let closed = false;
  // false keeps Dexie from its own answer, which is the same with the name of the database in the console
  database.on('versionchange', () => {
    database.close();
    return false;
  });
  database.on('close', () => {
    if (!closed) gone.happen();
  });

  const opening = attempt(async () => {
    await database.open();
  });
  const opened = await withinPatience(opening, patience);
  if (opened === 'TimedOut') {
    closed = true;
    // a connection that comes too late must not stay open and block a deletion
    void opening.then(() => database.close());
    return err({ type: 'StorageFailed', name: 'TimedOut' });
  }
  if (!opened.ok) return opened;
  return ok(createStorage(database, gone, () => (closed = true)));
};

/** Other tabs are made to let go of it: they see `onGone`. */
export const deleteDexieStorage = async (name: string, patience = PATIENCE): Promise<Result<null, StorageError>> => {
  const database = new WeftDatabase(name);
  database.on('blocked', () => false);
  const deleting = attempt(async () => {
    await database.delete();
    return null;
  });
  const deleted = await withinPatience(deleting, patience);
  return deleted === 'TimedOut' ? err({ type: 'StorageFailed', name: 'TimedOut' }) : deleted;
};

const createStorage = (database: WeftDatabase, gone: Gone, onClose: () => void): Storage => {
  const work = async <T>(action: () => PromiseLike<T>): Promise<Result<T, StorageError>> => {
    if (!database.isOpen()) return err({ type: 'StorageGone' });
    const result = await attempt(action);
    if (!result.ok && result.error.type === 'StorageGone') gone.happen();
    return result;
  };

  return {
    get: (key) => work(async () => (await database.shelf.get(key))?.value ?? null),
    list: (prefix) =>
      work(() => {
        const end = endOfPrefix(prefix);
        const found =
          end === null
            ? database.shelf.where('key').aboveOrEqual(prefix)
            : database.shelf.where('key').between(prefix, end);
        return found.toArray();
      }),
    rows: (log, after, limit) =>
      work(async () => {
        const rows = await database.rows
          .where('[log+seq]')
          .between([log, after], [log, Infinity], false, true)
          .limit(Math.min(limit, MOST_ROWS))
          .toArray();
        return rows.map(({ seq, value }) => ({ seq, value }));
      }),
    rowsAt: (log, seqs) =>
      work(async () => {
        const rows = await database.rows.bulkGet([...seqs]);
        return rows.map((row) => (row?.log === log ? { seq: row.seq, value: row.value } : null));
      }),
    commit: (step) => {
      // a copy, because a view of a larger buffer would be stored with the whole buffer, and now, because the
      // transaction starts later
      const copied = copyStep(step);
      return work(() => database.transaction('rw!', database.shelf, database.rows, () => apply(database, copied)));
    },
    commitAfter: (log, last, step) => {
      const copied = copyStep(step);
      return work(() =>
        database.transaction('rw!', database.shelf, database.rows, async () => {
          const beyond = database.rows.where('[log+seq]').between([log, last], [log, Infinity], false, true);
          return (await beyond.limit(1).primaryKeys()).length > 0 ? null : apply(database, copied);
        }),
      );
    },
    onGone: (listener) => gone.on(listener),
    close: async () => {
      onClose();
      database.close();
    },
  };
};

/** What IndexedDB takes as the most of anything. */
const MOST_ROWS = 0xffff_ffff;

const apply = async (database: WeftDatabase, step: Required<Step>): Promise<readonly number[]> => {
  const { shelf, rows } = database;
  if (step.puts.length > 0) await shelf.bulkPut(step.puts);
  if (step.deletes.length > 0) await shelf.bulkDelete([...step.deletes]);
  const seqs = step.appends.length > 0 ? await rows.bulkAdd(step.appends, { allKeys: true }) : [];
  for (const { log, seqs } of step.drops) {
    if (seqs.length === 0) continue;
    // only rows of this log, asked by key alone so that no value is read
    const dropped = new Set(seqs);
    const [least, most] = seqs.reduce(([a, b], seq) => [Math.min(a, seq), Math.max(b, seq)], [Infinity, 0]);
    const present = await rows.where('[log+seq]').between([log, least], [log, most], true, true).primaryKeys();
    await rows.bulkDelete(present.filter((seq) => dropped.has(seq)));
  }
  return seqs;
};

/** The least string over all strings that start with `prefix`, in UTF-16 code units; null where there is none. */
const endOfPrefix = (prefix: string): string | null => {
  for (let length = prefix.length; length > 0; length--) {
    const unit = prefix.charCodeAt(length - 1);
    if (unit < 0xffff) return prefix.slice(0, length - 1) + String.fromCharCode(unit + 1);
  }
  return null;
};

const attempt = async <T>(action: () => PromiseLike<T>): Promise<Result<T, StorageError>> => {
  try {
    return ok(await action());
  } catch (error) {
    return err(parseFailure(error));
  }
};

/** Names only: a message may carry what was stored. */
const parseFailure = (error: unknown): StorageError => {
  const names = failureNames(error);
  if (names.includes('QuotaExceededError')) return { type: 'QuotaFull' };
  if (names.includes('DatabaseClosedError') || names.includes('InvalidStateError')) return { type: 'StorageGone' };
  // an abort says little; what it was caused by, if anything, says more
  return { type: 'StorageFailed', name: names.at(-1) ?? 'UnknownError' };
};

/** Of the error and of what Dexie wrapped in it (`inner`; `failures` of a bulk operation), outermost first. */
const failureNames = (error: unknown, depth = 4): string[] => {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const names = 'name' in error && typeof error.name === 'string' ? [error.name] : [];
  const inner = 'inner' in error ? failureNames(error.inner, depth - 1) : [];
  const failures =
    'failures' in error && Array.isArray(error.failures) ? failureNames(error.failures.find(Boolean), depth - 1) : [];
  return [...names, ...inner, ...failures];
};
