import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Hub, startHub } from '../../../src/hub/server.ts';
import type { SignalingLimits } from '../../../src/hub/signaling.ts';

const root = mkdtempSync(join(tmpdir(), 'weft-hub-'));
writeFileSync(join(root, 'index.html'), '<!doctype html>');

let hub: Hub | undefined;
const sockets: WebSocket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await hub?.close();
  hub = undefined;
});

const open = async (limits: Partial<SignalingLimits> = {}): Promise<Hub> =>
  (hub = await startHub({ root, host: '127.0.0.1', port: 0, limits }));

const signalUrl = (at: Hub): string => `${at.url.replace('http', 'ws')}signal`;

interface Client {
  readonly socket: WebSocket;
  readonly heard: unknown[];
  say(message: unknown): void;
  /** resolves when the hub has dealt with everything said so far */
  settled(): Promise<void>;
  /** the close code */
  readonly closed: Promise<number>;
}

const enter = async (at: Hub): Promise<Client> => {
  const socket = new WebSocket(signalUrl(at));
  sockets.push(socket);
  const heard: unknown[] = [];
  const pongs: (() => void)[] = [];
  socket.on('message', (bytes) => {
    const message: unknown = JSON.parse(Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '');
    if (JSON.stringify(message) === '{"type":"pong"}') pongs.shift()?.();
    else heard.push(message);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const say = (message: unknown): void => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const settled = async (): Promise<void> => {
    const answered = new Promise<void>((resolve) => pongs.push(resolve));
    say({ type: 'ping' });
    await answered;
  };
  return { socket, heard, say, settled, closed };
};

const subscribe = (...topics: string[]): unknown => ({ type: 'subscribe', topics });
const publish = (topic: string, data: unknown): unknown => ({ type: 'publish', topic, data });

test('passes what one publishes to the others of that topic, and to nobody else', async () => {
  const at = await open();
  const [alice, bob, charlie] = await Promise.all([enter(at), enter(at), enter(at)]);
  alice.say(subscribe('a'));
  bob.say(subscribe('a', 'b'));
  charlie.say(subscribe('b'));
  await Promise.all([alice.settled(), bob.settled(), charlie.settled()]);
  alice.say(publish('a', 'sealed'));
  await alice.settled();
  await Promise.all([bob.settled(), charlie.settled()]);
  expect(bob.heard).toEqual([{ type: 'publish', topic: 'a', data: 'sealed' }]);
  expect(alice.heard).toEqual([]);
  expect(charlie.heard).toEqual([]);
});

test('a socket that has unsubscribed hears nothing more of that topic', async () => {
  const at = await open();
  const [alice, bob] = await Promise.all([enter(at), enter(at)]);
  bob.say(subscribe('a', 'b'));
  bob.say({ type: 'unsubscribe', topics: ['a'] });
  await bob.settled();
  alice.say(publish('a', 1));
  alice.say(publish('b', 2));
  await alice.settled();
  await bob.settled();
  expect(bob.heard).toEqual([{ type: 'publish', topic: 'b', data: 2 }]);
});

const nested = `{"type":"publish","topic":"a","data":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;

test.each([
  ['no JSON', '{"type":"subscr'],
  ['null', 'null'],
  ['a number', '7'],
  ['a list', '[]'],
  ['an unknown type', { type: 'shutdown' }],
  ['topics that are no list', { type: 'subscribe', topics: 'a' }],
  ['a topic that is no text', { type: 'subscribe', topics: [{}] }],
  ['an empty topic', { type: 'subscribe', topics: [''] }],
  ['a topic that is too long', { type: 'subscribe', topics: ['x'.repeat(257)] }],
  ['more topics than allowed in one frame', subscribe(...Array.from({ length: 65 }, (_, i) => `t${i}`))],
  ['publish without a topic', { type: 'publish', data: 1 }],
])('a frame with %s closes that socket and nothing else', async (_, frame) => {
  const at = await open();
  const [alice, bob, mallory] = await Promise.all([enter(at), enter(at), enter(at)]);
  bob.say(subscribe('a'));
  mallory.say(subscribe('a'));
  await Promise.all([bob.settled(), mallory.settled()]);
  mallory.say(frame);
  expect(await mallory.closed).toBe(1008);
  alice.say(publish('a', 'still here'));
  await alice.settled();
  await bob.settled();
  expect(bob.heard).toHaveLength(1);
});

test('a frame nested thirty thousand deep ends nobody else', async () => {
  const at = await open();
  const [alice, bob, mallory] = await Promise.all([enter(at), enter(at), enter(at)]);
  bob.say(subscribe('b'));
  await bob.settled();
  mallory.say(nested);
  await mallory.closed;
  alice.say(publish('b', 1));
  await alice.settled();
  await bob.settled();
  expect(bob.heard).toHaveLength(1);
});

test('a binary frame closes its socket', async () => {
  const mallory = await enter(await open());
  mallory.socket.send(new Uint8Array([123, 125]));
  expect(await mallory.closed).toBe(1008);
});

test('a frame over 64 KB closes its socket as too big, and one just below passes', async () => {
  const at = await open();
  const [alice, bob, mallory] = await Promise.all([enter(at), enter(at), enter(at)]);
  bob.say(subscribe('a'));
  await bob.settled();
  alice.say(publish('a', 'x'.repeat(65_000)));
  await alice.settled();
  await bob.settled();
  expect(bob.heard).toHaveLength(1);
  mallory.say(publish('a', 'x'.repeat(70_000)));
  expect(await mallory.closed).toBe(1009);
});

test('a socket may not gather more topics than allowed, frame by frame', async () => {
  const mallory = await enter(await open({ topics: 8 }));
  for (let i = 0; i < 8; i++) mallory.say(subscribe(`t${i}`));
  await mallory.settled();
  mallory.say(subscribe('t0'));
  await mallory.settled();
  mallory.say(subscribe('one more'));
  expect(await mallory.closed).toBe(1008);
});

test('a socket that talks too fast is closed', async () => {
  const mallory = await enter(await open({ frameRate: 1, frameBurst: 20 }));
  for (let i = 0; i < 40; i++) mallory.say({ type: 'ping' });
  expect(await mallory.closed).toBe(1008);
});

test('a socket that sends too many bytes is closed', async () => {
  const at = await open({ byteRate: 1, byteBurst: 10_000 });
  const [alice, mallory] = await Promise.all([enter(at), enter(at)]);
  for (let i = 0; i < 3; i++) mallory.say(publish('a', 'x'.repeat(5000)));
  expect(await mallory.closed).toBe(1008);
  await alice.settled();
});

test('a topic is told to so many, and one more is closed', async () => {
  const at = await open({ listeners: 1 });
  const [alice, mallory] = await Promise.all([enter(at), enter(at)]);
  alice.say(subscribe('a'));
  await alice.settled();
  mallory.say(subscribe('a'));
  expect(await mallory.closed).toBe(1008);
  await alice.settled();
});

test('one who does not read is let go, and the others are served', async () => {
  const at = await open({ backlogBytes: 65_536, byteBurst: 1e9, frameBurst: 10_000 });
  const [alice, bob, deaf] = await Promise.all([enter(at), enter(at), enter(at)]);
  bob.say(subscribe('b'));
  deaf.say(subscribe('a'));
  await Promise.all([bob.settled(), deaf.settled()]);
  deaf.socket.pause();
  for (let i = 0; i < 400; i++) alice.say(publish('a', 'x'.repeat(60_000)));
  alice.say(publish('b', 'still here'));
  await alice.settled();
  await bob.settled();
  expect(bob.heard).toHaveLength(1);
  deaf.socket.resume();
  expect(await deaf.closed).toBe(1006);
});

test('what follows a broken frame in one packet is not heard', async () => {
  const at = await open();
  const [bob, mallory] = await Promise.all([enter(at), enter(at)]);
  bob.say(subscribe('a'));
  await bob.settled();
  mallory.say('broken');
  mallory.say(publish('a', 'too late'));
  await mallory.closed;
  await bob.settled();
  expect(bob.heard).toEqual([]);
});

const refusal = (at: Hub, path = 'signal'): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${at.url.replace('http', 'ws')}${path}`);
    sockets.push(socket);
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('open', () => reject(new Error('was let in')));
    socket.on('error', () => undefined);
  });

test('refuses more sockets than it takes from one address, and takes one when another has left', async () => {
  const at = await open({ socketsPerAddress: 2 });
  const first = await enter(at);
  await enter(at);
  expect(await refusal(at)).toBe(503);
  first.socket.close();
  await first.closed;
  await vi.waitFor(() => enter(at));
});

test('refuses more sockets than it takes in all', async () => {
  const at = await open({ sockets: 1 });
  await enter(at);
  expect(await refusal(at)).toBe(503);
});

test('takes WebSockets at /signal only', async () => {
  expect(await refusal(await open(), 'other')).toBe(404);
});

test('removes a peer that no longer answers its heartbeat, and keeps one that does', async () => {
  const at = await open({ heartbeatMs: 100 });
  const alive = await enter(at);
  const dead = await mute(at);
  await new Promise<void>((resolve) => dead.on('close', () => resolve()));
  await alive.settled();
  expect(alive.socket.readyState).toBe(WebSocket.OPEN);
});

/** A socket that completes the opening handshake and never says another word. */
const mute = (at: Hub): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(at.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.resume();
      resolve(socket);
    });
    const lines = ['GET /signal HTTP/1.1', 'Host: hub', 'Upgrade: websocket', 'Connection: Upgrade'];
    lines.push('Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', '', '');
    socket.write(lines.join('\r\n'));
  });

test('a peer that vanishes without a word is forgotten', async () => {
  const at = await open();
  const [alice, bob] = await Promise.all([enter(at), enter(at)]);
  bob.say(subscribe('a'));
  await bob.settled();
  bob.socket.terminate();
  await bob.closed;
  for (let i = 0; i < 5; i++) alice.say(publish('a', i));
  await alice.settled();
});

test('prints nothing about topics or content', async () => {
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
  const outputs = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  const at = await open();
  const alice = await enter(at);
  alice.say(subscribe('secret-topic'));
  alice.say(publish('secret-topic', 'secret-content'));
  await alice.settled();
  alice.say('secret-garbage');
  await alice.closed;
  const said = [...spies, ...outputs].flatMap((spy) => spy.mock.calls.map(String)).join();
  vi.restoreAllMocks();
  expect(said).not.toContain('secret');
});

test('close ends every socket and frees the port', async () => {
  const at = await open();
  const alice = await enter(at);
  await at.close();
  await alice.closed;
  const again = await startHub({ root, host: '127.0.0.1', port: Number(new URL(at.url).port) });
  await again.close();
  hub = undefined;
});

test('garbage instead of HTTP does not end the hub', async () => {
  const at = await open();
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(at.url).port), '127.0.0.1', () => socket.end('\0\0\0 nonsense\r\n\r\n'));
    socket.resume().on('close', () => resolve());
  });
  expect(await status(at)).toBe(200);
});

const status = (at: Hub): Promise<number> =>
  new Promise((resolve, reject) => {
    request(at.url, (response) => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end();
  });

process.once('exit', () => rmSync(root, { recursive: true, force: true }));
