import { ed25519 } from '@noble/curves/ed25519.js';
import { readFileSync } from 'node:fs';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import {
  createSigner,
  createSigningKeys,
  createVerifier,
  isGoodKey,
  prepareVerifier,
  type SigningKeys,
} from '../../../src/crypto/index.ts';
import { isCanonicalPoint, isReducedScalar } from '../../../src/crypto/edwards.ts';
import { fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { createEdgeSignatures, type EdgeSignature } from './edge-signatures.ts';
import { createSeededRandom, flipped } from './seeded.ts';

const { subtle } = globalThis.crypto;
const file = new URL('../../vectors/verify-strict.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as readonly EdgeSignature[];
const bytesOf = ({ publicKey, message, signature }: EdgeSignature) =>
  [fromHex(publicKey), fromHex(message), fromHex(signature)] as const;

describe('the crafted signatures', { timeout: 60_000 }, () => {
  it('are on file exactly as they are made and judged by the slow and simple twin', async () => {
    const lines = createEdgeSignatures().map((vector) => JSON.stringify(vector));
    await expect(`[\n${lines.join(',\n')}\n]\n`).toMatchFileSnapshot(file.pathname);
  });

  it('are judged alike with WebCrypto, without it, and by the slow and simple twin that wrote them down', async () => {
    const native = await prepareVerifier(subtle);
    const slow = createVerifier(null);
    expect(native.native).toBe(true);
    expect(slow.native).toBe(false);
    for (const vector of vectors) {
      const [publicKey, message, signature] = bytesOf(vector);
      const verdicts = {
        native: await native.verify(publicKey, message, signature),
        slow: await slow.verify(publicKey, message, signature),
      };
      expect(verdicts, vector.name).toEqual({ native: vector.valid, slow: vector.valid });
    }
    expect(native.count).toBe(vectors.length);
  });

  it('are judged as tweetnacl judges them, where key, R and S are good', () => {
    let compared = 0;
    const isGood = new Map(vectors.map(({ publicKey }) => [publicKey, isGoodKey(fromHex(publicKey))]));
    for (const vector of vectors) {
      const [publicKey, message, signature] = bytesOf(vector);
      if (signature.length !== 64 || !isGood.get(vector.publicKey) || !isReducedScalar(signature.subarray(32)))
        continue;
      const r = signature.subarray(0, 32);
      if (!isCanonicalPoint(r) || toHex(r) === '01'.padEnd(64, '0')) continue;
      compared++;
      expect(nacl.sign.detached.verify(message, signature, publicKey), vector.name).toBe(vector.valid);
    }
    expect(compared).toBeGreaterThan(90);
  });

  it('divide the raw libraries, so that they do test something', async () => {
    let differing = 0;
    for (const vector of vectors) {
      const [publicKey, message, signature] = bytesOf(vector);
      if (signature.length !== 64 || publicKey.length !== 32) continue;
      const key = await subtle.importKey('raw', publicKey.slice(), 'Ed25519', false, ['verify']);
      const web = await subtle.verify('Ed25519', key, signature.slice(), message.slice());
      const cofactored = ed25519.verify(signature, message, publicKey, { zip215: true });
      if (web !== cofactored) differing++;
    }
    expect(differing).toBeGreaterThan(300);
  });
});

describe('isCanonicalPoint', () => {
  it('refuses a y of p or more, and a sign where x is 0', () => {
    const refused = vectors.filter(({ name }) => /is y = p|wrong way/.test(name));
    const ways = new Set(
      refused.map(({ name, publicKey, signature }) =>
        /^R |; R.*wrong/.test(name) ? signature.slice(0, 64) : publicKey,
      ),
    );
    expect(ways.size).toBeGreaterThan(38);
    for (const way of ways) expect(isCanonicalPoint(fromHex(way)), way).toBe(false);
  });

  it('takes every other, point or not', () => {
    const highest = fromHex('ec' + 'ff'.repeat(30) + '7f');
    expect(isCanonicalPoint(highest)).toBe(true);
    for (let y = 0; y < 19; y++) {
      const low = new Uint8Array(32);
      low[0] = y;
      expect(isCanonicalPoint(low)).toBe(true);
      low[31] = 0x80;
      expect(isCanonicalPoint(low)).toBe(y !== 1);
    }
  });
});

describe('isGoodKey', { timeout: 60_000 }, () => {
  it('says what noble says, of points of every order and of what is no point', () => {
    const { Point } = ed25519;
    const random = createSeededRandom(5);
    const torsion = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
    const isGoodForNoble = (key: Uint8Array): boolean => {
      try {
        const point = Point.fromBytes(key, false);
        return !point.is0() && point.isTorsionFree();
      } catch {
        return false;
      }
    };
    const verdicts = { true: 0, false: 0 };
    for (let i = 0; i < 160; i++) {
      const scalar = BigInt(`0x${toHex(random(31))}`) + 1n;
      const point = i % 2 === 0 ? Point.BASE.multiplyUnsafe(scalar) : undefined;
      const small = torsion.multiplyUnsafe(BigInt(i >> 1) % 8n);
      for (const key of point ? [point.toBytes(), point.add(small).toBytes(), small.toBytes()] : [random(32)]) {
        const verdict = isGoodKey(key);
        expect(verdict, toHex(key)).toBe(isGoodForNoble(key));
        verdicts[`${verdict}`]++;
      }
    }
    expect(verdicts.true).toBeGreaterThan(80);
    expect(verdicts.false).toBeGreaterThan(80);
  });

  it('takes keys made from a seed', () => {
    for (let i = 0; i < 8; i++) expect(isGoodKey(createSigningKeys(new Uint8Array(32).fill(i)).publicKey)).toBe(true);
  });

  it('refuses small order, mixed order, wrong ways to write, what is no point, and wrong lengths', () => {
    const refused = vectors.filter(({ name }) => /^A (?!good)|^the key is y = p/.test(name));
    expect(new Set(refused.map(({ publicKey }) => publicKey)).size).toBeGreaterThan(30);
    for (const { publicKey, name } of refused) expect(isGoodKey(fromHex(publicKey)), name).toBe(false);
    const good = createSigningKeys(new Uint8Array(32)).publicKey;
    expect(isGoodKey(good.subarray(0, 31))).toBe(false);
    expect(isGoodKey(Uint8Array.from([...good, 0]))).toBe(false);
    expect(isGoodKey(new Uint8Array(0))).toBe(false);
    expect(isGoodKey(new Uint8Array(32).fill(255))).toBe(false);
  });
});

/** A WebCrypto that verifies with the cofactor. It has its key in the clear, to hand it to noble. */
const cofactoredSubtle = new Proxy(subtle, {
  get: (_target, name) => {
    if (name === 'importKey') {
      return (format: 'raw', key: Uint8Array<ArrayBuffer>) =>
        subtle.importKey(format, key, 'Ed25519', true, ['verify']);
    }
    return async (_algorithm: string, key: CryptoKey, signature: Uint8Array, message: Uint8Array) =>
      ed25519.verify(signature, message, new Uint8Array(await subtle.exportKey('raw', key)));
  },
});

/** Imports and verifies `uses` times, then fails, as a browser short of memory does. */
const failingSubtle = (uses: number): SubtleCrypto => {
  let left = uses;
  return new Proxy(subtle, {
    get: (target, name) => {
      const method = (Reflect.get(target, name) as (...args: unknown[]) => unknown).bind(target);
      return (...args: unknown[]) =>
        left-- > 0 ? method(...args) : Promise.reject(new DOMException('no', 'OperationError'));
    },
  });
};

describe('createVerifier', { timeout: 60_000 }, () => {
  const keys = createSigningKeys(new Uint8Array(32).fill(3));
  const message = utf8('we stay');

  it('does not trust a WebCrypto that verifies with the cofactor', async () => {
    expect((await prepareVerifier(cofactoredSubtle)).native).toBe(false);
  });

  it('is not native without Ed25519 in WebCrypto, and verifies all the same', async () => {
    const verifier = await prepareVerifier(failingSubtle(0));
    expect(verifier.native).toBe(false);
    expect(await verifier.verify(keys.publicKey, message, await createSigner(keys, null).sign(message))).toBe(true);
  });

  it('verifies by itself what WebCrypto fails at', async () => {
    const good = await createSigner(keys, null).sign(message);
    for (let uses = 3; uses < 6; uses++) {
      const verifier = await prepareVerifier(failingSubtle(uses));
      expect(verifier.native).toBe(true);
      for (let i = 0; i < 3; i++) {
        expect(await verifier.verify(keys.publicKey, message, good)).toBe(true);
        expect(await verifier.verify(keys.publicKey, message, flipped(good, 40))).toBe(false);
      }
    }
  });

  it('says the same once a key was prepared for speed, and after its cache has overflowed', async () => {
    const random = createSeededRandom(7);
    const verifier = createVerifier(null);
    const people = Array.from({ length: 2 }, () => createSigningKeys(random(32)));
    for (const person of people) {
      const signer = createSigner(person, null);
      for (let i = 0; i < 14; i++) {
        const text = random(i * 7);
        const signature = await signer.sign(text);
        expect(await verifier.verify(person.publicKey, text, signature)).toBe(true);
        expect(await verifier.verify(person.publicKey, text, flipped(signature, i))).toBe(false);
        expect(await verifier.verify(person.publicKey, text, flipped(signature, 32 + i))).toBe(false);
      }
    }
    const [person] = people as [SigningKeys];
    const signature = await createSigner(person, null).sign(message);
    for (let i = 0; i < 1030; i++) {
      // Sets the highest bits of y: looked up and refused, with nothing slow.
      expect(await verifier.verify(random(32).fill(0xff, 20), message, signature)).toBe(false);
    }
    expect(await verifier.verify(person.publicKey, message, signature)).toBe(true);
  });

  it('judges what it was given, even if the caller writes over it while waiting', async () => {
    for (const way of [subtle, null]) {
      const text = message.slice();
      const signature = await createSigner(keys, null).sign(message);
      const publicKey = keys.publicKey.slice();
      const verdict = createVerifier(way).verify(publicKey, text, signature);
      text.fill(0);
      signature.fill(0);
      publicKey.fill(0);
      expect(await verdict).toBe(true);
    }
  });

  it('counts each signature that it was asked about, and not its own trial', async () => {
    const verifier = await prepareVerifier(subtle);
    expect(verifier.count).toBe(0);
    await verifier.verify(keys.publicKey, message, new Uint8Array(64));
    await verifier.verify(keys.publicKey, message, new Uint8Array(3));
    expect(verifier.count).toBe(2);
  });
});
