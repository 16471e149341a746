/** The codes of two devices that connect nearby: what is in them, how long they are, and what is wrong with others. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRandom, sealRandom } from '../../../src/crypto/index.ts';
import { concat, utf8 } from '../../../src/lib/bytes.ts';
import { toBase32 } from '../../../src/lib/base32.ts';
import { parseAddress, writeAddress } from '../../../src/transports/webrtc/address.ts';
import {
  type Code,
  decodeCode,
  encodeCode,
  MOST_LETTERS,
  readCode,
  writeCode,
} from '../../../src/transports/webrtc/code.ts';
import { parseDescription, writeDescription } from '../../../src/transports/webrtc/description.ts';
import { chromiumOffer, firefoxOffer } from './descriptions.ts';

let sealings = 0;
const keyed = (key: number) => ({
  seal: (plain: Uint8Array): Uint8Array =>
    sealRandom(new Uint8Array(32).fill(key), plain, (length) => new Uint8Array(length).fill(++sealings)),
  open: (sealed: Uint8Array): Uint8Array | null => openRandom(new Uint8Array(32).fill(key), sealed),
});
const { seal, open } = keyed(1);

const PEER = '0f8fad5b-d9cb-469f-a165-70867728950e';
const offerOf = (sdp: string): Code => {
  const description = parseDescription(sdp);
  if (description === null) throw new Error('no description');
  return { type: 'offer', peer: PEER, minute: 29_932_200, description };
};
const offer = offerOf(chromiumOffer);
const answer: Code = { ...offerOf(firefoxOffer), type: 'answer', to: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
const errorOf = (text: string): string => {
  const read = readCode(text, open);
  return read.ok ? 'none' : read.error.type;
};

describe('a description', () => {
  test.each([
    ['Chromium', chromiumOffer, ['::1', '127.0.0.1', 'fd00::2', '192.0.2.2']],
    ['Firefox', firefoxOffer, ['4d8f91a2-6cbe-4c9a-b3ae-0d7c5a3b2f10.local', '192.168.1.20']],
  ])('of %s keeps what matters: no TCP, the best candidates first', (_, sdp, hosts) => {
    const found = offerOf(sdp).description;
    expect(found.candidates.map(({ address }) => address)).toEqual(hosts.map(parseAddress));
    expect(sdp).toContain(`a=ice-ufrag:${found.ufrag}\r\n`);
    expect(sdp).toContain(`a=ice-pwd:${found.pwd}\r\n`);
    expect(found.fingerprint).toHaveLength(32);
  });

  test('that is written anew says the same', () => {
    for (const { description } of [offer, answer])
      for (const type of ['offer', 'answer'] as const)
        expect(parseDescription(writeDescription(type, description))).toEqual(description);
  });

  test('tells who begins the handshake: the caller, who knows both first', () => {
    expect(writeDescription('offer', offer.description)).toContain('\r\na=setup:active\r\n');
    expect(writeDescription('answer', offer.description)).toContain('\r\na=setup:passive\r\n');
  });

  test.each([
    ['with two names', chromiumOffer.replace('a=mid:0', 'a=ice-ufrag:P/py\r\na=mid:0')],
    ['with another name than all have', chromiumOffer.replace('a=mid:0', 'a=mid:data')],
    ['without a certificate', chromiumOffer.replace(/a=fingerprint.*\r\n/, '')],
    ['with a secret that is no word of ICE', chromiumOffer.replace(/a=ice-pwd:.*/, 'a=ice-pwd:short')],
    ['of nothing', ''],
  ])('%s is none', (_, sdp) => {
    expect(parseDescription(sdp)).toBeNull();
  });
});

test.each([
  ['192.168.1.5', 4],
  ['fd00:0:0:0:0:0:0:2', 16],
  ['2001:db8:1:2:3:4:5:6', 16],
  ['0f8fad5b-d9cb-469f-a165-70867728950e.local', 16],
])('the address %s comes out as it went in', (text, length) => {
  const address = parseAddress(text);
  expect(address?.bytes).toHaveLength(length);
  expect(address && writeAddress(address)).toBe(text);
});

test.each([
  '',
  '1.2.3',
  '1.2.3.256',
  '1.2.3.4.5',
  '::1::',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7::8',
  'fe80::1%eth0',
  'host.local',
  'example.org',
])('%j is no address', (text) => {
  expect(parseAddress(text)).toBeNull();
});

describe('a code', () => {
  test('comes out as it went in, and its letters are those that a QR code holds best', () => {
    for (const code of [offer, answer]) {
      const text = writeCode(code, seal);
      expect(text).toMatch(/^WEFT1N\.[A-Z2-7]+$/);
      expect(readCode(text, open)).toEqual({ ok: true, value: code });
    }
  });

  test('has no more letters than a phone reads from a phone, and leaves out the last candidates for it', () => {
    const { candidates } = offer.description;
    const many = {
      ...offer.description,
      candidates: [...candidates, ...candidates, ...candidates, ...candidates, ...candidates],
    };
    const text = writeCode({ ...offer, description: many }, seal);
    expect(text.length).toBeLessThanOrEqual(MOST_LETTERS);
    const read = readCode(text, open);
    const kept = read.ok ? read.value.description.candidates : [];
    expect(kept.length).toBeGreaterThanOrEqual(candidates.length);
    expect(kept).toEqual(many.candidates.slice(0, kept.length));
  });

  test('is found in what a chat makes of it', () => {
    const text = writeCode(offer, seal);
    for (const written of [
      ` ${text} `,
      `Here is my code:\n${text}\nScan it soon`,
      text.toLowerCase(),
      text.replace(/(.{40})/g, '$1\n'),
      text.replace(/(.{17})/g, '$1\u200b'),
      `weft://${text}`,
    ])
      expect(readCode(written, open)).toEqual({ ok: true, value: offer });
  });

  test('of another room does not open, nor one with a letter missing, too many or changed', () => {
    const text = writeCode(offer, seal);
    const other = text.endsWith('A') ? 'B' : 'A';
    expect(errorOf(writeCode(offer, keyed(2).seal))).toBe('Foreign');
    for (const spoilt of [
      text.slice(0, -1),
      `${text}A`,
      text.slice(0, 100) + text.slice(101),
      text.slice(0, -2) + other + text.slice(-1),
    ])
      expect(errorOf(spoilt)).toBe('Foreign');
  });

  test.each([
    ['NotACode', ''],
    ['NotACode', 'https://example.org/#/join/weft1i.AAAA'],
    ['NewerVersion', 'WEFT2N.AAAA'],
    ['Foreign', 'WEFT1N.'],
    ['Foreign', 'WEFT1N.!!!'],
    ['Foreign', `WEFT1N.${'A'.repeat(100_000)}`],
  ])('%s: %.20s', (error, text) => {
    expect(errorOf(text)).toBe(error);
  });

  test.each([
    ['no kind that is known', (plain: Uint8Array) => concat(Uint8Array.of(3), plain.subarray(1))],
    ['a byte too many', (plain: Uint8Array) => concat(plain, Uint8Array.of(0))],
    ['a byte too few', (plain: Uint8Array) => plain.subarray(0, -1)],
    ['a name of two lines', (plain: Uint8Array) => changed(plain, utf8('P/px'), utf8('P\r\np'))],
  ])('of a member with %s is for a newer version to read', (_, change) => {
    expect(errorOf(`WEFT1N.${toBase32(seal(change(encodeCode(offer))))}`)).toBe('NewerVersion');
  });

  test('of any bytes is read or refused, and never more than its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const code = decodeCode(bytes);
        if (code !== null) expect(encodeCode(code)).toEqual(bytes);
        expect(errorOf(`WEFT1N.${toBase32(bytes)}`)).toBe('Foreign');
      }),
      { numRuns: 2000 },
    );
  });

  test('of which any bytes were changed is read or refused, and a description of it has no line of its own', () => {
    const plain = encodeCode(answer);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(plain.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const spoilt = plain.slice();
          for (const [at, byte] of changes) spoilt[at] = byte;
          const code = decodeCode(spoilt);
          if (code === null) return;
          expect(encodeCode(code)).toEqual(spoilt);
          expect(writeDescription(code.type, code.description).split(/[\r\n]+/)).toHaveLength(
            15 + code.description.candidates.length,
          );
        },
      ),
      { numRuns: 5000 },
    );
  });

  test('as any text is read or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `weft1n.${text}`),
        ),
        (text) => {
          expect(['NotACode', 'NewerVersion', 'Foreign']).toContain(errorOf(text));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const changed = (bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array => {
  const at = bytes.findIndex((_, index) => from.every((byte, offset) => bytes[index + offset] === byte));
  if (at < 0) throw new Error('not there');
  return concat(bytes.subarray(0, at), to, bytes.subarray(at + from.length));
};
