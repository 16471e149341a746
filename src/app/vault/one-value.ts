/** A storage that holds the sealed vault and nothing else, so that it can be opened and sealed away from the disk. */
import { ok } from '../../lib/result.ts';
import type { Storage } from '../../sync/storage.ts';

export interface OneValue extends Storage {
  readonly value: Uint8Array | null;
}

export const createOneValue = (value: Uint8Array | null): OneValue => {
  let held = value;
  return {
    get value() {
      return held;
    },
    get: async () => ok(held),
    list: async () => ok([]),
    rows: async () => ok([]),
    rowsAt: async () => ok([]),
    commit: async ({ puts }) => {
      held = puts?.[0]?.value ?? held;
      return ok([]);
    },
    commitAfter: async () => ok(null),
    onGone: () => undefined,
    close: async () => undefined,
  };
};
