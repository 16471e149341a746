/**
 * Decides for one room, message by message and in order, what y-webrtc gets to hear from signaling, and seals what it
 * says there. Whom this device meets is for its neighbours to say (`neighbours.ts`); y-webrtc is made to call them by an
 * announcement of theirs, passed on at the time.
 */
import type { SignalingConn, WebrtcConn, WebrtcProvider } from 'y-webrtc';
import { toBase64url, utf8 } from '../../lib/bytes.ts';
import type { GateKeeper } from './gate.ts';
import { createNeighbours, type Deed } from './neighbours.ts';
import type { WebrtcOptions } from './options.ts';
import { remember } from './remember.ts';
import { openSignal, sealSignal } from './seal.ts';
import { fieldsOf, judgeSignal, parseSignal, type Signal, type Standing } from './signal.ts';
import type { Part } from './roster.ts';

export interface Usher {
  /** `conn`: where it is said that another is asked to call */
  keep(conn: Pick<SignalingConn, 'send'>): GateKeeper;
  /** nothing from this peer is let through for a while */
  refuse(peerId: string): void;
  /** What has become of a peer's connection. */
  opened(peerId: string): void;
  closed(peerId: string, how: 'left' | 'lost'): void;
  /** A hub can be reached again that may not have heard of us. */
  announce(): void;
  /** from now on nothing is heard or said */
  close(): void;
}

export interface UsherNeeds {
  readonly refusedForMs: number;
  readonly hangUp: (peerId: string) => void;
}

/** messages that may wait to be opened; more come only from a hub that means harm */
const WAITING = 2048;
/** messages and peers remembered */
const REMEMBERED = 4096;
/** Milliseconds between two looks at whom to meet, beside those after each word. */
const LOOK_EVERY = 1000;
const ANNOUNCE_WITHIN = 300;

/** The way that somebody's words come by. */
interface Way {
  readonly conn: Pick<SignalingConn, 'send'>;
  readonly pass: (signal: unknown) => void;
}

export const createUsher = (provider: WebrtcProvider, options: WebrtcOptions, needs: UsherNeeds): Usher => {
  const { room: topic, hash, part = 'equal' } = options;
  const refused = new Map<string, ReturnType<typeof setTimeout>>();
  const gone = new Set<string>();
  const watched = new WeakSet<WebrtcConn>();
  /** a hub could send an old offer again and so cut a living connection */
  const heard = new Set<string>();
  const ways = new Map<string, Way>();
  const conns = new Set<Pick<SignalingConn, 'send'>>();
  /** whom our offers are to tell that we hold on to them */
  const nearCalls = new Set<string>();
  let queue = Promise.resolve();
  let waiting = 0;
  let closed = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  const now = (): number => Date.now();
  const random = (): number => Math.random();
  let neighbours: ReturnType<typeof createNeighbours> | null = null;

  const standingOf = (id: string, ownId: string, conns: ReadonlyMap<string, WebrtcConn>): Standing => {
    const conn = conns.get(id);
    const known = gone.has(id) ? 'gone' : 'unknown';
    const peer = refused.has(id) ? 'refused' : conn === undefined ? known : { stage: stageOf(conn.peer._pc) };
    return { ownId, peer };
  };

  /** so that late candidates of a connection that ended open no new one, and its place is free */
  const watch = (id: string): void => {
    const conn = provider.room?.webrtcConns.get(id);
    if (conn === undefined || watched.has(conn)) return;
    watched.add(conn);
    conn.peer.once('close', () => {
      // a call by codes learns only with its answer whom it called
      const id = conn.remotePeerId;
      remember(gone, id, REMEMBERED);
      neighbours?.ended(id, conn.connected ? 'lost' : 'failed', now());
      act();
    });
  };

  const publish = (conn: Pick<SignalingConn, 'send'>, data: object): void =>
    conn.send({ type: 'publish', topic, data });

  const call = (id: string, from: Way | undefined, isNear: boolean): void => {
    if (from === undefined || closed) return neighbours?.ended(id, 'failed', now());
    gone.delete(id);
    if (isNear) nearCalls.add(id);
    else nearCalls.delete(id);
    from.pass({ type: 'announce', from: id });
    watch(id);
  };

  const act = (): void => {
    const { room } = provider;
    if (closed || room === null || neighbours === null) return;
    for (const deed of neighbours.step(now())) carryOut(deed, room.peerId);
  };
  const carryOut = (deed: Deed, from: string): void => {
    switch (deed.type) {
      case 'drop':
        return needs.hangUp(deed.id);
      case 'call':
        return call(deed.id, ways.get(deed.id), deed.near);
      case 'ask': {
        const way = ways.get(deed.id);
        if (way) publish(way.conn, { type: 'announce', from, part, to: deed.id, near: deed.near });
        return;
      }
      case 'announce':
        for (const conn of conns) publish(conn, { type: 'announce', from, part, near: deed.near });
    }
  };

  const admit = async (
    sealed: string,
    conn: Pick<SignalingConn, 'send'>,
    pass: (signal: unknown) => void,
  ): Promise<void> => {
    const { room } = provider;
    if (room === null || neighbours === null) return;
    const said = openSignal(sealed, options.openSignal);
    const signal = parseSignal(said);
    // only what opens is remembered, or a hub could have us forget by saying much
    if (signal === null || !remember(heard, toBase64url(hash(utf8(sealed))), REMEMBERED)) return;
    for (const id of room.webrtcConns.keys()) watch(id);
    const verdict = judgeSignal(signal, standingOf(signal.from, room.peerId, room.webrtcConns));
    if (verdict === 'drop') return;
    ways.delete(signal.from);
    ways.set(signal.from, { conn, pass });
    const [oldest] = ways.keys();
    if (ways.size > REMEMBERED && oldest !== undefined) ways.delete(oldest);
    if (verdict === 'replace') await ended(room.webrtcConns.get(signal.from));
    if (closed) return;
    if (verdict === 'pass') pass(said);
    else if (verdict === 'note' || (signal.type === 'announce' && signal.to === null)) note(signal);
    else weigh(signal, room.peerId, said, { conn, pass });
    act();
  };
  const note = (signal: Signal): void => {
    if (signal.type === 'full') return neighbours?.full(signal.from, now());
    neighbours?.heard(signal.from, signal.part, 'near' in signal ? signal.near : null, now());
  };
  const weigh = (signal: Signal, ownId: string, said: unknown, way: Way): void => {
    const isNear = 'isNear' in signal && signal.isNear;
    const { from } = signal;
    if (neighbours?.welcomes(from, signal.part, isNear, now()) !== true) {
      // a candidate has an offer behind it, which will be answered
      if (signal.type !== 'candidate') publish(way.conn, { type: 'full', from: ownId, part, to: from });
      return;
    }
    if (signal.type === 'announce') return call(from, way, false);
    if (signal.type === 'offer') gone.delete(from);
    way.pass(said);
    watch(from);
  };

  const begun = Promise.resolve(provider.key).then(() => {
    if (closed || provider.room === null) return;
    neighbours = createNeighbours({ ownId: provider.room.peerId, most: options.maxConns, part, random });
    act();
  });
  const looking = setInterval(act, LOOK_EVERY);

  return {
    keep: (conn) => {
      conns.add(conn);
      return {
        hear: (sealed, pass) => {
          if (waiting >= WAITING || closed) return;
          waiting += 1;
          queue = queue
            .then(() => begun)
            .then(() => admit(sealed, conn, pass))
            .finally(() => (waiting -= 1));
        },
        seal: (signal) => {
          const ours = closed ? null : wordOf(signal, part, nearCalls);
          return ours === null ? null : sealSignal(ours, options.sealSignal);
        },
      };
    },
    refuse: (id) => {
      clearTimeout(refused.get(id));
      refused.set(
        id,
        setTimeout(() => refused.delete(id), needs.refusedForMs),
      );
    },
    opened: (id) => {
      neighbours?.opened(id, now());
      act();
    },
    closed: (id, how) => {
      neighbours?.ended(id, how, now());
      act();
    },
    announce: () => {
      neighbours?.announceSoon(now());
      act();
      clearTimeout(again);
      again = setTimeout(act, ANNOUNCE_WITHIN);
    },
    close: () => {
      closed = true;
      clearInterval(looking);
      clearTimeout(again);
      for (const timer of refused.values()) clearTimeout(timer);
    },
  };
};

/** What is said in place of y-webrtc's words; null: nothing. It would announce itself whenever a connection ends. */
const wordOf = (signal: unknown, part: Part, near: ReadonlySet<string>): unknown => {
  const word = fieldsOf(signal);
  if (word['type'] === 'announce') return 'part' in word ? word : null;
  const isNear = fieldsOf(word['signal'])['type'] === 'offer' && typeof word['to'] === 'string' && near.has(word['to']);
  return { ...word, part, ...(isNear ? { near: true } : {}) };
};

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
