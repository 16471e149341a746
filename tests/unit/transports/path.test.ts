import { expect, test, vi } from 'vitest';
import { pathOf, relayOf } from '../../../src/transports/relay/path.ts';
import { pathOfReport, watchPath } from '../../../src/transports/webrtc/path.ts';

const reportOf = (local: object, remote: object, firefox = false): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ...(firefox ? [] : [['t', { type: 'transport', selectedCandidatePairId: 'p' }] as const]),
    ['other', { type: 'candidate-pair', selected: false, localCandidateId: 'r', remoteCandidateId: 'r' }],
    ['p', { type: 'candidate-pair', selected: true, localCandidateId: 'l', remoteCandidateId: 'r' }],
    ['l', local],
    ['r', remote],
  ]);
const candidate = (candidateType: string, address?: string): object => ({ candidateType, address });

test.each([
  [candidate('host'), candidate('host'), 'near'],
  [candidate('host'), candidate('prflx', '192.168.4.17'), 'near'],
  [candidate('host'), candidate('prflx', '203.0.113.7'), 'far'],
  [candidate('host'), candidate('prflx'), undefined],
  [candidate('srflx', '203.0.113.7'), candidate('host'), 'far'],
  [candidate('relay'), candidate('host'), 'turn'],
  [{}, {}, undefined],
])('from %j to %j it goes %s', (local, remote, path) => {
  expect(pathOfReport(reportOf(local, remote))).toBe(path);
  expect(pathOfReport(reportOf(local, remote, true))).toBe(path);
});

test('nothing is said where nothing is chosen yet', () => {
  expect(pathOfReport(new Map())).toBeUndefined();
});

test.each([
  ['ws://workshop.test:4173/relay', 'roomHub'],
  ['ws://192.168.1.5:4173/relay', 'roomHub'],
  ['wss://192.168.1.5:4173/relay', 'roomHub'],
  ['wss://laptop.local/relay', 'roomHub'],
  ['wss://hub.example.org/relay', 'hub'],
  ['wss://10.example.org/relay', 'hub'],
])('%s is %s', (address, path) => {
  expect(pathOf(address)).toBe(path);
});

test('a relay stands beside the signaling of a hub of ours, and beside no other', () => {
  expect(relayOf('wss://hub.example.org/signal')).toBe('wss://hub.example.org/relay');
  expect(relayOf('wss://hub.example.org/weft/signal')).toBe('wss://hub.example.org/weft/relay');
  expect(relayOf('wss://signaling.example.org/rooms')).toBeNull();
});

test('a pair that is chosen later than the link opens is found when somebody looks', async () => {
  let asked = 0;
  const reports: ReadonlyMap<string, unknown>[] = [
    new Map<string, unknown>(),
    reportOf(candidate('host'), candidate('host')),
  ];
  const path = watchPath({
    getStats: () => Promise.resolve(reports[Math.min(asked++, 1)] ?? new Map<string, unknown>()),
  });
  await Promise.resolve();
  expect(path()).toBeUndefined();
  await vi.waitFor(() => expect(path()).toBe('near'));
  expect(asked).toBe(2);
});
