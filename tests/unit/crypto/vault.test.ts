import { describe, expect, it } from 'vitest';
import { hkdf, openVault, seal, sealVault, stretch, type Cost } from '../../../src/crypto/index.ts';
import { toHex, utf8 } from '../../../src/lib/bytes.ts';
import { createSeededRandom, flipped } from './seeded.ts';

const cost: Cost = { memoryKiB: 8_192, passes: 1, lanes: 1 };
const plain = utf8('keys');

const typeOf = async (bytes: Uint8Array, passphrase: string | null): Promise<string> => {
  const result = await openVault(bytes, passphrase, stretch);
  return result.ok ? 'opened' : result.error.type;
};

describe('a vault with a passphrase', async () => {
  const vault = await sealVault(plain, 'six loud words', cost, createSeededRandom(1), stretch);

  it('opens with its passphrase and holds nothing readable', async () => {
    expect(await openVault(vault, 'six loud words', stretch)).toEqual({ ok: true, value: plain });
    expect(toHex(vault)).not.toContain(toHex(plain));
    expect(vault.length).toBe(1 + 1 + 6 + 16 + 16 + 24 + plain.length + 16);
  });

  it('asks for a passphrase, and says when it is wrong', async () => {
    expect(await typeOf(vault, null)).toBe('PassphraseNeeded');
    expect(await typeOf(vault, 'six loud word')).toBe('WrongPassphrase');
    expect(await typeOf(vault, '')).toBe('WrongPassphrase');
  });

  /** Field by field: where it begins, and what becomes of a change in it. */
  const fields = [
    { name: 'version', at: 0, type: 'Malformed' },
    { name: 'mode', at: 1, type: 'WrongPassphrase' },
    { name: 'memory', at: 5, type: 'WrongPassphrase' },
    { name: 'passes', at: 6, type: 'Malformed' },
    { name: 'lanes', at: 7, type: 'Malformed' },
    { name: 'salt', at: 8, type: 'WrongPassphrase' },
    { name: 'check', at: 24, type: 'WrongPassphrase' },
    { name: 'nonce', at: 40, type: 'Malformed' },
    { name: 'tag', at: 64, type: 'Malformed' },
    { name: 'box', at: 80, type: 'Malformed' },
  ];
  for (const { name, at, type } of fields) {
    it(`is ${type} when its ${name} was changed`, async () => {
      expect(await typeOf(flipped(vault, at), 'six loud words')).toBe(type);
    });
  }

  it('does not ask for the passphrase of a version that it does not know', async () => {
    expect(await typeOf(flipped(vault, 0), null)).toBe('Malformed');
  });

  it('is not opened by taking its mode away', async () => {
    expect(await typeOf(flipped(vault, 1), null)).toBe('Malformed');
  });

  it('stays shut when its passes or lanes were changed to others that are allowed', async () => {
    for (const at of [6, 7]) {
      const changed = vault.map((byte, i) => (i === at ? byte + 1 : byte));
      expect(await typeOf(changed, 'six loud words')).toBe('WrongPassphrase');
    }
  });

  it('is malformed when it asks for more memory than any honest one, and the memory is not taken', async () => {
    const greedy = vault.map((byte, i) => (i >= 2 && i < 6 ? 0xff : byte));
    expect(await typeOf(greedy, 'six loud words')).toBe('Malformed');
  });

  it('is malformed when cut at any place or lengthened', async () => {
    for (let length = 0; length < vault.length - plain.length; length++) {
      expect(await typeOf(vault.subarray(0, length), 'six loud words')).toBe('Malformed');
    }
    expect(await typeOf(vault.subarray(0, vault.length - 1), 'six loud words')).toBe('Malformed');
    expect(await typeOf(Uint8Array.from([...vault, 0]), 'six loud words')).toBe('Malformed');
  });

  it('cannot be made with an empty passphrase', async () => {
    await expect(sealVault(plain, '', cost, createSeededRandom(1), stretch)).rejects.toThrow('empty');
  });

  it('has another salt, nonce and box each time', async () => {
    const random = createSeededRandom(2);
    const [one, two] = [
      await sealVault(plain, 'a', cost, random, stretch),
      await sealVault(plain, 'a', cost, random, stretch),
    ];
    for (const [start, end] of [
      [8, 24],
      [24, 40],
      [40, 64],
      [64, 84],
    ] as const) {
      expect(toHex(one.subarray(start, end))).not.toBe(toHex(two.subarray(start, end)));
    }
  });
});

describe('a vault without a passphrase', async () => {
  const vault = await sealVault(plain, null, cost, createSeededRandom(1), stretch);

  it('opens without one', async () => {
    expect(await openVault(vault, null, stretch)).toEqual({ ok: true, value: plain });
  });

  it('is sealed under a key made from its whole header', () => {
    const header = Uint8Array.from([1, 0, ...createSeededRandom(1)(24)]);
    const key = hkdf(new Uint8Array(0), header, 'weft1/vault\0', 32);
    expect(toHex(vault)).toBe(toHex(header) + toHex(seal(key, header.subarray(2), plain)));
  });

  it('is not taken for one that has a passphrase', async () => {
    expect(await typeOf(vault, 'six loud words')).toBe('WrongPassphrase');
  });

  it('notices every change', async () => {
    for (let at = 0; at < vault.length; at++) {
      // With a mode that needs a passphrase it is too short, or its cost is absurd.
      expect(await typeOf(flipped(vault, at), null)).not.toBe('opened');
    }
    for (let length = 0; length < vault.length; length++) {
      expect(await typeOf(vault.subarray(0, length), null)).toBe('Malformed');
    }
  });
});
