/**
 * The hub: the built app, signaling and the relay on one port. It keeps nothing, logs nothing, and knows no space:
 * topics and rooms are opaque, and what is said in them is sealed by the devices.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import sirv from 'sirv';
import { type AddressLimits, createAddresses } from './addresses.ts';
import { EVERY_ADDRESS } from './arguments.ts';
import { cacheControl, setSafetyHeaders } from './headers.ts';
import { createRelay, type RelayLimits } from './relay.ts';
import { createSignaling, type SignalingLimits } from './signaling.ts';
import { attachSockets } from './sockets.ts';

export interface Hub {
  /** where a browser finds the app, with a slash at its end */
  readonly url: string;
  /** Takes its leave of every connection and ends it, within seconds; resolves when the port is free again. */
  close(): Promise<void>;
}

export interface HubOptions {
  /** folder of the built app */
  readonly root: string;
  readonly host: string;
  /** 0: any free port */
  readonly port: number;
  /** PEM: served over TLS with these */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** of signaling */
  readonly limits?: Partial<SignalingLimits>;
  readonly relay?: Partial<RelayLimits>;
  /** of connections of any kind */
  readonly connections?: Partial<AddressLimits>;
}

/** the whole app as one file */
const SINGLE_FILE = '/weft.html';
/** a page takes six, and many people may share one address */
const CONNECTIONS: AddressLimits = { each: 1024, inAll: 12_288, atOnce: 2048, perSecond: 64 };
/** for somebody to say what they want of the hub */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;

/** Rejects with the system's error where the port cannot be had. */
export const startHub = async (options: HubOptions): Promise<Hub> => {
  const { root, host, port, certificate } = options;
  // `dev` looks the file up anew each time: a list made at the start would crash on files that a new build removed.
  const files = sirv(root, {
    dev: true,
    etag: true,
    single: true,
    setHeaders: (response, path) => {
      response.setHeader('Cache-Control', cacheControl(path));
      // to be taken along; opened here it would be a second app beside the first
      if (path === SINGLE_FILE) response.setHeader('Content-Disposition', 'attachment; filename="weft.html"');
    },
  });

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    setSafetyHeaders(response, certificate !== undefined || isThisMachine(request.headers.host));
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    // sirv hands an unchecked range to the file system, which throws on "bytes=5-3"; nothing here needs ranges.
    delete request.headers.range;
    files(request, response, () => {
      response.writeHead(404, { 'Cache-Control': 'no-cache' }).end();
    });
  };

  const timeouts = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS };
  const server: Server =
    certificate === undefined
      ? createServer(timeouts, serve)
      : createSecureServer({ ...timeouts, ...certificate, minVersion: 'TLSv1.2' }, serve);
  const addresses = createAddresses({ ...CONNECTIONS, ...options.connections });
  server.on('connection', (socket: Socket) => {
    const leave = addresses.come(socket.remoteAddress);
    if (leave === null) socket.destroy();
    else socket.once('close', leave);
  });
  // somebody who speaks no TLS, or leaves in the middle of its greeting
  server.on('tlsClientError', (_, socket: Socket) => socket.destroy());
  const sockets = attachSockets(server, [createSignaling(options.limits), createRelay(options.relay)]);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

  return {
    url: urlOf(server.address(), certificate === undefined ? 'http' : 'https'),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await sockets.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

const urlOf = (address: AddressInfo | string | null, scheme: 'http' | 'https'): string => {
  if (address === null || typeof address === 'string') throw new Error('a hub listens on a port');
  const host = address.address === EVERY_ADDRESS || address.address === '::' ? firstNetworkAddress() : address.address;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${address.port}/`;
};

/** What others on the network can open; the loopback address where there is no network. */
const firstNetworkAddress = (): string =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';

/** What a browser trusts without TLS. */
const isThisMachine = (host = ''): boolean => /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host);
