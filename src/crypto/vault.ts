/**
 * What a device keeps secret, as bytes for a disk.
 *
 *   version 1 ‖ mode 0 (no passphrase) ‖ nonce 24 ‖ box
 *   version 1 ‖ mode 1 (passphrase) ‖ memoryKiB 4 ‖ passes 1 ‖ lanes 1 ‖ salt 16 ‖ check 16 ‖ nonce 24 ‖ box
 *
 * The box's key is HKDF(secret, salt = all the bytes before the box, 'weft1/vault\0'), so that no byte of the header
 * can be changed. `secret` is the stretched passphrase; without a passphrase it is empty: such a vault notices
 * damage and hides nothing. `check` is HKDF(secret, salt, 'weft1/vault-check\0'): it tells a wrong passphrase from
 * a damaged box, and tells somebody who guesses no more than the box does.
 */
import nacl from 'tweetnacl';
import { BytesError, concat, Reader, Writer } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { hkdf } from './kdf.ts';
import { acceptsCost, type Cost, SALT_LENGTH, type Stretch } from './passphrase.ts';
import type { Random } from './random.ts';
import { open, seal, SEAL_OVERHEAD } from './seal.ts';

export type VaultError =
  { readonly type: 'WrongPassphrase' } | { readonly type: 'PassphraseNeeded' } | { readonly type: 'Malformed' };

/** Throws on an empty passphrase and on a cost out of bounds: say null for "none". */
export const sealVault = async (
  plain: Uint8Array,
  passphrase: string | null,
  cost: Cost,
  random: Random,
  stretch: Stretch,
): Promise<Uint8Array> => {
  const writer = new Writer().u8(VERSION).u8(passphrase === null ? OPEN_MODE : PASSPHRASE_MODE);
  let secret = NOTHING;
  if (passphrase !== null) {
    const salt = random(SALT_LENGTH);
    secret = await stretch(passphrase, salt, cost);
    writer.u32(cost.memoryKiB).u8(cost.passes).u8(cost.lanes).bytes(salt).bytes(checkOf(secret, salt));
  }
  const nonce = random(NONCE_LENGTH);
  const header = writer.bytes(nonce).finish();
  return concat(header, seal(keyOf(secret, header), nonce, plain));
};

/**
 * A passphrase given for a vault that has none is a wrong one: otherwise an open vault could be put in a locked
 * one's place without notice.
 */
export const openVault = async (
  bytes: Uint8Array,
  passphrase: string | null,
  stretch: Stretch,
): Promise<Result<Uint8Array, VaultError>> => {
  const parts = decode(bytes);
  if (parts === null) return err({ type: 'Malformed' });
  let secret = NOTHING;
  if (parts.lock === null) {
    if (passphrase !== null) return err({ type: 'WrongPassphrase' });
  } else {
    if (passphrase === null) return err({ type: 'PassphraseNeeded' });
    if (passphrase === '') return err({ type: 'WrongPassphrase' });
    const { salt, cost, check } = parts.lock;
    secret = await stretch(passphrase, salt, cost);
    if (!nacl.verify(checkOf(secret, salt), check)) return err({ type: 'WrongPassphrase' });
  }
  const plain = open(keyOf(secret, parts.header), parts.nonce, parts.box);
  return plain === null ? err({ type: 'Malformed' }) : ok(plain);
};

/** Is it under a passphrase? Of what cannot be read, no. */
export const isLocked = (bytes: Uint8Array): boolean => (decode(bytes)?.lock ?? null) !== null;

const VERSION = 1;
const OPEN_MODE = 0;
const PASSPHRASE_MODE = 1;
const CHECK_LENGTH = 16;
const NONCE_LENGTH = nacl.secretbox.nonceLength;
const NOTHING: Uint8Array = new Uint8Array(0);

interface Parts {
  readonly lock: { readonly cost: Cost; readonly salt: Uint8Array; readonly check: Uint8Array } | null;
  readonly header: Uint8Array;
  readonly nonce: Uint8Array;
  readonly box: Uint8Array;
}

const decode = (foreign: Uint8Array): Parts | null => {
  // Copied: the caller's buffer may change while the passphrase is stretched.
  const bytes = foreign.slice();
  const reader = new Reader(bytes);
  try {
    if (reader.u8() !== VERSION) return null;
    const mode = reader.u8();
    if (mode !== OPEN_MODE && mode !== PASSPHRASE_MODE) return null;
    const lock = mode === OPEN_MODE ? null : decodeLock(reader);
    if (lock !== null && !acceptsCost(lock.cost)) return null;
    const nonce = reader.bytes(NONCE_LENGTH);
    const header = bytes.subarray(0, reader.at);
    if (reader.left < SEAL_OVERHEAD) return null;
    return { lock, header, nonce, box: reader.bytes(reader.left) };
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};

const decodeLock = (reader: Reader): NonNullable<Parts['lock']> => ({
  cost: { memoryKiB: reader.u32(), passes: reader.u8(), lanes: reader.u8() },
  salt: reader.bytes(SALT_LENGTH),
  check: reader.bytes(CHECK_LENGTH),
});

const keyOf = (secret: Uint8Array, header: Uint8Array): Uint8Array => hkdf(secret, header, 'weft1/vault\0', 32);

const checkOf = (secret: Uint8Array, salt: Uint8Array): Uint8Array =>
  hkdf(secret, salt, 'weft1/vault-check\0', CHECK_LENGTH);
