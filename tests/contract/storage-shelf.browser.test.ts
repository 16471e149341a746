/** The device's own shelf, on the real y-indexeddb and the real tabs' channel. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { deleteShelf, openShelf } from '../../src/storage/shelf.ts';
import type { Shelf, ShelfReceipt } from '../../src/storage/shelf.ts';

let serial = 0;
let name: string;
let opened: Shelf[];

beforeEach(() => {
  name = `weft-shelf-${++serial}`;
  opened = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const shelf of opened) await shelf.close();
  await deleteShelf(name);
});

const open = async (patience?: number): Promise<Shelf> => {
  const shelf = await openShelf(name, patience);
  opened.push(shelf);
  return shelf;
};

const receipt = (id: string, at = 1): ShelfReceipt => ({ id, at, kind: 'bundle-read', counts: { changes: 3 } });

/** Resolves at the first change after which `seen` is true; the test's own time-out is the limit. */
const changed = (shelf: Shelf, seen: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!seen()) return;
      stop();
      resolve();
    };
    const stop = shelf.onChange(look);
    look();
  });

describe('the shelf', () => {
  test('gives back preferences, read marks and receipts after a restart', async () => {
    const shelf = await open();
    expect(shelf.state()).toEqual({ type: 'Kept' });
    expect(shelf.preference('language')).toBeNull();
    shelf.setPreference('language', 'ar');
    shelf.setPreference('large text', true);
    shelf.setPreference('width', 12.5);
    shelf.setPreference('language', 'fr');
    shelf.markRead('d1', 'x');
    shelf.markRead('d1', 'y');
    shelf.addReceipt(receipt('r1'));
    shelf.addReceipt(receipt('r2', 2));
    shelf.addReceipt(receipt('r1', 3));
    await shelf.close();

    const again = await open();
    expect(again.preference('language')).toBe('fr');
    expect(again.preference('large text')).toBe(true);
    expect(again.preference('width')).toBe(12.5);
    expect(again.readMark('d1')).toBe('y');
    expect(again.readMark('d2')).toBeNull();
    expect(again.receipts()).toEqual([receipt('r1'), receipt('r2', 2)]);
  });

  test('is kept by y-indexeddb: a plain one finds it in its database', async () => {
    const shelf = await open();
    shelf.setPreference('language', 'es');
    await shelf.close();

    const doc = new Y.Doc();
    const plain = new IndexeddbPersistence(name, doc);
    await plain.whenSynced;
    expect(doc.getArray('preferences').toJSON()).toEqual([['language', 'es']]);
    await plain.destroy();
  });

  test('keeps two tabs in step, both ways, and tells them', async () => {
    const one = await open();
    const two = await open();
    one.setPreference('theme', 'dark');
    two.markRead('d', '1');
    await changed(two, () => two.preference('theme') === 'dark');
    await changed(one, () => one.readMark('d') === '1');
    two.setPreference('theme', 'light');
    await changed(one, () => one.preference('theme') === 'light');
  });

  test('works in memory, in step with other tabs, where IndexedDB never answers', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => new EventTarget() as IDBOpenDBRequest);
    const one = await open(50);
    expect(one.state()).toEqual({ type: 'InMemory', reason: 'TimedOut' });
    one.setPreference('theme', 'dark');
    const two = await open(50);
    await changed(two, () => two.preference('theme') === 'dark');
  });

  test('works in memory where IndexedDB is denied', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const shelf = await open();
    expect(shelf.state()).toEqual({ type: 'InMemory', reason: 'Denied' });
    shelf.setPreference('theme', 'dark');
    expect(shelf.preference('theme')).toBe('dark');
  });

  test('goes on in memory, and says so, when its database is deleted', async () => {
    const shelf = await open();
    shelf.setPreference('theme', 'dark');
    const lost = changed(shelf, () => shelf.state().type === 'InMemory');
    await deleteShelf(name);
    await lost;
    expect(shelf.state()).toEqual({ type: 'InMemory', reason: 'Gone' });
    shelf.setPreference('theme', 'light');
    expect(shelf.preference('theme')).toBe('light');
    expect((await open()).state()).toEqual({ type: 'Kept' });
  });

  test('goes on in memory, and says so, when the browser clears the data of the site', async () => {
    const shelf = await open();
    const lost = changed(shelf, () => shelf.state().type === 'InMemory');
    await cdp().send('Storage.clearDataForOrigin', { origin: location.origin, storageTypes: 'indexeddb' });
    await lost;
    expect(shelf.state()).toEqual({ type: 'InMemory', reason: 'Gone' });
  });

  test('says so when a write fails', async () => {
    const shelf = await open();

    const { add } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(function (this: IDBObjectStore, ...given) {
      const request = add.apply(this, given);
      // as late as a full quota shows: the request has succeeded, the transaction does not
      request.addEventListener('success', () => this.transaction.abort());
      return request;
    });
    const lost = changed(shelf, () => shelf.state().type === 'InMemory');
    shelf.setPreference('theme', 'dark');
    await lost;
    expect(shelf.state()).toEqual({ type: 'InMemory', reason: 'WriteFailed' });
    shelf.setPreference('theme', 'light');
    expect(shelf.preference('theme')).toBe('light');
  });

  test('keeps the newest of too many', async () => {
    const shelf = await open();
    for (let i = 0; i < 203; i++) shelf.setPreference(`key ${i}`, i);
    expect([0, 1, 2, 3].map((i) => shelf.preference(`key ${i}`))).toEqual([null, null, null, 3]);
    for (let i = 0; i < 503; i++) shelf.addReceipt(receipt(`r${i}`, i));
    expect(shelf.receipts()).toHaveLength(500);
    expect(shelf.receipts()[0]?.id).toBe('r3');
    expect(shelf.preference('key 202')).toBe(202);
  });

  test('does not grow by read marks that are set again and again', async () => {
    const shelf = await open();
    for (let i = 0; i < 3000; i++) shelf.markRead(`document ${i % 20}`, `${i}`);
    await shelf.close();
    const doc = new Y.Doc();
    const plain = new IndexeddbPersistence(name, doc);
    await plain.whenSynced;
    expect(doc.getArray('readMarks')).toHaveLength(20);
    expect(Y.encodeStateAsUpdate(doc).length).toBeLessThan(2000);
    await plain.destroy();
  });

  test('refuses what is too long, and passes over what it cannot read', async () => {
    const shelf = await open();
    expect(() => shelf.markRead('d', 'x'.repeat(20_000))).toThrow(RangeError);
    expect(() => shelf.setPreference('k'.repeat(300), 1)).toThrow(RangeError);
    await shelf.close();

    const doc = new Y.Doc();
    const plain = new IndexeddbPersistence(name, doc);
    await plain.whenSynced;
    doc.getArray('preferences').push(['nonsense', ['theme', { a: 1 }], ['theme'], [1, 2], ['good', 'yes']]);
    doc.getArray('receipts').push([['r', { id: 'r', at: 'noon', kind: 'x', counts: {} }]]);
    await plain.destroy();

    const again = await open();
    expect(again.preference('theme')).toBeNull();
    expect(again.preference('good')).toBe('yes');
    expect(again.receipts()).toEqual([]);
  });

  test('tells nothing more to a listener that has left', async () => {
    const shelf = await open();
    let told = 0;
    const stop = shelf.onChange(() => told++);
    shelf.setPreference('a', 1);
    expect(told).toBe(1);
    shelf.setPreference('a', 1);
    expect(told).toBe(1);
    stop();
    shelf.setPreference('a', 2);
    expect(told).toBe(1);
  });
});
