/**
 * Live entries on a link: sessions go by short numbers that hold for this link and direction, and what the other
 * side knows anyway (the head before) is left out. What is signed stays the full form.
 */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { deviceOf, readHeader, sessionBytesOf, sessionIdOf, writeHeader } from '../log/chain.ts';
import type { EntryBytes } from '../log/entry.ts';
import { LIMIT } from '../log/limits.ts';
import type { PackItem } from '../log/pack.ts';
import type { Segment } from '../log/segment.ts';
import type { DeviceId, SessionId } from '../log/types.ts';

export interface LiveWriter {
  encode(items: readonly PackItem[], segments: readonly Segment[]): Uint8Array;
}
export interface LiveReader {
  /** Segments without the head before them: they go on where the receiver stands. Throws BytesError. */
  decode(body: Uint8Array): { readonly items: readonly PackItem[]; readonly segments: readonly Segment[] };
}

const MOST = 10_000;

export const createLiveWriter = (): LiveWriter => {
  const numbers = new Map<SessionId, number>();
  return {
    encode: (items, segments) => {
      const to = new Writer(256).varuint(items.length);
      for (const item of items) to.u8(item.type).block(item.bytes);
      for (const segment of segments) {
        let number = numbers.get(segment.session);
        if (number === undefined) {
          numbers.set(segment.session, (number = numbers.size));
          to.varuint(number)
            .bytes(fromHex(deviceOf(segment.session)))
            .bytes(sessionBytesOf(segment.session));
        } else to.varuint(number);
        to.varuint(segment.from).varuint(segment.entries.length);
        if (segment.header) writeHeader(to, segment.header);
        for (const { skeleton, content } of segment.entries) to.block(skeleton).block(content);
        to.bytes(segment.signature);
      }
      return to.finish();
    },
  };
};

export const createLiveReader = (): LiveReader => {
  const sessions: SessionId[] = [];
  return {
    decode: (body) => {
      const from = new Reader(body);
      const count = from.varuint();
      if (count > MOST) throw new BytesError('too many items');
      const items: PackItem[] = [];
      for (let i = 0; i < count; i++) items.push({ type: from.u8(), bytes: from.block(LIMIT.signed) });
      const segments: Segment[] = [];
      while (from.left > 0) {
        const number = from.varuint();
        if (number > sessions.length || number > MOST) throw new BytesError('unknown session number');
        if (number === sessions.length) sessions.push(sessionIdOf(toHex(from.bytes(32)) as DeviceId, from.bytes(8)));
        const session = sessions[number] as SessionId;
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
  };
};
