/**
 * Taking in what others sent, or what this device's own rows hold: look (prove), store (one strict transaction), then
 * let it count, then tell.
 */
import { BytesError } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import type { Counted } from '../log/counted.ts';
import { ITEM, type PackItem } from '../log/pack.ts';
import { encodeSegment, type Segment } from '../log/segment.ts';
import type { Signed } from '../log/signed.ts';
import type { DocumentId, MemberId, SessionId } from '../log/types.ts';
import type { Core } from './core.ts';
import { createPause } from './environment.ts';
import type { TakeOutcome } from './full-replica.ts';
import type { Holding } from './holding.ts';
import { itemOf } from './ledger.ts';
import type { Rebuild } from './rebuild.ts';
import { createReceiptCount, type ReceiptCount } from './receipt.ts';
import type { ReplicaError } from './replica-types.ts';
import { isAllOf, packAll, type Packed, segmentsOf } from './rows.ts';
import type { StorageError } from './storage.ts';

/** `own`: rows of this device's own log; trusted, and stored already. `loading`: the same, and nobody is told. */
export type Source = 'others' | 'own' | 'loading';

export interface Lot {
  readonly items: readonly PackItem[];
  /** live entries, which come apart from their packs */
  readonly live?: readonly Segment[];
  readonly from: string | null;
  readonly source: Source;
  /** the pack that the items came in */
  readonly packed?: Uint8Array | undefined;
}

export interface Taking {
  take(lot: Lot): Promise<Result<TakeOutcome, ReplicaError>>;
  /** how many segments wait for their past */
  readonly held: number;
  /** Sessions whose rows say more than one thing, since the last call. */
  takeUnsure(): readonly SessionId[];
  announce(fresh: readonly Signed[], documents: readonly DocumentId[], by: readonly MemberId[]): void;
}

export interface TakingNeeds {
  readonly holding: Holding;
  readonly rebuilding: Rebuild;
  readonly rightsChanged: () => Promise<void>;
}

/** How many segments may wait for their past, and how many bytes; they can be asked for again. */
const HELD = 2000;
const HELD_BYTES = 32_000_000;

export const createTaking = (core: Core, { holding, rebuilding, rightsChanged }: TakingNeeds): Taking => {
  const { intake, ledger, rows, forks, verifier, environment } = core;
  /** segments whose past is not here yet, until it comes */
  let held: readonly Segment[] = [];
  /** the same of own rows, whose order says nothing once they were joined */
  let heldOwn: readonly Segment[] = [];
  const unsure = new Set<SessionId>();

  const take: Taking['take'] = async (lot) => {
    if (core.ended) return err(core.ended);
    const { items, from, source, packed } = lot;
    const isTrusted = source !== 'others';
    const before = verifier.count;
    const count = createReceiptCount(ledger.records);
    const pause = createPause(environment);
    const ledgerOutcome = await ledger.take(items, isTrusted, pause);
    ledgerOutcome.refused.forEach(count.refuse);
    // what waited may go on now; own rows are trusted, and never mixed with what is not
    let waiting: readonly Segment[] = isTrusted ? heldOwn : held;
    const segments = [...waiting, ...(lot.live ?? []), ...segmentsIn(items, count)];
    if (!isTrusted) {
      for (const segment of segments) if (segment.from === 1) holding.suspects.delete(segment.session);
      for (const start of ledgerOutcome.starts) holding.suspectDevices.delete(start);
    }
    const freshSegments: Segment[] = [];
    const doubtful: Segment[] = [];
    let signed = [...core.unstored, ...ledgerOutcome.fresh];
    const settle = async (start: readonly Segment[]): Promise<StorageError | null> => {
      for (let next = start; next.length > 0 || signed.length > 0; next = waiting) {
        const outcome = await intake.prove(next, isTrusted, pause);
        for (const { type, session } of outcome.refused) {
          count.refuse(type);
          if (type === 'Fork') holding.suspects.add(session);
        }
        doubtful.push(...outcome.doubtful);
        waiting = isTrusted ? outcome.waiting : newestOf(outcome.waiting);
        if (outcome.proven.length === 0 && signed.length === 0) break;
        const proven = outcome.proven.flatMap((each) => each.segments);
        if (!isTrusted) {
          const stored = await store(signed, proven, packed && isAllOf(items, signed, proven) ? packed : null);
          if (stored) return stored;
        }
        await pause();
        const counted: Counted[] = [];
        for (const each of outcome.proven) {
          counted.push(...intake.count([each]));
          await pause();
        }
        freshSegments.push(...proven);
        count.count(counted);
        count.sign(signed);
        core.noteCounted(counted);
        signed = [];
      }
      return null;
    };
    const failed = await settle(segments);
    if (failed) return err(failed);
    const branched = isTrusted ? null : await branch(doubtful.splice(0), count, settle);
    if (branched) return err(branched);
    for (const segment of doubtful) if (isTrusted) unsure.add(segment.session);
    if (isTrusted) heldOwn = waiting;
    else held = waiting;
    if (ledgerOutcome.hasRecords) core.noteCounted(intake.recount());
    if (intake.mustRebuild && source === 'others') {
      const rebuilt = await rebuilding.rebuild();
      if (!rebuilt.ok) return rebuilt;
    }
    const documents = [...count.documents()];
    core.applyReady(documents);
    if (source !== 'loading') announce(ledgerOutcome.fresh, documents, count.members());
    if (source !== 'loading' && (freshSegments.length > 0 || ledgerOutcome.fresh.length > 0)) {
      core.tellFresh({ items: ledgerOutcome.fresh.map(itemOf), segments: freshSegments, from });
    }
    const receipt = count.finish(verifier.count - before, intake.waiting() + held.length);
    return ok({ receipt, refused: [...receipt.refused.keys()] });
  };

  /** `packed`: a pack that holds just these, so that they need not be packed again. */
  const store = async (
    signed: readonly Signed[],
    segments: readonly Segment[],
    packed: Uint8Array | null = null,
  ): Promise<StorageError | null> => {
    const pack = (): readonly Packed[] =>
      packAll([
        ...signed.map(itemOf),
        ...segments.map((segment) => ({ type: ITEM.segment, bytes: encodeSegment(segment) })),
      ]);
    const stored = await rows.append(packed ? [{ bytes: packed, items: [], segments }] : pack());
    core.unstored = stored.ok ? [] : signed;
    if (stored.ok) return null;
    if (stored.error.type === 'StorageGone') core.end(stored.error);
    return stored.error;
  };

  /** What is not on a known chain: kept where it is signed, and everything counted anew where it stands. */
  const branch = async (
    doubtful: readonly Segment[],
    count: ReceiptCount,
    settle: (segments: readonly Segment[]) => Promise<StorageError | null>,
  ): Promise<StorageError | null> => {
    if (doubtful.length === 0) return null;
    const looked = await forks.look(doubtful);
    if (!looked.ok) return looked.error;
    const { branches, again, refused } = looked.value;
    refused.forEach(count.refuse);
    for (const session of looked.value.suspects) holding.suspects.add(session);
    for (const segment of again) {
      const failed = await settle([segment]);
      if (failed) return failed;
    }
    if (branches.length === 0) return null;
    const sessions = branches.map((each) => each.session);
    const failed = (await store([], branches)) ?? (await rebuilding.settleForks(sessions));
    // nothing to pass on as it came, but others are told that there is more to ask for
    if (!failed) core.tellFresh({ items: [], segments: [], from: null });
    return failed;
  };

  const announce: Taking['announce'] = (fresh, documents, by) => {
    if (fresh.some((each) => each.lane === 'record')) void rightsChanged();
    if (fresh.length > 0) core.tell({ type: 'records' });
    if (fresh.some((each) => each.lane === 'statement')) core.tell({ type: 'statements', documents: [] });
    if (documents.length > 0) core.tell({ type: 'documents', documents, by });
  };

  return {
    take,
    get held() {
      return held.length;
    },
    takeUnsure: () => {
      const sessions = [...unsure];
      unsure.clear();
      return sessions;
    },
    announce,
  };
};

/** What came last, within the bounds. */
const newestOf = (segments: readonly Segment[]): readonly Segment[] => {
  let start = Math.max(0, segments.length - HELD);
  let size = 0;
  for (let at = segments.length - 1; at >= start; at--) {
    for (const { skeleton, content } of (segments[at] as Segment).entries) size += skeleton.length + content.length;
    if (size > HELD_BYTES) start = at + 1;
  }
  return segments.slice(start);
};

const segmentsIn = (items: readonly PackItem[], count: ReceiptCount): Segment[] =>
  items.flatMap((item) => {
    try {
      return segmentsOf([item]);
    } catch (error) {
      if (!(error instanceof BytesError)) throw error;
      count.refuse('Malformed');
      return [];
    }
  });
