import { describe, expect, it } from 'vitest';
import { createBoxKeys, createSigningKeys, isGoodBoxKey } from '../../../src/crypto/index.ts';
import { fromHex, toHex } from '../../../src/lib/bytes.ts';

describe('createBoxKeys', () => {
  it("makes Bob's public key of RFC 7748, section 6.1", () => {
    const keys = createBoxKeys(fromHex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'));
    expect(toHex(keys.publicKey)).toBe('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
  });
});

describe('both kinds of keys', () => {
  it('keep a copy of what they were made of', () => {
    for (const [create, secretOf] of [
      [createSigningKeys, (keys: object) => ('seed' in keys ? keys.seed : null)],
      [createBoxKeys, (keys: object) => ('secretKey' in keys ? keys.secretKey : null)],
    ] as const) {
      const secret = new Uint8Array(32).fill(9);
      const keys = create(secret);
      secret.fill(0);
      expect(secretOf(keys)).toEqual(new Uint8Array(32).fill(9));
    }
  });
});

describe('isGoodBoxKey', () => {
  it('takes a key made from a secret', () => {
    expect(isGoodBoxKey(createBoxKeys(new Uint8Array(32).fill(4)).publicKey)).toBe(true);
  });

  it('refuses every key of small order, also where it is written unreduced, and wrong lengths', () => {
    const small = [
      '00'.repeat(32),
      '01' + '00'.repeat(31),
      'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
      '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
      'ec' + 'ff'.repeat(30) + '7f',
      'ed' + 'ff'.repeat(30) + '7f',
      'ee' + 'ff'.repeat(30) + '7f',
      '00'.repeat(31) + '80',
    ];
    for (const key of small) expect(isGoodBoxKey(fromHex(key)), key).toBe(false);
    expect(isGoodBoxKey(new Uint8Array(31).fill(9))).toBe(false);
  });
});
