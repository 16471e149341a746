/** The page of `room-browsers.ts`: one device of a room, with the app's own parts, or with y-webrtc as it comes. */
import { WebrtcProvider } from 'y-webrtc';
import * as Y from 'yjs';
import { createBrowserEnvironment } from '../src/app/environment.ts';
import { openRandom, prepareHash, prepareVerifier, sealRandom, sha256 } from '../src/crypto/index.ts';
import { fromHex } from '../src/lib/bytes.ts';
import { decodeIdentity } from '../src/log/identity.ts';
import type { DocumentId } from '../src/log/types.ts';
import { openDexieStorage } from '../src/storage/dexie.ts';
import { createExchange } from '../src/sync/exchange.ts';
import { openReplica } from '../src/sync/replica.ts';
import { LOCAL } from '../src/sync/replica-types.ts';
import { createWebrtcTransport } from '../src/transports/webrtc.ts';

export interface OurSeat {
  /** hex */
  readonly identity: string;
  readonly packs: readonly string[];
  readonly document: string;
  readonly room: string;
  readonly key: string;
  readonly signaling: string;
}

export interface Sent {
  readonly messages: number;
  readonly bytes: number;
}

let sent = { messages: 0, bytes: 0 };
const send: unknown = Reflect.get(RTCDataChannel.prototype, 'send');
Object.assign(RTCDataChannel.prototype, {
  send(this: RTCDataChannel, data: ArrayBufferView | string): void {
    sent = {
      messages: sent.messages + 1,
      bytes: sent.bytes + (typeof data === 'string' ? data.length : data.byteLength),
    };
    if (typeof send === 'function') Reflect.apply(send, this, [data]);
  },
});

let text: Y.Text | null = null;
let connections = (): number => 0;
/** by edit: when it was here */
const seen: number[] = [];

const watch = (of: Y.Text): void => {
  text = of;
  of.observe(() => {
    while (seen.length < of.length) seen.push(Date.now());
  });
};

const page = {
  ours: async (seat: OurSeat): Promise<void> => {
    await prepareHash();
    const environment = createBrowserEnvironment();
    const storage = await openDexieStorage('room');
    if (!storage.ok) throw new Error('no storage');
    const verifier = await prepareVerifier(environment.subtle);
    const replica = await openReplica(storage.value, decodeIdentity(fromHex(seat.identity)), verifier, environment);
    if (!replica.ok) throw new Error('no replica');
    await replica.value.take(seat.packs.map(fromHex));
    const doc = await replica.value.openDocument(seat.document as DocumentId);
    if (!doc.ok) throw new Error('no document');
    watch(doc.value.getText('text'));
    const exchange = createExchange(replica.value, environment, {
      peers: () => undefined,
      presence: () => undefined,
      dropped: (_device, reason) => console.error(`dropped: ${reason}`),
    });
    const key = fromHex(seat.key);
    const transport = createWebrtcTransport({
      room: seat.room,
      signaling: [seat.signaling],
      maxConns: 8,
      hash: (bytes) => sha256(bytes),
      sealSignal: (plain) => sealRandom(key, plain, environment.random),
      openSignal: (sealed) => openRandom(key, sealed),
    });
    transport.start(exchange);
    connections = () => exchange.peers().filter(({ device }) => device !== null).length;
  },
  plain: (room: string, signaling: string): void => {
    const doc = new Y.Doc();
    watch(doc.getText('text'));
    const provider = new WebrtcProvider(room, doc, {
      signaling: [signaling],
      // no server of anybody's; all else is y-webrtc's own choice
      peerOpts: { config: { iceServers: [] } },
    });
    connections = () => [...(provider.room?.webrtcConns.values() ?? [])].filter(({ connected }) => connected).length;
  },
  connections: (): number => connections(),
  /** types one letter, and says when */
  type: (): number => {
    const at = Date.now();
    text?.doc?.transact(() => text?.insert(text.length, 'a'), LOCAL);
    return at;
  },
  seen: (): readonly number[] => seen,
  sent: (): Sent => {
    const out = sent;
    sent = { messages: 0, bytes: 0 };
    return out;
  },
};

export type RoomPage = typeof page;

declare global {
  var weftRoom: RoomPage;
}

globalThis.weftRoom = page;
