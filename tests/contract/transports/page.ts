/** Runs in a page: one probe, what it has made, and a peer that keeps to no rules. */
import * as recorder from './recorder.ts';
import * as eavesdropper from './eavesdropper.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import * as encoding from 'lib0/encoding';
import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { createRelayTransport, type RelayOptions } from '../../../src/transports/relay.ts';
import { createTabsTransport } from '../../../src/transports/tabs.ts';
import { createWebrtcTransport, type WebrtcOptions, type WebrtcTransport } from '../../../src/transports/webrtc.ts';
import { meet, meeting } from './meeting.ts';
import { createProbe, type Probe } from './probe.ts';
import { createSealing, relayCrypto, sealConn } from './sealing.ts';

const hash = (bytes: Uint8Array): Uint8Array => sha256(bytes);
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

export type PageOptions = Omit<WebrtcOptions, 'hash' | 'sealSignal' | 'openSignal'> & { readonly password: string };

export type PageRelayOptions = Omit<RelayOptions, 'key' | 'crypto'> & { readonly password: string };

let probe: Probe | null = null;
let transport: WebrtcTransport | null = null;
/** docs that y-webrtc listens to: the presence docs */
const docs = new Set<Y.Doc>();
const listenToDoc: unknown = Reflect.get(Y.Doc.prototype, 'on');
Object.assign(Y.Doc.prototype, {
  on(this: Y.Doc, ...args: unknown[]): unknown {
    if (args[0] === 'update') docs.add(this);
    if (typeof listenToDoc !== 'function') throw new Error('a doc that cannot be listened to');
    return Reflect.apply(listenToDoc, this, args);
  },
});

const rogueChannels: { readonly presence: RTCDataChannel; readonly log: RTCDataChannel }[] = [];
const rogueHeard: number[] = [];
let rogue: WebrtcProvider | null = null;

const page = {
  ...recorder,
  ...eavesdropper,
  ...meeting,
  useTabs: (room: string): void => {
    probe = createProbe(createTabsTransport({ room, hash, random }));
  },
  useWebrtc: (options: PageOptions): void => {
    transport = createWebrtcTransport({ ...options, ...createSealing(options), hash });
    probe = createProbe(transport);
  },
  meetNearby: (options: PageOptions): void => {
    transport = createWebrtcTransport({ ...options, ...createSealing(options), hash });
    meet(transport);
  },
  useRelay: ({ password, ...options }: PageRelayOptions): void => {
    const key = hash(new TextEncoder().encode(password));
    probe = createProbe(createRelayTransport({ ...options, key, crypto: relayCrypto }));
  },
  /** a second room of this page; resolves when it is known at its hub */
  enterToo: (options: PageOptions): Promise<void> => {
    const other = createWebrtcTransport({ ...options, ...createSealing(options), hash });
    other.start({ opened: () => undefined, message: () => undefined, closed: () => undefined });
    return new Promise((resolve) => {
      other.onStatus(() => {
        const status = other.status();
        if (status.type === 'running' && status.signaling === 'connected') resolve();
      });
    });
  },
  probe: (): Probe => {
    if (probe === null) throw new Error('no transport chosen');
    return probe;
  },
  status: () => transport?.status(),
  /** resolves at the first change after which the status is of this many peers and this signaling */
  untilStatus: (peers: number, signaling: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        const status = transport?.status();
        if (status?.type !== 'running' || status.peers !== peers || status.signaling !== signaling) return;
        stop?.();
        resolve();
      };
      const stop = transport?.onStatus(look);
      look();
    }),
  presence: () =>
    [...docs].map((doc) => ({
      clients: doc.store.clients.size,
      pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
      bytes: Y.encodeStateAsUpdate(doc).length,
    })),
  /** takes all locks away from the other tabs, as if they had died; theirs and ours */
  stealLocks: async (): Promise<void> => {
    const { held = [] } = await navigator.locks.query();
    await Promise.all(
      held.map(({ name = '' }) => navigator.locks.request(name, { steal: true }, () => Promise.resolve())),
    );
  },

  /** y-webrtc as it comes but for the sealing, on the same room; its two channels are ours to write on */
  startRogue: (options: PageOptions): void => {
    const { room, signaling } = options;
    const Connection = class extends RTCPeerConnection {
      override createDataChannel(label: string, init?: RTCDataChannelInit): RTCDataChannel {
        const presence = super.createDataChannel(label, init);
        const log = super.createDataChannel('weft', { negotiated: true, id: 1, ordered: true });
        presence.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => rogueHeard.push(data.byteLength));
        rogueChannels.push({ presence, log });
        return presence;
      }
    };
    rogue = new WebrtcProvider(room, new Y.Doc(), {
      signaling,
      maxConns: 20,
      peerOpts: {
        channelConfig: { negotiated: true, id: 0 },
        config: { iceServers: [] },
        wrtc: { RTCPeerConnection: Connection, RTCSessionDescription, RTCIceCandidate },
      },
    });
    for (const conn of rogue.signalingConns) sealConn(conn, createSealing(options));
  },
  rogueConnected: (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        const open = rogueChannels.filter(
          ({ presence, log }) => presence.readyState === 'open' && log.readyState === 'open',
        );
        if (open.length >= count) resolve();
        else setTimeout(look, 20);
      };
      look();
    }),
  rogueHeard: (): readonly number[] => rogueHeard,
  rogueConnections: (): number => rogueChannels.filter(({ log }) => log.readyState === 'open').length,
  /** y-webrtc's message "apply this update", with so many letters in it, as often as asked */
  rogueUpdates: (letters: number, times: number): void => {
    for (let i = 0; i < times; i++) {
      const doc = new Y.Doc();
      doc.getText('presence').insert(0, 'x'.repeat(letters));
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(doc));
      for (const { presence } of rogueChannels)
        if (presence.readyState === 'open') presence.send(encoding.toUint8Array(encoder).slice());
    }
  },
  rogueFrame: (bytes: readonly number[], times = 1): void => {
    for (let i = 0; i < times; i++) for (const { log } of rogueChannels) log.send(Uint8Array.from(bytes));
  },
  rogueText: (): void => {
    for (const { log } of rogueChannels) log.send('text');
  },
  rogueFullFrames: (count: number): void => {
    const frame = new Uint8Array(65_536);
    frame[0] = 1;
    for (let i = 0; i < count; i++) for (const { log } of rogueChannels) if (log.readyState === 'open') log.send(frame);
  },
  stopRogue: (): void => {
    rogue?.disconnect();
    rogue?.destroy();
  },
};

export type TestPage = typeof page;

declare global {
  var weft: TestPage;
}

globalThis.weft = page;
