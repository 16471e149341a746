/**
 * A segment: consecutive entries of one session with the last one's signature. It is only packing:
 * any holder may join or split segments where it has a signature; the chain decides what is true.
 */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { readHeader, sessionBytesOf, sessionIdOf, type SessionHeader, writeHeader, deviceOf } from './chain.ts';
import type { EntryBytes } from './entry.ts';
import { LIMIT } from './limits.ts';
import type { DeviceId, SessionId } from './types.ts';

export interface Segment {
  readonly session: SessionId;
  /** number of the first entry, from 1 */
  readonly from: number;
  /** where from = 1 */
  readonly header: SessionHeader | null;
  /** the head before the first entry, where from > 1 */
  readonly before: Uint8Array | null;
  readonly entries: readonly EntryBytes[];
  /** by the device, over the last entry's head */
  readonly signature: Uint8Array;
}

export const lastOf = (segment: Segment): number => segment.from + segment.entries.length - 1;

/** Would it be refused where it is read? What is stored must never be. */
export const isTooLarge = (segment: Segment): boolean => {
  let size = 0;
  for (const entry of segment.entries) size += entry.skeleton.length + entry.content.length + 6;
  return size > LIMIT.segment - 4096 && encodeSegment(segment).length > LIMIT.segment;
};

export const encodeSegment = (segment: Segment): Uint8Array => {
  const to = new Writer(1024);
  to.bytes(fromHex(deviceOf(segment.session)))
    .bytes(sessionBytesOf(segment.session))
    .varuint(segment.from);
  if (segment.header) writeHeader(to, segment.header);
  else to.bytes(segment.before as Uint8Array);
  to.bytes(segment.signature).varuint(segment.entries.length);
  for (const entry of segment.entries) to.varuint(entry.skeleton.length);
  for (const entry of segment.entries) to.varuint(entry.content.length);
  for (const entry of segment.entries) to.bytes(entry.skeleton);
  for (const entry of segment.entries) to.bytes(entry.content);
  return to.finish();
};

/** Which entries a segment holds, without looking at them. Throws BytesError. */
export const startOfSegment = (bytes: Uint8Array): Pick<Segment, 'session' | 'from'> & { readonly count: number } => {
  const from = new Reader(bytes);
  const { session, first } = readStart(from);
  return { session, from: first, count: from.varuint() };
};

/** Views into `bytes`, not copies. Throws BytesError. */
export const decodeSegment = (bytes: Uint8Array): Segment => {
  if (bytes.length > LIMIT.segment) throw new BytesError('segment over its limit');
  const from = new Reader(bytes);
  const { session, first, header, before, signature } = readStart(from);
  const count = from.varuint();
  if (count === 0 || count > from.left) throw new BytesError('entry count out of range');
  const skeletons: number[] = [];
  const contents: number[] = [];
  for (let i = 0; i < count; i++) skeletons.push(from.varuint());
  for (let i = 0; i < count; i++) contents.push(from.varuint());
  const skeletonBytes = skeletons.map((length) => from.bytes(length));
  const entries: EntryBytes[] = [];
  for (let i = 0; i < count; i++) {
    const skeleton = skeletonBytes[i] as Uint8Array;
    const content = from.bytes(contents[i] as number);
    if (skeleton.length + content.length > LIMIT.entry) throw new BytesError('entry over its limit');
    entries.push({ skeleton, content });
  }
  from.done();
  return { session, from: first, header, before, entries, signature };
};

const readStart = (from: Reader) => {
  const device = toHex(from.bytes(32)) as DeviceId;
  const session = sessionIdOf(device, from.bytes(8));
  const first = from.varuint();
  if (first === 0) throw new BytesError('entries count from 1');
  const header = first === 1 ? readHeader(from) : null;
  const before = first === 1 ? null : from.bytes(32);
  return { session, first, header, before, signature: from.bytes(64) };
};
