/** What lies in the parts of a bundle, counted as they go by. */
import { BytesError } from '../lib/bytes.ts';
import { deviceOf } from './chain.ts';
import { ITEM, type PackItem } from './pack.ts';
import { decodeSegment, lastOf } from './segment.ts';
import { decodeSigned } from './signed.ts';
import type { DeviceId, SessionId, SpaceId } from './types.ts';
import type { Vector } from './vector.ts';

export interface BundleContents {
  add(items: readonly PackItem[]): void;
  readonly segments: number;
  /** records, statements and entries, those that come twice counted twice */
  readonly changes: number;
  /** when the oldest of it was begun, in minutes by its maker's clock; null: nothing says so */
  readonly since: number | null;
  /** the most bytes of any one device */
  readonly largest: { readonly device: DeviceId; readonly bytes: number } | null;
  vector(): Vector;
}

export const createContents = (space: SpaceId): BundleContents => {
  const records = new Map<DeviceId, number>();
  const statements = new Map<DeviceId, number>();
  const sessions = new Map<SessionId, number>();
  const bytesByDevice = new Map<DeviceId, number>();
  let largest: { device: DeviceId; bytes: number } | null = null;
  let segments = 0;
  let changes = 0;
  let since: number | null = null;

  const reach = <K>(map: Map<K, number>, key: K, number: number): void =>
    void map.set(key, Math.max(number, map.get(key) ?? 0));
  const weigh = (device: DeviceId, size: number): void => {
    const bytes = (bytesByDevice.get(device) ?? 0) + size;
    bytesByDevice.set(device, bytes);
    if (largest === null || bytes > largest.bytes) largest = { device, bytes };
  };
  const began = (minute: number): void => {
    if (since === null || minute < since) since = minute;
  };
  const look = (item: PackItem): void => {
    if (item.type === ITEM.segment) {
      segments += 1;
      const segment = decodeSegment(item.bytes);
      changes += segment.entries.length;
      if (segment.header) began(segment.header.minute);
      reach(sessions, segment.session, lastOf(segment));
      weigh(deviceOf(segment.session), item.bytes.length);
    } else if (item.type === ITEM.record || item.type === ITEM.statement) {
      const isRecord = item.type === ITEM.record;
      const { device, number, minute } = decodeSigned(space, isRecord ? 'record' : 'statement', item.bytes);
      reach(isRecord ? records : statements, device, number);
      weigh(device, item.bytes.length);
      changes += 1;
      began(minute);
    }
  };

  return {
    add: (items) => {
      for (const item of items) {
        try {
          look(item);
        } catch (error) {
          // whoever takes the items in refuses this one and says so; here it only does not count
          if (!(error instanceof BytesError)) throw error;
        }
      }
    },
    get segments() {
      return segments;
    },
    get changes() {
      return changes;
    },
    get since() {
      return since;
    },
    get largest() {
      return largest;
    },
    vector: () => ({ records: new Map(records), statements: new Map(statements), sessions: new Map(sessions) }),
  };
};
