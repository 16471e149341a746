import { expect, test } from 'vitest';
import { openRandom, sealRandom } from '../../../src/crypto/index.ts';
import { toBase64url, utf8 } from '../../../src/lib/bytes.ts';
import { openSignal, sealSignal } from '../../../src/transports/webrtc/seal.ts';

let sealings = 0;
const nonce = (length: number): Uint8Array => new Uint8Array(length).fill(++sealings);
const keyed = (key: number) => ({
  seal: (plain: Uint8Array): Uint8Array => sealRandom(new Uint8Array(32).fill(key), plain, nonce),
  open: (sealed: Uint8Array): Uint8Array | null => openRandom(new Uint8Array(32).fill(key), sealed),
});
const { seal, open } = keyed(1);
const offer = { type: 'signal', from: 'a', to: 'b', token: 1.5, signal: { type: 'offer', sdp: 'v=0\r\nعهد' } };

test('what was sealed opens as it was, and is text of one alphabet', () => {
  const sealed = sealSignal(offer, seal);
  expect(sealed).toMatch(/^[\w-]+$/);
  expect(openSignal(sealed, open)).toEqual(offer);
});

test('the same signal is never the same text', () => {
  expect(sealSignal(offer, seal)).not.toBe(sealSignal(offer, seal));
});

test('one sealing has one text: no other spelling of it opens', () => {
  const sealed = toBase64url(seal(utf8('[1]')));
  // 43 bytes: in the last letter two bits mean nothing
  expect(openSignal(sealed, open)).toEqual([1]);
  const last = sealed.slice(-1);
  for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
    if (other !== last) expect(openSignal(sealed.slice(0, -1) + other, open)).toBeNull();
  }
  for (const spelt of [`${sealed}=`, `${sealed}==`, ` ${sealed}`, `${sealed}\n`])
    expect(openSignal(spelt, open)).toBeNull();
});

test.each([
  ['under another key', sealSignal(offer, keyed(2).seal)],
  ['of no JSON', toBase64url(seal(utf8('{')))],
  ['of no UTF-8', toBase64url(seal(Uint8Array.of(0x22, 0xff, 0x22)))],
  ['longer than a frame of the hub', toBase64url(seal(utf8(`"${'x'.repeat(50_000)}"`)))],
  ['of nothing', ''],
  ['in clear', JSON.stringify(offer)],
])('a text %s does not open', (_, text) => {
  expect(openSignal(text, open)).toBeNull();
});
