/** XSalsa20-Poly1305 for one reader with a key, and x25519 boxes for one reader with a key pair (NaCl). */
import nacl from 'tweetnacl';
import { concat, utf8 } from '../lib/bytes.ts';
import { sha256 } from './hash.ts';
import type { BoxKeys } from './keys.ts';
import type { Random } from './random.ts';

/** A sealed text is this much longer than the plain one. */
export const SEAL_OVERHEAD = nacl.secretbox.overheadLength;
/** …with its nonce before it */
export const SEAL_RANDOM_OVERHEAD = nacl.secretbox.nonceLength + SEAL_OVERHEAD;
/** …with an ephemeral public key before it */
export const BOX_OVERHEAD = nacl.box.publicKeyLength + SEAL_OVERHEAD;

/** `key` 32 bytes, `nonce` 24 bytes, never twice with the same key. */
export const seal = (key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Uint8Array =>
  exact(nacl.secretbox(plain, nonce, key));

/** Null where the key is another or a byte was changed. */
export const open = (key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null => {
  const plain = nacl.secretbox.open(sealed, nonce, key);
  return plain === null ? null : exact(plain);
};

/** nonce ‖ sealed. 24 random bytes do not repeat. */
export const sealRandom = (key: Uint8Array, plain: Uint8Array, random: Random): Uint8Array => {
  const nonce = random(nacl.secretbox.nonceLength);
  return concat(nonce, nacl.secretbox(plain, nonce, key));
};

export const openRandom = (key: Uint8Array, bytes: Uint8Array): Uint8Array | null => {
  if (bytes.length < SEAL_RANDOM_OVERHEAD) return null;
  const { nonceLength } = nacl.secretbox;
  return open(key, bytes.subarray(0, nonceLength), bytes.subarray(nonceLength));
};

/**
 * ephemeral public key ‖ box. Says nothing of who wrote it: what is inside has to be signed.
 * `ephemeralSecret`: 32 fresh random bytes, never twice; the nonce follows from both public keys.
 */
export const boxSeal = (recipient: Uint8Array, plain: Uint8Array, ephemeralSecret: Uint8Array): Uint8Array => {
  const ephemeral = nacl.box.keyPair.fromSecretKey(ephemeralSecret);
  const nonce = boxNonce(ephemeral.publicKey, recipient);
  return concat(ephemeral.publicKey, nacl.box(plain, nonce, recipient, ephemeral.secretKey));
};

export const boxOpen = (keys: BoxKeys, bytes: Uint8Array): Uint8Array | null => {
  if (bytes.length < BOX_OVERHEAD) return null;
  const ephemeral = bytes.subarray(0, nacl.box.publicKeyLength);
  const box = bytes.subarray(nacl.box.publicKeyLength);
  const plain = nacl.box.open(box, boxNonce(ephemeral, keys.publicKey), ephemeral, keys.secretKey);
  return plain === null ? null : exact(plain);
};

const BOX_LABEL = utf8('weft1/box\0');

const boxNonce = (ephemeral: Uint8Array, recipient: Uint8Array): Uint8Array =>
  sha256(BOX_LABEL, ephemeral, recipient).subarray(0, nacl.box.nonceLength);

/** tweetnacl returns views into a longer buffer, and a structured clone (IndexedDB, a worker) takes the whole of it. */
const exact = (view: Uint8Array): Uint8Array => view.slice();
