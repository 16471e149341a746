import { describe, expect, it } from 'vitest';
import { createSigner, createSigningKeys, createVerifier } from '../../../src/crypto/index.ts';
import { fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';

const { subtle } = globalThis.crypto;

// RFC 8032, section 7.1
const vectors = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
];

/** A browser from before Ed25519 came to WebCrypto. */
const withoutEd25519 = (allow: readonly string[]): SubtleCrypto =>
  new Proxy(subtle, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      if (allow.includes(String(name))) return method.bind(target) as unknown;
      return () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
    },
  });

const ways: readonly [string, SubtleCrypto | null][] = [
  ['WebCrypto', subtle],
  ['no WebCrypto', null],
  ['a WebCrypto that knows no Ed25519', withoutEd25519([])],
  ['a WebCrypto that imports but does not sign', withoutEd25519(['importKey'])],
];

for (const [name, way] of ways) {
  describe(`createSigner with ${name}`, () => {
    it('makes the keys and signatures of RFC 8032', async () => {
      for (const { seed, publicKey, message, signature } of vectors) {
        const keys = createSigningKeys(fromHex(seed));
        expect(toHex(keys.publicKey)).toBe(publicKey);
        const made = await createSigner(keys, way).sign(fromHex(message));
        expect(toHex(made)).toBe(signature);
        expect(await createVerifier(way).verify(keys.publicKey, fromHex(message), made)).toBe(true);
      }
    });

    it('signs what it was given, even if the caller writes over it while waiting', async () => {
      const keys = createSigningKeys(new Uint8Array(32).fill(5));
      const message = utf8('first');
      const signing = createSigner(keys, way).sign(message);
      message.set(utf8('later'));
      expect(await createVerifier(null).verify(keys.publicKey, utf8('first'), await signing)).toBe(true);
    });
  });
}

describe('createSigner', () => {
  it('refuses a public key that is not of the seed', () => {
    const keys = createSigningKeys(new Uint8Array(32).fill(5));
    const other = createSigningKeys(new Uint8Array(32).fill(6));
    expect(() => createSigner({ ...keys, publicKey: other.publicKey }, subtle)).toThrow('not of this seed');
  });
});
