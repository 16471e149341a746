/**
 * Live entries on a link, and word of them: sessions go by short numbers that hold for this link and direction, and what
 * the other side knows anyway (the head before) is left out. What is signed stays the full form.
 */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { deviceOf, readHeader, sessionBytesOf, sessionIdOf, writeHeader } from '../log/chain.ts';
import type { EntryBytes } from '../log/entry.ts';
import { LIMIT } from '../log/limits.ts';
import type { PackItem } from '../log/pack.ts';
import type { Segment } from '../log/segment.ts';
import type { DeviceId, SessionId } from '../log/types.ts';
import type { Vector } from '../log/vector.ts';

export interface LiveWriter {
  encode(items: readonly PackItem[], segments: readonly Segment[]): Uint8Array;
  /** How much of each is here. Sessions beyond what a link can number are left out. */
  encodeHolds(holds: Vector): Uint8Array;
}
export interface LiveReader {
  /** Segments without the head before them: they go on where the receiver stands. Throws BytesError. */
  decode(body: Uint8Array): { readonly items: readonly PackItem[]; readonly segments: readonly Segment[] };
  /** Throws BytesError. */
  decodeHolds(body: Uint8Array): Vector;
}

const MOST = 10_000;

export const createLiveWriter = (): LiveWriter => {
  const numbers = new Map<SessionId, number>();
  const writeName = (to: Writer, session: SessionId): void => {
    const known = numbers.get(session);
    to.varuint(known ?? numbers.size);
    if (known !== undefined) return;
    numbers.set(session, numbers.size);
    to.bytes(fromHex(deviceOf(session))).bytes(sessionBytesOf(session));
  };
  return {
    encode: (items, segments) => {
      const to = new Writer(256).varuint(items.length);
      for (const item of items) to.u8(item.type).block(item.bytes);
      for (const segment of segments) {
        writeName(to, segment.session);
        to.varuint(segment.from).varuint(segment.entries.length);
        if (segment.header) writeHeader(to, segment.header);
        for (const { skeleton, content } of segment.entries) to.block(skeleton).block(content);
        to.bytes(segment.signature);
      }
      return to.finish();
    },
    encodeHolds: ({ records, statements, sessions }) => {
      const devices = [...new Set([...records.keys(), ...statements.keys()])].sort();
      const to = new Writer(64).varuint(devices.length);
      for (const device of devices) {
        to.bytes(fromHex(device))
          .varuint(records.get(device) ?? 0)
          .varuint(statements.get(device) ?? 0);
      }
      for (const [session, number] of sessions) {
        if (numbers.size >= MOST && !numbers.has(session)) continue;
        writeName(to, session);
        to.varuint(number);
      }
      return to.finish();
    },
  };
};

export const createLiveReader = (): LiveReader => {
  const names: SessionId[] = [];
  const readName = (from: Reader): SessionId => {
    const number = from.varuint();
    if (number > names.length || number > MOST) throw new BytesError('unknown session number');
    if (number === names.length) names.push(sessionIdOf(toHex(from.bytes(32)) as DeviceId, from.bytes(8)));
    return names[number] as SessionId;
  };
  return {
    decode: (body) => {
      const from = new Reader(body);
      const count = from.varuint();
      if (count > MOST) throw new BytesError('too many items');
      const items: PackItem[] = [];
      for (let i = 0; i < count; i++) items.push({ type: from.u8(), bytes: from.block(LIMIT.signed) });
      const segments: Segment[] = [];
      while (from.left > 0) {
        const session = readName(from);
        const first = from.varuint();
        const length = from.varuint();
        if (first === 0 || length === 0 || length > from.left) throw new BytesError('entry count out of range');
        const header = first === 1 ? readHeader(from) : null;
        const entries: EntryBytes[] = [];
        for (let i = 0; i < length; i++) {
          const skeleton = from.block(LIMIT.entry);
          const content = from.block(LIMIT.entry);
          if (skeleton.length + content.length > LIMIT.entry) throw new BytesError('entry over its limit');
          entries.push({ skeleton, content });
        }
        segments.push({ session, from: first, header, before: null, entries, signature: from.bytes(64).slice() });
      }
      return { items, segments };
    },
    decodeHolds: (body) => {
      const from = new Reader(body);
      const records = new Map<DeviceId, number>();
      const statements = new Map<DeviceId, number>();
      const sessions = new Map<SessionId, number>();
      const count = from.varuint();
      if (count > from.left / 34) throw new BytesError('unexpected end');
      for (let i = 0; i < count; i++) {
        const device = toHex(from.bytes(32)) as DeviceId;
        records.set(device, from.varuint());
        statements.set(device, from.varuint());
      }
      while (from.left > 0) sessions.set(readName(from), from.varuint());
      return { records, statements, sessions };
    },
  };
};
