import { describe, expect, it } from 'vitest';
import {
  createSigner,
  createSigningKeys,
  openVault,
  pbkdf2,
  pbkdf2Sync,
  prepareHash,
  prepareVerifier,
  sealVault,
  stretch,
  sha256,
} from '../../../src/crypto/index.ts';
import { fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import vectors from '../../vectors/verify-strict.json' with { type: 'json' };
import { createSeededRandom } from './seeded.ts';

const { subtle } = globalThis.crypto;

describe('in this browser', { timeout: 60_000 }, () => {
  it('crafted signatures are judged as everywhere else, by WebCrypto', async () => {
    const verifier = await prepareVerifier(subtle);
    expect(verifier.native).toBe(true);
    for (const { name, publicKey, message, signature, valid } of vectors) {
      const verdict = await verifier.verify(fromHex(publicKey), fromHex(message), fromHex(signature));
      expect(verdict, name).toBe(valid);
    }
  });

  it('WebCrypto and tweetnacl sign so that both verify', async () => {
    const keys = createSigningKeys(new Uint8Array(32).fill(7));
    for (const signing of [subtle, null]) {
      const signature = await createSigner(keys, signing).sign(utf8('we stay'));
      for (const verifying of [subtle, null]) {
        const verifier = await prepareVerifier(verifying);
        expect(await verifier.verify(keys.publicKey, utf8('we stay'), signature)).toBe(true);
      }
    }
  });

  it('hashes and derived keys are the same with WebAssembly and WebCrypto and without', async () => {
    const before = toHex(sha256(utf8('a'), utf8('b')));
    await prepareHash();
    expect(toHex(sha256(utf8('a'), utf8('b')))).toBe(before);
    expect(await pbkdf2(utf8('a'), utf8('b'), 256, 8)).toEqual(pbkdf2Sync(utf8('a'), utf8('b'), 256, 8));
  });

  it('a vault opens with its passphrase', async () => {
    const cost = { memoryKiB: 8_192, passes: 1, lanes: 1 };
    const vault = await sealVault(utf8('keys'), 'six loud words', cost, createSeededRandom(1), stretch);
    expect(await openVault(vault, 'six loud words', stretch)).toEqual({ ok: true, value: utf8('keys') });
  });
});
