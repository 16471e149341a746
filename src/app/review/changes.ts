/** Who changed what in a document and its parts, from the log: a line for each sitting of each person. */
import type * as Y from 'yjs';
import { valuesAt } from '../../documents/place/fields.ts';
import { isRestorable, wordsAt } from '../../documents/place/index.ts';
import { factAt } from '../../documents/place/is-field.ts';
import type { Plain } from '../../documents/shape/facts.ts';
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

export type PlaceDiff =
  | { readonly type: 'words'; readonly place: string; readonly parts: readonly DiffPart[] }
  /** of a field: the values that went, and those that came */
  | {
      readonly type: 'values';
      readonly place: string;
      readonly removed: readonly Plain[];
      readonly added: readonly Plain[];
    };

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
      places: [...places].filter((place) => !place.startsWith('marks') && !isMade(places, place)),
      doc,
      diffs: () => diffsOf(edits, sitting, [...places]),
    };
  });
};

/** What is new, or came back, has a place among the others too: nobody moved it. */
const isMade = (places: ReadonlySet<string>, place: string): boolean =>
  place.endsWith('>order') && places.has(place.replace(/order$/, 'shown'));

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
  return places.flatMap((place): readonly PlaceDiff[] => {
    if (isRestorable(after, place)) {
      const [was, is] = [wordsAt(before, place), wordsAt(after, place)];
      return was === is ? [] : [{ type: 'words', place, parts: diffWords(was, is) }];
    }
    const was = valuesAt(factAt(place) === null ? start : before, place);
    const is = valuesAt(after, place);
    const [removed, added] = [lessThose(was, is), lessThose(is, was)];
    return removed.length + added.length === 0 ? [] : [{ type: 'values', place, removed, added }];
  });
};

const lessThose = (all: readonly Plain[], others: readonly Plain[]): readonly Plain[] => {
  const known = new Set(others.map((value) => JSON.stringify(value)));
  return all.filter((value) => !known.has(JSON.stringify(value)));
};
