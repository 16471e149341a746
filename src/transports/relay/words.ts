/**
 * What devices say to each other through a relay, sealed with keys that no hub has.
 *
 *   stay    for each time in a room: id 16, x25519 key pair; both die with it
 *   card    what the others of the room are told: nonce 24 ‖ secretbox(1 ‖ number u32 ‖ stay 16 ‖ public key 32 ‖ flags u8
 *           ‖ count u8 ‖ tags 8 each) under HKDF(room key, room, "weft1/relay-card"). A tag stands for one direct link, the
 *           same on both its ends, so that everybody can see who is connected without the relay.
 *   pair    HKDF(x25519 of both stays, room key, "weft1/relay-pair")
 *   call    0 ‖ nonce 24 ‖ secretbox(16 fresh bytes) under pair        answer  1 ‖ nonce 24 ‖ secretbox(both 16 bytes)
 *   link    HKDF(pair, caller's 16 ‖ answerer's 16, "weft1/relay-link"): a key for each direction
 *   binding SHA-256("weft1/relay-binding\0" ‖ both public keys and both 16 bytes, the caller's first)
 *   frame   2 ‖ secretbox(type ‖ body) under the sender's half, nonce = 16 zero bytes ‖ counter u64
 */
import { BytesError, concat, Reader, toHex, utf8, Writer } from '../../lib/bytes.ts';
import type { RelayCrypto, RelayKeys } from './options.ts';

export interface Card {
  readonly number: number;
  readonly stay: string;
  readonly publicKey: Uint8Array;
  readonly isDirectToo: boolean;
  readonly tags: readonly string[];
}

export const WORD = { call: 0, answer: 1, frame: 2 } as const;
const VERSION = 1;
const DIRECT_TOO = 1;
const NONCE = 24;
const FRESH = 16;
/** direct links that one device tells of */
export const MOST_TAGS = 128;

export interface Stay {
  readonly id: string;
  readonly publicKey: Uint8Array;
  sealCard(number: number, isDirectToo: boolean, tags: readonly Uint8Array[]): Uint8Array;
  /** null for what no holder of the room's key said, or what was said under another number */
  openCard(number: number, bytes: Uint8Array): Card | null;
  tagOf(binding: Uint8Array): Uint8Array;
  /** null for a key that agrees with none */
  pairWith(publicKey: Uint8Array): Pair | null;
}

export interface Pair {
  call(): Call;
  /** null where it is none; the same call heard again is refused */
  answer(call: Uint8Array): { readonly said: Uint8Array; readonly keys: LinkKeys } | null;
}

export interface Call {
  readonly said: Uint8Array;
  /** null where it is no answer to this very call */
  take(answer: Uint8Array): LinkKeys | null;
}

export interface LinkKeys {
  readonly binding: Uint8Array;
  readonly send: Uint8Array;
  readonly receive: Uint8Array;
}

export const createStay = (room: string, key: Uint8Array, crypto: RelayCrypto): Stay => {
  const { random, hash, derive, seal, open } = crypto;
  const id = random(16);
  const keys: RelayKeys = crypto.createKeys(random(32));
  const cardKey = derive(key, utf8(room), 'weft1/relay-card', 32);

  const sealFresh = (under: Uint8Array, plain: Uint8Array): Uint8Array => {
    const nonce = random(NONCE);
    return concat(nonce, seal(under, nonce, plain));
  };
  const openFresh = (under: Uint8Array, bytes: Uint8Array): Uint8Array | null =>
    bytes.length < NONCE ? null : open(under, bytes.subarray(0, NONCE), bytes.subarray(NONCE));

  const linkKeys = (pair: Uint8Array, isCaller: boolean, theirs: Uint8Array, ...fresh: Uint8Array[]): LinkKeys => {
    const both = derive(pair, concat(...fresh), 'weft1/relay-link', 64);
    const [first, second] = [both.slice(0, 32), both.slice(32)];
    const publicKeys = isCaller ? [keys.publicKey, theirs] : [theirs, keys.publicKey];
    return {
      binding: hash(concat(utf8('weft1/relay-binding\0'), ...publicKeys, ...fresh)),
      send: isCaller ? first : second,
      receive: isCaller ? second : first,
    };
  };

  const pairWith = (theirs: Uint8Array): Pair | null => {
    const agreed = keys.agree(theirs);
    if (agreed === null) return null;
    const pair = derive(agreed, key, 'weft1/relay-pair', 32);
    const heard = new Set<string>();
    return {
      call: () => {
        const mine = random(FRESH);
        return {
          said: concat(Uint8Array.of(WORD.call), sealFresh(pair, mine)),
          take: (answer) => {
            const plain = openFresh(pair, answer);
            if (plain?.length !== 2 * FRESH || toHex(plain.subarray(0, FRESH)) !== toHex(mine)) return null;
            return linkKeys(pair, true, theirs, mine, plain.slice(FRESH));
          },
        };
      },
      answer: (call) => {
        const fresh = openFresh(pair, call);
        if (fresh?.length !== FRESH || heard.has(toHex(fresh)) || heard.size > MOST_CALLS) return null;
        heard.add(toHex(fresh));
        const mine = random(FRESH);
        return {
          said: concat(Uint8Array.of(WORD.answer), sealFresh(pair, concat(fresh, mine))),
          keys: linkKeys(pair, false, theirs, fresh.slice(), mine),
        };
      },
    };
  };

  return {
    id: toHex(id),
    publicKey: keys.publicKey,
    sealCard: (number, isDirectToo, tags) => {
      const to = new Writer().u8(VERSION).u32(number).bytes(id).bytes(keys.publicKey);
      to.u8(isDirectToo ? DIRECT_TOO : 0);
      const told = tags.slice(0, MOST_TAGS);
      to.u8(told.length);
      for (const tag of told) to.bytes(tag);
      return sealFresh(cardKey, to.finish());
    },
    openCard: (number, bytes) => {
      const plain = openFresh(cardKey, bytes);
      return plain === null ? null : readCard(number, plain);
    },
    tagOf: (binding) => hash(concat(utf8('weft1/relay-tag\0'), binding)).slice(0, 8),
    pairWith,
  };
};

/** Calls of one stay that are answered: links come and go, but not without end. */
const MOST_CALLS = 1000;

const readCard = (number: number, plain: Uint8Array): Card | null => {
  try {
    const from = new Reader(plain);
    // a newer version's card: not one to be linked with
    if (from.u8() !== VERSION || from.u32() !== number) return null;
    const stay = toHex(from.bytes(16));
    const publicKey = from.bytes(32).slice();
    const isDirectToo = (from.u8() & DIRECT_TOO) !== 0;
    const tags = Array.from({ length: from.u8() }, () => toHex(from.bytes(8)));
    from.done();
    return { number, stay, publicKey, isDirectToo, tags };
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};
