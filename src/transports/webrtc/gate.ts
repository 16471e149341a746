/**
 * A gate before y-webrtc at a signaling connection, which is one for each address and shared by all rooms of the page.
 * Only what a room's own listener lets through reaches y-webrtc.
 */
import type { SignalingConn } from 'y-webrtc';

/** Hears what was published under its topic; `pass` hands that on to y-webrtc. */
export type GateListener = (data: string, pass: () => void) => void;

/** Puts the gate up where it is not up yet, listens for one topic, and gives the way to stop listening. */
export const listenAtGate = (conn: SignalingConn, topic: string, listener: GateListener): (() => void) => {
  const listeners = listenersByConn.get(conn) ?? putUpGate(conn);
  listeners.set(topic, listener);
  return () => listeners.delete(topic);
};

const listenersByConn = new WeakMap<SignalingConn, Map<string, GateListener>>();

const putUpGate = (conn: SignalingConn): Map<string, GateListener> => {
  const listeners = new Map<string, GateListener>();
  listenersByConn.set(conn, listeners);
  const emit = conn.emit.bind(conn);
  conn.emit = (name, args) => {
    if (name !== 'message') return emit(name, args);
    const published = parsePublished(args[0]);
    if (published !== null) listeners.get(published.topic)?.(published.data, () => emit(name, [published, conn]));
  };
  const send = conn.send.bind(conn);
  conn.send = (message) => {
    // y-webrtc sends when its sealing is done, whatever has become of the socket by then; an opening one would throw
    if (conn.ws?.readyState === WebSocket.OPEN) send(message);
  };
  return listeners;
};

interface Published {
  readonly type: 'publish';
  readonly topic: string;
  readonly data: string;
}

const parsePublished = (message: unknown): Published | null => {
  if (typeof message !== 'object' || message === null) return null;
  if (!('type' in message) || !('topic' in message) || !('data' in message)) return null;
  const { type, topic, data } = message;
  return type === 'publish' && typeof topic === 'string' && typeof data === 'string' ? { type, topic, data } : null;
};
