/**
 * Decides for one room, message by message and in order, what y-webrtc gets to hear from signaling, and seals what it
 * says there.
 */
import type { SignalingConn, WebrtcConn, WebrtcProvider } from 'y-webrtc';
import { toBase64url, utf8 } from '../../lib/bytes.ts';
import type { GateKeeper } from './gate.ts';
import type { WebrtcOptions } from './options.ts';
import { remember } from './remember.ts';
import { openSignal, sealSignal } from './seal.ts';
import { judgeSignal, parseSignal, type Signal, type Standing } from './signal.ts';

export interface Usher {
  /** `conn`: where it is said that another is asked to call */
  keep(conn: Pick<SignalingConn, 'send'>): GateKeeper;
  /** nothing from this peer is let through for a while */
  refuse(peerId: string): void;
  /** from now on nothing is heard or said */
  close(): void;
}

/** messages that may wait to be opened; more come only from a hub that means harm */
const WAITING = 512;
/** messages and peers remembered */
const REMEMBERED = 2048;

export const createUsher = (provider: WebrtcProvider, options: WebrtcOptions, refusedForMs: number): Usher => {
  const { room: topic, maxConns, hash } = options;
  const refused = new Map<string, ReturnType<typeof setTimeout>>();
  const gone = new Set<string>();
  const watched = new WeakSet<WebrtcConn>();
  /** a hub could send an old offer again and so cut a living connection */
  const heard = new Set<string>();
  let queue = Promise.resolve();
  let waiting = 0;
  let closed = false;

  const standingOf = (id: string, ownId: string, conns: ReadonlyMap<string, WebrtcConn>): Standing => {
    const conn = conns.get(id);
    const known = gone.has(id) ? 'gone' : 'unknown';
    const peer = refused.has(id) ? 'refused' : conn === undefined ? known : { stage: stageOf(conn.peer._pc) };
    return { ownId, count: conns.size, maxConns, peer };
  };

  /** so that late candidates of a connection that ended open no new one */
  const watch = (id: string, conn: WebrtcConn | undefined): void => {
    if (conn === undefined || watched.has(conn)) return;
    watched.add(conn);
    conn.peer.once('close', () => remember(gone, id, REMEMBERED));
  };

  const admit = async (
    sealed: string,
    conn: Pick<SignalingConn, 'send'>,
    pass: (signal: unknown) => void,
  ): Promise<void> => {
    const { room } = provider;
    if (room === null) return;
    const said = openSignal(sealed, options.openSignal);
    const signal = parseSignal(said);
    // only what opens is remembered, or a hub could have us forget by saying much
    if (signal === null || !remember(heard, toBase64url(hash(utf8(sealed))), REMEMBERED)) return;
    for (const [id, known] of room.webrtcConns) watch(id, known);
    const verdict = judgeSignal(signal, standingOf(signal.from, room.peerId, room.webrtcConns));
    if (verdict === 'ask') {
      conn.send({ type: 'publish', topic, data: { type: 'announce', from: room.peerId, to: signal.from } });
      return;
    }
    if (verdict === 'drop') return;
    if (verdict === 'replace') await ended(room.webrtcConns.get(signal.from));
    if (closed) return;
    if (begins(signal)) gone.delete(signal.from);
    pass(said);
  };

  return {
    keep: (conn) => ({
      hear: (sealed, pass) => {
        if (waiting >= WAITING || closed) return;
        waiting += 1;
        queue = queue.then(() => admit(sealed, conn, pass)).finally(() => (waiting -= 1));
      },
      seal: (signal) => (closed ? null : sealSignal(signal, options.sealSignal)),
    }),
    refuse: (id) => {
      clearTimeout(refused.get(id));
      refused.set(
        id,
        setTimeout(() => refused.delete(id), refusedForMs),
      );
    },
    close: () => {
      closed = true;
      for (const timer of refused.values()) clearTimeout(timer);
    },
  };
};

const begins = ({ type }: Signal): boolean => type === 'announce' || type === 'offer';

const stageOf = (connection: RTCPeerConnection | null): 'new' | 'calling' | 'answered' | 'failing' => {
  if (connection === null || ['disconnected', 'failed', 'closed'].includes(connection.connectionState))
    return 'failing';
  if (connection.signalingState === 'have-local-offer') return 'calling';
  return connection.remoteDescription === null ? 'new' : 'answered';
};

/** Ends it, and resolves when y-webrtc has forgotten it. */
export const ended = (conn: WebrtcConn | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (conn === undefined || conn.peer._pc === null) return resolve();
    conn.peer.once('close', () => resolve());
    conn.destroy();
  });
