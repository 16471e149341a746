/**
 * A gate around y-webrtc at a signaling connection, which is one for each address and shared by all rooms of the page.
 * y-webrtc has no password here and speaks in clear: it has no sealing but that of WebCrypto, which a page over plain
 * http is not given. So whatever it says is sealed at the gate, and it hears only what a room lets through. A room that
 * does not stand at the gate is not spoken of at all; y-webrtc would name each room to each hub of the page.
 */
import type { SignalingConn } from 'y-webrtc';

/** One room's word on what goes in and out. */
export interface GateKeeper {
  /** Hears what was published under its topic; `pass` hands on to y-webrtc what was in it. */
  hear(sealed: string, pass: (signal: unknown) => void): void;
  /** The sealed form of what y-webrtc says; null: it is not said. */
  seal(signal: unknown): string | null;
}

/** Puts the gate up where it is not up yet, stands there for one topic, and gives the way to leave. */
export const standAtGate = (conn: SignalingConn, topic: string, keeper: GateKeeper): (() => void) => {
  const keepers = keepersByConn.get(conn) ?? putUpGate(conn);
  keepers.set(topic, keeper);
  return () => keepers.delete(topic);
};

const keepersByConn = new WeakMap<SignalingConn, Map<string, GateKeeper>>();

const putUpGate = (conn: SignalingConn): Map<string, GateKeeper> => {
  const keepers = new Map<string, GateKeeper>();
  keepersByConn.set(conn, keepers);
  const emit = conn.emit.bind(conn);
  conn.emit = (name, args) => {
    if (name !== 'message') return emit(name, args);
    const { type, topic, data } = fieldsOf(args[0]);
    if (type !== 'publish' || typeof topic !== 'string' || typeof data !== 'string') return;
    keepers.get(topic)?.hear(data, (signal) => emit(name, [{ type, topic, data: signal }, conn]));
  };
  const send = conn.send.bind(conn);
  conn.send = (message) => {
    const outgoing = outgoingOf(message, keepers);
    // y-webrtc does not ask what has become of the socket; one that is opening again would throw
    if (outgoing !== null && conn.ws?.readyState === WebSocket.OPEN) send(outgoing);
  };
  return keepers;
};

/** What may leave of a message; nothing that this does not know leaves in clear. */
const outgoingOf = (message: unknown, keepers: ReadonlyMap<string, GateKeeper>): unknown => {
  const { type, topic, topics, data } = fieldsOf(message);
  if (type === 'ping') return { type };
  if (type === 'publish') {
    const sealed = (typeof topic === 'string' ? keepers.get(topic)?.seal(data) : null) ?? null;
    return sealed === null ? null : { type, topic, data: sealed };
  }
  if ((type !== 'subscribe' && type !== 'unsubscribe') || !Array.isArray(topics)) return null;
  const known = topics.filter((each: unknown) => typeof each === 'string' && keepers.has(each));
  return known.length === 0 ? null : { type, topics: known };
};

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
