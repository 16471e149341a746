/**
 * The hub: the built app and signaling on one port. It keeps nothing, logs nothing, and knows no space:
 * topics are opaque and what is published under them is sealed by the devices.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import sirv from 'sirv';
import { EVERY_ADDRESS } from './arguments.ts';
import { cacheControl, setSafetyHeaders } from './headers.ts';
import { attachSignaling, type SignalingLimits } from './signaling.ts';

export interface Hub {
  /** where a browser finds the app, with a slash at its end */
  readonly url: string;
  /** Ends every connection; resolves when the port is free again. */
  close(): Promise<void>;
}

export interface HubOptions {
  /** folder of the built app */
  readonly root: string;
  readonly host: string;
  /** 0: any free port */
  readonly port: number;
  readonly limits?: Partial<SignalingLimits>;
}

/** Rejects with the system's error where the port cannot be had. */
export const startHub = async ({ root, host, port, limits = {} }: HubOptions): Promise<Hub> => {
  // `dev` looks the file up anew each time: a list made at the start would crash on files that a new build removed.
  const files = sirv(root, {
    dev: true,
    etag: true,
    single: true,
    setHeaders: (response, path) => response.setHeader('Cache-Control', cacheControl(path)),
  });

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    setSafetyHeaders(response);
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

  const server = createServer(serve);
  const signaling = attachSignaling(server, limits);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

  return {
    url: urlOf(server.address()),
    close: async () => {
      signaling.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};

const urlOf = (address: AddressInfo | string | null): string => {
  if (address === null || typeof address === 'string') throw new Error('a hub listens on a port');
  const host = address.address === EVERY_ADDRESS || address.address === '::' ? firstNetworkAddress() : address.address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}/`;
};

/** What others on the network can open; the loopback address where there is no network. */
const firstNetworkAddress = (): string =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
