import { expect, test } from 'vitest';
import { concat } from '../../../src/lib/bytes.ts';
import { MAX_MESSAGE } from '../../../src/sync/transport.ts';
import { createFrameReader, encodeClose, encodeFrames, FRAME_BYTES } from '../../../src/transports/webrtc/frames.ts';

const filled = (size: number): Uint8Array => new Uint8Array(size).map((_, i) => i * 7);
const full = (kind: number): Uint8Array => concat(Uint8Array.of(kind), filled(FRAME_BYTES - 1));

test.each([0, 1, 65_534, 65_535, 65_536, 200_000, MAX_MESSAGE])('a message of %i bytes comes back whole', (size) => {
  const message = filled(size);
  const take = createFrameReader();
  const frames = [...encodeFrames(message)];
  for (const frame of frames) expect(frame.length).toBeLessThanOrEqual(FRAME_BYTES);
  const taken = frames.map((frame) => take(frame));
  expect(taken.slice(0, -1).every(({ type }) => type === 'more')).toBe(true);
  const last = taken.at(-1);
  expect(last?.type === 'message' && Buffer.from(last.bytes).equals(message)).toBe(true);
});

test('a reason to close comes back, even in the midst of a message', () => {
  const take = createFrameReader();
  take(full(1));
  expect(take(encodeClose('refused'))).toEqual({ type: 'close', reason: 'refused' });
});

test.each([
  ['nothing', []],
  ['an unknown kind', [3]],
  ['a piece that is not full and not the last', [1, 1]],
  ['a reason that nobody knows', [2, 5]],
  ['a close without a reason', [2]],
  ['a close with something after it', [2, 0, 0]],
])('refuses %s', (_, frame) => {
  expect(createFrameReader()(Uint8Array.from(frame))).toEqual({ type: 'bad', reason: 'Malformed' });
});

test('refuses an empty last piece after full ones: the message has another encoding', () => {
  const take = createFrameReader();
  take(full(1));
  expect(take(Uint8Array.of(0))).toEqual({ type: 'bad', reason: 'Malformed' });
});

test('refuses a frame larger than a frame', () => {
  expect(createFrameReader()(new Uint8Array(FRAME_BYTES + 1))).toEqual({ type: 'bad', reason: 'Malformed' });
});

test('refuses a message one byte over the limit', () => {
  const take = createFrameReader();
  const taken = [...encodeFrames(filled(MAX_MESSAGE + 1))].map((frame) => take(frame));
  expect(taken.at(-1)).toEqual({ type: 'bad', reason: 'TooLarge' });
});
