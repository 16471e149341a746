/**
 * A long text sealed in chunks, as age does it (STREAM, Hoang, Reyhanitabar, Rogaway and Vizár 2015): each nonce
 * holds the chunk's number and whether it is the last, so that nothing can be left out, moved, doubled or added.
 * Every chunk but the last is full, and only an empty stream has an empty last one: a text has one sealed form.
 */
import { hkdf } from './kdf.ts';
import { open, seal, SEAL_OVERHEAD } from './seal.ts';

export interface SealStream {
  /** Throws where a chunk that is not the last is not full, a chunk is too long, or one follows the last. */
  chunk(plain: Uint8Array, last: boolean): Uint8Array;
}

export interface OpenStream {
  /**
   * Null where this is not the stream's next chunk, or is not the last (or is) against what was said.
   * After a refusal the stream stands where it stood.
   */
  chunk(sealed: Uint8Array, last: boolean): Uint8Array | null;
}

/** plain bytes in a full chunk */
export const CHUNK = 65_536;
/** sealed bytes in a full chunk */
export const SEALED_CHUNK = CHUNK + SEAL_OVERHEAD;

/** `fileKey`: 32 fresh bytes for each stream, since the nonces repeat from stream to stream. */
export const createSealStream = (fileKey: Uint8Array): SealStream => {
  const key = streamKey(fileKey);
  let count = 0;
  let done = false;
  return {
    chunk(plain, last) {
      if (done) throw new Error('a chunk after the last one');
      if (!fits(plain.length, count, last)) throw new Error('a chunk of the wrong length');
      done = last;
      return seal(key, nonceOf(count++, last), plain);
    },
  };
};

export const createOpenStream = (fileKey: Uint8Array): OpenStream => {
  const key = streamKey(fileKey);
  let count = 0;
  let done = false;
  return {
    chunk(sealed, last) {
      if (done || !fits(sealed.length - SEAL_OVERHEAD, count, last)) return null;
      const plain = open(key, nonceOf(count, last), sealed);
      if (plain === null) return null;
      count++;
      done = last;
      return plain;
    },
  };
};

const fits = (length: number, count: number, last: boolean): boolean =>
  last ? length <= CHUNK && (length > 0 || (length === 0 && count === 0)) : length === CHUNK;

const streamKey = (fileKey: Uint8Array): Uint8Array => {
  if (fileKey.length !== 32) throw new Error('a file key has 32 bytes');
  return hkdf(fileKey, new Uint8Array(0), 'weft1/stream\0', 32);
};

/** 15 zero bytes ‖ the chunk's number in 8 bytes ‖ 1 for the last and 0 for any other */
const nonceOf = (count: number, last: boolean): Uint8Array => {
  const nonce = new Uint8Array(24);
  new DataView(nonce.buffer).setBigUint64(15, BigInt(count));
  nonce[23] = last ? 1 : 0;
  return nonce;
};
