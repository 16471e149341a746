/**
 * Sessions whose device signed two heads for one number. Both branches are kept in the log and passed on; which one
 * counts is decided in log/branches.ts from what is kept, never from what came first.
 */
import type { Verifier } from '../crypto/index.ts';
import { fromHex } from '../lib/bytes.ts';
import { ok, type Result } from '../lib/result.ts';
import { addAll, asSegment, type Branch, type Branches, createBranches } from '../log/branches.ts';
import { deviceOf, headMessage, nextHead } from '../log/chain.ts';
import type { Intake } from '../log/intake.ts';
import { lastOf, type Segment } from '../log/segment.ts';
import type { RefusalType, SessionId, SpaceId } from '../log/types.ts';
import type { Rows } from './rows.ts';
import type { StorageError } from './storage.ts';

export interface ForkOutcome {
  /** segments of other branches, proven; to be stored as they are */
  readonly branches: readonly Segment[];
  /** they go on with the chain that is known after all: to be taken in the usual way, one at a time */
  readonly again: readonly Segment[];
  /** sessions of which another branch exists that does not hang together here: to be fetched whole */
  readonly suspects: readonly SessionId[];
  readonly refused: readonly RefusalType[];
}

export interface Forks {
  /** Looks at segments that contradict what is known, or might. */
  look(doubtful: readonly Segment[]): Promise<Result<ForkOutcome, StorageError>>;
  /** Reads a session's branches from the log and notes whether there are several; the one that stands. */
  read(session: SessionId): Promise<Result<Branch | null, StorageError>>;
  /** A session's segments from the log, the standing branch as one where there are several. */
  segments(session: SessionId): Promise<Result<readonly Segment[], StorageError>>;
}

/** Signatures that are checked of one session's doubtful segments in one step. */
const TRIES = 16;

export const createForks = (space: SpaceId, rows: Rows, intake: Intake, verifier: Verifier): Forks => {
  const branchesOf = async (session: SessionId): Promise<Result<Branches, StorageError>> => {
    const found = await rows.read(session, 0);
    if (!found.ok) return found;
    const branches = createBranches(space, session);
    addAll(branches, found.value);
    return ok(branches);
  };

  const isSigned = (segment: Segment, head: Uint8Array): Promise<boolean> =>
    verifier.verify(
      fromHex(deviceOf(segment.session)),
      headMessage(space, segment.session, lastOf(segment), head),
      segment.signature,
    );

  /** A segment whose start is not here: is it signed all the same? */
  const isProof = (segment: Segment): Promise<boolean> => {
    let head = segment.before as Uint8Array;
    let number = segment.from;
    for (const entry of segment.entries) head = nextHead(head, number++, entry);
    return isSigned(segment, head);
  };

  const lookAt = async (
    session: SessionId,
    parts: readonly Segment[],
    out: MutableOutcome,
  ): Promise<StorageError | null> => {
    const found = await branchesOf(session);
    if (!found.ok) return found.error;
    const branches = found.value;
    const added: Segment[] = [];
    let tries = 0;
    let left = parts;
    for (let moved = true; moved;) {
      moved = false;
      const loose: Segment[] = [];
      for (const part of left) {
        const head = branches.headAfter(part);
        if (!head) {
          loose.push(part);
          continue;
        }
        if (branches.has(head)) continue;
        const reason = part.header ? intake.admitted(part) : null;
        if (reason !== null || ++tries > TRIES) {
          if (reason !== null && reason !== 'later') out.refused.push(reason);
          continue;
        }
        if (!(await isSigned(part, head))) {
          out.refused.push('BadSignature');
          continue;
        }
        branches.add(part);
        added.push(part);
        moved = true;
      }
      left = loose;
    }
    const hanging = left[0];
    if (hanging && tries < TRIES) {
      if (await isProof(hanging)) out.suspects.push(session);
      else out.refused.push('BadSignature');
    }
    if (!branches.isForked) {
      out.again.push(...added);
      return null;
    }
    if (!intake.forked.has(session) || added.length > 0) out.refused.push('Fork');
    intake.forked.set(session, branches.entries);
    out.branches.push(...added);
    return null;
  };

  return {
    look: async (doubtful) => {
      const out: MutableOutcome = { branches: [], again: [], suspects: [], refused: [] };
      const bySession = new Map<SessionId, Segment[]>();
      for (const segment of doubtful) {
        const list = bySession.get(segment.session);
        if (list) list.push(segment);
        else bySession.set(segment.session, [segment]);
      }
      for (const [session, parts] of bySession) {
        const failed = await lookAt(session, parts, out);
        if (failed) return { ok: false, error: failed };
      }
      return ok(out);
    },
    read: async (session) => {
      const found = await branchesOf(session);
      if (!found.ok) return found;
      if (found.value.isForked) intake.forked.set(session, found.value.entries);
      return ok(found.value.standing());
    },
    segments: async (session) => {
      const found = await rows.read(session, 0);
      if (!found.ok || !intake.forked.has(session)) return found;
      const branches = createBranches(space, session);
      addAll(branches, found.value);
      const standing = branches.standing();
      return ok(standing ? [asSegment(session, standing)] : []);
    },
  };
};

interface MutableOutcome extends ForkOutcome {
  readonly branches: Segment[];
  readonly again: Segment[];
  readonly suspects: SessionId[];
  readonly refused: RefusalType[];
}
