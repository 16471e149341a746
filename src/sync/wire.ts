/**
 * The sealed conversation on one link. Both sides greet with a nonce in clear; from then on every message is sealed
 * under a key that both nonces, the connection's own binding and the epoch go into, one key for each direction,
 * with a counter as nonce: nothing can be replayed, re-ordered, or moved to another connection.
 *
 *   greeting  = 0 ‖ version ‖ epoch id 16 ‖ nonce 32
 *   key       = HKDF-SHA256(wire key of the epoch, salt: both nonces in byte order ‖ binding, "weft1/link")
 *   message   = secretbox(type ‖ body) under the sender's half, nonce = 16 zero bytes ‖ counter u64
 */
import { hkdf, open, seal } from '../crypto/index.ts';
import { BytesError, compareBytes, concat, Reader, Writer } from '../lib/bytes.ts';
import { type Epoch, wireKeyOf } from '../log/epoch.ts';

export const MESSAGE = {
  hello: 1,
  have: 2,
  want: 3,
  pack: 4,
  done: 5,
  live: 6,
  presence: 7,
  digests: 8,
  signal: 9,
  holds: 10,
  prune: 11,
  graft: 12,
  numbers: 14,
  vectors: 15,
} as const;

const VERSION = 1;

export interface Greeting {
  readonly version: number;
  readonly epoch: Uint8Array;
  readonly nonce: Uint8Array;
}

export const encodeGreeting = (epoch: Uint8Array, nonce: Uint8Array): Uint8Array =>
  new Writer().u8(0).u8(VERSION).bytes(epoch).bytes(nonce).finish();

/** null: not a greeting that this version understands */
export const decodeGreeting = (bytes: Uint8Array): Greeting | null => {
  try {
    const from = new Reader(bytes);
    if (from.u8() !== 0) return null;
    const version = from.u8();
    const epoch = from.bytes(16).slice();
    const nonce = from.bytes(32).slice();
    from.done();
    return version === VERSION ? { version, epoch, nonce } : null;
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};

export interface Wire {
  seal(type: number, body: Uint8Array): Uint8Array;
  /** null: not the next message of the other side */
  open(sealed: Uint8Array): { readonly type: number; readonly body: Uint8Array } | null;
}

const nonceOf = (counter: number): Uint8Array => concat(new Uint8Array(16), new Writer(8).u64(counter).finish());

/** null where both nonces are equal: somebody sends our own greeting back. */
export const createWire = (epoch: Epoch, mine: Uint8Array, theirs: Uint8Array, binding: Uint8Array): Wire | null => {
  const order = compareBytes(mine, theirs);
  if (order === 0) return null;
  const [first, second] = order < 0 ? [mine, theirs] : [theirs, mine];
  const keys = hkdf(wireKeyOf(epoch), concat(first, second, binding), 'weft1/link', 64);
  const low = keys.slice(0, 32);
  const high = keys.slice(32);
  const [sendKey, receiveKey] = order < 0 ? [low, high] : [high, low];
  let sent = 0;
  let received = 0;
  return {
    seal: (type, body) => seal(sendKey, nonceOf(sent++), new Writer(body.length + 1).u8(type).bytes(body).finish()),
    open: (sealed) => {
      const plain = open(receiveKey, nonceOf(received), sealed);
      const type = plain?.[0];
      if (!plain || type === undefined) return null;
      received += 1;
      return { type, body: plain.subarray(1) };
    },
  };
};
