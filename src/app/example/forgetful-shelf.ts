import type { DeviceShelf, ShelfReceipt } from '../shelf.ts';

/** A shelf that is gone with the space it was made for. */
export const createForgetfulShelf = (): DeviceShelf => {
  const preferences = new Map<string, string | number | boolean>();
  const marks = new Map<string, string>();
  const receipts: ShelfReceipt[] = [];
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    state: () => ({ type: 'Kept' }),
    preference: (key) => preferences.get(key) ?? null,
    setPreference: (key, value) => {
      preferences.set(key, value);
      tell();
    },
    readMark: (id) => marks.get(id) ?? null,
    markRead: (id, value) => {
      marks.set(id, value);
      tell();
    },
    receipts: () => receipts,
    addReceipt: (receipt) => {
      receipts.push(receipt);
      tell();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => Promise.resolve(),
  };
};
