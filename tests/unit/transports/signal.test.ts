import { expect, test } from 'vitest';
import { judgeSignal, parseSignal, type Signal, type Standing } from '../../../src/transports/webrtc/signal.ts';

const SDP = 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';
const offer = { type: 'signal', from: 'b', to: 'm', token: 1, signal: { type: 'offer', sdp: SDP } };
const candidate = { type: 'signal', from: 'b', to: 'm', signal: { type: 'candidate', candidate: { candidate: 'x' } } };

test('reads what y-webrtc peers say', () => {
  expect(parseSignal({ type: 'announce', from: 'b' })).toEqual({ type: 'announce', from: 'b', to: null });
  expect(parseSignal({ type: 'announce', from: 'b', to: 'm' })).toEqual({ type: 'announce', from: 'b', to: 'm' });
  expect(parseSignal(offer)).toEqual({ type: 'offer', from: 'b', to: 'm' });
  expect(parseSignal({ ...offer, signal: { type: 'answer', sdp: SDP } })).toMatchObject({ type: 'answer' });
  expect(parseSignal(candidate)).toEqual({ type: 'candidate', from: 'b', to: 'm' });
});

test.each([
  ['nothing', null],
  ['text', 'announce'],
  ['an announcement by nobody', { type: 'announce' }],
  ['an endless id', { type: 'announce', from: 'x'.repeat(65) }],
  ['an offer to nobody', { ...offer, to: undefined }],
  ['an offer without a description', { ...offer, signal: { type: 'offer' } }],
  ['an offer of sound', { ...offer, signal: { type: 'offer', sdp: `${SDP}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n` } }],
  ['an offer of nothing', { ...offer, signal: { type: 'offer', sdp: 'v=0\r\n' } }],
  ['a description without end', { ...offer, signal: { type: 'offer', sdp: SDP + 'a=x\r\n'.repeat(5000) } }],
  ['a rollback', { ...offer, signal: { type: 'rollback', sdp: SDP } }],
  ['a request to negotiate again', { ...offer, signal: { type: 'renegotiate', renegotiate: true } }],
  [
    'a request for a camera',
    { ...offer, signal: { type: 'transceiverRequest', transceiverRequest: { kind: 'video' } } },
  ],
  ['a candidate that hides a description', { ...candidate, signal: { ...candidate.signal, sdp: SDP } }],
  [
    'a candidate without end',
    { ...candidate, signal: { type: 'candidate', candidate: { candidate: 'x'.repeat(1025) } } },
  ],
])('refuses %s', (_, value) => {
  expect(parseSignal(value)).toBeNull();
});

const standing = (peer: Standing['peer'], count = 0): Standing => ({ ownId: 'm', count, maxConns: 2, peer });
const announce = (from: string, to: string | null = null): Signal => ({ type: 'announce', from, to });
const said = (type: 'offer' | 'answer' | 'candidate'): Signal => ({ type, from: 'b', to: 'm' });

test('of two that meet, the higher id calls and the lower asks for the call', () => {
  expect(judgeSignal(announce('b'), standing('unknown'))).toBe('pass');
  expect(judgeSignal(announce('z'), standing('unknown'))).toBe('ask');
});

test('who is asked to call calls, whatever its id', () => {
  expect(judgeSignal(announce('z', 'm'), standing('unknown'))).toBe('pass');
  expect(judgeSignal(announce('b', 'm'), standing('unknown'))).toBe('pass');
});

test('asking is never answered by asking back', () => {
  expect(judgeSignal(announce('z', 'm'), standing('unknown', 2))).toBe('drop');
});

test('who has called enough lets itself be called, and twice as many are enough', () => {
  expect(judgeSignal(announce('b'), standing('unknown', 2))).toBe('ask');
  expect(judgeSignal(announce('b'), standing('unknown', 4))).toBe('drop');
  expect(judgeSignal(said('offer'), standing('unknown', 3))).toBe('pass');
  expect(judgeSignal(said('offer'), standing('unknown', 4))).toBe('drop');
  expect(judgeSignal(said('candidate'), standing('unknown', 4))).toBe('drop');
});

test('nothing of a refused peer, of ourselves or for others is let through', () => {
  for (const signal of [announce('b'), said('offer'), said('answer'), said('candidate')])
    expect(judgeSignal(signal, standing('refused'))).toBe('drop');
  expect(judgeSignal(announce('m'), standing('unknown'))).toBe('drop');
  expect(judgeSignal(announce('b', 'c'), standing('unknown'))).toBe('drop');
});

test('an answer is heard only where we called', () => {
  expect(judgeSignal(said('answer'), standing({ stage: 'calling' }))).toBe('pass');
  for (const peer of ['unknown', 'gone', { stage: 'answered' }, { stage: 'new' }] as const)
    expect(judgeSignal(said('answer'), standing(peer))).toBe('drop');
});

test('a late candidate of a closed connection opens no new one, an early one may', () => {
  expect(judgeSignal(said('candidate'), standing('gone'))).toBe('drop');
  expect(judgeSignal(said('candidate'), standing('unknown'))).toBe('pass');
});

test('a new offer of somebody connected means that its old connection is dead', () => {
  expect(judgeSignal(said('offer'), standing({ stage: 'answered' }))).toBe('replace');
  expect(judgeSignal(said('offer'), standing({ stage: 'calling' }))).toBe('pass');
  expect(judgeSignal(announce('b'), standing({ stage: 'failing' }))).toBe('replace');
  expect(judgeSignal(announce('b'), standing({ stage: 'answered' }))).toBe('drop');
});
