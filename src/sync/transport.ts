/**
 * What every live transport does (WebRTC, relay, tabs, memory), shown by one contract suite.
 * A link carries whole messages both ways, in order, once; it knows nothing of what is in them.
 */

/** The largest message that a link carries; transports chunk below it. */
export const MAX_MESSAGE = 1_048_576;

export type LinkKind = 'webrtc' | 'relay' | 'tabs' | 'memory';

/** Which way a link goes, where its transport can tell. */
export type LinkPath =
  /** from device to device within one network */
  | 'near'
  /** from device to device across networks */
  | 'far'
  /** over a TURN server that somebody chose */
  | 'turn'
  /** passed on by a hub in the same room, which serves plain http */
  | 'roomHub'
  | 'hub';

export type CloseReason = 'left' | 'refused' | 'TooLarge' | 'Malformed' | 'lost';

export interface Link {
  /** unique among this transport's links */
  readonly id: string;
  readonly kind: LinkKind;
  /** may become known, or another, while the link lives */
  readonly path?: LinkPath | undefined;
  /**
   * 32 bytes equal on both ends of this connection and on no other
   * (WebRTC: a hash over both DTLS fingerprints; relay: over keys made for this stay and link).
   * Signed hellos cover it, so nobody can sit in the middle.
   */
  readonly binding: Uint8Array;
  /** Queues a message of at most MAX_MESSAGE bytes. Ignored once closed. */
  send(message: Uint8Array): void;
  /** bytes queued and not yet handed to the network */
  readonly backlog: number;
  /** resolves when the backlog is below 256 KB, or the link closed */
  drained(): Promise<void>;
  close(reason: CloseReason): void;
}

export interface LinkEvents {
  opened(link: Link): void;
  message(link: Link, bytes: Uint8Array): void;
  closed(link: Link, reason: CloseReason): void;
}

export interface Transport {
  start(events: LinkEvents): void;
  /** closes all links and leaves nothing behind: no socket, timer, connection or page listener */
  stop(): Promise<void>;
}
