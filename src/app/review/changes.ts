/** Who changed what in a document and its parts, from the log: a line for each sitting of each person. */
import type * as Y from 'yjs';
import { isRestorable, valueAt, wordsAt } from '../../documents/place/index.ts';
import { diffWords } from '../../documents/text/diff.ts';
import type { DiffPart } from '../../documents/text/diff.ts';
import { docOf, type PastEdit, placesOf } from '../../log/past.ts';
import { type Sitting, sittingsOf } from '../../log/sittings.ts';
import type { DocumentId, MemberId } from '../../log/types.ts';
import type { PastByDocument } from './past-of.svelte.ts';

export interface Change {
  readonly id: string;
  readonly document: DocumentId;
  /** null: nobody who is known here */
  readonly member: MemberId | null;
  /** milliseconds since 1970, by its author's clock */
  readonly from: number;
  readonly to: number;
  /** how many entries */
  readonly count: number;
  /** what was touched, by path */
  readonly places: readonly string[];
  /** the document as the log has it, to name the places by */
  readonly doc: Y.Doc;
  /** Worked out when it is asked for: all that was so far is put together for it, twice. */
  readonly diffs: () => readonly PlaceDiff[];
}

export interface PlaceDiff {
  readonly place: string;
  readonly parts: readonly DiffPart[];
}

/** Newest first. */
export const changesIn = (past: PastByDocument, memberOf: (edit: PastEdit) => MemberId | null): readonly Change[] =>
  [...past]
    .flatMap(([id, edits]) => changesOf(id, edits, memberOf))
    .sort((a, b) => b.to - a.to || (a.id < b.id ? -1 : 1));

const changesOf = (
  id: DocumentId,
  edits: readonly PastEdit[],
  memberOf: (edit: PastEdit) => MemberId | null,
): readonly Change[] => {
  const whole = docOf(edits.map((edit) => ({ ...edit, deletes: [] })));
  const doc = docOf(edits);
  return sittingsOf(edits, memberOf).map((sitting) => {
    const places = new Set(sitting.edits.flatMap((edit) => placesOf(whole, edit)));
    return {
      id: `${id} ${sitting.edits[0]?.session ?? ''} ${sitting.edits[0]?.number ?? 0}`,
      document: id,
      member: sitting.who,
      from: sitting.from * 60_000,
      to: sitting.to * 60_000,
      count: sitting.edits.length,
      places: [...places].filter((place) => !place.startsWith('marks')),
      doc,
      diffs: () => diffsOf(edits, sitting, [...places]),
    };
  });
};

const diffsOf = (
  edits: readonly PastEdit[],
  { end, parts, edits: [first] }: Sitting<unknown>,
  places: readonly string[],
): readonly PlaceDiff[] => {
  const then = edits.slice(0, end);
  const before = docOf(then, parts);
  const after = docOf(then);
  // of several values of a field one stands, and the others are not there any more
  const start = docOf(edits.slice(0, edits.indexOf(first as PastEdit)));
  return places.flatMap((place) => {
    const [was, is] = isRestorable(after, place)
      ? [wordsAt(before, place), wordsAt(after, place)]
      : [valueAt(start, place), valueAt(after, place)];
    return was === is ? [] : [{ place, parts: diffWords(was, is) }];
  });
};
