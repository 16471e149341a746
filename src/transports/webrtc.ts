/**
 * Other devices over WebRTC. y-webrtc finds the peers of a room through signaling and makes the connections; it is
 * given an empty doc, and nothing that a peer sends reaches that doc. The log travels as links on a second data
 * channel of the same connections. No host is ever reached but those that the options name.
 */
import { err, type Result } from '../lib/result.ts';
import type { MeetingTransport, Nearby, NearbyCall, NearbyError } from '../sync/nearby.ts';
import type { LinkEvents } from '../sync/transport.ts';
import { watchPageLife } from './page-life.ts';
import type { WebrtcOptions } from './webrtc/options.ts';
import { openRoom, type WebrtcRoom } from './webrtc/room.ts';

export type { WebrtcOptions };

export type WebrtcStatus =
  /** this browser has no WebRTC, or was told to do without */
  | { readonly type: 'unavailable' }
  | { readonly type: 'stopped' }
  | {
      readonly type: 'running';
      readonly signaling: 'none' | 'connecting' | 'connected';
      /** open links */
      readonly peers: number;
    };

export interface WebrtcTransport extends MeetingTransport {
  status(): WebrtcStatus;
  /** Called after each change; gives the way to stop listening. */
  onStatus(listener: () => void): () => void;
}

export const createWebrtcTransport = (options: WebrtcOptions): WebrtcTransport => {
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  let events: LinkEvents | null = null;
  let room: WebrtcRoom | null = null;
  /** y-webrtc keeps one room of a name in a page, so the next waits for the last to be gone */
  let closing = Promise.resolve();
  let stopWatching = (): void => undefined;
  let give: (link: string, bytes: Uint8Array) => void = () => undefined;

  const open = async (): Promise<void> => {
    await closing;
    if (events === null || room !== null || !isAvailable()) return;
    room = openRoom(options, events, changed, (link, bytes) => give(link, bytes));
    changed();
  };

  const close = (): Promise<void> => {
    const left = room;
    room = null;
    if (left !== null) closing = left.close();
    return closing;
  };

  const call = async (
    begin: (nearby: Nearby) => Promise<Result<NearbyCall, NearbyError>>,
  ): Promise<Result<NearbyCall, NearbyError>> => {
    await open();
    const nearby = await room?.nearby();
    if (nearby === 'NotFetched') return err({ type: nearby });
    return nearby ? begin(nearby) : err({ type: 'Unavailable' });
  };

  return {
    nearby: {
      offer: () => call((nearby) => nearby.offer()),
      read: (text) => call((nearby) => nearby.read(text)),
    },
    passing: (send) => {
      give = send;
      return {
        met: (link) => room?.passing.met(link),
        hear: (link, bytes) => room?.passing.hear(link, bytes),
      };
    },
    start: (listener) => {
      if (events !== null) throw new Error('started twice');
      events = listener;
      if (!isAvailable()) return;
      stopWatching = watchPageLife({ left: () => void close(), back: () => void open() });
      void open();
    },
    stop: async () => {
      stopWatching();
      await close();
      events = null;
      changed();
    },
    status: () => {
      if (!isAvailable()) return { type: 'unavailable' };
      return room === null ? { type: 'stopped' } : { type: 'running', ...room.count() };
    },
    onStatus: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const isAvailable = (): boolean => 'RTCPeerConnection' in globalThis;
