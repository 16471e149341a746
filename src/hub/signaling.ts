/**
 * Signaling for y-webrtc: subscribe, unsubscribe, publish and ping as JSON over a WebSocket at /signal.
 * Whoever breaks a rule loses this one socket, and nobody else notices. Nothing is logged, kept or counted
 * beyond the life of a socket.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { unreachable } from '../lib/result.ts';
import { type Frame, parseFrame } from './frame.ts';

export const SIGNAL_PATH = '/signal';

export interface SignalingLimits {
  readonly frameBytes: number;
  /** topics one socket may be subscribed to */
  readonly topics: number;
  readonly topicLength: number;
  /** many people may share one address: a proxy, a school, a workshop's router */
  readonly socketsPerAddress: number;
  readonly sockets: number;
  /** frames a second that one socket may send for long, and how many at once */
  readonly frameRate: number;
  readonly frameBurst: number;
  /** bytes waiting for a slow reader before it is dropped */
  readonly backlogBytes: number;
  /** a socket that has not answered one ping when the next is due is dead */
  readonly heartbeatMs: number;
}

const LIMITS: SignalingLimits = {
  frameBytes: 65_536,
  topics: 64,
  topicLength: 256,
  socketsPerAddress: 256,
  sockets: 4096,
  frameRate: 60,
  frameBurst: 600,
  backlogBytes: 1_048_576,
  heartbeatMs: 30_000,
};

/** WebSocket close code "policy violation" */
const BROKE_A_RULE = 1008;

interface Peer {
  readonly socket: WebSocket;
  readonly address: string;
  readonly topics: Set<string>;
  /** frames it may still send; refilled with time */
  allowance: number;
  refilledAt: number;
  answered: boolean;
}

export const attachSignaling = (server: Server, changed: Partial<SignalingLimits> = {}): { close(): void } => {
  const limits = { ...LIMITS, ...changed };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.frameBytes, perMessageDeflate: false });
  const peers = new Set<Peer>();
  const peersByTopic = new Map<string, Set<Peer>>();
  const countByAddress = new Map<string, number>();

  const send = (peer: Peer, message: string): void => {
    if (peer.socket.readyState !== WebSocket.OPEN) return;
    if (peer.socket.bufferedAmount > limits.backlogBytes) peer.socket.terminate();
    else peer.socket.send(message);
  };

  const leaveTopic = (peer: Peer, topic: string): void => {
    if (!peer.topics.delete(topic)) return;
    const others = peersByTopic.get(topic);
    others?.delete(peer);
    if (others?.size === 0) peersByTopic.delete(topic);
  };

  const joinTopic = (peer: Peer, topic: string): void => {
    peer.topics.add(topic);
    const others = peersByTopic.get(topic);
    if (others === undefined) peersByTopic.set(topic, new Set([peer]));
    else others.add(peer);
  };

  /** false where the frame breaks a rule */
  const take = (peer: Peer, frame: Frame): boolean => {
    switch (frame.type) {
      case 'subscribe':
        for (const topic of frame.topics) joinTopic(peer, topic);
        return peer.topics.size <= limits.topics;
      case 'unsubscribe':
        for (const topic of frame.topics) leaveTopic(peer, topic);
        return true;
      case 'publish': {
        const message = encodePublish(frame.topic, frame.data);
        if (message === null) return false;
        for (const other of peersByTopic.get(frame.topic) ?? []) if (other !== peer) send(other, message);
        return true;
      }
      case 'ping':
        send(peer, '{"type":"pong"}');
        return true;
      default:
        return unreachable(frame);
    }
  };

  const mayStillSend = (peer: Peer): boolean => {
    const now = performance.now();
    const refill = ((now - peer.refilledAt) / 1000) * limits.frameRate;
    peer.allowance = Math.min(limits.frameBurst, peer.allowance + refill) - 1;
    peer.refilledAt = now;
    return peer.allowance >= 0;
  };

  const welcome = (socket: WebSocket, address: string): void => {
    const peer: Peer = {
      socket,
      address,
      topics: new Set(),
      allowance: limits.frameBurst,
      refilledAt: performance.now(),
      answered: true,
    };
    peers.add(peer);
    countByAddress.set(address, (countByAddress.get(address) ?? 0) + 1);
    socket.on('pong', () => (peer.answered = true));
    // ws closes the socket itself after an error, such as a frame that is too large
    socket.on('error', () => undefined);
    socket.on('message', (bytes, isBinary) => {
      // what arrived in the same packet as a frame that broke a rule is not heard any more
      if (socket.readyState !== WebSocket.OPEN) return;
      const isText = Buffer.isBuffer(bytes) && !isBinary;
      const frame = mayStillSend(peer) && isText ? parseFrame(bytes.toString('utf8'), limits) : null;
      if (frame === null || !take(peer, frame)) socket.close(BROKE_A_RULE);
    });
    socket.on('close', () => {
      for (const topic of [...peer.topics]) leaveTopic(peer, topic);
      peers.delete(peer);
      const left = (countByAddress.get(address) ?? 1) - 1;
      if (left === 0) countByAddress.delete(address);
      else countByAddress.set(address, left);
    });
  };

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => undefined);
    const address = request.socket.remoteAddress ?? '';
    if (request.url?.split('?')[0] !== SIGNAL_PATH) return refuse(stream, '404 Not Found');
    const full = peers.size >= limits.sockets || (countByAddress.get(address) ?? 0) >= limits.socketsPerAddress;
    if (full) return refuse(stream, '503 Service Unavailable');
    sockets.handleUpgrade(request, stream, head, (socket) => welcome(socket, address));
  };

  const heartbeat = setInterval(() => {
    for (const peer of peers) {
      if (!peer.answered) {
        peer.socket.terminate();
        continue;
      }
      peer.answered = false;
      peer.socket.ping();
    }
  }, limits.heartbeatMs);

  server.on('upgrade', upgrade);
  return {
    close: () => {
      clearInterval(heartbeat);
      server.off('upgrade', upgrade);
      for (const { socket } of peers) socket.terminate();
      sockets.close();
    },
  };
};

const refuse = (stream: Duplex, status: string): void => {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/** null where the data is nested so deep that it cannot be written again */
const encodePublish = (topic: string, data: unknown): string | null => {
  try {
    return JSON.stringify({ type: 'publish', topic, data });
  } catch {
    return null;
  }
};
