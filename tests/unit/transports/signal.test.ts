import { expect, test } from 'vitest';
import { judgeSignal, parseSignal, type Signal, type Standing } from '../../../src/transports/webrtc/signal.ts';

const SDP = 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';
const offer = { type: 'signal', from: 'b', to: 'm', token: 1, signal: { type: 'offer', sdp: SDP } };
const candidate = { type: 'signal', from: 'b', to: 'm', signal: { type: 'candidate', candidate: { candidate: 'x' } } };

const by = (from: string) => ({ from, part: 'equal' }) as const;

test('reads what y-webrtc peers say', () => {
  expect(parseSignal({ type: 'announce', from: 'b' })).toEqual({ ...by('b'), type: 'announce', to: null, near: null });
  expect(parseSignal({ type: 'announce', from: 'b', to: 'm' })).toMatchObject({ type: 'announce', to: 'm' });
  expect(parseSignal(offer)).toEqual({ ...by('b'), type: 'offer', to: 'm', isNear: false });
  expect(parseSignal({ ...offer, signal: { type: 'answer', sdp: SDP } })).toMatchObject({ type: 'answer' });
  expect(parseSignal(candidate)).toEqual({ ...by('b'), type: 'candidate', to: 'm' });
});

test('reads what Weft adds: which part somebody has, whom they hold on to, and that they have no room', () => {
  const near = ['a', 'c'];
  const announcement = { type: 'announce', from: 'b', part: 'keeper', near: [...near, 7, 'x'.repeat(65)] };
  expect(parseSignal(announcement)).toMatchObject({ part: 'keeper', near });
  expect(parseSignal({ type: 'announce', from: 'b', to: 'm', near: true })).toMatchObject({ isNear: true });
  expect(parseSignal({ ...offer, near: true })).toMatchObject({ type: 'offer', isNear: true });
  expect(parseSignal({ type: 'full', from: 'b', to: 'm' })).toEqual({ ...by('b'), type: 'full', to: 'm' });
  const everybody = Array.from({ length: 100 }, (_, at) => String(at));
  expect(parseSignal({ ...announcement, near: everybody })).toMatchObject({ near: everybody.slice(0, 8) });
});

test.each([
  ['nothing', null],
  ['text', 'announce'],
  ['an announcement by nobody', { type: 'announce' }],
  ['an announcement in no part that there is', { type: 'announce', from: 'b', part: 'king' }],
  ['a word that there is no room, to nobody', { type: 'full', from: 'b' }],
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

const standing = (peer: Standing['peer']): Standing => ({ ownId: 'm', peer });
const announce = (from: string): Signal => ({ ...by(from), type: 'announce', to: null, near: null });
const ask = (from: string): Signal => ({ ...by(from), type: 'announce', to: 'm', isNear: false });
const call: Signal = { ...by('b'), type: 'offer', to: 'm', isNear: false };
const said = (type: 'answer' | 'candidate' | 'full'): Signal => ({ ...by('b'), type, to: 'm' });

test('an announcement is noted, and a wish to be called or a call is weighed', () => {
  expect(judgeSignal(announce('b'), standing('unknown'))).toBe('note');
  expect(judgeSignal(announce('b'), standing({ stage: 'answered' }))).toBe('note');
  expect(judgeSignal(ask('z'), standing('unknown'))).toBe('weigh');
  expect(judgeSignal(call, standing('gone'))).toBe('weigh');
});

test('asking is never answered where a connection is on its way', () => {
  for (const stage of ['new', 'calling', 'answered'] as const)
    expect(judgeSignal(ask('z'), standing({ stage }))).toBe('drop');
});

test('nothing of a refused peer, of ourselves or for others is let through', () => {
  for (const signal of [announce('b'), ask('b'), call, said('answer'), said('candidate'), said('full')])
    expect(judgeSignal(signal, standing('refused'))).toBe('drop');
  expect(judgeSignal(announce('m'), standing('unknown'))).toBe('drop');
  expect(judgeSignal({ ...call, to: 'c' }, standing('unknown'))).toBe('drop');
});

test('an answer is heard only where we called', () => {
  expect(judgeSignal(said('answer'), standing({ stage: 'calling' }))).toBe('pass');
  for (const peer of ['unknown', 'gone', { stage: 'answered' }, { stage: 'new' }] as const)
    expect(judgeSignal(said('answer'), standing(peer))).toBe('drop');
});

test('that somebody has no room is heard where we asked or called, and ends nothing that stands', () => {
  for (const peer of ['unknown', { stage: 'calling' }] as const)
    expect(judgeSignal(said('full'), standing(peer))).toBe('note');
  expect(judgeSignal(said('full'), standing({ stage: 'answered' }))).toBe('drop');
});

test('a late candidate of a closed connection opens no new one, an early one may', () => {
  expect(judgeSignal(said('candidate'), standing('gone'))).toBe('drop');
  expect(judgeSignal(said('candidate'), standing('unknown'))).toBe('weigh');
  expect(judgeSignal(said('candidate'), standing({ stage: 'new' }))).toBe('pass');
});

test('a new offer of somebody connected means that its old connection is dead', () => {
  expect(judgeSignal(call, standing({ stage: 'answered' }))).toBe('replace');
  expect(judgeSignal(call, standing({ stage: 'calling' }))).toBe('pass');
  expect(judgeSignal(announce('b'), standing({ stage: 'failing' }))).toBe('replace');
});
