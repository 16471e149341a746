/**
 * A key from a passphrase by Argon2id (RFC 9106): 64 MiB and three passes, its second recommended choice but with
 * one lane, since a browser's one worker would run four lanes one after the other.
 * It takes a second or more and may be called in a worker: it touches neither DOM nor network.
 */
import { utf8 } from '../lib/bytes.ts';
import type { Cost } from './argon2.ts';

export type { Cost } from './argon2.ts';

export const DEFAULT_COST: Cost = { memoryKiB: 65_536, passes: 3, lanes: 1 };
export const SALT_LENGTH = 16;

/** A file from elsewhere names its own cost: it may neither take this device's memory nor hours, nor be free. */
export const acceptsCost = ({ memoryKiB, passes, lanes }: Cost): boolean =>
  within(memoryKiB, 8_192, 262_144) && within(passes, 1, 16) && within(lanes, 1, 8);

/** How a key is made from a passphrase: `stretch` below, or a worker that does it beside what the screen does. */
export type Stretch = (passphrase: string, salt: Uint8Array, cost: Cost) => Promise<Uint8Array>;

/** 32 bytes. The passphrase is taken in NFKC, so that keyboards that compose letters differently agree. */
export const stretch: Stretch = async (passphrase, salt, cost) => {
  if (!acceptsCost(cost)) throw new RangeError('a cost out of bounds');
  if (salt.length !== SALT_LENGTH) throw new RangeError('a salt has 16 bytes');
  if (passphrase === '') throw new RangeError('an empty passphrase');
  const { argon2 } = await import('./argon2.ts');
  return argon2(utf8(passphrase.normalize('NFKC')), salt, cost);
};

const within = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;
