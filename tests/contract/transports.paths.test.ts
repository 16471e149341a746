/** Direct links and a relay as one transport: the relay fills in after a while, and gives way. A real hub, in Node. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Hub, startHub } from '../../src/hub/server.ts';
import type { Link, Transport } from '../../src/sync/transport.ts';
import { createMemoryNetwork, type MemoryNetwork } from '../../src/transports/memory.ts';
import { createPaths } from '../../src/transports/paths.ts';
import { createRelayTransport, type RelayOptions } from '../../src/transports/relay.ts';
import { relayCrypto } from './transports/sealing.ts';

const PATIENCE = 300;

let hub: Hub;
let root: string;
let direct: MemoryNetwork;
let peers: Peer[] = [];
let rooms = 0;

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  root = mkdtempSync(join(tmpdir(), 'weft-paths-'));
  writeFileSync(join(root, 'index.html'), '');
  hub = await startHub({ root, host: '127.0.0.1', port: 0 });
  direct = createMemoryNetwork();
  rooms += 1;
});
afterEach(async () => {
  await Promise.all(peers.map(({ transport }) => transport.stop()));
  peers = [];
  await hub.close();
  rmSync(root, { recursive: true });
  vi.unstubAllGlobals();
});

interface Peer {
  readonly transport: Transport;
  readonly links: Set<Link>;
  /** kinds of the open links, sorted */
  kinds(): readonly string[];
  /** when each link opened, since it started */
  readonly opened: { readonly kind: string; readonly after: number }[];
  /** sizes of the messages that came */
  readonly heard: number[];
}

const create = (name: string, changed: Partial<RelayOptions> = {}): Peer => {
  const relay = createRelayTransport({
    room: `room-of-paths-${rooms}-in-test`,
    key: new Uint8Array(32).fill(rooms),
    hubs: [`${hub.url.replace('http', 'ws')}relay`],
    reach: 'one',
    degree: 6,
    isDirectToo: true,
    crypto: relayCrypto,
    patienceMs: PATIENCE,
    givesWayMs: 100,
    ...changed,
  });
  const links = new Set<Link>();
  const opened: { kind: string; after: number }[] = [];
  const heard: number[] = [];
  const transport = createPaths(direct.createTransport(name), relay);
  const kinds = (): readonly string[] => [...links].map(({ kind }) => kind).sort();
  const start = performance.now();
  transport.start({
    opened: (link) => {
      links.add(link);
      opened.push({ kind: link.kind, after: performance.now() - start });
    },
    message: (_, bytes) => heard.push(bytes.length),
    closed: (link) => links.delete(link),
  });
  const peer = { transport, links, kinds, opened, heard };
  peers.push(peer);
  return peer;
};

const until = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 10_000, interval: 10 });

test('two that have a direct link never get one through the relay', async () => {
  const [alice, bob] = [create('alice'), create('bob')];
  // a third is reached through the relay only, and meets both there: by then they have seen each other too
  direct.cut('alice', 'carol');
  direct.cut('bob', 'carol');
  const carol = create('carol');
  await until(() => expect(carol.kinds()).toEqual(['relay']));
  await until(() => expect([...alice.kinds(), ...bob.kinds()].sort()).toEqual(['memory', 'memory', 'relay']));
  expect([...alice.opened, ...bob.opened].filter(({ kind }) => kind === 'relay')).toHaveLength(1);
});

test('the relay fills in after a while where no direct link comes, and gives way when one does', async () => {
  direct.cut('alice', 'bob');
  const [alice, bob] = [create('alice'), create('bob')];
  await until(() => expect([alice.kinds(), bob.kinds()]).toEqual([['relay'], ['relay']]));
  expect(alice.opened[0]?.after).toBeGreaterThanOrEqual(PATIENCE);
  direct.mend('alice', 'bob');
  await until(() => expect([alice.kinds(), bob.kinds()]).toEqual([['memory'], ['memory']]));
  direct.cut('alice', 'bob');
  await until(() => expect([alice.kinds(), bob.kinds()]).toEqual([['relay'], ['relay']]));
});

test('where one of two cannot have direct links, the relay does not wait', async () => {
  direct.cut('alice', 'bob');
  const [alice] = [create('alice', { patienceMs: 60_000 }), create('bob', { patienceMs: 60_000, isDirectToo: false })];
  await until(() => expect(alice?.kinds()).toEqual(['relay']));
});

test('two halves that are each connected directly are joined by one link through the relay', async () => {
  const names = Array.from({ length: 8 }, (_, i) => `peer-${i}`);
  for (const left of names.slice(0, 4)) for (const right of names.slice(4)) direct.cut(left, right);
  const all = names.map((name) => create(name));
  await until(() => expect(all.flatMap((peer) => peer.kinds()).filter((kind) => kind === 'relay')).toHaveLength(2));
  expect(all.flatMap((peer) => peer.opened).filter(({ kind }) => kind === 'relay')).toHaveLength(2);
});

test('where one speaks for its half and leaves, another takes its place', async () => {
  const names = Array.from({ length: 6 }, (_, i) => `peer-${i}`);
  for (const left of names.slice(0, 3)) for (const right of names.slice(3)) direct.cut(left, right);
  const all = names.map((name) => create(name));
  const speakers = (): readonly Peer[] => all.filter((peer) => peer.kinds().includes('relay'));
  await until(() => expect(speakers()).toHaveLength(2));
  const [speaker] = speakers();
  await speaker?.transport.stop();
  await until(() => expect(speakers().filter((peer) => peer !== speaker)).toHaveLength(2));
});

test('a keeper of a door is linked with everybody who has no direct way to it, and newcomers with nobody else', async () => {
  for (const name of ['a', 'b', 'c'])
    for (const other of ['a', 'b', 'c', 'keeper']) if (name !== other) direct.cut(name, other);
  const newcomers = ['a', 'b', 'c'].map((name) => create(name, { reach: 'none' }));
  const keeper = create('keeper', { reach: 'all' });
  await until(() => expect(keeper.kinds()).toEqual(['relay', 'relay', 'relay']));
  await until(() => expect(newcomers.map((each) => each.kinds())).toEqual([['relay'], ['relay'], ['relay']]));
});

test('one who knows the hub by two names is linked once, and hears and is heard', async () => {
  direct.cut('alice', 'bob');
  const relay = `${hub.url.replace('http', 'ws')}relay`;
  const alice = create('alice', { reach: 'all', isDirectToo: false });
  const bob = create('bob', { reach: 'none', hubs: [relay, relay.replace('127.0.0.1', 'localhost')] });
  await until(() => expect([alice.kinds(), bob.kinds()]).toEqual([['relay'], ['relay']]));
  for (const link of bob.links) link.send(new Uint8Array(3));
  for (const link of alice.links) link.send(new Uint8Array(5));
  await until(() => expect([alice.heard, bob.heard]).toEqual([[3], [5]]));
  expect([...alice.opened, ...bob.opened]).toHaveLength(2);
});

test('somebody with the name of the room and another key is linked with nobody, and is not heard', async () => {
  direct.cut('alice', 'bob');
  for (const other of ['alice', 'bob']) direct.cut('mallory', other);
  const mallory = create('mallory', { key: new Uint8Array(32), isDirectToo: false });
  const [alice, bob] = [create('alice', { isDirectToo: false }), create('bob', { isDirectToo: false })];
  await until(() => expect([alice.kinds(), bob.kinds()]).toEqual([['relay'], ['relay']]));
  expect(mallory.opened).toEqual([]);
});

test('nothing that goes through the hub is said in clear, and no two messages are the same', async () => {
  const seen: string[] = [];
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      override send(data: unknown): void {
        if (!(data instanceof Uint8Array)) throw new Error('not bytes');
        seen.push(Buffer.from(data).toString('latin1'));
        super.send(data);
      }
    },
  );
  direct.cut('alice', 'bob');
  const [alice, bob] = [create('alice', { isDirectToo: false }), create('bob', { isDirectToo: false })];
  await until(() => expect([alice.kinds(), bob.kinds()]).toEqual([['relay'], ['relay']]));
  const secret = 'Every crew comes home.';
  for (const link of alice.links) for (let i = 0; i < 20; i++) link.send(new TextEncoder().encode(secret.repeat(10)));
  // in order, so all before it has gone through
  const closed = until(() => expect(bob.links.size).toBe(0));
  for (const link of alice.links) link.close('left');
  await closed;
  const sent = seen.filter((frame) => frame.charCodeAt(0) === 3);
  expect(sent.length).toBeGreaterThan(22);
  expect(new Set(sent).size).toBe(sent.length);
  for (const frame of seen) for (const word of ['Every', 'crew', 'home']) expect(frame).not.toContain(word);
});
