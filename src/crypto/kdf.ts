/** Keys from secrets: HKDF (RFC 5869), HMAC (RFC 2104) and PBKDF2 (RFC 8018), all with SHA-256. */
import { hkdf as nobleHkdf } from '@noble/hashes/hkdf.js';
import { pbkdf2 as noblePbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import nacl from 'tweetnacl';
import { utf8 } from '../lib/bytes.ts';
import { sha256 as fastSha256 } from './hash.ts';

/** `label` keeps keys for different uses apart; it is HKDF's info, as UTF-8. At most 8160 bytes. */
export const hkdf = (secret: Uint8Array, salt: Uint8Array, label: string, length: number): Uint8Array =>
  nobleHkdf(sha256, secret, salt, utf8(label), length);

/** 32 bytes. RFC 2104 over the fast SHA-256: each name in a storage is one of these. */
export const hmac = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? fastSha256(key) : key);
  const inner = fastSha256(
    block.map((byte) => byte ^ 0x36),
    message,
  );
  return fastSha256(
    block.map((byte) => byte ^ 0x5c),
    inner,
  );
};

/** Compares in constant time, so that a guess learns nothing from how long a refusal took. */
export const isHmac = (key: Uint8Array, message: Uint8Array, mac: Uint8Array): boolean =>
  nacl.verify(hmac(key, message), mac);

/** By WebCrypto where this place has it: about five times as fast where several run at once. */
export const pbkdf2 = (password: Uint8Array, salt: Uint8Array, rounds: number, length: number): Promise<Uint8Array> =>
  createPbkdf2(password)(salt, rounds, length);

/** The same for one password and many salts: to make a key of the password costs WebCrypto as much as 100 rounds. */
export const createPbkdf2 = (
  password: Uint8Array,
): ((salt: Uint8Array, rounds: number, length: number) => Promise<Uint8Array>) => {
  // Absent where a page is not a secure context, whatever the types say.
  const { subtle }: { readonly subtle?: SubtleCrypto } = (globalThis as { readonly crypto?: Crypto }).crypto ?? {};
  const secret = password.slice();
  if (subtle === undefined) return async (salt, rounds, length) => pbkdf2Sync(secret, salt, rounds, length);
  const importing = subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
  return async (salt, rounds, length) => {
    const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: salt.slice(), iterations: rounds };
    return new Uint8Array(await subtle.deriveBits(algorithm, await importing, length * 8));
  };
};

export const pbkdf2Sync = (password: Uint8Array, salt: Uint8Array, rounds: number, length: number): Uint8Array =>
  noblePbkdf2(sha256, password, salt, { c: rounds, dkLen: length });
