/** Live entries of all links, gathered for a moment: one transaction, and one signature for each session. */
import type { PackItem } from '../log/pack.ts';
import type { Segment } from '../log/segment.ts';
import type { FullReplica, TakeOutcome } from './full-replica.ts';

export interface LiveGather {
  add(from: string, items: readonly PackItem[], segments: readonly Segment[]): void;
}

export interface GatherNeeds {
  readonly after: (milliseconds: number, run: () => void) => void;
  /** what came of one link's lot */
  readonly taken: (from: string, outcome: TakeOutcome) => void;
  /** all that was gathered is in */
  readonly done: () => void;
  readonly inBackground: (work: Promise<unknown>) => void;
}

/**
 * Milliseconds, with and without fast signatures. Nobody sees eighty of them, and each lot is a step of its own: one
 * transaction on the disk, one for each document.
 */
const GATHER = { fast: 80, slow: 1000 } as const;

export const createLiveGather = (replica: FullReplica, needs: GatherNeeds): LiveGather => {
  let byLink = new Map<string, { items: PackItem[]; segments: Segment[] }>();
  let isPlanned = false;

  const take = async (): Promise<void> => {
    const lots = byLink;
    byLink = new Map();
    for (const [from, { items, segments }] of lots) {
      const taken = await replica.takeLive(items, segments, from);
      if (taken.ok) needs.taken(from, taken.value);
    }
    needs.done();
  };

  return {
    add: (from, items, segments) => {
      const lot = byLink.get(from) ?? { items: [], segments: [] };
      lot.items.push(...items);
      lot.segments.push(...segments);
      byLink.set(from, lot);
      if (isPlanned) return;
      isPlanned = true;
      needs.after(replica.verifier.native ? GATHER.fast : GATHER.slow, () => {
        isPlanned = false;
        needs.inBackground(take());
      });
    },
  };
};
