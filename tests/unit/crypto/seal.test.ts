import { createHash } from 'node:crypto';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import {
  BOX_OVERHEAD,
  boxOpen,
  boxSeal,
  createBoxKeys,
  open,
  openRandom,
  seal,
  SEAL_OVERHEAD,
  SEAL_RANDOM_OVERHEAD,
  sealRandom,
} from '../../../src/crypto/index.ts';
import { fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { createSeededRandom, flipped } from './seeded.ts';

const key = new Uint8Array(32).fill(1);
const plain = utf8('meet at six');

/** All the ways in which a byte may be changed, cut off or added. */
function* tampered(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield flipped(bytes, at);
  for (let length = 0; length < bytes.length; length++) yield bytes.subarray(0, length);
  yield Uint8Array.from([...bytes, 0]);
  yield Uint8Array.from([0, ...bytes]);
}

describe('seal and open', () => {
  // Cryptography in NaCl (Bernstein 2009), section 10
  const paper = {
    key: fromHex('1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389'),
    nonce: fromHex('69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37'),
  };

  it('opens what was sealed, of any length', () => {
    for (const length of [0, 1, 63, 64, 65, 1000]) {
      const text = new Uint8Array(length).fill(7);
      const sealed = seal(paper.key, paper.nonce, text);
      expect(sealed.length).toBe(length + SEAL_OVERHEAD);
      expect(open(paper.key, paper.nonce, sealed)).toEqual(text);
    }
  });

  it("begins as the paper's example does", () => {
    // Its text begins with be075fc5, its box with tag f3ffc770…, and then 8e993b9f.
    const text = fromHex(
      'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31' +
        '0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705',
    );
    expect(toHex(seal(paper.key, paper.nonce, text))).toBe(
      'f3ffc7703f9400e52a7dfb4b3d3305d9' +
        '8e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738' +
        'b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5',
    );
  });

  it('does not open what was changed in any place, or under another key or nonce', () => {
    const sealed = seal(paper.key, paper.nonce, plain);
    for (const bytes of tampered(sealed)) expect(open(paper.key, paper.nonce, bytes)).toBeNull();
    for (let at = 0; at < 32; at++) expect(open(flipped(paper.key, at), paper.nonce, sealed)).toBeNull();
    for (let at = 0; at < 24; at++) expect(open(paper.key, flipped(paper.nonce, at), sealed)).toBeNull();
  });

  it('gives bytes with no longer buffer behind them, which a structured clone would copy too', () => {
    const sealed = seal(paper.key, paper.nonce, plain);
    expect(sealed.buffer.byteLength).toBe(sealed.length);
    expect(open(paper.key, paper.nonce, sealed)?.buffer.byteLength).toBe(plain.length);
  });
});

describe('sealRandom and openRandom', () => {
  it('carry their nonce', () => {
    const sealed = sealRandom(key, plain, createSeededRandom(1));
    expect(sealed.length).toBe(plain.length + SEAL_RANDOM_OVERHEAD);
    expect(sealed.subarray(0, 24)).toEqual(createSeededRandom(1)(24));
    expect(openRandom(key, sealed)).toEqual(plain);
  });

  it('do not open what was changed in any place, cut or lengthened', () => {
    const sealed = sealRandom(key, plain, createSeededRandom(2));
    for (const bytes of tampered(sealed)) expect(openRandom(key, bytes)).toBeNull();
    expect(openRandom(flipped(key, 0), sealed)).toBeNull();
  });
});

describe('boxSeal and boxOpen', () => {
  const alice = createBoxKeys(new Uint8Array(32).fill(2));
  const bob = createBoxKeys(new Uint8Array(32).fill(3));
  const ephemeral = new Uint8Array(32).fill(4);

  it('let the recipient read, and nobody else', () => {
    const sealed = boxSeal(alice.publicKey, plain, ephemeral);
    expect(sealed.length).toBe(plain.length + BOX_OVERHEAD);
    expect(sealed.subarray(0, 32)).toEqual(createBoxKeys(ephemeral).publicKey);
    expect(boxOpen(alice, sealed)).toEqual(plain);
    expect(boxOpen(bob, sealed)).toBeNull();
  });

  it('do not open what was changed in any place, cut or lengthened', () => {
    const sealed = boxSeal(alice.publicKey, utf8('six'), ephemeral);
    for (const bytes of tampered(sealed)) {
      // x25519 ignores the highest bit of a public key; the nonce, which covers all its bytes, does not.
      expect(boxOpen(alice, bytes)).toBeNull();
    }
    const highest = sealed.map((byte, i) => (i === 31 ? byte ^ 0x80 : byte));
    expect(boxOpen(alice, highest)).toBeNull();
  });

  it('are NaCl boxes whose nonce comes from a labelled hash of both public keys', () => {
    const sealed = boxSeal(alice.publicKey, plain, ephemeral);
    const from = createBoxKeys(ephemeral).publicKey;
    const hash = createHash('sha256').update('weft1/box\0').update(from).update(alice.publicKey).digest();
    const box = nacl.box(plain, Uint8Array.from(hash.subarray(0, 24)), alice.publicKey, ephemeral);
    expect(toHex(sealed)).toBe(toHex(from) + toHex(box));
  });
});
