/**
 * What every live transport does (WebRTC, tabs, memory, later relay), shown by one contract suite.
 * A link carries whole messages both ways, in order, once; it knows nothing of what is in them.
 */

/** The largest message that a link carries; transports chunk below it. */
export const MAX_MESSAGE = 1_048_576;

export type LinkKind = 'webrtc' | 'tabs' | 'memory';

export type CloseReason = 'left' | 'refused' | 'TooLarge' | 'Malformed' | 'lost';

export interface Link {
  /** unique among this transport's links */
  readonly id: string;
  readonly kind: LinkKind;
  /**
   * 32 bytes equal on both ends of this connection and on no other
   * (WebRTC: a hash over both DTLS fingerprints). Signed hellos cover it, so nobody can sit in the middle.
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
