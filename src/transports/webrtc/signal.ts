/**
 * What y-webrtc's peers say to each other through signaling, and what we let through to it. y-webrtc itself believes
 * everything: it answers any number of offers, throws on an answer that nobody asked for, and lets both ends of a pair
 * call each other at once.
 */
export type Signal =
  | { readonly type: 'announce'; readonly from: string; readonly to: string | null }
  | { readonly type: 'offer' | 'answer' | 'candidate'; readonly from: string; readonly to: string };

const MAX_ID = 64;
const MAX_SDP = 16_384;
const MAX_CANDIDATE = 1024;

/** null for everything that a Weft peer never says, such as asking for sound or pictures */
export const parseSignal = (value: unknown): Signal | null => {
  const { type, from, to, signal } = fieldsOf(value);
  if (!isId(from)) return null;
  if (type === 'announce') {
    if (to === undefined) return { type, from, to: null };
    return isId(to) ? { type, from, to } : null;
  }
  if (type !== 'signal' || !isId(to)) return null;
  const { type: kind, sdp, candidate } = fieldsOf(signal);
  if (kind === 'offer' || kind === 'answer') return isDataOnly(sdp) ? { type: kind, from, to } : null;
  if (kind !== 'candidate' || sdp !== undefined) return null;
  const { candidate: line } = fieldsOf(candidate);
  return typeof line === 'string' && line.length <= MAX_CANDIDATE ? { type: kind, from, to } : null;
};

/** How the room stands towards the one who speaks. */
export interface Standing {
  readonly ownId: string;
  /** connections, open or not */
  readonly count: number;
  readonly maxConns: number;
  readonly peer: 'unknown' | 'gone' | 'refused' | Connected;
}

export interface Connected {
  /** calling: our offer is out. answered: we have the other's description. failing: nothing has come through lately. */
  readonly stage: 'new' | 'calling' | 'answered' | 'failing';
}

export type Verdict =
  | 'pass'
  | 'drop'
  /** ask the other to call us instead */
  | 'ask'
  /** the connection that we have is dead: end it, then let this through */
  | 'replace';

/**
 * Of two peers the one with the higher id calls; the lower asks for the call. So both never call at once.
 * A room calls `maxConns` others and answers as many again, so that a newcomer finds room where all have enough.
 */
export const judgeSignal = (signal: Signal, standing: Standing): Verdict => {
  const { ownId, count, maxConns, peer } = standing;
  if (signal.from === ownId || (signal.to !== null && signal.to !== ownId) || peer === 'refused') return 'drop';
  const mayCall = count < maxConns;
  const mayAnswer = count < maxConns * 2;
  const stage = typeof peer === 'object' ? peer.stage : null;
  switch (signal.type) {
    case 'announce':
      if (stage !== null) return stage === 'failing' ? 'replace' : 'drop';
      if (mayCall && (signal.to !== null || ownId > signal.from)) return 'pass';
      return signal.to === null && mayAnswer ? 'ask' : 'drop';
    case 'offer':
      if (stage === null) return mayAnswer ? 'pass' : 'drop';
      return stage === 'answered' || stage === 'failing' ? 'replace' : 'pass';
    case 'answer':
      return stage === 'calling' ? 'pass' : 'drop';
    case 'candidate':
      // May overtake its offer. That of a closed connection would make y-webrtc open one that nobody answers.
      if (stage !== null) return 'pass';
      return peer === 'unknown' && mayAnswer ? 'pass' : 'drop';
  }
};

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_ID;

const isDataOnly = (sdp: unknown): boolean =>
  typeof sdp === 'string' && sdp.length <= MAX_SDP && /^m=application /m.test(sdp) && !/^m=(?!application )/m.test(sdp);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
