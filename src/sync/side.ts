/** The other side of one link: what it said, and what was asked of it. */
import type { DeviceId, SessionId } from '../log/types.ts';
import { countBeyond, emptyVector, type Vector } from '../log/vector.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import type { Digests } from './digests.ts';
import type { Peer } from './exchange-types.ts';
import { createLiveReader, createLiveWriter, type LiveReader, type LiveWriter } from './live-entries.ts';
import type { CloseReason, Link } from './transport.ts';
import type { Wire } from './wire.ts';

export interface Side {
  readonly link: Link;
  readonly nonce: Uint8Array;
  wire: Wire | null;
  theirNonce: Uint8Array | null;
  device: DeviceId | null;
  digests: Digests | null;
  /** what they are known to have: their numbers where they said them, ours where the digests agreed */
  theirs: Vector;
  readonly writer: LiveWriter;
  readonly reader: LiveReader;
  /** devices whose news goes elsewhere; there is only word of it here */
  readonly lazy: Set<DeviceId>;
  /** sessions of which word is to be given: soon where the entries do not go there, later where they do */
  readonly due: Map<SessionId, 'soon' | 'later'>;
  isSignedDue: boolean;
  /** the records and statements that it was told of */
  told: Vector;
  /** the sums that it was told */
  readonly toldSums: Map<DeviceId, string>;
  /** it said what it has since that was last noted */
  hasSpoken: boolean;
  /** numbers asked for and not yet all here */
  wanted: Vector | null;
  /** what it gave when asked and this replica would not take: not asked for again until membership changes */
  pointless: Vector;
  /** devices and sessions that were compared whole on this link because of a fork */
  readonly suspected: Map<DeviceId, string>;
  readonly refetched: Set<SessionId>;
  isSending: boolean;
  /** what it asked for while it was being answered */
  nextWant: Uint8Array | null;
  /** bytes of messages that came and were not looked at yet */
  pending: number;
  /** messages that make this device compare all that it has */
  readonly questions: Allowance;
  readonly presences: Allowance;
  readonly signals: Allowance;
  /** messages of one link are taken strictly one after the other */
  turn: Promise<void>;
}

/** All sides, and what can be done to one. */
export interface Sides {
  all(): Iterable<Side>;
  has(side: Side): boolean;
  send(side: Side, type: number, body: Uint8Array): void;
  /** It broke the rules. */
  drop(side: Side, reason: CloseReason): void;
}

/** An honest device asks a few times a second, and the cursors of a full room are some hundred. */
const QUESTIONS = { atOnce: 300, perSecond: 50 };
const PRESENCES = { atOnce: 1000, perSecond: 500 };
/** Others' signaling that comes by here: some ten messages for each two that meet. */
const SIGNALS = { atOnce: 1000, perSecond: 100 };

export const createSide = (link: Link, nonce: Uint8Array, now: () => number): Side => ({
  link,
  nonce,
  wire: null,
  theirNonce: null,
  device: null,
  digests: null,
  theirs: emptyVector(),
  writer: createLiveWriter(),
  reader: createLiveReader(),
  lazy: new Set(),
  due: new Map(),
  isSignedDue: false,
  told: emptyVector(),
  toldSums: new Map(),
  hasSpoken: false,
  wanted: null,
  pointless: emptyVector(),
  suspected: new Map(),
  refetched: new Set(),
  isSending: false,
  nextWant: null,
  pending: 0,
  questions: createAllowance(QUESTIONS, now),
  presences: createAllowance(PRESENCES, now),
  signals: createAllowance(SIGNALS, now),
  turn: Promise.resolve(),
});

export const peerOf = (side: Side, mine: Vector): Peer => {
  const incoming = countBeyond(side.theirs, mine);
  const outgoing = countBeyond(mine, side.theirs);
  const state = (): Peer['state'] => {
    if (side.device === null) return 'greeting';
    if (side.wanted) return 'receiving';
    if (side.isSending) return 'sending';
    return incoming === 0 && outgoing === 0 ? 'even' : 'uneven';
  };
  return {
    link: side.link.id,
    kind: side.link.kind,
    path: side.link.path,
    device: side.device,
    state: state(),
    incoming,
    outgoing,
  };
};
