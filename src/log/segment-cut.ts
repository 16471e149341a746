/** Joining and splitting segments, which any holder may do where it has a signature. */
import { firstHead, nextHead } from './chain.ts';
import { LIMIT } from './limits.ts';
import { lastOf, type Segment } from './segment.ts';
import type { SpaceId } from './types.ts';

/** The part of a segment from `from` on. Walks the chain to know the head before it. */
export const trimSegment = (space: SpaceId, segment: Segment, from: number): Segment => {
  if (from <= segment.from) return segment;
  if (from > lastOf(segment)) throw new Error('nothing is left of the segment');
  let head = segment.before ?? (segment.header ? firstHead(space, segment.session, segment.header) : null);
  if (!head) throw new Error('a segment without a start');
  const skip = from - segment.from;
  for (let i = 0; i < skip; i++) {
    const entry = segment.entries[i];
    if (entry) head = nextHead(head, segment.from + i, entry);
  }
  return { ...segment, from, header: null, before: head, entries: segment.entries.slice(skip) };
};

const sizeOf = (segment: Segment): number =>
  segment.entries.reduce((size, entry) => size + entry.skeleton.length + entry.content.length + 4, 200);

/** Joins neighbours of one session (in order, possibly overlapping) up to the size that a writer aims at. */
export const joinSegments = (space: SpaceId, segments: readonly Segment[]): readonly Segment[] => {
  const out: Segment[] = [];
  let size = 0;
  for (const next of segments) {
    const last = out.at(-1);
    const end = last ? lastOf(last) : 0;
    if (last && lastOf(next) <= end) continue;
    const part = last && next.from <= end ? trimSegment(space, next, end + 1) : next;
    const cost = sizeOf(part);
    if (last && part.from === end + 1 && size + cost <= LIMIT.segmentAim) {
      out[out.length - 1] = { ...last, entries: [...last.entries, ...part.entries], signature: part.signature };
      size += cost;
    } else {
      out.push(part);
      size = cost;
    }
  }
  return out;
};
