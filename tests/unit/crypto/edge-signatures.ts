/**
 * Makes the crafted signatures of tests/vectors/verify-strict.json, always the same ones, with a slow and simple
 * judge of its own: keys, R and S each good or bad in every known way, in all combinations. Where a part of small
 * order can cancel out for some messages (k mod 8), one message is taken for which it does and one for which not.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concat, equalBytes, toHex, utf8 } from '../../../src/lib/bytes.ts';

export interface EdgeSignature {
  readonly name: string;
  readonly publicKey: string;
  readonly message: string;
  readonly signature: string;
  readonly valid: boolean;
}

export const createEdgeSignatures = (): EdgeSignature[] => [...combinations(), ...odd()];

const { Point } = ed25519;
type Point = InstanceType<typeof Point>;
const L = Point.Fn.ORDER;
const P = Point.Fp.ORDER;

const number = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const bytes = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
const modulo = (value: bigint, by: bigint): bigint => ((value % by) + by) % by;
const challenge = (r: Uint8Array, a: Uint8Array, m: Uint8Array): bigint => modulo(number(sha512(concat(r, a, m))), L);
const times = (scalar: bigint, point: Point): Point => point.multiplyUnsafe(modulo(scalar, L));

/** one of order 8; its multiples are all eight points of small order */
const TORSION = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const SMALL = Array.from({ length: 8 }, (_, i) => times(BigInt(i), TORSION));
const SIGN = 1n << 255n;

interface Encoded {
  readonly name: string;
  /** its part of prime order is scalar·B, its part of small order is the torsion-th multiple of TORSION */
  readonly scalar: bigint;
  readonly torsion: number;
  readonly encoded: Uint8Array;
}

const a = modulo(number(sha512(utf8('edge key'))), L);
const r = modulo(number(sha512(utf8('edge nonce'))), L);

/** Every way to write the points of small order that is not the one way: y + p, or a sign where x is 0. */
const otherWays = (index: number): Uint8Array[] => {
  const one = (SMALL[index] as Point).toBytes();
  const y = number(one) & (SIGN - 1n);
  const signs = SMALL[index]?.toAffine().x === 0n ? [0n, SIGN] : [number(one) & SIGN];
  const ys = y + P < SIGN ? [y, y + P] : [y];
  return ys.flatMap((v) => signs.map((s) => bytes(v | s))).filter((way) => !equalBytes(way, one));
};

const points = (what: string, scalar: bigint): Encoded[] => {
  const main = times(scalar, Point.BASE);
  const all: Encoded[] = SMALL.map((small, torsion) => ({
    name: torsion === 0 ? `good ${what}` : `${what} with ${String(torsion)}/8 of small order`,
    scalar,
    torsion,
    encoded: main.add(small).toBytes(),
  }));
  SMALL.forEach((small, torsion) => {
    const name = torsion === 0 ? `${what} the identity` : `${what} ${String(torsion)}/8, of small order`;
    all.push({ name, scalar: 0n, torsion, encoded: small.toBytes() });
    otherWays(torsion).forEach((encoded, i) => {
      all.push({ name: `${name}, written in wrong way ${String(i + 1)}`, scalar: 0n, torsion, encoded });
    });
  });
  return all;
};

const scalars: readonly { name: string; change: (s: bigint) => bigint }[] = [
  { name: 'S', change: (s) => s },
  { name: 'S + L', change: (s) => s + L },
  { name: 'S + 8L', change: (s) => s + 8n * L },
  { name: 'S + 1', change: (s) => modulo(s + 1n, L) },
  { name: 'S with its highest bit', change: (s) => s | SIGN },
];

function* combinations(): Generator<EdgeSignature> {
  for (const key of points('A', a)) {
    for (const nonce of points('R', r)) {
      for (const cancels of [true, false]) {
        const message = findMessage(key, nonce, cancels);
        if (message === null) continue;
        const s = modulo(nonce.scalar + challenge(nonce.encoded, key.encoded, message) * key.scalar, L);
        const plain = key.torsion + nonce.torsion === 0 && key.scalar * nonce.scalar !== 0n;
        for (const { name, change } of scalars.slice(0, plain ? scalars.length : cancels ? 2 : 1)) {
          const signature = concat(nonce.encoded, bytes(change(s)));
          const how = cancels ? 'cofactorless' : 'cofactored only';
          yield judged(`${key.name}; ${nonce.name}; ${name}; ${how}`, key.encoded, message, signature);
        }
      }
    }
  }
}

/** One for which the parts of small order cancel out, so that S·B = R + k·A holds exactly; or one for which not. */
const findMessage = (key: Encoded, nonce: Encoded, cancels: boolean): Uint8Array | null => {
  for (let i = 0; i < 200; i++) {
    const message = utf8(`edge ${String(i)}`);
    const k = challenge(nonce.encoded, key.encoded, message);
    const left = modulo(BigInt(nonce.torsion) + k * BigInt(key.torsion), 8n);
    if ((left === 0n) === cancels) return message;
  }
  return null;
};

/** What is on no list of combinations: numbers that are no points, zeros, lengths, flipped bits, empty messages. */
function* odd(): Generator<EdgeSignature> {
  const key = times(a, Point.BASE).toBytes();
  const nonce = times(r, Point.BASE).toBytes();
  const sign = (m: Uint8Array, scalar = r, encoded = nonce): Uint8Array =>
    concat(encoded, bytes(modulo(scalar + challenge(encoded, key, m) * a, L)));
  const message = utf8('edge');
  const good = sign(message);
  for (let i = 1n; i <= 16n; i++) {
    const other = times(a * i + 1n, Point.BASE).toBytes();
    const text = utf8(`good ${String(i)}`);
    const encoded = times(r * i + 1n, Point.BASE).toBytes();
    const s = modulo(r * i + 1n + challenge(encoded, other, text) * (a * i + 1n), L);
    yield judged(`good signature ${String(i)}`, other, text, concat(encoded, bytes(s)));
  }
  yield judged('an empty message', key, new Uint8Array(0), sign(new Uint8Array(0)));
  yield judged('a long message', key, new Uint8Array(1000).fill(7), sign(new Uint8Array(1000).fill(7)));
  yield judged('another message', key, utf8('edgy'), good);
  yield judged('another key', times(a + 1n, Point.BASE).toBytes(), message, good);
  yield judged('the negative of the key', times(-a, Point.BASE).toBytes(), message, good);
  yield judged('R and S exchanged', key, message, concat(good.subarray(32), good.subarray(0, 32)));
  yield judged('all zeros', new Uint8Array(32), new Uint8Array(0), new Uint8Array(64));
  for (const length of [0, 31, 33]) {
    yield judged(`a key of ${String(length)} bytes`, concat(key, key).subarray(0, length), message, good);
  }
  for (const length of [0, 32, 63, 65]) {
    yield judged(`a signature of ${String(length)} bytes`, key, message, concat(good, good).subarray(0, length));
  }
  for (let bit = 0; bit < 512; bit += 7) {
    const flipped = good.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    yield judged(`bit ${String(bit)} of the signature flipped`, key, message, flipped);
  }
  for (let bit = 0; bit < 256; bit += 7) {
    const flipped = key.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
    yield judged(`bit ${String(bit)} of the key flipped`, flipped, message, good);
  }
  // S = 0 needs R = −k·A, and so a k that does not hold R: only crafted ones, all false.
  yield judged('S is 0', key, message, concat(nonce, new Uint8Array(32)));
  // All numbers that can be written in two ways: y from 0 to 18, and the same plus p.
  for (let y = 0n; y < 19n; y++) {
    for (const sign of [0n, SIGN]) {
      yield judged(
        `the key is y = p + ${String(y)}, sign ${String(sign >> 255n)}`,
        bytes((y + P) | sign),
        message,
        good,
      );
      yield judged(`the key is y = ${String(y)}, sign ${String(sign >> 255n)}`, bytes(y | sign), message, good);
      const s = good.subarray(32);
      yield judged(
        `R is y = p + ${String(y)}, sign ${String(sign >> 255n)}`,
        key,
        message,
        concat(bytes((y + P) | sign), s),
      );
    }
  }
}

const judged = (name: string, key: Uint8Array, message: Uint8Array, signature: Uint8Array): EdgeSignature => ({
  name,
  publicKey: toHex(key),
  message: toHex(message),
  signature: toHex(signature),
  valid: judge(key, message, signature),
});

/** The rule of verify.ts, word for word and with no thought of speed. */
const judge = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  if (key.length !== 32 || signature.length !== 64) return false;
  const A = decode(key);
  const R = decode(signature.subarray(0, 32));
  const S = number(signature.subarray(32));
  if (A === null || R === null || S >= L) return false;
  if (A.is0() || R.is0()) return false;
  if (!times(-1n, A).equals(A.negate())) return false; // (L − 1)·A = −A only where L·A = 0
  const k = challenge(signature.subarray(0, 32), key, message);
  return times(S, Point.BASE).equals(R.add(times(k, A)));
};

/** Null where it is no point or not the one way to write it. */
const decode = (encoded: Uint8Array): Point | null => {
  try {
    const point = Point.fromBytes(encoded, true);
    return equalBytes(point.toBytes(), encoded) ? point : null;
  } catch {
    return null;
  }
};
