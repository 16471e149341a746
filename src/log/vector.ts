/** What a replica has: per device how many records and statements, per session how many entries. */
import { fromHex, type Reader, toHex, type Writer } from '../lib/bytes.ts';
import { deviceOf, sessionBytesOf, sessionIdOf } from './chain.ts';
import { BytesError } from '../lib/bytes.ts';
import type { DeviceId, SessionId } from './types.ts';

export interface Vector {
  readonly records: ReadonlyMap<DeviceId, number>;
  readonly statements: ReadonlyMap<DeviceId, number>;
  readonly sessions: ReadonlyMap<SessionId, number>;
}

/** how many numbers it says */
export const sizeOfVector = ({ records, statements, sessions }: Vector): number =>
  records.size + statements.size + sessions.size;

export const emptyVector = (): Vector => ({ records: new Map(), statements: new Map(), sessions: new Map() });

const sessionsByDevice = (vector: Vector): Map<DeviceId, [SessionId, number][]> => {
  const byDevice = new Map<DeviceId, [SessionId, number][]>();
  for (const device of [...vector.records.keys(), ...vector.statements.keys()]) byDevice.set(device, []);
  for (const [session, number] of vector.sessions) {
    const device = deviceOf(session);
    const list = byDevice.get(device);
    if (list) list.push([session, number]);
    else byDevice.set(device, [[session, number]]);
  }
  return byDevice;
};

export const writeVector = (to: Writer, vector: Vector): void => {
  const byDevice = sessionsByDevice(vector);
  to.varuint(byDevice.size);
  for (const device of [...byDevice.keys()].sort()) {
    const sessions = byDevice.get(device) ?? [];
    to.bytes(fromHex(device))
      .varuint(vector.records.get(device) ?? 0)
      .varuint(vector.statements.get(device) ?? 0);
    to.varuint(sessions.length);
    sessions.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    for (const [session, number] of sessions) to.bytes(sessionBytesOf(session)).varuint(number);
  }
};

/** Throws BytesError. */
export const readVector = (from: Reader): Vector => {
  const records = new Map<DeviceId, number>();
  const statements = new Map<DeviceId, number>();
  const sessions = new Map<SessionId, number>();
  let before = '';
  for (let i = from.varuint(); i > 0; i--) {
    const device = toHex(from.bytes(32)) as DeviceId;
    if (device <= before) throw new BytesError('devices not in order');
    before = device;
    const recordCount = from.varuint();
    const statementCount = from.varuint();
    if (recordCount > 0) records.set(device, recordCount);
    if (statementCount > 0) statements.set(device, statementCount);
    let last = '';
    for (let j = from.varuint(); j > 0; j--) {
      const session = sessionIdOf(device, from.bytes(8));
      if (session <= last) throw new BytesError('sessions not in order');
      last = session;
      sessions.set(session, from.varuint());
    }
  }
  return { records, statements, sessions };
};

/** The greater of both, each. */
export const mergeVectors = (a: Vector, b: Vector): Vector => {
  const merge = <K>(x: ReadonlyMap<K, number>, y: ReadonlyMap<K, number>): Map<K, number> => {
    const out = new Map(x);
    for (const [key, number] of y) out.set(key, Math.max(number, out.get(key) ?? 0));
    return out;
  };
  return {
    records: merge(a.records, b.records),
    statements: merge(a.statements, b.statements),
    sessions: merge(a.sessions, b.sessions),
  };
};

/** What of `have` goes beyond `base`; numbers are `have`'s. */
export const beyond = (have: Vector, base: Vector): Vector => {
  const more = <K>(x: ReadonlyMap<K, number>, y: ReadonlyMap<K, number>): Map<K, number> =>
    new Map([...x].filter(([key, number]) => number > (y.get(key) ?? 0)));
  return {
    records: more(have.records, base.records),
    statements: more(have.statements, base.statements),
    sessions: more(have.sessions, base.sessions),
  };
};

/** How many records, statements and entries `have` has that `base` lacks. */
export const countBeyond = (have: Vector, base: Vector): number => {
  let count = 0;
  const add = <K>(x: ReadonlyMap<K, number>, y: ReadonlyMap<K, number>): void => {
    for (const [key, number] of x) count += Math.max(0, number - (y.get(key) ?? 0));
  };
  add(have.records, base.records);
  add(have.statements, base.statements);
  add(have.sessions, base.sessions);
  return count;
};
