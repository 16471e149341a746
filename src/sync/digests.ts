/** A short sum for each device of what a replica has of it, so that two who are even need not list anything. */
import { sha256 } from '../crypto/index.ts';
import { BytesError, fromHex, type Reader, toHex, Writer } from '../lib/bytes.ts';
import { deviceOf } from '../log/chain.ts';
import type { DeviceId, SessionId } from '../log/types.ts';
import { type Vector, writeVector } from '../log/vector.ts';

export type Digests = ReadonlyMap<DeviceId, string>;

export const devicesOf = (vector: Vector): Set<DeviceId> =>
  new Set([...vector.records.keys(), ...vector.statements.keys(), ...[...vector.sessions.keys()].map(deviceOf)]);

/** The part of a vector that concerns some devices. */
export const restrict = (vector: Vector, devices: ReadonlySet<DeviceId>): Vector => {
  const only = <K>(map: ReadonlyMap<K, number>, of: (key: K) => DeviceId): Map<K, number> =>
    new Map([...map].filter(([key]) => devices.has(of(key))));
  return {
    records: only(vector.records, (device) => device),
    statements: only(vector.statements, (device) => device),
    sessions: only(vector.sessions, (session: SessionId) => deviceOf(session)),
  };
};

/** `tips`: what differs where two hold equally much of a device, but not the same (a fork). */
export const digestsOf = (vector: Vector, tips: ReadonlyMap<DeviceId, string>): Digests => {
  const sessions = new Map<DeviceId, Map<SessionId, number>>();
  for (const [session, number] of vector.sessions) {
    const device = deviceOf(session);
    const list = sessions.get(device) ?? new Map<SessionId, number>();
    list.set(session, number);
    sessions.set(device, list);
  }
  const digests = new Map<DeviceId, string>();
  for (const device of devicesOf(vector)) {
    const part = (map: ReadonlyMap<DeviceId, number>): Map<DeviceId, number> => {
      const number = map.get(device);
      return new Map(number === undefined ? [] : [[device, number]]);
    };
    const to = new Writer();
    writeVector(to, {
      records: part(vector.records),
      statements: part(vector.statements),
      sessions: sessions.get(device) ?? new Map(),
    });
    to.text(tips.get(device) ?? '');
    digests.set(device, toHex(sha256(to.finish()).subarray(0, 8)));
  }
  return digests;
};

/** Devices for which both differ, or which only one knows. */
export const differing = (a: Digests, b: Digests): Set<DeviceId> => {
  const out = new Set<DeviceId>();
  for (const [device, digest] of a) if (b.get(device) !== digest) out.add(device);
  for (const device of b.keys()) if (!a.has(device)) out.add(device);
  return out;
};

export const writeDigests = (to: Writer, digests: Digests): void => {
  to.varuint(digests.size);
  for (const [device, digest] of digests) to.bytes(fromHex(device)).bytes(fromHex(digest));
};

/** Throws BytesError. */
export const readDigests = (from: Reader): Digests => {
  const count = from.varuint();
  if (count > from.left / 40) throw new BytesError('unexpected end');
  const digests = new Map<DeviceId, string>();
  for (let i = 0; i < count; i++) digests.set(toHex(from.bytes(32)) as DeviceId, toHex(from.bytes(8)));
  return digests;
};
