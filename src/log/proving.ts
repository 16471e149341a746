/**
 * Proof: which of the segments that came go on with what is here, and are signed or vouched for by a later signature.
 * Nothing is changed by looking.
 */
import type { Verifier } from '../crypto/index.ts';
import { equalBytes, fromHex } from '../lib/bytes.ts';
import { type deriveClient, deviceOf, firstHead, headMessage, nextHead } from './chain.ts';
import type { EntryBytes } from './entry.ts';
import { isTooLarge, lastOf, type Segment } from './segment.ts';
import { createSession, isKnownEnd, type SessionState } from './session.ts';
import type { RefusalType, SessionId, SpaceId } from './types.ts';

/** How many signatures of one chain are tried, newest first, before the rest waits. */
const TRIES = 8;

export interface Proven {
  readonly session: SessionId;
  /** what is new, starting at the number after the last known */
  readonly segments: readonly Segment[];
  readonly number: number;
  readonly head: Uint8Array;
  readonly signature: Uint8Array;
  /** where the session was not known before */
  readonly created: SessionState | null;
}

export interface Refusal {
  readonly session: SessionId;
  readonly type: RefusalType;
}

export interface ProveOutcome {
  readonly proven: readonly Proven[];
  /** in order, but something before them is missing here: entries, records, or an epoch */
  readonly waiting: readonly Segment[];
  /** not on the chain that is known, or not to be told without reading it: branches.ts decides */
  readonly doubtful: readonly Segment[];
  readonly refused: readonly Refusal[];
}

/** `trusted`: read back from this device's own sealed rows, proven before they were stored */
export type Prove = (
  segments: readonly Segment[],
  trusted?: boolean,
  pause?: () => Promise<void> | void,
) => Promise<ProveOutcome>;

export interface ProvingNeeds {
  readonly space: SpaceId;
  readonly verifier: Verifier;
  readonly sessions: ReadonlyMap<SessionId, SessionState>;
  readonly forked: ReadonlyMap<SessionId, number>;
  /** null: a session that starts with this segment may hold entries */
  readonly admitted: (segment: Segment) => RefusalType | 'later' | null;
  readonly clientOf: typeof deriveClient;
}

export const createProving = ({ space, verifier, sessions, forked, admitted, clientOf }: ProvingNeeds): Prove => {
  const startOf = (id: SessionId, part: Segment): Uint8Array | null =>
    part.header ? firstHead(space, id, part.header) : part.before;

  /** One session's segments of this batch, in order of number. */
  const proveSession = async (
    id: SessionId,
    parts: readonly Segment[],
    trusted: boolean,
    out: MutableOutcome,
  ): Promise<void> => {
    const known = sessions.get(id);
    if (forked.has(id)) {
      out.doubtful.push(...parts);
      return;
    }
    const reason = known ? null : admitted(parts[0] as Segment);
    if (reason === 'later') {
      out.waiting.push(...parts);
      return;
    }
    if (reason !== null) {
      out.refused.push({ session: id, type: reason });
      return;
    }
    const header = known?.header ?? (parts[0] as Segment).header;
    if (!header) return;
    const base = known?.number ?? 0;
    /** heads from number `base` on: what is known, then what this batch says */
    const heads = [known ? known.head : firstHead(space, id, header)];
    const headAt = (number: number): Uint8Array => heads[number - base] as Uint8Array;
    const walked: { part: Segment; isBlind: boolean }[] = [];
    for (const part of parts) {
      const last = lastOf(part);
      const number = base + heads.length - 1;
      if (known && isKnownEnd(known, last, part.signature)) continue;
      if (part.from > number + 1) {
        out.waiting.push(part);
        continue;
      }
      // a live part says nothing of what is before it: it goes on from where this chain stands
      const start = !known && part.header === header ? headAt(0) : startOf(id, part);
      const from = Math.max(part.from, start ? 1 : base + 1);
      if (last <= base || from > last) {
        if (start) out.doubtful.push(part);
        continue;
      }
      let head = start ?? headAt(from - 1);
      let isOther = part.from > base && !equalBytes(head, headAt(part.from - 1));
      const fresh: Uint8Array[] = [];
      for (let at = from; at <= last && !isOther; at++) {
        head = nextHead(head, at, part.entries[at - part.from] as EntryBytes);
        if (at > number) fresh.push(head);
        else if (at >= base) isOther = !equalBytes(head, headAt(at));
      }
      if (isOther) {
        out.doubtful.push(part);
        continue;
      }
      if (fresh.length === 0) continue;
      const entries = part.entries.slice(number + 1 - part.from);
      const before = number === 0 ? null : headAt(number);
      const trimmed = { ...part, from: number + 1, entries, header: number === 0 ? header : null, before };
      if (isTooLarge(trimmed)) {
        out.refused.push({ session: id, type: 'OverLimit' });
        break;
      }
      heads.push(...fresh);
      walked.push({ part: trimmed, isBlind: start === null });
    }
    const device = fromHex(deviceOf(id));
    // both may run elsewhere while the next session is walked
    const deriving = known || walked.length === 0 ? null : clientOf(space, id);
    for (let at = walked.length - 1; at >= 0 && at >= walked.length - TRIES; at--) {
      const { part, isBlind } = walked[at] as (typeof walked)[number];
      const number = lastOf(part);
      const head = headAt(number);
      if (!trusted && !(await verifier.verify(device, headMessage(space, id, number, head), part.signature))) {
        // live, its author may stand on another branch than this chain: only the whole session can tell
        out.refused.push({ session: id, type: isBlind ? 'Fork' : 'BadSignature' });
        continue;
      }
      out.proven.push({
        session: id,
        segments: walked.slice(0, at + 1).map((each) => each.part),
        number,
        head,
        signature: part.signature,
        created: deriving && createSession(id, header, headAt(0), await deriving),
      });
      return;
    }
  };

  return async (segments, trusted = false, pause = () => undefined) => {
    const out: MutableOutcome = { proven: [], waiting: [], doubtful: [], refused: [] };
    const bySession = new Map<SessionId, Segment[]>();
    for (const segment of segments) {
      const list = bySession.get(segment.session);
      if (list) list.push(segment);
      else bySession.set(segment.session, [segment]);
    }
    const work: Promise<void>[] = [];
    for (const [id, parts] of bySession) {
      parts.sort((a, b) => a.from - b.from || lastOf(a) - lastOf(b));
      work.push(proveSession(id, parts, trusted, out));
      await pause();
    }
    await Promise.all(work);
    return out;
  };
};

interface MutableOutcome extends ProveOutcome {
  readonly proven: Proven[];
  readonly waiting: Segment[];
  readonly doubtful: Segment[];
  readonly refused: Refusal[];
}
