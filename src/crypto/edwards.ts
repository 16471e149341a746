/**
 * The checks of `verify.ts` on keys and signatures. Whether a key is of prime order is worked out here: nothing of it is
 * secret, so nothing need take the same time. A test compares with noble, whose curves cost a visit ten times as much.
 */
import { equalBytes, toHex } from '../lib/bytes.ts';
import { createRecent } from './recent.ts';

/** S < L, little-endian */
export const isReducedScalar = (scalar: Uint8Array): boolean => isBelow(scalar, ORDER);

/** Not whether it is on the curve: whether these 32 bytes are the way to write whatever they say. */
export const isCanonicalPoint = (encoded: Uint8Array): boolean => {
  const y = encoded.slice();
  const sign = (y[31] as number) & 0x80;
  y[31] = (y[31] as number) & 0x7f;
  if (!isBelow(y, PRIME)) return false;
  // x is 0 at y = 1 and y = −1 only, and 0 has no sign.
  return sign === 0 || !(equalBytes(y, ONE) || equalBytes(y, MINUS_ONE));
};

/**
 * False where the key is not canonical, not on the curve, the identity, or not of prime order. Costs a scalar
 * multiplication, and is asked of each device's key twice: at its admission and at its first signature.
 */
export const isOfPrimeOrder = (publicKey: Uint8Array): boolean => {
  if (publicKey.length !== 32 || !isCanonicalPoint(publicKey)) return false;
  const name = toHex(publicKey);
  const known = orders.get(name);
  if (known !== undefined) return known;
  const point = decode(publicKey);
  const isPrime = point !== null && !isIdentity(point) && isIdentity(multiply(point, L));
  orders.set(name, isPrime);
  return isPrime;
};
const orders = createRecent<string, boolean>(1024);

// The curve −x² + y² = 1 + d·x²·y² over the integers modulo p (RFC 8032, 5.1) ---------------------------------------

const P = 2n ** 255n - 19n;
/** the prime order */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;

/** Extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z. */
interface Point {
  readonly X: bigint;
  readonly Y: bigint;
  readonly Z: bigint;
  readonly T: bigint;
}

const IDENTITY: Point = { X: 0n, Y: 1n, Z: 1n, T: 0n };

const isIdentity = ({ X, Y, Z }: Point): boolean => X === 0n && Y === Z;

/** RFC 8032, 5.1.4: also right for a point and itself, and for the identity. */
const add = (a: Point, b: Point): Point => {
  const A = modulo((a.Y - a.X) * (b.Y - b.X));
  const B = modulo((a.Y + a.X) * (b.Y + b.X));
  const C = modulo(modulo(2n * D * a.T) * b.T);
  const Z2 = modulo(2n * a.Z * b.Z);
  const E = B - A;
  const F = Z2 - C;
  const G = Z2 + C;
  const H = B + A;
  return { X: modulo(E * F), Y: modulo(G * H), Z: modulo(F * G), T: modulo(E * H) };
};

const multiply = (point: Point, times: bigint): Point => {
  let sum = IDENTITY;
  for (const bit of times.toString(2)) {
    sum = add(sum, sum);
    if (bit === '1') sum = add(sum, point);
  }
  return sum;
};

/** RFC 8032, 5.1.3. Null where no x belongs to this y. */
const decode = (encoded: Uint8Array): Point | null => {
  const number = BigInt(`0x${toHex(encoded.toReversed())}`);
  const y = BigInt.asUintN(255, number);
  const u = modulo(y * y - 1n);
  const v = modulo(D * y * y + 1n);
  const candidate = modulo(u * v ** 3n * power(modulo(u * v ** 7n), (P - 5n) / 8n));
  const square = modulo(v * candidate * candidate);
  if (square !== u && square !== modulo(-u)) return null;
  const root = square === u ? candidate : modulo(candidate * ROOT_OF_MINUS_ONE);
  const x = (root & 1n) === number >> 255n ? root : modulo(-root);
  return { X: x, Y: y, Z: 1n, T: modulo(x * y) };
};

const modulo = (value: bigint): bigint => {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
};

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = modulo(result * result);
    if (bit === '1') result = modulo(result * base);
  }
  return result;
};

const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

// Bytes, since each signature is asked about --------------------------------------------------------------------------

const littleEndian = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));

const ORDER = littleEndian(L);
const PRIME = littleEndian(P);
const ONE = littleEndian(1n);
const MINUS_ONE = littleEndian(P - 1n);

const isBelow = (value: Uint8Array, limit: Uint8Array): boolean => {
  for (let i = 31; i >= 0; i--) {
    const difference = (value[i] as number) - (limit[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
};
