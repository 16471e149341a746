/** Live entries of all links, gathered where there are many: one transaction, and one signature for each session. */
import type { PackItem } from '../log/pack.ts';
import type { Segment } from '../log/segment.ts';
import type { FullReplica } from './full-replica.ts';

export interface LiveGather {
  /** `size`: in bytes, as it came. false: too much of this link waits already */
  add(from: string, items: readonly PackItem[], segments: readonly Segment[], size: number): boolean;
}

export interface GatherNeeds {
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => void;
  /** Takes one link's lot in. */
  readonly take: (from: string, items: readonly PackItem[], segments: readonly Segment[]) => Promise<void>;
  /** all that was gathered is in */
  readonly done: () => void;
  readonly inBackground: (work: Promise<unknown>) => void;
}

/**
 * Milliseconds between two lots, with and without fast signatures. Nobody sees eighty of them, and each lot is a step of its
 * own: one transaction on the disk, one for each document. What comes after a silence is taken in at once where signatures
 * are fast, so that it is not late at the far end of a room.
 */
const GATHER = { fast: 80, slow: 1000 } as const;

/** Bytes of one link that may wait to be taken in. */
const GATHER_MOST = 16_000_000;

export const createLiveGather = (replica: Pick<FullReplica, 'verifier'>, needs: GatherNeeds): LiveGather => {
  let byLink = new Map<string, { items: PackItem[]; segments: Segment[]; size: number }>();
  let isPlanned = false;
  let takenAt = Number.NEGATIVE_INFINITY;

  const take = async (): Promise<void> => {
    const lots = byLink;
    byLink = new Map();
    for (const [from, { items, segments }] of lots) await needs.take(from, items, segments);
    takenAt = needs.now();
    needs.done();
  };
  const wait = (): number =>
    replica.verifier.native ? Math.max(0, Math.min(GATHER.fast, takenAt + GATHER.fast - needs.now())) : GATHER.slow;
  /** One lot at a time: what comes while one is taken in is the next. */
  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    needs.after(wait(), () =>
      needs.inBackground(
        take().finally(() => {
          isPlanned = false;
          if (byLink.size > 0) plan();
        }),
      ),
    );
  };

  return {
    add: (from, items, segments, size) => {
      const lot = byLink.get(from) ?? { items: [], segments: [], size: 0 };
      if (lot.size > 0 && lot.size + size > GATHER_MOST) return false;
      lot.size += size;
      lot.items.push(...items);
      lot.segments.push(...segments);
      byLink.set(from, lot);
      plan();
      return true;
    },
  };
};
