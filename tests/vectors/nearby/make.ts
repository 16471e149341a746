/**
 * Writes vectors.json anew: `node .ci/ts.mjs tests/vectors/nearby/make.ts`. Keys are fixed. What was published stays: a
 * name that is there already keeps its text, and this only says so where it would be another.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { sealRandom, sha256 } from '../../../src/crypto/index.ts';
import { toBase32 } from '../../../src/lib/base32.ts';
import { concat, fromHex, toHex, utf8, Writer } from '../../../src/lib/bytes.ts';
import { createEpoch, roomPasswordOf } from '../../../src/log/epoch.ts';
import type { SpaceId } from '../../../src/log/types.ts';
import { outcomeOf, type NearbyVector, vectorSchema } from './outcome.ts';

const epoch = createEpoch('11'.repeat(32) as SpaceId, [], new Uint8Array(32).fill(0x22));
const key = fromHex(roomPasswordOf(epoch));
const nonce = (length: number): Uint8Array => new Uint8Array(length).fill(0x33);
const text = (plain: Uint8Array, under = key): string => `WEFT1N.${toBase32(sealRandom(under, plain, nonce))}`;

const peer = fromHex('0f8fad5bd9cb469fa16570867728950e');
const fingerprint = new Uint8Array(32).fill(0x44);
const V4 = Uint8Array.of(0, 192, 168, 1, 5, 0xd4, 0x31);
const MDNS = concat(Uint8Array.of(2), new Uint8Array(16).fill(0xab), Uint8Array.of(0x1f, 0x90));
const V6_REFLEXIVE = concat(Uint8Array.of(5, 0x20, 1, 0x0d, 0xb8), new Uint8Array(11), Uint8Array.of(9, 0, 1));

interface Parts {
  readonly kind?: number;
  readonly to?: Uint8Array;
  readonly minute?: Uint8Array;
  readonly ufrag?: string;
  readonly pwd?: string;
  readonly candidates?: readonly Uint8Array[];
  readonly count?: number;
  readonly more?: Uint8Array;
}
const plainOf = (parts: Parts = {}): Uint8Array => {
  const { kind = 1, to = new Uint8Array(0), ufrag = 'P/px', pwd = 'ePMDRIZTq8x7aZ4/TEvnhLOf' } = parts;
  const { candidates = [V4, MDNS], count = candidates.length, more = new Uint8Array(0) } = parts;
  return new Writer()
    .u8(kind)
    .bytes(peer)
    .bytes(parts.minute ?? new Writer().varuint(29_932_200).finish())
    .bytes(to)
    .bytes(fingerprint)
    .block(utf8(ufrag))
    .block(utf8(pwd))
    .u8(count)
    .bytes(concat(...candidates, more))
    .finish();
};
const offer = plainOf();
const to = sha256(offer).slice(0, 8);
const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte));

const texts: Readonly<Record<string, string>> = {
  'accept an offer': text(offer),
  'accept an answer': text(plainOf({ kind: 2, to })),
  'accept an address that a server told': text(plainOf({ candidates: [V6_REFLEXIVE] })),
  'accept no candidate': text(plainOf({ candidates: [] })),
  'accept small letters in broken lines': text(offer)
    .toLowerCase()
    .replace(/(.{30})/g, '$1\n'),
  'accept a sentence around it': `This is my code: ${text(offer)} Scan it soon.`,
  'refuse another key': text(offer, new Uint8Array(32).fill(0x55)),
  'refuse a changed byte': `WEFT1N.${toBase32(flipped(sealRandom(key, offer, nonce)))}`,
  'refuse a letter too few': text(offer).slice(0, -1),
  'refuse nothing sealed': 'WEFT1N.',
  'refuse another prefix': text(offer).replace('WEFT1N', 'WEFT1X'),
  'refuse a later version': text(offer).replace('WEFT1N', 'WEFT2N'),
  'refuse an unknown kind': text(plainOf({ kind: 3 })),
  'refuse an offer that answers': text(plainOf({ to })),
  'refuse an answer to nothing': text(plainOf({ kind: 2 })),
  'refuse a minute not in its shortest form': text(plainOf({ minute: Uint8Array.of(0x80, 0) })),
  'refuse a short ufrag': text(plainOf({ ufrag: 'abc' })),
  'refuse a line break in a ufrag': text(plainOf({ ufrag: 'ab\r\ncd' })),
  'refuse a long ufrag': text(plainOf({ ufrag: 'a'.repeat(33) })),
  'refuse a short pwd': text(plainOf({ pwd: 'a'.repeat(21) })),
  'refuse too many candidates': text(plainOf({ candidates: Array.from({ length: 16 }, () => V4) })),
  'refuse fewer candidates than it says': text(plainOf({ count: 3 })),
  'refuse an unknown kind of address': text(plainOf({ candidates: [concat(Uint8Array.of(3), V4.subarray(1))] })),
  'refuse an unknown type of candidate': text(plainOf({ candidates: [concat(Uint8Array.of(12), V4.subarray(1))] })),
  'refuse port 0': text(plainOf({ candidates: [concat(V4.subarray(0, 5), Uint8Array.of(0, 0))] })),
  'refuse a byte too many': text(plainOf({ more: Uint8Array.of(0) })),
};

const path = resolve('tests/vectors/nearby/vectors.json');
const published: readonly NearbyVector[] = existsSync(path)
  ? v.parse(v.array(vectorSchema), JSON.parse(readFileSync(path, 'utf8')))
  : [];
const fresh = Object.entries(texts).map(([name, each]) => ({ name, key: toHex(key), text: each }));
for (const { name, text: before } of published)
  if (fresh.find((each) => each.name === name)?.text !== before) console.error(`not as published: ${name}`);
const kept = new Set(published.map(({ name }) => name));
const added = fresh.filter(({ name }) => !kept.has(name)).map((each) => ({ ...each, outcome: outcomeOf(each) }));
writeFileSync(path, `${JSON.stringify([...published, ...added], null, 2)}\n`);
