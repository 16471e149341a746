/**
 * Who can open a bundle. A slot gives the file's secret to one reader: to everybody who has an epoch of the space,
 * or to one device. All slots look alike, unused ones too: 32 bytes that are an x25519 public key, and 48 that
 * nobody can tell from random ones; so readers try.
 *
 *   secret   = 24 random bytes ‖ check 8 (zeros where no passphrase was set)
 *   space    = a public key that nobody has the secret of ‖ box of the secret under
 *              HKDF(bundle key of the epoch, salt, "weft1/bundle-slot"), nonce: the first 24 bytes of
 *              SHA-256 of that public key
 *   device   = box to the device (see crypto/seal.ts)
 *   unused   = a public key ‖ 48 random bytes
 *   file key = HKDF(the 24 bytes ‖ the stretched passphrase, if there is one, salt, "weft1/bundle-file")
 *
 * A passphrase is asked for beside a slot, never instead of one: it cannot make a bundle weaker.
 */
import {
  boxOpen,
  boxSeal,
  type BoxKeys,
  createBoxKeys,
  hkdf,
  open,
  type Random,
  seal,
  sha256,
} from '../crypto/index.ts';
import { concat, equalBytes } from '../lib/bytes.ts';
import { BUNDLE_LIMIT } from './bundle-limits.ts';
import { BUNDLE_KEY } from './labels.ts';

export type SlotReader =
  { readonly type: 'space'; readonly bundleKey: Uint8Array } | { readonly type: 'device'; readonly boxKey: Uint8Array };

/** What somebody can try slots with. */
export interface SlotKeys {
  /** of all epochs, newest first */
  readonly bundleKeys: readonly Uint8Array[];
  readonly box: BoxKeys;
}

export const SALT_SIZE = 32;
export const SLOT_SIZE = 80;
/** Slots come in groups of so many. */
export const SLOT_GROUP = 8;

const KEY_PART = 24;
const CHECK = 8;
const NO_CHECK = new Uint8Array(CHECK);

/** The secret of a fresh file. `stretched`: the passphrase, by crypto's `stretch`. */
export const createSecret = (salt: Uint8Array, stretched: Uint8Array | null, random: Random): Uint8Array =>
  concat(random(KEY_PART), stretched === null ? NO_CHECK : checkOf(salt, stretched));

export const needsPassphrase = (secret: Uint8Array): boolean => !equalBytes(secret.subarray(KEY_PART), NO_CHECK);

export const isPassphrase = (salt: Uint8Array, secret: Uint8Array, stretched: Uint8Array): boolean =>
  equalBytes(secret.subarray(KEY_PART), checkOf(salt, stretched));

export const fileKeyOf = (salt: Uint8Array, secret: Uint8Array, stretched: Uint8Array | null): Uint8Array =>
  hkdf(concat(secret.subarray(0, KEY_PART), stretched ?? new Uint8Array(0)), salt, BUNDLE_KEY.file, 32);

/** bytes of the slots for so many readers */
export const slotsSize = (readers: number): number =>
  Math.max(1, Math.ceil(readers / SLOT_GROUP)) * SLOT_GROUP * SLOT_SIZE;

/** Throws where there are more readers than slots. */
export const sealSlots = (
  salt: Uint8Array,
  readers: readonly SlotReader[],
  secret: Uint8Array,
  random: Random,
): Uint8Array => {
  const count = slotsSize(readers.length) / SLOT_SIZE;
  if (count > BUNDLE_LIMIT.slots) throw new Error('more readers than slots');
  const slots = Array.from({ length: count }, (_, at) => {
    const reader = readers[at];
    if (reader?.type === 'device') return boxSeal(reader.boxKey, secret, random(32));
    const { publicKey } = createBoxKeys(random(32));
    if (reader === undefined) return concat(publicKey, random(SLOT_SIZE - 32));
    return concat(publicKey, seal(slotKey(salt, reader.bundleKey), nonceOf(publicKey), secret));
  });
  return concat(...slots);
};

/** The first slot that opens; null: none does. `bytes` may go on beyond the slots. */
export const openSlot = (
  salt: Uint8Array,
  bytes: Uint8Array,
  keys: SlotKeys,
): { readonly secret: Uint8Array; readonly index: number } | null => {
  const slotKeys = keys.bundleKeys.map((key) => slotKey(salt, key));
  const most = Math.min(BUNDLE_LIMIT.slots, Math.floor(bytes.length / SLOT_SIZE));
  for (let index = 0; index < most; index++) {
    const slot = bytes.subarray(index * SLOT_SIZE, (index + 1) * SLOT_SIZE);
    for (const key of slotKeys) {
      const secret = open(key, nonceOf(slot.subarray(0, 32)), slot.subarray(32));
      if (secret) return { secret, index };
    }
    const secret = boxOpen(keys.box, slot);
    if (secret) return { secret, index };
  }
  return null;
};

const slotKey = (salt: Uint8Array, bundleKey: Uint8Array): Uint8Array => hkdf(bundleKey, salt, BUNDLE_KEY.slot, 32);

const nonceOf = (publicKey: Uint8Array): Uint8Array => sha256(publicKey).subarray(0, 24);

/** Never eight zeros: then the passphrase would not be asked for. (One in 2^64; another salt would be taken.) */
const checkOf = (salt: Uint8Array, stretched: Uint8Array): Uint8Array => {
  const check = hkdf(stretched, salt, BUNDLE_KEY.passphrase, CHECK);
  if (equalBytes(check, NO_CHECK)) throw new Error('a check of zeros');
  return check;
};
