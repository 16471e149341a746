import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { RelayLimits } from '../../../src/hub/relay.ts';
import { type Hub, startHub } from '../../../src/hub/server.ts';
import { decodeFromRelay, encodeToRelay, type FromRelay, type ToRelay } from '../../../src/sync/wire-relay.ts';

const root = mkdtempSync(join(tmpdir(), 'weft-hub-'));
writeFileSync(join(root, 'index.html'), '<!doctype html>');
process.once('exit', () => rmSync(root, { recursive: true, force: true }));

const ROOM = 'a-room-of-some-epoch';
const KB = 1024;

let hub: Hub | undefined;
const sockets: WebSocket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await hub?.close();
  hub = undefined;
});

const open = async (relay: Partial<RelayLimits> = {}): Promise<Hub> =>
  (hub = await startHub({ root, host: '127.0.0.1', port: 0, relay }));

interface Guest {
  readonly socket: WebSocket;
  readonly number: number;
  readonly heard: FromRelay[];
  say(message: ToRelay): void;
  /** resolves when the hub has dealt with everything said so far */
  settled(): Promise<void>;
  /** resolves with the first message that fits, heard already or to come */
  hears(fits: (message: FromRelay) => boolean): Promise<FromRelay>;
  /** the close code */
  readonly closed: Promise<number>;
}

const connect = async (at: Hub): Promise<WebSocket> => {
  const socket = new WebSocket(`${at.url.replace('http', 'ws')}relay`);
  sockets.push(socket);
  socket.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return socket;
};

const enter = async (at: Hub, room = ROOM): Promise<Guest> => {
  const socket = await connect(at);
  const heard: FromRelay[] = [];
  let waiting: (() => void)[] = [];
  socket.on('message', (data) => {
    const message = Buffer.isBuffer(data) ? decodeFromRelay(data) : null;
    if (message === null) throw new Error('the hub said what no hub says');
    heard.push(message);
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const say = (message: ToRelay): void => socket.send(encodeToRelay(message));
  const hears = async (fits: (message: FromRelay) => boolean): Promise<FromRelay> => {
    for (;;) {
      const found = heard.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const settled = async (): Promise<void> => {
    const pongs = heard.filter(({ type }) => type === 'pong').length;
    say({ type: 'ping' });
    await hears(({ type }) => type === 'pong' && heard.filter((each) => each.type === 'pong').length > pongs);
  };
  say({ type: 'enter', room });
  const entered = await hears(({ type }) => type === 'entered');
  if (entered.type !== 'entered') throw new Error('not entered');
  return { socket, number: entered.peer, heard, say, settled, hears, closed };
};

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (message: FromRelay): string => ('bytes' in message ? new TextDecoder().decode(message.bytes) : '');
/** what one heard of others, but for their leaving */
const said = (guest: Guest): readonly string[] =>
  guest.heard.filter((each) => 'bytes' in each).map((each) => `${each.type} ${textOf(each)}`);

/** Both have sent each other something, as after a call and its answer. */
const meet = async (a: Guest, b: Guest): Promise<void> => {
  a.say({ type: 'send', peer: b.number, bytes: bytesOf('call') });
  await b.hears(({ type }) => type === 'sent');
  b.say({ type: 'send', peer: a.number, bytes: bytesOf('answer') });
  await a.hears(({ type }) => type === 'sent');
};

test('what one sends to another reaches that one only, and says from whom', async () => {
  const at = await open();
  const [alice, bob, charlie] = [await enter(at), await enter(at), await enter(at)];
  alice.say({ type: 'send', peer: bob.number, bytes: bytesOf('sealed') });
  expect(await bob.hears(({ type }) => type === 'sent')).toMatchObject({ peer: alice.number });
  await charlie.settled();
  expect(said(bob)).toEqual(['sent sealed']);
  expect(said(charlie)).toEqual([]);
});

test('what one tells a room is heard by all who are there and all who come, the last of it, and their leaving too', async () => {
  const at = await open();
  const [alice, bob] = [await enter(at), await enter(at)];
  alice.say({ type: 'say', bytes: bytesOf('first') });
  alice.say({ type: 'say', bytes: bytesOf('second') });
  await alice.settled();
  const charlie = await enter(at);
  await Promise.all([bob.settled(), charlie.settled()]);
  expect(said(bob)).toEqual(['said first', 'said second']);
  expect(said(charlie)).toEqual(['said second']);
  alice.socket.close();
  for (const other of [bob, charlie])
    expect(await other.hears(({ type }) => type === 'left')).toMatchObject({ peer: alice.number });
});

test('rooms hear nothing of each other, and nobody is told which there are', async () => {
  const at = await open();
  const alice = await enter(at);
  const stranger = await enter(at, 'another-room-of-it');
  alice.say({ type: 'say', bytes: bytesOf('here') });
  stranger.say({ type: 'send', peer: alice.number, bytes: bytesOf('to a number of another room') });
  await Promise.all([alice.settled(), stranger.settled()]);
  expect(said(stranger)).toEqual([]);
  expect(said(alice)).toEqual([]);
  expect(Buffer.from(await (await fetch(at.url)).arrayBuffer()).toString()).toBe('<!doctype html>');
});

test.each([
  ['text', 'enter'],
  ['nothing', new Uint8Array()],
  ['an unknown type', Uint8Array.of(9)],
  ['a cut number', Uint8Array.of(3, 0, 0)],
  ['something after its end', Uint8Array.of(4, 0)],
  ['a second room', encodeToRelay({ type: 'enter', room: 'another-room-of-it' })],
  ['more than a card', encodeToRelay({ type: 'say', bytes: new Uint8Array(2049) })],
])('a message with %s closes that socket, and nothing else', async (_, message) => {
  const at = await open();
  const [alice, bob, mallory] = [await enter(at), await enter(at), await enter(at)];
  mallory.socket.send(message);
  expect(await mallory.closed).toBe(1008);
  alice.say({ type: 'send', peer: bob.number, bytes: bytesOf('still here') });
  await bob.hears(({ type }) => type === 'sent');
});

test.each([
  ['no name', new Uint8Array([1])],
  ['a name that is too short to be hard to guess', encodeToRelay({ type: 'enter', room: 'workshop' })],
  ['a name with other signs', encodeToRelay({ type: 'enter', room: 'a room of some epoch' })],
  ['a word before the room', encodeToRelay({ type: 'say', bytes: bytesOf('x') })],
])('nobody enters with %s', async (_, message) => {
  const socket = await connect(await open());
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.send(message);
  expect(await closed).toBe(1008);
});

test('a message over the limit closes its socket as too big, and the largest passes', async () => {
  const at = await open();
  const [alice, bob] = [await enter(at), await enter(at)];
  await meet(alice, bob);
  alice.say({ type: 'send', peer: bob.number, bytes: new Uint8Array(65_995) });
  await bob.hears((message) => 'bytes' in message && message.bytes.length === 65_995);
  alice.say({ type: 'send', peer: bob.number, bytes: new Uint8Array(65_996) });
  expect(await alice.closed).toBe(1009);
});

test('a socket that does not say which room it enters is let go', async () => {
  const socket = await connect(await open({ enterMs: 50 }));
  await new Promise((resolve) => socket.on('close', resolve));
});

test('a room that is full takes nobody, until somebody leaves', async () => {
  const at = await open({ room: 2 });
  const [alice] = [await enter(at), await enter(at)];
  const late = await connect(at);
  const closed = new Promise<number>((resolve) => late.on('close', resolve));
  late.send(encodeToRelay({ type: 'enter', room: ROOM }));
  expect(await closed).toBe(1013);
  alice.socket.close();
  await alice.closed;
  await vi.waitFor(() => enter(at));
});

test('a stranger may knock, and no more: one who sends on without an answer is closed', async () => {
  const at = await open();
  const [alice, bob, mallory] = [await enter(at), await enter(at), await enter(at)];
  for (let i = 0; i < 100; i++) mallory.say({ type: 'send', peer: bob.number, bytes: new Uint8Array(200) });
  expect(await mallory.closed).toBe(1008);
  await meet(alice, bob);
  expect(bob.heard.filter((each) => each.type === 'sent' && each.peer === mallory.number)).toHaveLength(5);
});

test('nothing more comes of one who is muted', async () => {
  const at = await open();
  const [bob, mallory] = [await enter(at), await enter(at)];
  bob.say({ type: 'mute', peer: mallory.number });
  await bob.settled();
  mallory.say({ type: 'send', peer: bob.number, bytes: bytesOf('x') });
  mallory.say({ type: 'say', bytes: bytesOf('x') });
  await mallory.settled();
  await bob.settled();
  expect(said(bob)).toEqual([]);
});

test('one who is too fast is read more slowly, and loses nothing', async () => {
  const at = await open({ messageBurst: 50, messageRate: 500 });
  const [alice, bob] = [await enter(at), await enter(at)];
  await meet(alice, bob);
  const start = performance.now();
  for (let i = 0; i < 300; i++) alice.say({ type: 'send', peer: bob.number, bytes: bytesOf(String(i)) });
  await bob.hears((message) => textOf(message) === '299');
  // 300 of which 50 at once: half a second for the rest
  expect(performance.now() - start).toBeGreaterThan(400);
  expect(said(bob).slice(1)).toEqual(Array.from({ length: 300 }, (_, i) => `sent ${i}`));
});

test('one who sends too many bytes is read more slowly, and loses nothing', async () => {
  const at = await open({ byteBurst: 60 * KB, byteRate: 600 * KB });
  const [alice, bob] = [await enter(at), await enter(at)];
  await meet(alice, bob);
  const start = performance.now();
  for (let i = 0; i < 12; i++) alice.say({ type: 'send', peer: bob.number, bytes: new Uint8Array(30 * KB) });
  await vi.waitFor(() => expect(said(bob)).toHaveLength(13), { timeout: 4000 });
  // 360 KB of which 60 at once: half a second for the rest
  expect(performance.now() - start).toBeGreaterThan(400);
});

test('where too much waits in all, the reader for whom most of it waits is let go', async () => {
  const at = await open({ backlogBytes: 2048 * KB, backlogInAll: 1024 * KB, stallMs: 60_000 });
  const [alice, bob, charlie] = [await enter(at), await enter(at), await enter(at)];
  await meet(alice, bob);
  bob.socket.pause();
  for (let i = 0; i < 400; i++) alice.say({ type: 'send', peer: bob.number, bytes: new Uint8Array(60 * KB) });
  expect(await alice.hears(({ type }) => type === 'left')).toMatchObject({ peer: bob.number });
  await meet(charlie, alice);
});

test('who writes to a slow reader waits, with little kept for it; others go on, and all arrives', async () => {
  const at = await open({ backlogBytes: 256 * KB });
  const [alice, bob, charlie] = [await enter(at), await enter(at), await enter(at)];
  await meet(alice, bob);
  bob.socket.pause();
  for (let i = 0; i < 400; i++) alice.say({ type: 'send', peer: bob.number, bytes: new Uint8Array(60 * KB) });
  // alice is not read from any more: far more than all buffers on the way is still with her
  await vi.waitFor(() => expect(alice.socket.bufferedAmount).toBeGreaterThan(2000 * KB));
  const dave = await enter(at);
  await meet(charlie, dave);
  bob.socket.resume();
  await vi.waitFor(() => expect(said(bob)).toHaveLength(401), { timeout: 10_000 });
});

test('a reader that takes nothing while others wait for it is let go, and they go on', async () => {
  const at = await open({ backlogBytes: 64 * KB, stallMs: 200 });
  const [alice, bob, charlie] = [await enter(at), await enter(at), await enter(at)];
  await meet(alice, bob);
  bob.socket.pause();
  for (let i = 0; i < 200; i++) alice.say({ type: 'send', peer: bob.number, bytes: new Uint8Array(60 * KB) });
  expect(await alice.hears(({ type }) => type === 'left')).toMatchObject({ peer: bob.number });
  await meet(charlie, alice);
});

test('a flood by many who know the room leaves the others served', async () => {
  const at = await open();
  const [alice, bob] = [await enter(at), await enter(at)];
  await meet(alice, bob);
  const floods = await Promise.all(Array.from({ length: 20 }, () => enter(at)));
  let isOver = false;
  const flood = async (mallory: Guest): Promise<void> => {
    while (!isOver && mallory.socket.readyState === WebSocket.OPEN) {
      for (let i = 0; i < 50; i++) mallory.say({ type: 'say', bytes: new Uint8Array(2048) });
      mallory.socket.send(Uint8Array.of(4));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const flooding = Promise.all(floods.map(flood));
  const waits: number[] = [];
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    alice.say({ type: 'send', peer: bob.number, bytes: bytesOf(`word ${i}`) });
    await bob.hears((message) => textOf(message) === `word ${i}`);
    waits.push(performance.now() - start);
  }
  isOver = true;
  await flooding;
  expect(Math.max(...waits)).toBeLessThan(5000);
}, 60_000);

test('prints nothing about rooms or what is said in them', async () => {
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
  const outputs = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  const at = await open();
  const alice = await enter(at, 'secret-room-of-some-epoch');
  alice.say({ type: 'say', bytes: bytesOf('secret') });
  await alice.settled();
  alice.socket.send('secret');
  await alice.closed;
  const printed = [...spies, ...outputs].flatMap((spy) => spy.mock.calls.map(String)).join();
  vi.restoreAllMocks();
  expect(printed).not.toContain('secret');
});

test('a hub that stops says so to everybody, also to one that it does not read from and one that does not read', async () => {
  const at = await open({ messageBurst: 1, messageRate: 0.1, backlogBytes: 64 * KB });
  const [alice, slow, deaf] = [await enter(at), await enter(at), await enter(at)];
  for (let i = 0; i < 10; i++) slow.say({ type: 'ping' });
  deaf.socket.pause();
  const start = performance.now();
  await at.close();
  expect(performance.now() - start).toBeLessThan(4000);
  expect(await alice.closed).toBe(1001);
  expect(await slow.closed).toBe(1001);
  hub = undefined;
});
