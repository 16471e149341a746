/** All that reaches other devices over a network: WebRTC, and the relays of the same hubs for what it does not reach. */
import type { MeetingTransport } from '../sync/nearby.ts';
import { createPaths } from './paths.ts';
import { createRelayTransport, type RelayCrypto, type RelayOptions, relayOf } from './relay.ts';
import { createWebrtcTransport } from './webrtc.ts';

export interface NetworkOptions {
  readonly room: string;
  /** of this room alone, and never at a hub */
  readonly key: Uint8Array;
  /** signaling addresses that somebody chose */
  readonly signaling: readonly string[];
  readonly maxConns: number;
  /** at a door; not given: all are equal, and what one hears all come to know */
  readonly part?: 'keeper' | 'newcomer';
  /** false on plain http from another machine: no browser there lets a page find the addresses of its own device */
  readonly isSecure: boolean;
  readonly crypto: NetworkCrypto;
}

export interface NetworkCrypto extends RelayCrypto {
  /** never the same bytes twice */
  readonly sealRandom: (key: Uint8Array, plain: Uint8Array) => Uint8Array;
  readonly openRandom: (key: Uint8Array, sealed: Uint8Array) => Uint8Array | null;
}

/** Links through a relay that hold a room together; few, since each costs the hub as well. */
const RELAY_DEGREE = 6;

export const createNetwork = (options: NetworkOptions): MeetingTransport => {
  const { room, key, signaling, maxConns, part, isSecure, crypto } = options;
  const direct = createWebrtcTransport({
    room,
    signaling,
    maxConns,
    ...(part === undefined ? {} : { part }),
    hash: crypto.hash,
    sealSignal: (plain) => crypto.sealRandom(key, plain),
    openSignal: (sealed) => crypto.openRandom(key, sealed),
  });
  const hubs = signaling.flatMap((address) => relayOf(address) ?? []);
  if (hubs.length === 0) return direct;
  const isDirectToo = isSecure && 'RTCPeerConnection' in globalThis;
  const relay = createRelayTransport({
    room,
    key,
    hubs,
    reach: reachOf(part),
    degree: RELAY_DEGREE,
    isDirectToo,
    crypto,
  });
  return { ...createPaths(direct, relay), nearby: direct.nearby, passing: (send) => direct.passing(send) };
};

/** A keeper hears each newcomer for itself; newcomers have nothing to say to each other. */
const reachOf = (part: NetworkOptions['part']): RelayOptions['reach'] => {
  if (part === undefined) return 'one';
  return part === 'keeper' ? 'all' : 'none';
};
