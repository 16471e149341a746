import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bindingOf } from '../../../src/transports/webrtc/binding.ts';

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const digest = (byte: string): string => Array.from({ length: 32 }, () => byte).join(':');
const sdp = (...prints: string[]): string =>
  ['v=0', ...prints.map((print) => `a=fingerprint:${print}`), 'a=x', ''].join('\r\n');

const ours = sdp(`sha-256 ${digest('AA')}`);
const theirs = sdp(`sha-256 ${digest('0b')}`);
const binding = (local: string | undefined, remote: string | undefined) => bindingOf(local, remote, hash);

test('is the same from both ends, and of 32 bytes', () => {
  expect(binding(ours, theirs)).toHaveLength(32);
  expect(binding(ours, theirs)).toEqual(binding(theirs, ours));
});

test('is another one for another certificate', () => {
  expect(binding(ours, sdp(`sha-256 ${digest('0c')}`))).not.toEqual(binding(ours, theirs));
});

test('does not mind upper case, nor the same fingerprint twice', () => {
  const twice = sdp(`SHA-256 ${digest('0B')}`, `sha-256 ${digest('0b')}`);
  expect(binding(ours, twice)).toEqual(binding(ours, theirs));
});

test.each([
  ['no description', undefined],
  ['no fingerprint', sdp()],
  ['two different fingerprints', sdp(`sha-256 ${digest('0b')}`, `sha-256 ${digest('0c')}`)],
  ['a weaker hash', sdp(`sha-1 ${digest('0b').slice(0, 59)}`)],
  ['a fingerprint that is cut short', sdp(`sha-256 ${digest('0b').slice(0, 92)}`)],
])('there is none for %s', (_, remote) => {
  expect(binding(ours, remote)).toBeNull();
});
