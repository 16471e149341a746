/**
 * Reads a bundle: finds a slot that opens, then the header, then part by part, with never more than a chunk and a
 * part in memory. What was cut, changed, moved or put together from two files stops the reading where it is noticed;
 * what was read before stays good.
 */
import { CHUNK, createOpenStream, type OpenStream, SEALED_CHUNK } from '../crypto/index.ts';
import { BytesError, concat } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { type BundleEnd, type BundleHeader, decodeEnd, decodeHeader, type SignedPart } from './bundle-header.ts';
import { BUNDLE_LIMIT } from './bundle-limits.ts';
import { isPadded } from './bundle-size.ts';
import {
  fileKeyOf,
  isPassphrase,
  needsPassphrase,
  openSlot,
  SALT_SIZE,
  SLOT_GROUP,
  SLOT_SIZE,
  type SlotKeys,
} from './bundle-slots.ts';

export interface ByteSource {
  /** bytes */
  readonly size: number;
  /** exactly `length` bytes, or fewer where the file ends or can no longer be read */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Why a bundle cannot be read on. */
export type BundleStop =
  /** the file ends too early */
  | { readonly type: 'Truncated'; readonly atPart: number }
  /** something in it is not as it was written */
  | { readonly type: 'Damaged'; readonly atPart: number };

export type BundleOpenError =
  | BundleStop
  /** no bundle at all, or for others: nobody without a key can tell these apart */
  | { readonly type: 'NotForThisSpace' }
  | { readonly type: 'PassphraseNeeded' }
  | { readonly type: 'WrongPassphrase' }
  | { readonly type: 'NewerVersion' }
  | { readonly type: 'TooLarge' };

export type BundleNext =
  | { readonly type: 'part'; readonly pack: Uint8Array }
  | { readonly type: 'end'; readonly end: SignedPart<BundleEnd> }
  | { readonly type: 'stopped'; readonly stop: BundleStop };

export interface OpenBundle {
  readonly header: SignedPart<BundleHeader>;
  /** Not to be asked again after 'end' or 'stopped'. */
  next(): Promise<BundleNext>;
}

/** `stretch`: the passphrase for this file's salt (crypto's `stretch` with `passphraseSalt(salt)`); null: none was given */
export const openBundle = async (
  source: ByteSource,
  keys: SlotKeys,
  stretch: ((salt: Uint8Array) => Promise<Uint8Array>) | null,
): Promise<Result<OpenBundle, BundleOpenError>> => {
  if (source.size > BUNDLE_LIMIT.file) return err({ type: 'TooLarge' });
  const start = await source.read(0, Math.min(source.size, SALT_SIZE + BUNDLE_LIMIT.slots * SLOT_SIZE));
  const salt = start.slice(0, SALT_SIZE);
  const slot = openSlot(salt, start.subarray(SALT_SIZE), keys);
  if (!slot) return err({ type: 'NotForThisSpace' });
  let stretched: Uint8Array | null = null;
  if (needsPassphrase(slot.secret)) {
    if (stretch === null) return err({ type: 'PassphraseNeeded' });
    stretched = await stretch(salt);
    if (!isPassphrase(salt, slot.secret, stretched)) return err({ type: 'WrongPassphrase' });
  }
  const fileKey = fileKeyOf(salt, slot.secret, stretched);
  const plain = await findStream(source, fileKey, slot.index);
  if (plain === null) {
    const isCut = source.size < leastSize(slot.index) || !isPadded(source.size);
    return err({ type: isCut ? 'Truncated' : 'Damaged', atPart: 0 });
  }
  return readHeader(plain);
};

/** What Argon2id takes as its salt. */
export const passphraseSalt = (salt: Uint8Array): Uint8Array => salt.slice(0, 16);

const readHeader = async (plain: PlainStream): Promise<Result<OpenBundle, BundleOpenError>> => {
  let parts = 0;
  try {
    const bytes = await plain.block(BUNDLE_LIMIT.header);
    const header = decodeHeader(bytes);
    if (!header.ok) return err(header.error.type === 'NewerVersion' ? header.error : { type: 'Damaged', atPart: 0 });
    const { space } = header.value.value;
    const next = async (): Promise<BundleNext> => {
      const length = await plain.u32();
      if (length > BUNDLE_LIMIT.part) throw new BytesError('a part over its limit');
      if (length > 0) {
        const pack = await plain.bytes(length);
        parts += 1;
        return { type: 'part', pack };
      }
      const end = decodeEnd(space, bytes, await plain.block(BUNDLE_LIMIT.end));
      if (end.value.parts !== parts) throw new BytesError('another number of parts');
      await plain.zeros();
      return { type: 'end', end };
    };
    return ok({
      header: header.value,
      next: () => next().catch((error: unknown) => ({ type: 'stopped', stop: stopOf(error, parts) })),
    });
  } catch (error) {
    return err(stopOf(error, parts));
  }
};

const stopOf = (error: unknown, atPart: number): BundleStop => {
  if (error instanceof Cut) return { type: 'Truncated', atPart };
  if (error instanceof BytesError) return { type: 'Damaged', atPart };
  throw error;
};

/** Thrown inside this file alone, as BytesError is. */
class Cut extends Error {}

interface PlainStream {
  bytes(length: number): Promise<Uint8Array>;
  u32(): Promise<number>;
  block(limit: number): Promise<Uint8Array>;
  /** nothing but zeros is left, and the stream ends as it should */
  zeros(): Promise<void>;
}

interface Chunks {
  /** null: there are no more */
  next(): Promise<Uint8Array | null>;
}

const streamStart = (group: number): number => SALT_SIZE + group * SLOT_GROUP * SLOT_SIZE;

/** of a bundle in which this slot is one: any chunk takes more */
const leastSize = (slot: number): number => streamStart(Math.floor(slot / SLOT_GROUP) + 1) + SEALED_CHUNK - CHUNK + 1;

/** How many slots there are is not said: the stream begins where its first chunk opens. */
const findStream = async (source: ByteSource, fileKey: Uint8Array, slot: number): Promise<PlainStream | null> => {
  for (let group = Math.floor(slot / SLOT_GROUP) + 1; group * SLOT_GROUP <= BUNDLE_LIMIT.slots; group++) {
    const start = streamStart(group);
    if (start >= source.size) return null;
    const chunks = createChunks(source, createOpenStream(fileKey), start);
    try {
      const first = await chunks.next();
      if (first) return createPlain(chunks, first);
    } catch (error) {
      if (!(error instanceof Cut || error instanceof BytesError)) throw error;
    }
  }
  return null;
};

const createChunks = (source: ByteSource, stream: OpenStream, start: number): Chunks => {
  let at = start;
  let isDone = false;
  return {
    next: async () => {
      if (isDone) return null;
      const left = source.size - at;
      if (left <= 0) throw new Cut();
      const sealed = await source.read(at, Math.min(left, SEALED_CHUNK));
      if (sealed.length < Math.min(left, SEALED_CHUNK)) throw new Cut();
      const isLast = left <= SEALED_CHUNK;
      const plain = stream.chunk(sealed, isLast);
      at += sealed.length;
      if (plain) {
        isDone = isLast;
        return plain;
      }
      // cut exactly behind a chunk: this one is whole, and the next one is missing
      const before = isLast ? stream.chunk(sealed, false) : null;
      if (before) return before;
      // flipped bytes leave a file its size, and cutting as a rule does not
      if (isLast && !isPadded(source.size)) throw new Cut();
      throw new BytesError('not the next chunk');
    },
  };
};

const createPlain = (chunks: Chunks, first: Uint8Array): PlainStream => {
  let held: Uint8Array[] = [first];
  let have = first.length;

  const bytes = async (length: number): Promise<Uint8Array> => {
    while (have < length) {
      const more = await chunks.next();
      if (more === null) throw new BytesError('unexpected end');
      held.push(more);
      have += more.length;
    }
    const all = held.length === 1 ? (held[0] as Uint8Array) : concat(...held);
    held = [all.subarray(length)];
    have -= length;
    return all.subarray(0, length);
  };
  const u8 = async (): Promise<number> => (await bytes(1))[0] as number;

  return {
    bytes,
    u32: async () => {
      const four = await bytes(4);
      return new DataView(four.buffer, four.byteOffset, 4).getUint32(0);
    },
    block: async (limit) => {
      let length = 0;
      for (let scale = 1; ; scale *= 0x80) {
        const byte = await u8();
        length += (byte & 0x7f) * scale;
        if (length > limit || scale > limit) throw new BytesError('a block over its limit');
        if (byte < 0x80) {
          if (byte === 0 && scale > 1) throw new BytesError('not in shortest form');
          return bytes(length);
        }
      }
    },
    zeros: async () => {
      const mustBeZero = (some: Uint8Array): void => {
        if (some.some((byte) => byte !== 0)) throw new BytesError('trailing bytes');
      };
      held.forEach(mustBeZero);
      held = [];
      for (let more = await chunks.next(); more !== null; more = await chunks.next()) mustBeZero(more);
    },
  };
};
