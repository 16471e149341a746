/**
 * Ed25519 by noble's points, where WebCrypto does not verify it: fetched only there. Called only with what passed the
 * checks of `verify.ts`; noble's own `verify` is cofactored and is not used, nor is what it brings along.
 */
import { edwards } from '@noble/curves/abstract/edwards.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import nacl from 'tweetnacl';
import { concat, equalBytes } from '../lib/bytes.ts';

export interface SlowKey {
  /** R = S·B − k·A, compared as bytes, as RFC 8032 and OpenSSL do. Needs S < L. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
  /** Makes later verifications with this key three times as fast, for 15 ms and 500 KB. */
  prepare(): void;
}

/** `publicKey`: of prime order, by its one encoding */
export const createSlowKey = (publicKey: Uint8Array): SlowKey => {
  // so that k·A can be taken away by adding
  const negative = Point.fromBytes(publicKey, false).negate();
  return {
    verify(message, signature) {
      const encodedR = signature.subarray(0, 32);
      const s = bytesToNumberLE(signature.subarray(32));
      const k = Fn.create(bytesToNumberLE(nacl.hash(concat(encodedR, publicKey, message))));
      const r = BASE.multiplyUnsafe(s).add(negative.multiplyUnsafe(k));
      return equalBytes(r.toBytes(), encodedR);
    },
    prepare() {
      negative.precompute(6, false);
    },
  };
};

const P = 2n ** 255n - 19n;
const Point = edwards({
  p: P,
  n: 2n ** 252n + 27742317777372353535851937790883648493n,
  h: 8n,
  a: P - 1n,
  d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
  Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
  Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
});
const { BASE, Fn } = Point;
