/**
 * The one rule for Ed25519 signatures, the same on every device. Raw libraries disagree on hundreds of crafted
 * signatures (Chalkias, Garillot and Nikolaenko, "Taming the many EdDSAs", 2020), and two devices that disagree on
 * one signature differ for ever. So:
 *
 * - the key is canonically encoded, on the curve, not the identity, and of prime order;
 * - S < L; R is canonically encoded and not the identity;
 * - then S·B = R + k·A exactly, without multiplying by the cofactor.
 *
 * With such a key the last line leaves an R off the curve or with a part of small order no room.
 */
import nacl from 'tweetnacl';
import { toHex } from '../lib/bytes.ts';
import { isCanonicalPoint, isOfPrimeOrder, isReducedScalar } from './edwards.ts';
import { createRecent } from './recent.ts';
import { createNativeVerify, type NativeVerify } from './verify-native.ts';
import type { SlowKey } from './verify-slow.ts';

export interface Verifier {
  /** WebCrypto does the work. False until it has proven itself, which `prepareVerifier` waits for. */
  readonly native: boolean;
  /** Never rejects. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** signatures checked so far */
  readonly count: number;
}

/** Costs a scalar multiplication (1.4 ms on a slow core): keep the answer. */
export const isGoodKey = (publicKey: Uint8Array): boolean => isOfPrimeOrder(publicKey);

export const createVerifier = (subtle: SubtleCrypto | null): Verifier => build(subtle).verifier;

/** A verifier whose `native` will not change any more. */
export const prepareVerifier = async (subtle: SubtleCrypto | null): Promise<Verifier> => {
  const { verifier, settled } = build(subtle);
  await settled;
  return verifier;
};

/** Foreign keys are not kept without bound; a space of more devices than this only checks some keys again. */
const MOST_KEYS = 1024;
/** Each key prepared for speed holds about 500 KB; it takes 15 ms and is paid back after some ten signatures. */
const MOST_FAST_KEYS = 24;
const USES_BEFORE_FAST = 12;

interface KnownKey {
  /** a copy */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isGood: boolean;
  /** once WebCrypto has not verified with it */
  slow: SlowKey | null;
  uses: number;
}

const build = (subtle: SubtleCrypto | null): { verifier: Verifier; settled: Promise<void> } => {
  const fastKeys = new Set<KnownKey>();
  const keyByBytes = createRecent<string, KnownKey>(MOST_KEYS, (key) => fastKeys.delete(key));
  let count = 0;
  let verifyNatively: NativeVerify | null = null;
  const settled = createNativeVerify(subtle).then((found) => {
    verifyNatively = found;
  });

  const keyOf = (publicKey: Uint8Array): KnownKey => {
    const name = toHex(publicKey);
    const known = keyByBytes.get(name);
    if (known !== undefined) return known;
    const key: KnownKey = { bytes: publicKey.slice(), isGood: isGoodKey(publicKey), slow: null, uses: 0 };
    keyByBytes.set(name, key);
    return key;
  };

  const verify = async (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> => {
    count++;
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    // Copied at once: the caller may reuse its buffers while we wait.
    const text = message.slice();
    const proof = signature.slice();
    if (!isReducedScalar(proof.subarray(32)) || !isCanonicalPoint(proof.subarray(0, 32))) return false;
    if (isIdentity(proof.subarray(0, 32))) return false;
    const key = keyOf(publicKey);
    if (!key.isGood) return false;
    await settled;
    const verdict = verifyNatively === null ? null : await verifyNatively(key.bytes, text, proof);
    return verdict ?? verifySlowly(key, text, proof);
  };

  const verifySlowly = async (key: KnownKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> => {
    const createSlowKey = await loadSlow();
    // by the same rule, where key, S and R are good as here: ten times as slow
    if (createSlowKey === null) return nacl.sign.detached.verify(message, signature, key.bytes);
    key.slow ??= createSlowKey(key.bytes);
    if (++key.uses === USES_BEFORE_FAST && fastKeys.size < MOST_FAST_KEYS) {
      fastKeys.add(key);
      key.slow.prepare();
    }
    return key.slow.verify(message, signature);
  };

  const verifier = {
    verify,
    get native() {
      return verifyNatively !== null;
    },
    get count() {
      return count;
    },
  };
  return { verifier, settled };
};

/** Null where it cannot be fetched: a first visit may be cut off at any time. */
const loadSlow = async (): Promise<((publicKey: Uint8Array) => SlowKey) | null> => {
  try {
    return (await import('./verify-slow.ts')).createSlowKey;
  } catch {
    return null;
  }
};

const isIdentity = (point: Uint8Array): boolean => point[0] === 1 && point.every((byte, i) => i === 0 || byte === 0);
