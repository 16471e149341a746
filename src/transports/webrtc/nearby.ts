/**
 * Calls without signaling, on y-webrtc's own connections: what one end would publish is shown as a code, and what was
 * read from the other's is given to it. Nothing trickles: a code has the candidates that were found in a moment.
 *
 * The one who answers waits while a person carries the code back. Measured (Chromium 156, Firefox ESR 153): its checks
 * are answered by the caller meanwhile, and both open at once when the caller has read the answer a minute later.
 */
import { type Room, type SignalingConn, WebrtcConn } from 'y-webrtc';
import { equalBytes } from '../../lib/bytes.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Nearby, NearbyCall, NearbyError, NearbyOutcome } from '../../sync/nearby.ts';
import { type Code, encodeCode, readCode, writeCode } from './code.ts';
import { type Description, parseDescription, writeDescription } from './description.ts';
import type { WebrtcOptions } from './options.ts';
import { ended } from './usher.ts';

/** How long a code is good for: its connection waits no longer. */
const CODE_LIVES_MS = 300_000;
/** Those of the device itself are there at once; those of servers take a moment. */
const GATHER_MS = 3000;

/** What a room gives. */
export interface NearbyRoom {
  readonly room: Room;
  readonly options: Pick<WebrtcOptions, 'sealSignal' | 'openSignal' | 'hash'>;
  /** Makes a connection that may take so long to open. */
  make(milliseconds: number, make: () => WebrtcConn): WebrtcConn;
  /** From now on it may take as long as any other. */
  hurry(conn: WebrtcConn): void;
  /** the open link to a peer */
  linkOf(peer: string): string | null;
}

export interface NearbyCalls extends Nearby {
  /** A link to this peer has opened. */
  opened(peer: string, link: string): void;
}

interface Pending extends NearbyCall {
  readonly conn: WebrtcConn;
  /** of an offer: what its answer names */
  readonly tag: Uint8Array;
  /** the other's answer is here, so both have read a code */
  isAnswered: boolean;
  settle(outcome: NearbyOutcome): void;
}

/** What y-webrtc would publish for these connections is in their codes. */
const SILENT: Pick<SignalingConn, 'send'> = { send: () => undefined };

export const createNearby = ({ room, options, make, hurry, linkOf }: NearbyRoom): NearbyCalls => {
  const { sealSignal, openSignal, hash } = options;
  const pending = new Set<Pending>();
  let offers = 0;
  const minute = (): number => Math.floor(Date.now() / 60_000);
  const tagOf = (code: Code): Uint8Array => hash(encodeCode(code)).slice(0, 8);

  const begin = (isCaller: boolean, peer: string): WebrtcConn => {
    const conn = make(CODE_LIVES_MS, () => new WebrtcConn(SILENT, isCaller, peer, room));
    room.webrtcConns.set(peer, conn);
    return conn;
  };

  /** Shows what a connection says of itself, once its candidates are found. */
  const show = async (
    conn: WebrtcConn,
    codeOf: (description: Description) => Code,
    age = 0,
  ): Promise<Result<NearbyCall, NearbyError>> => {
    const description = parseDescription((await gathered(conn)) ?? '');
    if (description === null || description.candidates.length === 0) {
      await ended(conn);
      return err({ type: description === null ? 'Unavailable' : 'NoAddress' });
    }
    return ok(wait(conn, codeOf(description), age));
  };

  const wait = (conn: WebrtcConn, code: Code, age: number): NearbyCall => {
    let resolve = (_outcome: NearbyOutcome): void => undefined;
    const outcome = new Promise<NearbyOutcome>((done) => (resolve = done));
    const call: Pending = {
      type: code.type,
      code: writeCode(code, sealSignal),
      tag: tagOf(code),
      age,
      conn,
      outcome,
      isAnswered: false,
      settle: (result) => {
        pending.delete(call);
        resolve(result);
      },
      stop: () => {
        call.settle({ type: 'stopped' });
        conn.destroy();
      },
    };
    pending.add(call);
    conn.peer.once('close', () => closed(call));
    return call;
  };

  const closed = (call: Pending): void => {
    const lost = (): void => call.settle({ type: call.isAnswered ? 'noWay' : 'unread' });
    // both may have found each other through a hub meanwhile
    const other = room.webrtcConns.get(call.conn.remotePeerId);
    if (other === undefined || other === call.conn) lost();
    else other.peer.once('close', lost);
  };

  const answer = async (offer: Code): Promise<Result<NearbyCall, NearbyError>> => {
    // it is here already: another connection to the same device would end the one that there is
    const link = linkOf(offer.peer);
    if (link !== null) return ok(alreadyConnected(link));
    await ended(room.webrtcConns.get(offer.peer));
    const conn = begin(false, offer.peer);
    conn.peer.signal({ type: 'offer', sdp: writeDescription('offer', offer.description) });
    const to = tagOf(offer);
    return show(
      conn,
      (description) => ({ type: 'answer', peer: room.peerId, minute: minute(), to, description }),
      minute() - offer.minute,
    );
  };

  const take = async (code: Code & { readonly type: 'answer' }): Promise<Result<NearbyCall, NearbyError>> => {
    const link = linkOf(code.peer);
    if (link !== null) return ok(alreadyConnected(link));
    const call = [...pending].find(({ type, tag }) => type === 'offer' && equalBytes(tag, code.to));
    if (call === undefined) return err({ type: 'Stale' });
    if (call.isAnswered) return ok(call);
    call.isAnswered = true;
    const { conn } = call;
    await ended(room.webrtcConns.get(code.peer));
    room.webrtcConns.delete(conn.remotePeerId);
    conn.remotePeerId = code.peer;
    room.webrtcConns.set(code.peer, conn);
    conn.peer.signal({ type: 'answer', sdp: writeDescription('answer', code.description) });
    hurry(conn);
    return ok(call);
  };

  return {
    offer: async () => {
      for (const call of [...pending]) if (call.type === 'offer' && !call.isAnswered) call.stop();
      offers += 1;
      const conn = begin(true, `nearby-${offers}`);
      return show(conn, (description) => ({ type: 'offer', peer: room.peerId, minute: minute(), description }));
    },
    read: async (text) => {
      const read = readCode(text, openSignal);
      if (!read.ok) return read;
      const code = read.value;
      if (code.peer === room.peerId) return err({ type: 'Own' });
      return code.type === 'offer' ? answer(code) : take(code);
    },
    opened: (peer, link) => {
      for (const call of [...pending]) if (call.conn.remotePeerId === peer) call.settle({ type: 'connected', link });
    },
  };
};

const alreadyConnected = (link: string): NearbyCall => ({
  type: 'answer',
  code: '',
  age: 0,
  outcome: Promise.resolve({ type: 'connected', link }),
  stop: () => undefined,
});

/** The connection's own description with all candidates, or with those that were found in time; null where it ended. */
const gathered = (conn: WebrtcConn): Promise<string | null> =>
  new Promise((resolve) => {
    const connection = conn.peer._pc;
    if (connection === null) return resolve(null);
    const done = (): void => {
      clearTimeout(timer);
      connection.removeEventListener('icegatheringstatechange', look);
      resolve(conn.peer._pc === null ? null : (connection.localDescription?.sdp ?? null));
    };
    const look = (): void => {
      if (connection.iceGatheringState === 'complete') done();
    };
    const timer = setTimeout(done, GATHER_MS);
    connection.addEventListener('icegatheringstatechange', look);
    conn.peer.once('close', done);
    look();
  });
