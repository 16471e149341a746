/**
 * Hub load: Weft's hub and y-webrtc's own signaling server, one after the other, with the same sockets, rooms and
 * messages over loopback; then Weft's relay. Everything is bounded in number and time, and each server ends with its
 * turn. Null where nothing is built.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { WebSocket } from 'ws';
import { decodeFromRelay, encodeToRelay } from '../src/sync/wire-relay.ts';
import type { Figure } from './measure.ts';
import { type Server, startServer } from './hub-server.ts';

const ROOMS = 12;
const IN_ROOM = 20;
const FRAMES = 60;
const RELAYED = 150;
const FRAME_BYTES = 1000;
/** a turn that takes longer is broken */
const LONGEST_MS = 60_000;

interface Turn {
  /** messages that reached somebody, a second */
  readonly rate: number;
  /** microseconds of the server's processor for each of them */
  readonly cost: number;
  /** KB for each connection, at rest */
  readonly memory: number;
  /** milliseconds from sending to hearing, 99 of 100 */
  readonly p99: number;
  readonly survives: boolean;
}

export const measureHub = async (): Promise<readonly Figure[] | null> => {
  const hub = 'dist/hub/main.js';
  if (!existsSync(hub) || !existsSync('dist/app/index.html')) return null;
  const theirs = join(dirname(createRequire(import.meta.url).resolve('y-webrtc')), '../bin/server.js');
  const plain = await inTurn(theirs, '', runSignaling);
  const own = await inTurn(hub, 'signal', runSignaling);
  const relay = await inTurn(hub, 'relay', runRelay);
  const load = `${ROOMS * IN_ROOM} connections, rooms of ${IN_ROOM}, ${FRAME_BYTES} bytes a message`;
  const each = (name: string, of: (turn: Turn) => number, unit: string): Figure => ({
    name: `hub: ${name}, beside y-webrtc's own server`,
    ratio: of(own) / of(plain),
    target: null,
    method: `${of(own).toFixed(1)} ÷ ${of(plain).toFixed(1)} ${unit}; relay ${of(relay).toFixed(1)} ${unit}; ${load}`,
  });
  return [
    each('messages that arrive a second', ({ rate }) => rate, 'a second'),
    each('processor time for a message that arrives', ({ cost }) => cost, 'µs'),
    each('memory for a connection at rest', ({ memory }) => memory, 'KB'),
    each('99 of 100 messages arrive within', ({ p99 }) => p99, 'ms'),
    {
      name: 'hub: servers of the two that one malformed message ends (the relay counted with ours)',
      value: [own, relay].filter(({ survives }) => !survives).length,
      unit: 'of ours',
      target: 0,
      method: `y-webrtc's own server ${plain.survives ? 'lives' : 'ends'}`,
    },
  ];
};

type Run = (server: Server, path: string) => Promise<Omit<Turn, 'survives'>>;

const inTurn = async (script: string, path: string, run: Run): Promise<Turn> => {
  const server = await startServer(script);
  try {
    const measured = await within(run(server, path), `${script} took too long`);
    const mallory = await connect(`${server.address}${path}`);
    mallory.send('{"type":"subscr');
    const survives = await server.lives();
    mallory.terminate();
    return { ...measured, survives };
  } finally {
    await server.stop();
  }
};

/** Everybody publishes to their room, and hears what the others publish. */
const runSignaling: Run = async (server, path) => {
  const before = server.memory();
  const sockets = await connectAll(server, path);
  let heard = 0;
  const waits: number[] = [];
  // each of a room hears each other; y-webrtc's server tells the publisher too
  const expected = ROOMS * IN_ROOM * (IN_ROOM - 1) * FRAMES;
  const done = new Promise<void>((resolve) => {
    for (const [at, socket] of sockets.entries())
      socket.on('message', (data) => {
        const text = Buffer.isBuffer(data) ? data.toString('latin1') : '';
        const [, from, sentAt] = /"data":"(\d+) ([\d.]+) /.exec(text) ?? [];
        if (from === undefined || Number(from) === at) return;
        waits.push(performance.now() - Number(sentAt));
        heard += 1;
        if (heard === expected) resolve();
      });
  });
  for (const [at, socket] of sockets.entries())
    socket.send(JSON.stringify({ type: 'subscribe', topics: [roomOf(at)] }));
  await Promise.all(sockets.map(pong));
  const memory = (server.memory() - before) / sockets.length;
  const cpu = server.cpu();
  const start = performance.now();
  for (let i = 0; i < FRAMES; i++) {
    for (const [at, socket] of sockets.entries()) {
      const data = `${at} ${performance.now()} `.padEnd(FRAME_BYTES, 'x');
      socket.send(JSON.stringify({ type: 'publish', topic: roomOf(at), data }));
    }
    await breathe();
  }
  await done;
  return summary({ start, cpu, heard, waits, memory }, server, sockets);
};

/** Everybody sends to the next of their room, as links do, and never far ahead of what has arrived. */
const runRelay: Run = async (server, path) => {
  const before = server.memory();
  const sockets = await connectAll(server, path);
  const numbers = await Promise.all(
    sockets.map(
      (socket, at) =>
        new Promise<number>((resolve) => {
          socket.once('message', (data) => {
            const message = Buffer.isBuffer(data) ? decodeFromRelay(data) : null;
            resolve(message?.type === 'entered' ? message.peer : 0);
          });
          socket.send(encodeToRelay({ type: 'enter', room: roomOf(at) }));
        }),
    ),
  );
  const memory = (server.memory() - before) / sockets.length;
  const roomStart = (at: number): number => at - (at % IN_ROOM);
  const peerOf = (at: number, step: number): number => numbers[roomStart(at) + ((at + step + IN_ROOM) % IN_ROOM)] ?? 0;
  const send = (at: number, peer: number, bytes: Uint8Array): void =>
    sockets[at]?.send(encodeToRelay({ type: 'send', peer, bytes }));

  let heard = 0;
  let met = 0;
  const waits: number[] = [];
  let resolveMet = (): void => undefined;
  let resolveDone = (): void => undefined;
  const allMet = new Promise<void>((resolve) => (resolveMet = resolve));
  const done = new Promise<void>((resolve) => (resolveDone = resolve));
  for (const socket of sockets)
    socket.on('message', (data) => {
      const message = Buffer.isBuffer(data) ? decodeFromRelay(data) : null;
      if (message?.type !== 'sent') return;
      if (message.bytes.length < FRAME_BYTES) {
        met += 1;
        if (met === 2 * sockets.length) resolveMet();
        return;
      }
      waits.push(performance.now() - new DataView(message.bytes.buffer, message.bytes.byteOffset).getFloat64(0));
      heard += 1;
      if (heard === sockets.length * RELAYED) resolveDone();
    });
  // both have to have sent something
  for (const at of sockets.keys()) for (const step of [1, -1]) send(at, peerOf(at, step), new Uint8Array(40));
  await allMet;
  const cpu = server.cpu();
  const start = performance.now();
  for (let i = 0; i < RELAYED; i++) {
    for (const at of sockets.keys()) {
      const bytes = new Uint8Array(FRAME_BYTES);
      new DataView(bytes.buffer).setFloat64(0, performance.now());
      send(at, peerOf(at, 1), bytes);
    }
    while (heard < (i - 1) * sockets.length) await breathe();
  }
  await done;
  return summary({ start, cpu, heard, waits, memory }, server, sockets);
};

interface Measured {
  readonly start: number;
  readonly cpu: number;
  readonly heard: number;
  readonly waits: number[];
  readonly memory: number;
}

const summary = (
  { start, cpu, heard, waits, memory }: Measured,
  server: Server,
  sockets: readonly WebSocket[],
): Omit<Turn, 'survives'> => {
  const seconds = (performance.now() - start) / 1000;
  const cost = ((server.cpu() - cpu) * 1e6) / heard;
  for (const socket of sockets) socket.terminate();
  const sorted = waits.sort((a, b) => a - b);
  return { rate: heard / seconds, cost, memory: memory / 1024, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
};

const roomOf = (at: number): string => `a-room-of-the-bench-${Math.floor(at / IN_ROOM)}`;

const connectAll = async ({ address }: Server, path: string): Promise<readonly WebSocket[]> => {
  const sockets: WebSocket[] = [];
  for (let at = 0; at < ROOMS * IN_ROOM; at++) sockets.push(await connect(`${address}${path}`));
  return sockets;
};

const connect = (address: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { perMessageDeflate: false });
    socket.on('error', reject);
    socket.on('open', () => resolve(socket));
  });

/** The server has dealt with all that this one said. */
const pong = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('message', () => resolve());
    socket.send('{"type":"ping"}');
  });

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const within = async <T>(work: Promise<T>, otherwise: string): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), LONGEST_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
