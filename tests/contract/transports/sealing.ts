/** The sealing of signals as the app gives it to the transport, and for a y-webrtc that keeps to no other rule. */
import type { SignalingConn } from 'y-webrtc';
import { agree, createBoxKeys, hkdf, open, openRandom, seal, sealRandom, sha256 } from '../../../src/crypto/index.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import type { RelayCrypto } from '../../../src/transports/relay.ts';
import type { WebrtcOptions } from '../../../src/transports/webrtc.ts';
import { openSignal, sealSignal } from '../../../src/transports/webrtc/seal.ts';

/** What the relay transport is given, as the app gives it. */
export const relayCrypto: RelayCrypto = {
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  hash: (bytes) => sha256(bytes),
  derive: hkdf,
  createKeys: (secret) => {
    const keys = createBoxKeys(secret);
    return { publicKey: keys.publicKey, agree: (theirs) => agree(keys, theirs) };
  },
  seal,
  open,
};

type Sealing = Pick<WebrtcOptions, 'sealSignal' | 'openSignal'>;

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

export const createSealing = ({ room, password }: { readonly room: string; readonly password: string }): Sealing => {
  const key = hkdf(utf8(password), utf8(room), 'test/signal', 32);
  return {
    sealSignal: (plain) => sealRandom(key, plain, random),
    openSignal: (sealed) => openRandom(key, sealed),
  };
};

/** y-webrtc speaks in clear to this connection and hears in clear from it; outside all is sealed. */
export const sealConn = (conn: SignalingConn, sealing: Sealing): void => {
  const send = conn.send.bind(conn);
  conn.send = (message) => {
    if (!isPublished(message)) return send(message);
    send({ ...message, data: sealSignal(message.data, sealing.sealSignal) });
  };
  const emit = conn.emit.bind(conn);
  conn.emit = (name, args) => {
    const [message] = args;
    if (name !== 'message' || !isPublished(message)) return emit(name, args);
    const signal = openSignal(String(message.data), sealing.openSignal);
    if (signal !== null) emit(name, [{ ...message, data: signal }, conn]);
  };
};

const isPublished = (message: unknown): message is { readonly data: unknown } =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'publish';
