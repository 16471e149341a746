/**
 * What a bundle says of itself, at its start and at its end. Both are signed by the device that made it: the start
 * says who, when and for whom, before anything is read; the end binds what was between.
 */
import { sha256 } from '../crypto/index.ts';
import { BytesError, concat, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { LABEL } from './labels.ts';
import type { DeviceId, MemberId, SpaceId } from './types.ts';
import { readVector, type Vector, writeVector } from './vector.ts';

export const BUNDLE_VERSION = 1;
/** Of a header that says which of several files it is the start of. What only knows version 1 reads each as a bundle. */
const PART_VERSION = 3;

/** One of several files that were made together. */
export interface BundlePart {
  /** 16 bytes, the same in all of them */
  readonly set: Uint8Array;
  /** from 1 */
  readonly number: number;
  readonly of: number;
}

export interface BundleHeader {
  readonly space: SpaceId;
  /** 16 bytes: the epoch that was the maker's newest */
  readonly epoch: Uint8Array;
  /** 16 random bytes */
  readonly id: Uint8Array;
  /** days since 1970 */
  readonly day: number;
  readonly device: DeviceId;
  /** all that the maker had; otherwise what somebody was thought to lack */
  readonly isWhole: boolean;
  /** sorted; none: everybody in the space */
  readonly readers: readonly MemberId[];
  /** records, statements and entries in the bundle, by device */
  readonly changes: ReadonlyMap<DeviceId, number>;
  /** earlier epochs, sealed; none yet */
  readonly history: readonly Uint8Array[];
  /** null: all of it is in one file */
  readonly part: BundlePart | null;
}

export interface BundleEnd {
  readonly parts: number;
  /** SHA-256(vector label ‖ vector of what is in the parts) */
  readonly contents: Uint8Array;
  /** what the maker has beside that: as much of it as came cheap */
  readonly also: Vector;
}

export interface SignedPart<T> {
  readonly value: T;
  /** what the signature covers */
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

export const encodeHeader = (header: BundleHeader): Uint8Array => {
  const { part } = header;
  const version = part ? PART_VERSION : BUNDLE_VERSION;
  const to = new Writer().u8(version).u8(BUNDLE_VERSION).bytes(fromHex(header.space)).bytes(header.epoch);
  to.bytes(header.id)
    .varuint(header.day)
    .bytes(fromHex(header.device))
    .u8(header.isWhole ? 1 : 0);
  to.varuint(header.readers.length);
  for (const member of [...header.readers].sort()) to.bytes(fromHex(member));
  to.varuint(header.changes.size);
  for (const [device, count] of [...header.changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    to.bytes(fromHex(device)).varuint(count);
  }
  to.varuint(header.history.length);
  for (const each of header.history) to.block(each);
  if (part) to.bytes(part.set).varuint(part.number).varuint(part.of);
  return to.finish();
};

export const headerMessage = (header: Uint8Array): Uint8Array => concat(LABEL.bundleHeader, header);

/** `bytes`: header ‖ signature 64. A header that this reader need not know all of may hold more than it knows. */
export const decodeHeader = (
  bytes: Uint8Array,
): Result<SignedPart<BundleHeader>, { readonly type: 'NewerVersion' } | { readonly type: 'Malformed' }> => {
  try {
    const from = new Reader(bytes, 0, Math.max(0, bytes.length - SIGNATURE));
    const version = from.u8();
    if (from.u8() > BUNDLE_VERSION) return err({ type: 'NewerVersion' });
    const space = toHex(from.bytes(32)) as SpaceId;
    const epoch = from.bytes(16).slice();
    const id = from.bytes(16).slice();
    const day = from.varuint();
    const device = toHex(from.bytes(32)) as DeviceId;
    const isWhole = from.u8();
    if (version === 0 || isWhole > 1) throw new BytesError('not a header');
    const readers = readMany(from, 16, () => toHex(from.bytes(16)) as MemberId);
    mustAscend(readers);
    const changes = readMany(from, 33, () => [toHex(from.bytes(32)) as DeviceId, from.varuint()] as const);
    mustAscend(changes.map(([each]) => each));
    const history = readMany(from, 1, () => from.block(MOST_HISTORY).slice());
    const part = version >= PART_VERSION ? readPart(from) : null;
    if (version === BUNDLE_VERSION || version === PART_VERSION) from.done();
    const header = {
      space,
      epoch,
      id,
      day,
      device,
      isWhole: isWhole === 1,
      readers,
      changes: new Map(changes),
      history,
      part,
    };
    return ok({
      value: header,
      message: headerMessage(bytes.subarray(0, from.end)),
      signature: bytes.subarray(from.end),
    });
  } catch (error) {
    if (error instanceof BytesError) return err({ type: 'Malformed' });
    throw error;
  }
};

export const encodeEnd = (end: BundleEnd): Uint8Array => {
  const to = new Writer().varuint(end.parts).bytes(end.contents);
  writeVector(to, end.also);
  return to.finish();
};

/** `header`: with its signature, as it stood in the bundle */
export const endMessage = (space: SpaceId, header: Uint8Array, end: Uint8Array): Uint8Array =>
  concat(LABEL.bundleEnd, fromHex(space), sha256(header), end);

/** `bytes`: end ‖ signature 64. Throws BytesError. */
export const decodeEnd = (space: SpaceId, header: Uint8Array, bytes: Uint8Array): SignedPart<BundleEnd> => {
  const from = new Reader(bytes, 0, Math.max(0, bytes.length - SIGNATURE));
  const parts = from.varuint();
  const contents = from.bytes(32).slice();
  const also = readVector(from);
  from.done();
  const message = endMessage(space, header, bytes.subarray(0, from.end));
  return { value: { parts, contents, also }, message, signature: bytes.subarray(from.end) };
};

export const hashContents = (vector: Vector): Uint8Array => {
  const to = new Writer();
  writeVector(to, vector);
  return sha256(LABEL.vector, to.finish());
};

const SIGNATURE = 64;
const MOST_HISTORY = 4096;

/** Files of one bundle. */
const MOST_PARTS = 10_000;

const readPart = (from: Reader): BundlePart => {
  const set = from.bytes(16).slice();
  const number = from.varuint();
  const of = from.varuint();
  if (number < 1 || number > of || of > MOST_PARTS) throw new BytesError('no such part');
  return { set, number, of };
};

/** `least`: the bytes that one takes at least, so that a count larger than the header costs nothing */
const readMany = <T>(from: Reader, least: number, read: () => T): T[] => {
  const count = from.varuint();
  if (count > from.left / least) throw new BytesError('unexpected end');
  return Array.from({ length: count }, read);
};

const mustAscend = (ids: readonly string[]): void => {
  for (let i = 1; i < ids.length; i++)
    if ((ids[i] as string) <= (ids[i - 1] as string)) throw new BytesError('not in order');
};
