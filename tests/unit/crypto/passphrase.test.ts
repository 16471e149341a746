import { argon2id as nobleArgon2id } from '@noble/hashes/argon2.js';
import hashWasm from 'hash-wasm/dist/argon2.umd.min.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { acceptsCost, DEFAULT_COST, stretch, type Cost } from '../../../src/crypto/index.ts';
import { toHex, utf8 } from '../../../src/lib/bytes.ts';

const cheap: Cost = { memoryKiB: 8_192, passes: 1, lanes: 1 };
const salt = new Uint8Array(16).fill(2);

afterEach(() => vi.unstubAllGlobals());

describe('the argon2id that stretch uses', () => {
  // phc-winner-argon2, src/test.c, version 0x13
  const vectors = [
    { t: 2, m: 256, p: 1, tag: '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe' },
    { t: 2, m: 256, p: 2, tag: '6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037' },
    { t: 2, m: 65_536, p: 1, tag: '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7' },
  ];
  for (const { t, m, p, tag } of vectors) {
    it(`gives the reference's tag for ${String(m)} KiB, ${String(t)} passes, ${String(p)} lanes`, async () => {
      const password = utf8('password');
      const hash = { password, salt: utf8('somesalt'), iterations: t, memorySize: m, parallelism: p, hashLength: 32 };
      expect(await hashWasm.argon2id({ ...hash, outputType: 'hex' })).toBe(tag);
    });
  }

  it('is compared with a twin that gives the tag of RFC 9106, section 5.3', () => {
    // hash-wasm takes no associated data, which that example has.
    const bytes = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);
    const options = { t: 3, m: 32, p: 4, dkLen: 32, key: bytes(8, 3), personalization: bytes(12, 4) };
    expect(toHex(nobleArgon2id(bytes(32, 1), bytes(16, 2), options))).toBe(
      '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659',
    );
  });
});

describe('stretch', () => {
  it('gives what the twin gives, and the same where WebAssembly is missing', async () => {
    const cost = { memoryKiB: 8_192, passes: 2, lanes: 2 };
    const expected = nobleArgon2id(utf8('cœur'), salt, { t: 2, m: 8_192, p: 2, dkLen: 32 });
    expect(await stretch('cœur', salt, cost)).toEqual(expected);
    vi.stubGlobal('WebAssembly', undefined);
    expect(await stretch('cœur', salt, cost)).toEqual(expected);
  }, 30_000);

  it('takes letters that look alike for the same, however a keyboard composes them', async () => {
    const composed = await stretch('Crème ﬁn', salt, cheap);
    expect(await stretch('Cre\u0300me fin', salt, cheap)).toEqual(composed);
    expect(await stretch('Creme fin', salt, cheap)).not.toEqual(composed);
  });

  it('gives another key for another salt, memory, number of passes or of lanes', async () => {
    const keys = [
      await stretch('p', salt, cheap),
      await stretch('p', new Uint8Array(16).fill(3), cheap),
      await stretch('p', salt, { ...cheap, memoryKiB: 8_200 }),
      await stretch('p', salt, { ...cheap, passes: 2 }),
      await stretch('p', salt, { ...cheap, lanes: 2 }),
    ];
    expect(new Set(keys.map(toHex)).size).toBe(5);
  });

  it('refuses absurd costs, an empty passphrase and a salt of another length', async () => {
    const absurd: Partial<Cost>[] = [
      { memoryKiB: 262_145 },
      { memoryKiB: 8_191 },
      { memoryKiB: 8_192.5 },
      { memoryKiB: Number.NaN },
      { passes: 0 },
      { passes: 17 },
      { lanes: 0 },
      { lanes: 9 },
    ];
    for (const change of absurd) {
      expect(acceptsCost({ ...cheap, ...change })).toBe(false);
      await expect(stretch('p', salt, { ...cheap, ...change })).rejects.toThrow('out of bounds');
    }
    await expect(stretch('', salt, cheap)).rejects.toThrow('empty');
    await expect(stretch('p', salt.subarray(1), cheap)).rejects.toThrow('16 bytes');
    expect(acceptsCost(DEFAULT_COST)).toBe(true);
    expect(DEFAULT_COST).toEqual({ memoryKiB: 64 * 1024, passes: 3, lanes: 1 });
  });
});
