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
  /** where the changes of one device in one document stand */
  let places = new Map<string, number[]>();
  const keyOf = (change: Change): string => change.document + change.device;
  const push = (change: Change): void => {
    const place = changes.push(change) - 1;
    const known = places.get(keyOf(change));
    if (known) known.push(place);
    else places.set(keyOf(change), [place]);
  };
  const keepNewest = (): void => {
    const newest = changes.sort((a, b) => b.minute - a.minute).slice(0, MOST);
    changes = [];
    places = new Map();
    newest.forEach(push);
  };
  return {
    add: (change) => {
      const isNear = (place: number): boolean =>
        Math.abs((changes[place] as Change).minute - change.minute) <= TOGETHER;
      const at = places.get(keyOf(change))?.find(isNear);
      const known = at === undefined ? undefined : changes[at];
      if (known && at !== undefined) {
        changes[at] = {
          ...known,
          minute: Math.max(known.minute, change.minute),
          changes: known.changes + change.changes,
        };
      } else push(change);
      if (changes.length > MOST * 2) keepNewest();
    },
    list: (limit) =>
      changes
        .slice()
        .sort((a, b) => b.minute - a.minute)
        .slice(0, limit),
    write: (to) => {
      to.varuint(changes.length);
      for (const { document, device, minute, changes: count } of changes) {
        to.bytes(fromHex(document)).bytes(fromHex(device)).varuint(minute).varuint(count);
      }
    },
    restore: (from) => {
      for (let i = from.varuint(); i > 0; i--) {
        push({
          document: toHex(from.bytes(16)) as DocumentId,
          device: toHex(from.bytes(32)) as DeviceId,
          minute: from.varuint(),
          changes: from.varuint(),
        });
      }
    },
  };
};
