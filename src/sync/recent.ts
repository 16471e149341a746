/** What changed lately, by document and device, for Today: times are the authors' minutes, for display only. */
import { fromHex, type Reader, toHex, type Writer } from '../lib/bytes.ts';
import type { DeviceId, DocumentId } from '../log/types.ts';

export interface Change {
  readonly document: DocumentId;
  readonly device: DeviceId;
  readonly minute: number;
  readonly changes: number;
}

export interface Recent {
  add(change: Change): void;
  /** newest first */
  list(limit: number): readonly Change[];
  write(to: Writer): void;
  restore(from: Reader): void;
}

const MOST = 400;
/** Changes of one device in one document within an hour are one thing to read. */
const TOGETHER = 60;

export const createRecent = (): Recent => {
  let changes: Change[] = [];
  return {
    add: (change) => {
      const at = changes.findIndex(
        (each) =>
          each.document === change.document &&
          each.device === change.device &&
          Math.abs(each.minute - change.minute) <= TOGETHER,
      );
      const known = changes[at];
      if (known) {
        changes[at] = {
          ...known,
          minute: Math.max(known.minute, change.minute),
          changes: known.changes + change.changes,
        };
      } else changes.push(change);
      if (changes.length > MOST * 2) changes = changes.sort((a, b) => b.minute - a.minute).slice(0, MOST);
    },
    list: (limit) => changes.slice().sort((a, b) => b.minute - a.minute).slice(0, limit),
    write: (to) => {
      to.varuint(changes.length);
      for (const { document, device, minute, changes: count } of changes) {
        to.bytes(fromHex(document)).bytes(fromHex(device)).varuint(minute).varuint(count);
      }
    },
    restore: (from) => {
      for (let i = from.varuint(); i > 0; i--) {
        changes.push({
          document: toHex(from.bytes(16)) as DocumentId,
          device: toHex(from.bytes(32)) as DeviceId,
          minute: from.varuint(),
          changes: from.varuint(),
        });
      }
    },
  };
};
