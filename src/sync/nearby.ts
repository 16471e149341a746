/**
 * Connecting two devices without any server: each shows a code that the other reads. And what follows from it: whoever
 * is connected passes on the signaling of the others, over the links that there are, so that all meet by themselves.
 */
import type { Result } from '../lib/result.ts';
import type { Transport } from './transport.ts';

export type NearbyError =
  /** this browser cannot connect to others directly */
  | { readonly type: 'Unavailable' }
  /** the browser names no address of this device, which would change if it were allowed the camera */
  | { readonly type: 'NoAddress' }
  /** what does it is fetched when it is wanted, and whoever served this page does not answer */
  | { readonly type: 'NotFetched' }
  | { readonly type: 'NotACode' }
  | { readonly type: 'NewerVersion' }
  /** of another space, by somebody outside, or with letters missing */
  | { readonly type: 'Foreign' }
  /** this device's own */
  | { readonly type: 'Own' }
  /** an answer to a code that is not waited for any more, or to another device's */
  | { readonly type: 'Stale' };

export type NearbyOutcome =
  | { readonly type: 'connected'; readonly link: string }
  /** both codes were read, and no way was found */
  | { readonly type: 'noWay' }
  /** nobody read the code that was shown, in all its time */
  | { readonly type: 'unread' }
  | { readonly type: 'stopped' };

/** A code of this device that somebody is to read. */
export interface NearbyCall {
  readonly type: 'offer' | 'answer';
  readonly code: string;
  /** by the clock of the device that made it, how old the offer was that this answers; in minutes, may be below zero */
  readonly age: number;
  readonly outcome: Promise<NearbyOutcome>;
  stop(): void;
}

export interface Nearby {
  offer(): Promise<Result<NearbyCall, NearbyError>>;
  /**
   * Reads whatever the other device shows. An offer is answered: its call comes back. An answer goes to the offer of
   * this device, whose call comes back.
   */
  read(text: string): Promise<Result<NearbyCall, NearbyError>>;
}

/** Signaling between devices that have no hub in common. */
export interface Passing {
  /** a link's other side is known now, and both may want to meet those behind it */
  met(link: string): void;
  /** A message of signaling came over this link. */
  hear(link: string, bytes: Uint8Array): void;
}

export interface MeetingTransport extends Transport {
  readonly nearby: Nearby;
  /** `send`: gives a message of signaling to the other side of a link */
  passing(send: (link: string, bytes: Uint8Array) => void): Passing;
}
