/**
 * WebSockets of a hub: taken by path, counted by address and in all, asked now and then whether they live, and closed
 * in an orderly way when the hub stops. What is said over them is their path's own business.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { createAddresses } from './addresses.ts';

export interface SocketLimits {
  readonly frameBytes: number;
  /** many people may share one address: a proxy, a school, a workshop's router */
  readonly socketsPerAddress: number;
  readonly sockets: number;
  /** new sockets of one address: at once, and a second for long */
  readonly comingBurst: number;
  readonly comingRate: number;
  /** a socket that has not answered one ping when the next is due is dead */
  readonly heartbeatMs: number;
}

export interface SocketPath {
  readonly path: string;
  readonly limits: SocketLimits;
  readonly welcome: (socket: WebSocket) => void;
}

/** WebSocket close codes: "going away", "policy violation", "try again later" */
export const GOING_AWAY = 1001;
export const BROKE_A_RULE = 1008;
export const FULL = 1013;

/** for the last word to get out, and an answer to come, before sockets are cut */
const FAREWELL_MS = 1500;

export const attachSockets = (server: Server, paths: readonly SocketPath[]): { close(): Promise<void> } => {
  const halls = new Map(paths.map((path) => [path.path, createHall(path)]));

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => undefined);
    const hall = halls.get(request.url?.split('?')[0] ?? '');
    if (hall === undefined) refuse(stream, '404 Not Found');
    else hall.upgrade(request, stream, head);
  };

  server.on('upgrade', upgrade);
  return {
    close: async () => {
      server.off('upgrade', upgrade);
      await Promise.all([...halls.values()].map((hall) => hall.close()));
    },
  };
};

interface Hall {
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

const createHall = ({ limits, welcome }: SocketPath): Hall => {
  const taking = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
  });
  const addresses = createAddresses({
    each: limits.socketsPerAddress,
    inAll: limits.sockets,
    atOnce: limits.comingBurst,
    perSecond: limits.comingRate,
  });
  const sockets = new Set<WebSocket>();
  const answered = new WeakSet<WebSocket>();
  let emptied = (): void => undefined;

  const take = (socket: WebSocket, leave: () => void): void => {
    sockets.add(socket);
    answered.add(socket);
    socket.on('pong', () => answered.add(socket));
    // ws closes the socket itself after an error, such as a frame that is too large
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      leave();
      if (sockets.size === 0) emptied();
    });
    welcome(socket);
  };

  const heartbeat = setInterval(() => {
    for (const socket of sockets) {
      // one that is not read from at this moment cannot have been heard
      if (socket.isPaused) continue;
      if (!answered.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, limits.heartbeatMs);

  return {
    upgrade: (request, stream, head) => {
      const leave = addresses.come(request.socket.remoteAddress);
      if (leave === null) return refuse(stream, '503 Service Unavailable');
      stream.once('close', leave);
      taking.handleUpgrade(request, stream, head, (socket) => take(socket, leave));
    },
    close: async () => {
      clearInterval(heartbeat);
      const empty = new Promise<void>((resolve) => (emptied = resolve));
      for (const socket of sockets) {
        if (socket.isPaused) socket.resume();
        socket.close(GOING_AWAY);
      }
      if (sockets.size > 0) await within(FAREWELL_MS, empty);
      for (const socket of sockets) socket.terminate();
    },
  };
};

const refuse = (stream: Duplex, status: string): void => {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

const within = async (ms: number, done: Promise<void>): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([done, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
};
