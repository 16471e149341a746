/**
 * What other devices are known to have, from their hellos, bundles and receipts, and what of ours nobody else has.
 * A device says its whole vector each time, so that one restored from an old disk may say less than before.
 */
import { fromHex, type Reader, toHex, type Writer } from '../lib/bytes.ts';
import type { DeviceId } from '../log/types.ts';
import { devicesOf, restrict } from './digests.ts';
import { countBeyond, emptyVector, mergeVectors, readVector, type Vector, writeVector } from '../log/vector.ts';

export interface Known {
  /** A device said what it has (all of it, or more on top of what it said before). */
  heard(device: DeviceId, vector: Vector, minute: number, whole: boolean): void;
  vectorOf(device: DeviceId): Vector | null;
  /** minutes since 1970; 0 never */
  heardAt(device: DeviceId): number;
  devices(): readonly DeviceId[];
  /** how much of `own` no other device is known to have */
  unshared(own: Vector): number;
  /** Is there a device that has more or less of this device's own than was stored? */
  readonly hasChanged: boolean;
  /** Those devices, which are being stored. */
  takeChanged(): readonly DeviceId[];
  /** They could not be stored. */
  changed(devices: readonly DeviceId[]): void;
  /** What a device has of this device's own. */
  writeShared(to: Writer, device: DeviceId): void;
  restoreShared(from: Reader): void;
  write(to: Writer): void;
  restore(from: Reader): void;
}

export const createKnown = (self: DeviceId): Known => {
  const byDevice = new Map<DeviceId, { vector: Vector; minute: number }>();
  let changed = new Set<DeviceId>();
  const mine = new Set([self]);
  return {
    heard: (device, vector, minute, whole) => {
      if (device === self) return;
      const before = byDevice.get(device);
      const merged = whole || !before ? vector : mergeVectors(before.vector, vector);
      byDevice.set(device, { vector: merged, minute: Math.max(minute, before?.minute ?? 0) });
      const old = restrict(before?.vector ?? emptyVector(), mine);
      const now = restrict(merged, mine);
      if (!before || countBeyond(old, now) + countBeyond(now, old) > 0) changed.add(device);
    },
    vectorOf: (device) => byDevice.get(device)?.vector ?? null,
    heardAt: (device) => byDevice.get(device)?.minute ?? 0,
    devices: () => [...byDevice.keys()],
    unshared: (own) => {
      let shared = emptyVector();
      const only = <K>(part: ReadonlyMap<K, number>, of: ReadonlyMap<K, number>): Map<K, number> =>
        new Map([...of.keys()].map((key) => [key, part.get(key) ?? 0]));
      for (const { vector } of byDevice.values()) {
        shared = mergeVectors(shared, {
          records: only(vector.records, own.records),
          statements: only(vector.statements, own.statements),
          sessions: only(vector.sessions, own.sessions),
        });
      }
      return countBeyond(own, shared);
    },
    get hasChanged() {
      return changed.size > 0;
    },
    takeChanged: () => {
      const taken = [...changed];
      changed = new Set();
      return taken;
    },
    changed: (devices) => devices.forEach((device) => changed.add(device)),
    writeShared: (to, device) => {
      const { vector, minute } = byDevice.get(device) ?? { vector: emptyVector(), minute: 0 };
      to.bytes(fromHex(device)).varuint(minute);
      writeVector(to, restrict(vector, mine));
    },
    restoreShared: (from) => {
      const device = toHex(from.bytes(32)) as DeviceId;
      const minute = from.varuint();
      const shared = readVector(from);
      const { vector } = byDevice.get(device) ?? { vector: emptyVector() };
      const others = new Set([...devicesOf(vector)].filter((each) => each !== self));
      byDevice.set(device, { minute, vector: mergeVectors(restrict(vector, others), shared) });
    },
    write: (to) => {
      to.varuint(byDevice.size);
      for (const [device, { vector, minute }] of byDevice) {
        to.bytes(fromHex(device)).varuint(minute);
        writeVector(to, vector);
      }
    },
    restore: (from) => {
      for (let i = from.varuint(); i > 0; i--) {
        const device = toHex(from.bytes(32)) as DeviceId;
        const minute = from.varuint();
        byDevice.set(device, { minute, vector: readVector(from) });
      }
    },
  };
};
