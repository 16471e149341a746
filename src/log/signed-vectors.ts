/**
 * Signed vectors: what devices say that they have, which others pass on. A device numbers what it says, and the newest
 * counts; so one restored from an old disk may say less than before. Many devices have the same, or nearly: in a list
 * of them a vector is written once, and what differs from it after it.
 */
import { sha256 } from '../crypto/index.ts';
import { BytesError, concat, fromHex, type Reader, toHex, Writer } from '../lib/bytes.ts';
import { deviceOf, sessionBytesOf, sessionIdOf } from './chain.ts';
import { LABEL } from './labels.ts';
import type { DeviceId, SessionId, SpaceId } from './types.ts';
import { readVector, sizeOfVector, type Vector, writeVector } from './vector.ts';

export interface SignedVector {
  readonly device: DeviceId;
  /** of what this device says: the highest counts */
  readonly number: number;
  /** minutes since 1970, by its clock; for display */
  readonly minute: number;
  readonly vector: Vector;
  readonly signature: Uint8Array;
}

/** Numbers that one list may open to: what it says is kept in memory. */
const OPENED_MOST = 400_000;
/** Devices in one list. */
const DEVICES_MOST = 4096;

export const vectorMessage = (
  space: SpaceId,
  { device, number, minute, vector }: Omit<SignedVector, 'signature'>,
): Uint8Array => {
  const to = new Writer();
  writeVector(to, vector);
  const about = new Writer()
    .bytes(fromHex(device))
    .varuint(number)
    .varuint(minute)
    .bytes(sha256(LABEL.vector, to.finish()));
  return concat(LABEL.signedVector, fromHex(space), about.finish());
};

/** As many of them as fit into `most` bytes, from the first on. `many` are taken whole or not at all. */
export const encodeSignedVectors = (many: readonly SignedVector[], most: number): Uint8Array => {
  const [first] = many;
  const vectors: Uint8Array[] = [];
  const places = new Map<string, number>();
  const claims: Uint8Array[] = [];
  let size = 8;
  for (const { device, number, minute, vector, signature } of many) {
    if (!first || claims.length === DEVICES_MOST) break;
    const bytes = vectors.length === 0 ? whole(vector) : changes(first.vector, vector);
    const key = toHex(bytes);
    const place = vectors.length > 0 && vector === first.vector ? 0 : places.get(key);
    const claim = new Writer(128)
      .varuint(place ?? vectors.length)
      .bytes(fromHex(device))
      .varuint(number)
      .varuint(minute)
      .bytes(signature)
      .finish();
    const more = claim.length + (place === undefined ? bytes.length : 0);
    if (size + more > most) continue;
    size += more;
    claims.push(claim);
    if (place !== undefined) continue;
    // nothing differs from the first one: the next who has the same says so by its place
    if (vectors.length === 0) places.set(toHex(changes(vector, vector)), 0);
    else places.set(key, vectors.length);
    vectors.push(bytes);
  }
  const to = new Writer(size).varuint(vectors.length);
  for (const bytes of vectors) to.bytes(bytes);
  to.varuint(claims.length);
  for (const claim of claims) to.bytes(claim);
  return to.finish();
};

/** Throws BytesError. No signature is looked at here. */
export const decodeSignedVectors = (from: Reader): readonly SignedVector[] => {
  const vectors: Vector[] = [];
  let opened = 0;
  for (let left = bounded(from, 1); left > 0; left--) {
    const [first] = vectors;
    const vector = first ? readChanges(from, first) : readVector(from);
    opened += sizeOfVector(vector);
    if (opened > OPENED_MOST) throw new BytesError('vectors over their limit');
    vectors.push(vector);
  }
  return Array.from({ length: bounded(from, 99) }, () => {
    const vector = vectors[from.varuint()];
    if (!vector) throw new BytesError('no such vector');
    const device = toHex(from.bytes(32)) as DeviceId;
    return { device, number: from.varuint(), minute: from.varuint(), vector, signature: from.bytes(64).slice() };
  });
};

const bounded = (from: Reader, least: number): number => {
  const count = from.varuint();
  if (count > DEVICES_MOST || count > from.left / least) throw new BytesError('unexpected end');
  return count;
};

const whole = (vector: Vector): Uint8Array => {
  const to = new Writer();
  writeVector(to, vector);
  return to.finish();
};

/** What `vector` says otherwise than `first`; 0 for what it does not have. */
const changes = (first: Vector, vector: Vector): Uint8Array => {
  const signed = new Set<DeviceId>();
  const sessions = new Map<DeviceId, [SessionId, number][]>();
  const differing = <K>(a: ReadonlyMap<K, number>, b: ReadonlyMap<K, number>): K[] =>
    [...new Set([...a.keys(), ...b.keys()])].filter((key) => (a.get(key) ?? 0) !== (b.get(key) ?? 0));
  for (const device of differing(first.records, vector.records)) signed.add(device);
  for (const device of differing(first.statements, vector.statements)) signed.add(device);
  for (const session of differing(first.sessions, vector.sessions)) {
    const list = sessions.get(deviceOf(session)) ?? [];
    list.push([session, vector.sessions.get(session) ?? 0]);
    sessions.set(deviceOf(session), list);
  }
  const devices = [...new Set([...signed, ...sessions.keys()])].sort();
  const to = new Writer().varuint(devices.length);
  for (const device of devices) {
    const list = (sessions.get(device) ?? []).sort(([a], [b]) => (a < b ? -1 : 1));
    to.bytes(fromHex(device))
      .varuint(vector.records.get(device) ?? 0)
      .varuint(vector.statements.get(device) ?? 0)
      .varuint(list.length);
    for (const [session, number] of list) to.bytes(sessionBytesOf(session)).varuint(number);
  }
  return to.finish();
};

const readChanges = (from: Reader, first: Vector): Vector => {
  const records = new Map(first.records);
  const statements = new Map(first.statements);
  const sessions = new Map(first.sessions);
  const put = <K>(map: Map<K, number>, key: K, number: number): unknown =>
    number === 0 ? map.delete(key) : map.set(key, number);
  for (let left = from.varuint(); left > 0; left--) {
    const device = toHex(from.bytes(32)) as DeviceId;
    put(records, device, from.varuint());
    put(statements, device, from.varuint());
    for (let more = from.varuint(); more > 0; more--) {
      const session = sessionIdOf(device, from.bytes(8));
      put(sessions, session, from.varuint());
    }
  }
  return { records, statements, sessions };
};
