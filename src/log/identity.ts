/**
 * What a device holds for one space and nobody else may have: its keys, the space's secrets, and the key of its
 * own disk. It lives in the vault and in memory; it is in no bundle, backup or message.
 */
import { type BoxKeys, createBoxKeys, createSigningKeys, type Random, type SigningKeys } from '../crypto/index.ts';
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import type { Epoch } from './epoch.ts';
import type { DeviceId, SpaceId } from './types.ts';

export interface Identity {
  readonly space: SpaceId;
  readonly signing: SigningKeys;
  readonly box: BoxKeys;
  /** seals what this device stores, and names it opaquely */
  readonly localKey: Uint8Array;
  /** oldest first; the last is the current one; none while this device still waits to be admitted */
  readonly epochs: readonly Epoch[];
}

export interface DeviceKeys {
  readonly signing: SigningKeys;
  readonly box: BoxKeys;
  readonly localKey: Uint8Array;
}

/** A device's keys, made for one space alone. */
export const createDeviceKeys = (random: Random): DeviceKeys => ({
  signing: createSigningKeys(random(32)),
  box: createBoxKeys(random(32)),
  localKey: random(32),
});

export const deviceIdOf = (keys: { readonly signing: SigningKeys }): DeviceId =>
  toHex(keys.signing.publicKey) as DeviceId;

export const writeDeviceKeys = (to: Writer, keys: DeviceKeys): void => {
  to.bytes(keys.signing.seed).bytes(keys.box.secretKey).bytes(keys.localKey);
};
export const readDeviceKeys = (from: Reader): DeviceKeys => ({
  signing: createSigningKeys(from.bytes(32).slice()),
  box: createBoxKeys(from.bytes(32).slice()),
  localKey: from.bytes(32).slice(),
});

export const encodeIdentity = (identity: Identity): Uint8Array => {
  const to = new Writer().u8(1).bytes(fromHex(identity.space));
  writeDeviceKeys(to, identity);
  to.varuint(identity.epochs.length);
  for (const epoch of identity.epochs) to.bytes(epoch.id).bytes(epoch.secret);
  return to.finish();
};

/** Throws BytesError. */
export const decodeIdentity = (bytes: Uint8Array): Identity => {
  const from = new Reader(bytes);
  if (from.u8() !== 1) throw new BytesError('unknown identity version');
  const space = toHex(from.bytes(32)) as SpaceId;
  const keys = readDeviceKeys(from);
  const epochs: Epoch[] = [];
  for (let i = from.varuint(); i > 0; i--) epochs.push({ id: from.bytes(16).slice(), secret: from.bytes(32).slice() });
  from.done();
  return { space, ...keys, epochs };
};
