/**
 * What y-webrtc's peers say to each other through signaling, and what we let through to it. y-webrtc itself believes
 * everything: it answers any number of offers, throws on an answer that nobody asked for, and lets both ends of a pair
 * call each other at once.
 */
import type { Part } from './roster.ts';

interface Said {
  readonly from: string;
  readonly part: Part;
}

export type Signal =
  /** "I am here", and whom it holds on to; null: not said, as y-webrtc by itself does not */
  | (Said & { readonly type: 'announce'; readonly to: null; readonly near: readonly string[] | null })
  /** "call me". `isNear`: the one who speaks holds on to us */
  | (Said & { readonly type: 'announce'; readonly to: string; readonly isNear: boolean })
  | (Said & { readonly type: 'offer'; readonly to: string; readonly isNear: boolean })
  | (Said & { readonly type: 'answer' | 'candidate' | 'full'; readonly to: string });

const MAX_ID = 64;
const MAX_NEAR = 8;
const MAX_SDP = 16_384;
const MAX_CANDIDATE = 1024;

/** null for everything that a Weft peer never says, such as asking for sound or pictures */
export const parseSignal = (value: unknown): Signal | null => {
  const { type, from, to, near, signal, ...rest } = fieldsOf(value);
  const part = rest['part'] ?? 'equal';
  if (!isId(from) || (part !== 'equal' && part !== 'keeper' && part !== 'newcomer')) return null;
  const said = { from, part } as const;
  if (type === 'announce' && to === undefined) return { ...said, type, to: null, near: idsIn(near) };
  if (!isId(to)) return null;
  if (type === 'announce') return { ...said, type, to, isNear: near === true };
  if (type === 'full') return { ...said, type, to };
  if (type !== 'signal') return null;
  const { type: kind, sdp, candidate } = fieldsOf(signal);
  if (kind === 'offer' || kind === 'answer') {
    if (!isDataOnly(sdp)) return null;
    return kind === 'offer' ? { ...said, type: kind, to, isNear: near === true } : { ...said, type: kind, to };
  }
  if (kind !== 'candidate' || sdp !== undefined) return null;
  const { candidate: line } = fieldsOf(candidate);
  return typeof line === 'string' && line.length <= MAX_CANDIDATE ? { ...said, type: kind, to } : null;
};

/** How the room stands towards the one who speaks. */
export interface Standing {
  readonly ownId: string;
  readonly peer: 'unknown' | 'gone' | 'refused' | Connected;
}

export interface Connected {
  /** calling: our offer is out. answered: we have the other's description. failing: nothing has come through lately. */
  readonly stage: 'new' | 'calling' | 'answered' | 'failing';
}

export type Verdict =
  | 'pass'
  | 'drop'
  /** heard, and for ourselves to act on */
  | 'note'
  /** let through, or told that there is no room, as our neighbours have it */
  | 'weigh'
  /** the connection that we have is dead: end it, then weigh this */
  | 'replace';

/** What a word means in the state that its speaker's connection is in; whether there is room for one is not asked here. */
export const judgeSignal = (signal: Signal, { ownId, peer }: Standing): Verdict => {
  if (signal.from === ownId || (signal.to !== null && signal.to !== ownId) || peer === 'refused') return 'drop';
  const stage = typeof peer === 'object' ? peer.stage : null;
  switch (signal.type) {
    case 'announce':
      if (stage === 'failing') return 'replace';
      return signal.to === null ? 'note' : stage === null ? 'weigh' : 'drop';
    case 'offer':
      if (stage === null) return 'weigh';
      return stage === 'answered' || stage === 'failing' ? 'replace' : 'pass';
    case 'answer':
      return stage === 'calling' ? 'pass' : 'drop';
    case 'full':
      return stage === null || stage === 'calling' ? 'note' : 'drop';
    case 'candidate':
      // May overtake its offer. That of a closed connection would make y-webrtc open one that nobody answers.
      if (stage !== null) return 'pass';
      return peer === 'unknown' ? 'weigh' : 'drop';
  }
};

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_ID;

const idsIn = (value: unknown): readonly string[] | null =>
  Array.isArray(value) ? value.slice(0, MAX_NEAR).filter(isId) : null;

const isDataOnly = (sdp: unknown): boolean =>
  typeof sdp === 'string' && sdp.length <= MAX_SDP && /^m=application /m.test(sdp) && !/^m=(?!application )/m.test(sdp);

export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
