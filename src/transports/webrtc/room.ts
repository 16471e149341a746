/**
 * One stay in a room, from entering it until nothing is left of it. What y-webrtc 10.3 needs to be kept from is
 * told at each place where we do so.
 */
import * as broadcast from 'lib0/broadcastchannel';
import { WebrtcProvider, type WebrtcConn } from 'y-webrtc';
import * as Y from 'yjs';
import type { Passing } from '../../sync/nearby.ts';
import { type LinkEvents, MAX_MESSAGE } from '../../sync/transport.ts';
import { bindingOf } from './binding.ts';
import { type ChannelLink, createChannelLink } from './channel-link.ts';
import { type Channels, createConnectionClass, PRESENCE_CHANNEL, sizeOf } from './connection.ts';
import { standAtGate } from './gate.ts';
import type { NearbyCalls } from './nearby.ts';
import type { WebrtcOptions } from './options.ts';
import { createPassing } from './passing.ts';
import { performSignal } from './perform.ts';
import { watchPath } from './path.ts';
import { fieldsOf } from './signal.ts';
import { createUsher } from './usher.ts';

export interface WebrtcRoom {
  count(): { readonly signaling: 'none' | 'connecting' | 'connected'; readonly peers: number };
  /** null where the room was left before it was entered */
  nearby(): Promise<NearbyCalls | 'NotFetched' | null>;
  readonly passing: Passing;
  /** Tells the others, hangs up, and resolves when no socket, connection, timer or listener is left. */
  close(): Promise<void>;
}

const OPEN_WITHIN_MS = 20_000;
const REFUSED_FOR_MS = 60_000;
/** far more than anybody can send in the moment before a link is ready */
const EARLY_BYTES = 8 * MAX_MESSAGE;
/** for the last word to get out before the connection is cut */
const LAST_WORD_MS = 300;
const SOCKET_CLOSE_MS = 1000;

/** One connection, opening or open. */
interface Call extends Channels {
  /** what it may take to open, when it was made */
  readonly patience: number;
  readonly timers: Set<ReturnType<typeof setTimeout>>;
  /** what came in before the link was ready */
  readonly early: unknown[];
  link: ChannelLink | null;
}

let rooms = 0;

/** `send`: gives a message of signaling to the other side of a link */
export const openRoom = (
  options: WebrtcOptions,
  events: LinkEvents,
  changed: () => void,
  send: (link: string, bytes: Uint8Array) => void,
): WebrtcRoom => {
  const { openWithinMs = OPEN_WITHIN_MS, refusedForMs = REFUSED_FOR_MS } = options;
  const calls = new Map<RTCPeerConnection, Call>();
  const roomNumber = ++rooms;
  const linkByPeer = new Map<string, string>();
  /** what a connection that is being made may take to open */
  let patience = openWithinMs;
  let links = 0;
  let peers = 0;
  let emptied = (): void => undefined;

  const after = (call: Call, ms: number, act: () => void): void => {
    const timer = setTimeout(act, ms);
    call.timers.add(timer);
  };

  const connOf = (connection: RTCPeerConnection): WebrtcConn | undefined =>
    // simple-peer's own name for it: y-webrtc gives no other way from a connection to its peer
    [...(provider.room?.webrtcConns.values() ?? [])].find(({ peer }) => peer._pc === connection);

  /** Through y-webrtc, so that it forgets the peer too. */
  const hangUp = (connection: RTCPeerConnection): void => {
    const conn = connOf(connection);
    if (conn === undefined) connection.close();
    else conn.destroy();
  };

  const idOf = (connection: RTCPeerConnection): string | undefined => connOf(connection)?.remotePeerId;

  const refuse = (connection: RTCPeerConnection): void => {
    const id = idOf(connection);
    if (id !== undefined) usher.refuse(id);
  };

  /** With a last word, where the link is open. */
  const part = (peerId: string): void => {
    const conn = provider.room?.webrtcConns.get(peerId);
    const call = [...calls.values()].find(({ connection }) => connection === conn?.peer._pc);
    if (call?.link) call.link.close('left');
    else conn?.destroy();
  };

  const opened = (call: Call): void => {
    const { connection, log } = call;
    // The caller's channel can open before its browser has taken note of the answer, and with it of the certificate.
    if (connection.signalingState !== 'stable') {
      connection.addEventListener('signalingstatechange', () => opened(call), { once: true });
      return;
    }
    if (log.readyState !== 'open') return;
    const binding = bindingOf(
      connection.currentLocalDescription?.sdp,
      connection.currentRemoteDescription?.sdp,
      options.hash,
    );
    if (binding === null || call.link !== null) return hangUp(connection);
    for (const timer of call.timers) clearTimeout(timer);
    const peer = connOf(connection)?.remotePeerId ?? '';
    const link = createChannelLink({
      id: `webrtc-${roomNumber}-${++links}`,
      channel: log,
      binding,
      path: watchPath(connection),
      message: (bytes) => events.message(link, bytes),
      closed: (reason, by) => {
        const orderly = reason === 'left' || reason === 'lost';
        if (!orderly) refuse(connection);
        usher.closed(peer, reason === 'left' && by === 'them' ? 'left' : 'lost');
        if (by === 'us') after(call, orderly ? LAST_WORD_MS : refusedForMs, () => hangUp(connection));
        else hangUp(connection);
        peers -= 1;
        if (linkByPeer.get(peer) === link.id) linkByPeer.delete(peer);
        passing.closed(link.id);
        events.closed(link, reason);
        changed();
      },
    });
    call.link = link;
    peers += 1;
    linkByPeer.set(peer, link.id);
    usher.opened(peer);
    events.opened(link);
    nearby?.opened(peer, link.id);
    for (const data of call.early.splice(0)) link.heard(data);
    changed();
  };

  const gone = (connection: RTCPeerConnection): void => {
    const call = calls.get(connection);
    if (call === undefined) return;
    calls.delete(connection);
    for (const timer of call.timers) clearTimeout(timer);
    call.link?.lost();
    if (calls.size === 0) emptied();
  };

  const created = (channels: Channels): void => {
    const call: Call = { ...channels, patience, timers: new Set(), early: [], link: null };
    let earlyBytes = 0;
    calls.set(call.connection, call);
    after(call, patience, () => hangUp(call.connection));
    call.log.addEventListener('open', () => opened(call));
    call.log.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (call.link !== null) return call.link.heard(data);
      earlyBytes += sizeOf(data);
      if (earlyBytes > EARLY_BYTES) return flooded(call.connection);
      call.early.push(data);
    });
    call.log.addEventListener('close', () => hangUp(call.connection));
  };

  const isWaiting = (connection: RTCPeerConnection): boolean => {
    const call = calls.get(connection);
    return call !== undefined && call.link === null && call.patience > openWithinMs;
  };

  const flooded = (connection: RTCPeerConnection): void => {
    refuse(connection);
    hangUp(connection);
  };

  // Given explicitly even when empty: simple-peer would ask Google's and Twilio's servers, y-webrtc a signaling host.
  const config: RTCConfiguration = {
    iceServers: [...(options.iceServers ?? [])],
    iceTransportPolicy: options.relayOnly === true ? 'relay' : 'all',
  };
  const presence = new Y.Doc();
  const provider = new WebrtcProvider(options.room, presence, {
    signaling: [...options.signaling],
    // whom to meet is the usher's to say
    maxConns: Number.POSITIVE_INFINITY,
    peerOpts: {
      channelConfig: PRESENCE_CHANNEL,
      config,
      // candidates travel one by one anyway; simple-peer's timer would outlive the connection
      iceCompleteTimeout: 1,
      wrtc: {
        RTCPeerConnection: createConnectionClass({ config, created, flooded, closed: gone, isWaiting }),
        RTCSessionDescription,
        RTCIceCandidate,
      },
    },
  });
  // Presence travels signed above the links; y-webrtc's own would be anybody's to write.
  provider.awareness.setLocalState(null);
  const entered = Promise.resolve(provider.key).then(() => {
    if (provider.room === null) return;
    // Tabs have a transport of their own. y-webrtc's is in clear, and whatever comes there is applied.
    provider.room.mux = () => undefined;
    // A `beforeunload` without an unload (a download, a mailto: link) would leave all rooms of a living page for good.
    removeEventListener('beforeunload', provider.room._beforeUnloadHandler);
  });

  const usher = createUsher(provider, options, { refusedForMs, hangUp: part });
  const conns = [...new Set(provider.signalingConns)];
  const leaveGates = conns.map((conn) => standAtGate(conn, options.room, usher.keep(conn)));
  const connected = (): void => {
    usher.announce();
    changed();
  };
  for (const conn of conns) {
    conn.on('connect', connected);
    conn.on('disconnect', changed);
  }

  const isAtHub = (): boolean => conns.some(({ connected }) => connected);
  const keeper = usher.keep({ send: (message) => passedOn(message) });
  const passedOn = (message: unknown): void => {
    const { type, data } = fieldsOf(message);
    const { to } = fieldsOf(data);
    // who is at a hub tells all who are there at once; those who are not are heard, and called from here
    if (to === undefined && isAtHub()) return;
    const sealed = type === 'publish' ? keeper.seal(data) : null;
    if (sealed !== null) passing.say(sealed, typeof to === 'string' ? to : null);
  };
  const passing = createPassing({
    ownId: () => provider.room?.peerId ?? '',
    openSignal: options.openSignal,
    hash: options.hash,
    send,
    deliver: (sealed) =>
      keeper.hear(sealed, (said) => {
        if (provider.room !== null) performSignal(provider.room, said, { send: passedOn });
      }),
    announce: () => {
      if (!isAtHub()) usher.announce();
    },
  });

  /** few devices ever connect by codes, so what does it is fetched by those */
  let nearby: NearbyCalls | null = null;
  const beginNearby = async (): Promise<NearbyCalls | 'NotFetched' | null> => {
    const [code] = await Promise.all([import('./nearby.ts').catch(() => null), entered]);
    const { room } = provider;
    if (room === null) return null;
    if (code === null) return 'NotFetched';
    nearby ??= code.createNearby({
      room,
      options,
      make: (milliseconds, make) => {
        patience = milliseconds;
        const conn = make();
        patience = openWithinMs;
        return conn;
      },
      hurry: ({ peer: { _pc: connection } }) => {
        const call = connection === null ? undefined : calls.get(connection);
        if (call !== undefined) after(call, openWithinMs, () => hangUp(call.connection));
      },
      linkOf: (peer) => linkByPeer.get(peer) ?? null,
    });
    return nearby;
  };

  const hangUpAll = async (): Promise<void> => {
    for (const { link } of [...calls.values()]) link?.close('left');
    const empty = new Promise<void>((resolve) => (emptied = resolve));
    // one that never opened has nobody to say good-bye to
    for (const { link, connection } of [...calls.values()]) if (link === null) hangUp(connection);
    if (calls.size > 0) await within(LAST_WORD_MS, empty);
    for (const connection of [...calls.keys()]) hangUp(connection);
  };

  return {
    count: () => ({
      signaling: conns.length === 0 ? 'none' : isAtHub() ? 'connected' : 'connecting',
      peers,
    }),
    nearby: async () => nearby ?? beginNearby(),
    passing: {
      // a relay's link has signaling of its own beside it
      met: (link) => {
        if ([...linkByPeer.values()].includes(link)) passing.met(link);
      },
      hear: (link, bytes) => passing.hear(link, bytes),
    },
    close: async () => {
      usher.close();
      for (const conn of conns) {
        conn.off('connect', connected);
        conn.off('disconnect', changed);
      }
      await Promise.all([hangUpAll(), entered]);
      const sockets = conns.filter(({ providers }) => providers.size === 1).map(({ ws }) => ws);
      for (const socket of sockets) forgetIfOpening(socket);
      provider.disconnect();
      // Not before, or the hub would not be told; at once, or a peer that is hung up on later would have us back there.
      for (const leave of leaveGates) leave();
      provider.awareness.destroy();
      provider.destroy();
      presence.destroy();
      await provider.key;
      // Leaving the channel a second time, it has opened it again, and would keep it for ever.
      broadcast.unsubscribe(
        options.room,
        broadcast.subscribe(options.room, () => undefined),
      );
      for (const connection of [...calls.keys()]) connection.close();
      await Promise.all(sockets.map((socket) => within(SOCKET_CLOSE_MS, socketClosed(socket))));
    },
  };
};

/** lib0 would set a timer to try again, though it is not going to, and that timer would outlive the room. */
const forgetIfOpening = (socket: WebSocket | null): void => {
  if (socket?.readyState === WebSocket.CONNECTING) socket.onclose = socket.onerror = null;
};

const socketClosed = (socket: WebSocket | null): Promise<void> =>
  new Promise((resolve) => {
    if (socket === null || socket.readyState === WebSocket.CLOSED) resolve();
    else socket.addEventListener('close', () => resolve());
  });

/** Waits for it, and no longer than this. */
const within = async (ms: number, done: Promise<void>): Promise<void> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([done, new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
};
