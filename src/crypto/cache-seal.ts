/**
 * Seals what never leaves this device and can be made anew. WebCrypto opens ten times as many bytes in a millisecond as
 * secretbox does; where it is missing, secretbox serves. The first byte says which.
 */
import { concat } from '../lib/bytes.ts';
import { hkdf } from './kdf.ts';
import type { Random } from './random.ts';
import { openRandom, sealRandom } from './seal.ts';

export interface CacheSeal {
  seal(plain: Uint8Array): Promise<Uint8Array>;
  /** Null where the key is another, a byte was changed, or it was sealed with what is missing here. Never rejects. */
  open(bytes: Uint8Array): Promise<Uint8Array | null>;
}

const SECRETBOX = 1;
const AES_GCM = 2;
const NONCE = 12;

/** `key`: 32 bytes; AES has a key of its own, derived from it. */
export const createCacheSeal = (key: Uint8Array, subtle: SubtleCrypto | null, random: Random): CacheSeal => {
  const importing = subtle === null ? Promise.resolve(null) : importKey(key, subtle);
  return {
    seal: async (plain) => {
      const native = await importing;
      if (subtle === null || native === null) return concat(Uint8Array.of(SECRETBOX), sealRandom(key, plain, random));
      const iv = random(NONCE).slice();
      const sealed = await subtle.encrypt({ name: 'AES-GCM', iv }, native, plain.slice());
      return concat(Uint8Array.of(AES_GCM), iv, new Uint8Array(sealed));
    },
    open: async (bytes) => {
      if (bytes[0] === SECRETBOX) return openRandom(key, bytes.subarray(1));
      const native = await importing;
      if (bytes[0] !== AES_GCM || subtle === null || native === null) return null;
      // one copy, since a view may stand on a buffer that WebCrypto does not take
      const own = bytes.slice();
      try {
        const algorithm = { name: 'AES-GCM', iv: own.subarray(1, 1 + NONCE) };
        return new Uint8Array(await subtle.decrypt(algorithm, native, own.subarray(1 + NONCE)));
      } catch {
        // too short, another key, or damaged: it says no more than that
        return null;
      }
    },
  };
};

const importKey = async (key: Uint8Array, subtle: SubtleCrypto): Promise<CryptoKey | null> => {
  try {
    const derived = hkdf(key, new Uint8Array(0), 'weft1/cache', 32).slice();
    return await subtle.importKey('raw', derived, 'AES-GCM', false, ['encrypt', 'decrypt']);
  } catch {
    return null;
  }
};
