/**
 * All branches of one session. An honest session is one chain; a device that signs two heads for one number makes a
 * tree, and every replica that holds the same tree must choose the same chain through it: at each parting the entry
 * with the lower head stands (hex order). All branches are kept and passed on, so that all come to hold the same tree.
 */
import { toHex } from '../lib/bytes.ts';
import { firstHead, nextHead, type SessionHeader } from './chain.ts';
import type { EntryBytes } from './entry.ts';
import type { Segment } from './segment.ts';
import type { SessionId, SpaceId } from './types.ts';

/** A chain through the tree, from its start to a signed end. */
export interface Branch {
  readonly header: SessionHeader;
  readonly entries: readonly EntryBytes[];
  readonly head: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Branches {
  /** The head after a segment's last entry; null where what comes before it is not in this tree. */
  headAfter(segment: Segment): Uint8Array | null;
  /** Is the entry with this head here? */
  has(head: Uint8Array): boolean;
  /** Adds a proven segment; gives how many of its entries were new here, or null where it hangs on nothing. */
  add(segment: Segment): number | null;
  /** entries in all branches */
  readonly entries: number;
  /** Is it more than one chain? */
  readonly isForked: boolean;
  /** The chain that stands; null: there is none. */
  standing(): Branch | null;
}

interface Step {
  readonly head: Uint8Array;
  readonly entry: EntryBytes;
  signature: Uint8Array;
  /** by head in hex */
  readonly next: Map<string, Step>;
}

export const createBranches = (space: SpaceId, session: SessionId): Branches => {
  /** the first entries, of all headers: number 1 is where two of them part */
  const firsts = new Map<string, { readonly step: Step; readonly header: SessionHeader }>();
  const stepByHead = new Map<string, Step>();
  let entries = 0;
  let partings = 0;

  const startOf = (segment: Segment): Uint8Array | null => {
    if (segment.header) return firstHead(space, session, segment.header);
    return segment.before && stepByHead.has(toHex(segment.before)) ? segment.before : null;
  };
  const headAfter = (segment: Segment): Uint8Array | null => {
    let head = startOf(segment);
    let number = segment.from;
    if (head) for (const entry of segment.entries) head = nextHead(head, number++, entry);
    return head;
  };

  return {
    headAfter,
    has: (head) => stepByHead.has(toHex(head)),
    add: (segment) => {
      let head = startOf(segment);
      if (!head) return null;
      const root = segment.header;
      let step = stepByHead.get(toHex(head)) ?? null;
      let number = segment.from;
      let fresh = 0;
      for (const entry of segment.entries) {
        head = nextHead(head, number++, entry);
        const key = toHex(head);
        let next: Step | undefined = stepByHead.get(key);
        if (!next) {
          next = { head, entry, signature: segment.signature, next: new Map() };
          stepByHead.set(key, next);
          fresh += 1;
          const size = step
            ? step.next.set(key, next).size
            : root
              ? firsts.set(key, { step: next, header: root }).size
              : 1;
          if (size > 1) partings += 1;
        }
        step = next;
      }
      if (step) step.signature = segment.signature;
      entries += fresh;
      return fresh;
    },
    get entries() {
      return entries;
    },
    get isForked() {
      return partings > 0;
    },
    standing: () => {
      const first = firsts.get(lowest(firsts));
      if (!first) return null;
      const chain: EntryBytes[] = [];
      let last = first.step;
      for (let step: Step | undefined = first.step; step; step = step.next.get(lowest(step.next))) {
        chain.push(step.entry);
        last = step;
      }
      return { header: first.header, entries: chain, head: last.head, signature: last.signature };
    },
  };
};

const lowest = (map: ReadonlyMap<string, unknown>): string => {
  let least = '';
  for (const key of map.keys()) if (least === '' || key < least) least = key;
  return least;
};

/** Adds what hangs together, whatever order it comes in; gives what hangs on nothing here. */
export const addAll = (branches: Branches, segments: readonly Segment[]): readonly Segment[] => {
  let left = segments;
  for (;;) {
    const loose = left.filter((segment) => branches.add(segment) === null);
    if (loose.length === 0 || loose.length === left.length) return loose;
    left = loose;
  }
};

/** A branch as one segment, however long: for reading, not for sending. */
export const asSegment = (session: SessionId, { header, entries, signature }: Branch): Segment => ({
  session,
  from: 1,
  header,
  before: null,
  entries,
  signature,
});
