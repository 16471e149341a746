/**
 * How the folder storage writes steps: a file of records, one a step, each whole or not there.
 *
 *   record  = "WFs1" | u32 length of payload | u32 CRC-32 of payload | payload
 *   payload = operations, in the order in which they work: 1 put (key, value) · 2 delete (key) ·
 *             3 append (log, seq, value) · 4 drop (log, count, seqs) · 5 next seq (seq)
 *
 * Keys and names of logs are blocks of UTF-16LE, so that any string comes back as it was; seqs are varuints;
 * values are blocks. Integers as in lib/bytes.ts.
 */
import { crc32 } from 'node:zlib';
import { BytesError, Reader, Writer } from '../lib/bytes.ts';

/** Where bytes lie in the file. */
export interface Place {
  readonly at: number;
  readonly length: number;
}

export type Operation<V> =
  | { readonly type: 'put'; readonly key: string; readonly value: V }
  | { readonly type: 'delete'; readonly key: string }
  | { readonly type: 'append'; readonly log: string; readonly seq: number; readonly value: V }
  | { readonly type: 'drop'; readonly log: string; readonly seqs: readonly number[] }
  | { readonly type: 'nextSeq'; readonly seq: number };

export const HEADER_LENGTH = 12;
const MAGIC = Buffer.from('WFs1', 'latin1');
const LIMIT = 0xffff_ffff;

export const encodeRecord = (operations: Iterable<Operation<Uint8Array>>): Uint8Array => {
  const payload = new Writer(1024);
  for (const operation of operations) encodeOperation(payload, operation);
  const bytes = payload.finish();
  if (bytes.length > LIMIT) throw new Error('a step over 4 GB');
  return new Writer(HEADER_LENGTH + bytes.length)
    .bytes(MAGIC)
    .u32(bytes.length)
    .u32(crc32(bytes))
    .bytes(bytes)
    .finish();
};

/** Length and checksum of the payload that follows; null where this is no header. */
export const decodeHeader = (header: Uint8Array): { readonly length: number; readonly checksum: number } | null => {
  if (header.length < HEADER_LENGTH || MAGIC.compare(header, 0, MAGIC.length) !== 0) return null;
  const reader = new Reader(header, MAGIC.length);
  const length = reader.u32();
  // no step is empty, but a file that grew before its bytes came is full of zeros
  return length === 0 ? null : { length, checksum: reader.u32() };
};

/** The operations of a payload that lies at `at` in its file; null where it is not what was written. */
export const decodePayload = (payload: Uint8Array, checksum: number, at: number): Operation<Place>[] | null => {
  if (crc32(payload) !== checksum) return null;
  const reader = new Reader(payload);
  const operations: Operation<Place>[] = [];
  try {
    while (reader.left > 0) operations.push(decodeOperation(reader, at));
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
  return operations;
};

/** Does a whole record start anywhere in these bytes? Tells damage in the middle from an end that was never written. */
export const holdsRecord = (bytes: Uint8Array): boolean => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = buffer.indexOf(MAGIC); at !== -1; at = buffer.indexOf(MAGIC, at + 1)) {
    const header = decodeHeader(buffer.subarray(at, at + HEADER_LENGTH));
    if (!header) continue;
    const payload = buffer.subarray(at + HEADER_LENGTH, at + HEADER_LENGTH + header.length);
    if (payload.length === header.length && decodePayload(payload, header.checksum, 0)) return true;
  }
  return false;
};

const encodeOperation = (out: Writer, operation: Operation<Uint8Array>): void => {
  switch (operation.type) {
    case 'put':
      out.u8(1).block(encodeName(operation.key)).block(operation.value);
      break;
    case 'delete':
      out.u8(2).block(encodeName(operation.key));
      break;
    case 'append':
      out.u8(3).block(encodeName(operation.log)).varuint(operation.seq).block(operation.value);
      break;
    case 'drop':
      out.u8(4).block(encodeName(operation.log)).varuint(operation.seqs.length);
      for (const seq of operation.seqs) out.varuint(seq);
      break;
    case 'nextSeq':
      out.u8(5).varuint(operation.seq);
      break;
  }
};

const decodeOperation = (reader: Reader, at: number): Operation<Place> => {
  const type = reader.u8();
  switch (type) {
    case 1:
      return { type: 'put', key: decodeName(reader), value: decodePlace(reader, at) };
    case 2:
      return { type: 'delete', key: decodeName(reader) };
    case 3:
      return { type: 'append', log: decodeName(reader), seq: reader.varuint(), value: decodePlace(reader, at) };
    case 4:
      return { type: 'drop', log: decodeName(reader), seqs: decodeSeqs(reader) };
    case 5:
      return { type: 'nextSeq', seq: reader.varuint() };
    default:
      throw new BytesError('unknown operation');
  }
};

const decodeSeqs = (reader: Reader): number[] => {
  const seqs: number[] = [];
  for (let left = reader.varuint(); left > 0; left--) seqs.push(reader.varuint());
  return seqs;
};

const decodePlace = (reader: Reader, at: number): Place => {
  const { length } = reader.block(LIMIT);
  return { at: at + reader.at - length, length };
};

const encodeName = (name: string): Uint8Array => Buffer.from(name, 'utf16le');

const decodeName = (reader: Reader): string => {
  const bytes = reader.block(LIMIT);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf16le');
};
