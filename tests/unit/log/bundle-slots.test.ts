import { describe, expect, it } from 'vitest';
import { createBoxKeys } from '../../../src/crypto/index.ts';
import {
  createSecret,
  fileKeyOf,
  isPassphrase,
  needsPassphrase,
  openSlot,
  sealSlots,
  SLOT_SIZE,
} from '../../../src/log/bundle-slots.ts';
import { createDice } from '../../world.ts';

const { random } = createDice(1);
const salt = random(32);
const bundleKey = random(32);
const box = createBoxKeys(random(32));
const nobody = { bundleKeys: [random(32)], box: createBoxKeys(random(32)) };

describe('slots', () => {
  it('open for the space, for a chosen device, and for nobody else', () => {
    const secret = createSecret(salt, null, random);
    const forSpace = sealSlots(salt, [{ type: 'space', bundleKey }], secret, random);
    const forDevice = sealSlots(salt, [{ type: 'device', boxKey: box.publicKey }], secret, random);
    expect(openSlot(salt, forSpace, { ...nobody, bundleKeys: [random(32), bundleKey] })).toEqual({ secret, index: 0 });
    expect(openSlot(salt, forDevice, { ...nobody, box })).toEqual({ secret, index: 0 });
    expect(openSlot(salt, forDevice, { ...nobody, bundleKeys: [bundleKey] })).toBeNull();
    for (const slots of [forSpace, forDevice]) expect(openSlot(salt, slots, nobody)).toBeNull();
  });

  it('of another salt do not open for the space', () => {
    const slots = sealSlots(salt, [{ type: 'space', bundleKey }], createSecret(salt, null, random), random);
    expect(openSlot(random(32), slots, { ...nobody, bundleKeys: [bundleKey] })).toBeNull();
  });

  it('come in eights, and none can be told from another by its public key', () => {
    const secret = createSecret(salt, null, random);
    const readers = Array.from({ length: 9 }, () => ({ type: 'device', boxKey: box.publicKey }) as const);
    expect(sealSlots(salt, [], secret, random).length).toBe(8 * SLOT_SIZE);
    const slots = sealSlots(salt, readers, secret, random);
    expect(slots.length).toBe(16 * SLOT_SIZE);
    // an x25519 key has its last bit clear; random bytes would have it half of the time
    const lastBits = Array.from({ length: 16 }, (_, i) => (slots[i * SLOT_SIZE + 31] ?? 0) >> 7);
    expect(lastBits).toEqual(Array(16).fill(0));
    expect(() => sealSlots(salt, Array(257).fill(readers[0]), secret, random)).toThrow('more readers than slots');
  });

  it('know their passphrase, which changes the file’s key', () => {
    const stretched = random(32);
    const secret = createSecret(salt, stretched, random);
    expect(needsPassphrase(secret)).toBe(true);
    expect(needsPassphrase(createSecret(salt, null, random))).toBe(false);
    expect(isPassphrase(salt, secret, stretched)).toBe(true);
    expect(isPassphrase(salt, secret, random(32))).toBe(false);
    expect(fileKeyOf(salt, secret, stretched)).not.toEqual(fileKeyOf(salt, secret, null));
    expect(fileKeyOf(salt, secret, null)).not.toEqual(fileKeyOf(random(32), secret, null));
  });
});
