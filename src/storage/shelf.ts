/**
 * The device's own shelf: preferences, read marks and receipts by opaque ids, in a Y.Doc kept by y-indexeddb.
 * It is stored in clear, so no text, name or key of a space goes here.
 *
 * y-indexeddb waits for ever where IndexedDB is denied, and says nothing when a write fails or its database is taken
 * away. So the database is asked first, with a time-out; its own `abort` and `close` are listened to; and whatever
 * happens the shelf goes on in memory and says so in `state`.
 */
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { withinPatience } from './patience.ts';
import { createEntries } from './shelf-entries.ts';
import { parseReceipt } from './shelf-receipt.ts';
import type { ShelfReceipt } from './shelf-receipt.ts';
import { joinTabs } from './shelf-tabs.ts';

export type { ShelfReceipt } from './shelf-receipt.ts';

export type Preference = string | number | boolean;

export type ShelfState =
  | { readonly type: 'Kept' }
  | { readonly type: 'InMemory'; readonly reason: 'Denied' | 'TimedOut' | 'WriteFailed' | 'Gone' };

export interface Shelf {
  state(): ShelfState;
  preference(key: string): Preference | null;
  setPreference(key: string, value: Preference): void;
  readMark(opaqueId: string): string | null;
  markRead(opaqueId: string, value: string): void;
  /** oldest first */
  receipts(): readonly ShelfReceipt[];
  /** A receipt that is there already is not added again. */
  addReceipt(receipt: ShelfReceipt): void;
  /** Of this tab, of others, and of `state`. Gives back what ends it. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Over these the entry that was set longest ago goes. */
const MOST = { preferences: 200, readMarks: 5000, receipts: 500 };
/** In UTF-16 code units. A longer value is a mistake of the caller, and throws. */
const LONGEST_VALUE = 16_384;
/** How long the database may take to answer, in milliseconds. */
const PATIENCE = 3000;

export const openShelf = async (name: string, patience = PATIENCE): Promise<Shelf> => {
  const doc = new Y.Doc();
  const preferences = createEntries(doc, 'preferences', MOST.preferences, parsePreference);
  const readMarks = createEntries(doc, 'readMarks', MOST.readMarks, parseText);
  const receipts = createEntries(doc, 'receipts', MOST.receipts, parseReceipt);

  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };

  // before the database is read: what another tab writes after our read is told on the channel
  const leaveTabs = joinTabs(name, doc);
  let state: ShelfState = { type: 'Kept' };
  let leaveDatabase = async (): Promise<void> => undefined;
  const kept = await keepIn(name, doc, patience, (reason) => {
    state = { type: 'InMemory', reason };
    tell();
  });
  if (typeof kept === 'string') state = { type: 'InMemory', reason: kept };
  else leaveDatabase = kept;
  doc.on('afterTransaction', (transaction) => {
    if (transaction.changed.size > 0) tell();
  });

  return {
    state: () => state,
    preference: (key) => preferences.get(key),
    setPreference: (key, value) => preferences.set(key, value),
    readMark: (opaqueId) => readMarks.get(opaqueId),
    markRead: (opaqueId, value) => readMarks.set(opaqueId, value),
    receipts: () => receipts.values(),
    addReceipt: (receipt) => {
      if (receipts.get(receipt.id) === null) receipts.set(receipt.id, receipt);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      listeners.clear();
      leaveTabs();
      await leaveDatabase();
      doc.destroy();
    },
  };
};

/** Removes what is kept. Open shelves of that name go on in memory. */
export const deleteShelf = async (name: string, patience = PATIENCE): Promise<void> => {
  const deleting = new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = () => resolve();
  });
  await withinPatience(deleting, patience);
};

type Reason = Extract<ShelfState, { type: 'InMemory' }>['reason'];

/** Gives what ends the keeping, or why there is none. `onLost` is called once, when keeping ends by itself later. */
const keepIn = async (
  name: string,
  doc: Y.Doc,
  patience: number,
  onLost: (reason: Reason) => void,
): Promise<Reason | (() => Promise<void>)> => {
  const available = await withinPatience(isAvailable(name), patience);
  if (available === 'TimedOut') return 'TimedOut';
  if (!available) return 'Denied';

  const persistence = new IndexeddbPersistence(name, doc);
  const synced = await withinPatience(persistence.whenSynced, patience);
  const { db } = persistence;
  if (synced === 'TimedOut' || !db) {
    // it ends when its database comes, if ever; a refusal then is the same answer
    persistence.destroy().catch(() => undefined);
    return 'TimedOut';
  }

  let ended = false;
  const end = async (): Promise<void> => {
    ended = true;
    await persistence.destroy();
  };
  const lose = (reason: Reason): void => {
    if (ended) return;
    void end();
    onLost(reason);
  };
  // transactions' aborts bubble up to their database
  db.addEventListener('abort', () => lose('WriteFailed'));
  db.addEventListener('close', () => lose('Gone'));
  // y-indexeddb lets go of the database at once, and would throw at every later change
  db.addEventListener('versionchange', () => lose('Gone'));
  return end;
};

/**
 * Opens the database once by hand, because a failure inside y-indexeddb cannot be caught. A new database is not
 * created: its first version is aborted, which is y-indexeddb's to make.
 */
const isAvailable = (name: string): Promise<boolean> =>
  new Promise((resolve) => {
    let isNew = false;
    try {
      const request = indexedDB.open(name);
      request.onupgradeneeded = () => {
        isNew = true;
        request.transaction?.abort();
      };
      request.onsuccess = () => {
        request.result.close();
        resolve(true);
      };
      request.onerror = (event) => {
        event.preventDefault();
        resolve(isNew);
      };
    } catch {
      // no IndexedDB at all, or a SecurityError: both say no
      resolve(false);
    }
  });

const parsePreference = (value: unknown): Preference | null =>
  typeof value === 'number' || typeof value === 'boolean' ? value : parseText(value);

const parseText = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= LONGEST_VALUE ? value : null;
