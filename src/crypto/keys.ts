/** A device's two key pairs: ed25519 to sign, x25519 to be written to. */
import nacl from 'tweetnacl';
import { equalBytes } from '../lib/bytes.ts';

export interface SigningKeys {
  /** 32 bytes */
  readonly publicKey: Uint8Array;
  /** 32 bytes, RFC 8032's private key: everything else follows from it */
  readonly seed: Uint8Array;
}

export interface BoxKeys {
  /** 32 bytes */
  readonly publicKey: Uint8Array;
  /** 32 bytes */
  readonly secretKey: Uint8Array;
}

/** `seed`: 32 unpredictable bytes, not kept by reference. */
export const createSigningKeys = (seed: Uint8Array): SigningKeys => {
  const keys: SigningKeys = { publicKey: nacl.sign.keyPair.fromSeed(seed).publicKey, seed: seed.slice() };
  Object.freeze(keys);
  made.add(keys);
  return keys;
};

const made = new WeakSet<SigningKeys>();

/** Is the public key the seed's? Made here, it is; otherwise it is worked out, which takes some milliseconds. */
export const isPair = (keys: SigningKeys): boolean =>
  made.has(keys) || equalBytes(nacl.sign.keyPair.fromSeed(keys.seed).publicKey, keys.publicKey);

/** `secret`: 32 unpredictable bytes, not kept by reference. */
export const createBoxKeys = (secret: Uint8Array): BoxKeys => ({
  publicKey: nacl.box.keyPair.fromSecretKey(secret).publicKey,
  secretKey: secret.slice(),
});

/**
 * False for a foreign x25519 key of small order: whatever is sealed to it, everybody can open (RFC 7748, 6.1).
 * To be asked once, when a device is admitted.
 */
export const isGoodBoxKey = (publicKey: Uint8Array): boolean => {
  if (publicKey.length !== nacl.box.publicKeyLength) return false;
  return nacl.scalarMult(new Uint8Array(32).fill(1), publicKey).some((byte) => byte !== 0);
};

/** The same 32 bytes on both sides, to derive keys from (X25519); null for a foreign key of small order. */
export const agree = (keys: BoxKeys, theirs: Uint8Array): Uint8Array | null => {
  if (theirs.length !== nacl.box.publicKeyLength) return null;
  const shared = nacl.scalarMult(keys.secretKey, theirs);
  return shared.some((byte) => byte !== 0) ? shared : null;
};
