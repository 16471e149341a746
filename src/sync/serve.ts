/** What somebody with a given vector lacks, as packs, read from storage a session at a time. */
import { ITEM, type PackItem } from '../log/pack.ts';
import { encodeSegment } from '../log/segment.ts';
import { joinSegments, trimSegment } from '../log/segment-cut.ts';
import type { SessionId, SpaceId } from '../log/types.ts';
import { beyond, type Vector } from '../log/vector.ts';
import { itemOf, type Ledger } from './ledger.ts';
import { packAll, type Rows } from './rows.ts';

export interface Lacking {
  /** records, statements and entries */
  readonly changes: number;
  /** what this replica has beyond that vector; numbers are this replica's */
  readonly vector: Vector;
  packs(): AsyncIterable<Uint8Array>;
}

export interface ServeNeeds {
  readonly space: SpaceId;
  readonly rows: Rows;
  readonly ledger: Ledger;
  readonly vector: Vector;
  readonly isForked: (session: SessionId) => boolean;
}

/** What somebody has who asks for these numbers and has `base` of them: everything but that counts as known to them. */
export const knownToAsker = (mine: Vector, wanted: Vector, base: Vector): Vector => {
  const lower = <K>(
    of: ReadonlyMap<K, number>,
    at: ReadonlyMap<K, number>,
    want: ReadonlyMap<K, number>,
  ): Map<K, number> => new Map([...of].map(([key, number]) => [key, want.has(key) ? (at.get(key) ?? 0) : number]));
  return {
    records: lower(mine.records, base.records, wanted.records),
    statements: lower(mine.statements, base.statements, wanted.statements),
    sessions: lower(mine.sessions, base.sessions, wanted.sessions),
  };
};

/** How much is gathered before it is packed: neighbours deflate better together. */
const LOT = 350_000;

export const lacking = (needs: ServeNeeds, theirs: Vector): Lacking => {
  const more = beyond(needs.vector, theirs);
  const signed = needs.ledger.beyond(theirs.records, theirs.statements);
  let changes = signed.length;
  for (const [session, number] of more.sessions) changes += number - (theirs.sessions.get(session) ?? 0);

  async function* packs(): AsyncIterable<Uint8Array> {
    let lot: PackItem[] = signed.map(itemOf);
    let size = lot.reduce((sum, item) => sum + item.bytes.length, 0);
    for (const session of more.sessions.keys()) {
      const after = theirs.sessions.get(session) ?? 0;
      // of a forked session a number says nothing: all branches, as they are
      const isForked = needs.isForked(session);
      const found = await needs.rows.read(session, isForked ? 0 : after);
      if (!found.ok) throw new Error(`storage: ${found.error.type}`);
      const joined = isForked ? found.value : joinSegments(needs.space, found.value);
      for (const segment of joined) {
        const bytes = encodeSegment(isForked ? segment : trimSegment(needs.space, segment, after + 1));
        lot.push({ type: ITEM.segment, bytes });
        size += bytes.length;
      }
      if (size < LOT) continue;
      for (const pack of packAll(lot)) yield pack.bytes;
      lot = [];
      size = 0;
    }
    for (const pack of packAll(lot)) yield pack.bytes;
  }
  return { changes, vector: more, packs };
};
