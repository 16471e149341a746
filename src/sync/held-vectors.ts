/** What other devices said that they have, as it is passed on (signed-vectors.ts). */
import type { DeviceId } from '../log/types.ts';

/** Of each device, which of what it said: the higher is the newer. */
export type Numbers = ReadonlyMap<DeviceId, number>;

export interface HeldVectors {
  /** Of each device, the number of the newest that is here. */
  numbers(): Numbers;
  /** Those that are newer than `known`, this device's own first and then the newest, as many as fit into `most` bytes. */
  beyond(known: Numbers, most: number): Uint8Array | null;
  /**
   * Throws BytesError. Gives the numbers that were in it, and whether all signatures that were looked at held: only
   * those of members and of what is new are.
   */
  take(bytes: Uint8Array): Promise<{ readonly inside: Numbers; readonly isGenuine: boolean; readonly isNews: boolean }>;
}
