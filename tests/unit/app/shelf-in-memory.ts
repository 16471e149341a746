import type { DeviceShelf, ShelfReceipt } from '../../../src/app/shelf.ts';

/** A shelf for tests. `written` is all that a finder of the device could read on it. */
export const createShelf = (): DeviceShelf & { written(): string } => {
  const preferences = new Map<string, string | number | boolean>();
  const marks = new Map<string, string>();
  const receipts: ShelfReceipt[] = [];
  return {
    state: () => ({ type: 'Kept' }),
    preference: (key) => preferences.get(key) ?? null,
    setPreference: (key, value) => void preferences.set(key, value),
    readMark: (id) => marks.get(id) ?? null,
    markRead: (id, value) => void marks.set(id, value),
    receipts: () => receipts,
    addReceipt: (receipt) => void receipts.push(receipt),
    onChange: () => () => undefined,
    close: () => Promise.resolve(),
    written: () => JSON.stringify([[...preferences], [...marks], receipts]),
  };
};
