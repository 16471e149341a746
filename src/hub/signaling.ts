/**
 * Signaling for y-webrtc: subscribe, unsubscribe, publish and ping as JSON over a WebSocket at /signal.
 * Whoever breaks a rule loses this one socket, and nobody else notices. Nothing is logged, kept or counted
 * beyond the life of a socket.
 */
import { WebSocket } from 'ws';
import { unreachable } from '../lib/result.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { type Frame, parseFrame } from './frame.ts';
import { BROKE_A_RULE, type SocketLimits, type SocketPath } from './sockets.ts';

export const SIGNAL_PATH = '/signal';

export interface SignalingLimits extends SocketLimits {
  /** topics one socket may be subscribed to */
  readonly topics: number;
  readonly topicLength: number;
  /** frames a second that one socket may send for long, and how many at once */
  readonly frameRate: number;
  readonly frameBurst: number;
  /** bytes likewise: each goes out to all of a topic */
  readonly byteRate: number;
  readonly byteBurst: number;
  /** sockets that one topic is told to */
  readonly listeners: number;
  /** bytes waiting for a slow reader before it is dropped */
  readonly backlogBytes: number;
}

const LIMITS: SignalingLimits = {
  frameBytes: 65_536,
  topics: 64,
  topicLength: 256,
  socketsPerAddress: 256,
  sockets: 4096,
  comingBurst: 512,
  comingRate: 8,
  frameRate: 60,
  frameBurst: 600,
  byteRate: 131_072,
  byteBurst: 2_097_152,
  listeners: 512,
  backlogBytes: 1_048_576,
  heartbeatMs: 30_000,
};

interface Peer {
  readonly socket: WebSocket;
  readonly topics: Set<string>;
  /** frames it may still send */
  readonly frames: Allowance;
  readonly bytes: Allowance;
}

export const createSignaling = (changed: Partial<SignalingLimits> = {}): SocketPath => {
  const limits = { ...LIMITS, ...changed };
  const peersByTopic = new Map<string, Set<Peer>>();

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

  /** false where there are enough */
  const joinTopic = (peer: Peer, topic: string): boolean => {
    const others = peersByTopic.get(topic) ?? new Set();
    if (others.size >= limits.listeners && !others.has(peer)) return false;
    peersByTopic.set(topic, others.add(peer));
    peer.topics.add(topic);
    return true;
  };

  /** false where the frame breaks a rule */
  const take = (peer: Peer, frame: Frame): boolean => {
    switch (frame.type) {
      case 'subscribe':
        return frame.topics.every((topic) => joinTopic(peer, topic)) && peer.topics.size <= limits.topics;
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

  const welcome = (socket: WebSocket): void => {
    const frames = createAllowance(limits.frameBurst, limits.frameRate);
    const peer: Peer = { socket, topics: new Set(), frames, bytes: createAllowance(limits.byteBurst, limits.byteRate) };
    socket.on('message', (bytes, isBinary) => {
      // what arrived in the same packet as a frame that broke a rule is not heard any more
      if (socket.readyState !== WebSocket.OPEN) return;
      const isText = Buffer.isBuffer(bytes) && !isBinary;
      const isFast = peer.frames.take(1) < 0 || (isText && peer.bytes.take(bytes.length) < 0);
      const frame = isText && !isFast ? parseFrame(bytes.toString('utf8'), limits) : null;
      if (frame === null || !take(peer, frame)) socket.close(BROKE_A_RULE);
    });
    socket.on('close', () => {
      for (const topic of [...peer.topics]) leaveTopic(peer, topic);
    });
  };

  return { path: SIGNAL_PATH, limits, welcome };
};

/** null where the data is nested so deep that it cannot be written again */
const encodePublish = (topic: string, data: unknown): string | null => {
  try {
    return JSON.stringify({ type: 'publish', topic, data });
  } catch {
    return null;
  }
};
