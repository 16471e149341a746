/** Epochs: generations of the space's key, and the keys that come from one. */
import { hkdf, sha256 } from '../crypto/index.ts';
import { fromHex, toHex } from '../lib/bytes.ts';
import { EPOCH_KEY, LABEL } from './labels.ts';
import type { SpaceId } from './types.ts';

export interface Epoch {
  /** 16 bytes */
  readonly id: Uint8Array;
  /** 32 bytes, the root of everything that a member can read */
  readonly secret: Uint8Array;
}

/** id = the first 16 bytes of SHA-256("weft1/epoch\0" ‖ spaceId ‖ parents, sorted ‖ SHA-256(secret)) */
export const createEpoch = (space: SpaceId, parents: readonly Epoch[], secret: Uint8Array): Epoch => {
  const ids = parents.map((parent) => toHex(parent.id)).sort();
  const id = sha256(LABEL.epoch, fromHex(space), ...ids.map(fromHex), sha256(secret)).slice(0, 16);
  return { id, secret };
};

const keyOf =
  (label: string, length = 32) =>
  (epoch: Epoch): Uint8Array =>
    hkdf(epoch.secret, epoch.id, label, length);

/** seals messages between connected devices (with both nonces; see sync/hello.ts) */
export const wireKeyOf = keyOf(EPOCH_KEY.wire);
/** opens a bundle's slot for the whole space */
export const bundleKeyOf = keyOf(EPOCH_KEY.bundle);
/** the opaque name under which members find each other at a hub; text of 26 characters */
export const roomOf = (epoch: Epoch): string => toHex(keyOf(EPOCH_KEY.room, 16)(epoch));
/** seals what is said through signaling; the hub sees only the room */
export const roomPasswordOf = (epoch: Epoch): string => toHex(keyOf(EPOCH_KEY.roomPassword)(epoch));
