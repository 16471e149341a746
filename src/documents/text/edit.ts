/**
 * From what a person did in a plain text field to the smallest change of a Y.Text, and carets that stay with
 * their words. Positions are those of the plain text (UTF-16 units, as a text field counts).
 */
import type * as Y from 'yjs';
import { diffArrays } from 'diff';
import { wellFormed } from '../../lib/canonical-text.ts';

/** Replace `removed` units at `at` by `inserted`. */
export interface Splice {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

/**
 * Takes over what a person changed: `before` is what the field showed to them, `after` what it shows now, `caret`
 * where the caret is now (null: unknown). While an input method composes, the field must not be touched, so the
 * text may have moved on meanwhile: the change is then made where its words are now, and removes only words that
 * the person saw. One transaction; none if nothing changed. Returns the caret's place in the text as it is now.
 */
export const replaceText = (
  text: Y.Text,
  origin: unknown,
  before: string,
  after: string,
  caret: number | null = null,
): number => {
  const current = text.toJSON();
  const splice = createSplice(before, after, caret);
  const hunks = current === before ? [] : createHunks(before, current);
  const pieces = keptPieces(splice, hunks);
  const at = moved(splice.at + splice.removed, hunks);
  const inserted = wellFormed(splice.inserted);

  let end = at;
  const change = (): void => {
    if (inserted !== '') insertAt(text, at, inserted);
    end += inserted.length;
    // From the end, so that earlier positions hold; pieces after `at` do not exist: `at` is the end of what goes.
    for (const [from, to] of [...pieces].reverse()) {
      deleteAt(text, from, to - from);
      end -= to - from;
    }
  };
  if (inserted === '' && pieces.length === 0) return moved(caret ?? after.length, hunks);
  if (text.doc === null) change();
  else text.doc.transact(change, origin);
  return caret === null ? end : end + (caret - (splice.at + splice.inserted.length));
};

/** The smallest single splice; of several equal ones that which ends at the caret. Never cuts a surrogate pair. */
export const createSplice = (before: string, after: string, caret: number | null): Splice => {
  const room = Math.min(before.length, after.length);
  const most = caret === null ? room : Math.min(room, Math.max(0, after.length - caret));
  let tail = 0;
  if (caret !== null) tail = commonTail(before, after, most);
  let head = commonHead(before, after, room - tail);
  if (cutsPair(before, head) || cutsPair(after, head)) head--;
  tail = commonTail(before, after, Math.min(room - head, caret === null ? room : most));
  if (cutsPair(before, before.length - tail) || cutsPair(after, after.length - tail)) tail--;
  return { at: head, removed: before.length - tail - head, inserted: after.slice(head, after.length - tail) };
};

/** Where the plain text has position `index`, the Y.Text may be further: foreign embeds take a place and show nothing. */
export const placeInType = (text: Y.Text, index: number): number => {
  if (text.length === text.toJSON().length) return Math.min(index, text.length);
  let place = 0;
  let shown = 0;
  for (const insert of inserts(text)) {
    const length = typeof insert === 'string' ? insert.length : 0;
    if (length > 0 && shown + length >= index) return place + (index - shown);
    shown += length;
    place += length === 0 ? 1 : length;
  }
  return place;
};

/** The other way round. */
export const placeInText = (text: Y.Text, place: number): number => {
  const plain = text.toJSON();
  if (text.length === plain.length) return Math.min(place, plain.length);
  let at = 0;
  let shown = 0;
  for (const insert of inserts(text)) {
    const length = typeof insert === 'string' ? insert.length : 0;
    if (length > 0 && at + length >= place) return shown + Math.max(0, place - at);
    shown += length;
    at += length === 0 ? 1 : length;
  }
  return shown;
};

/** `removed` units of the seen text at `at` became `added` units. */
type Hunk = { readonly at: number; readonly removed: number; readonly added: number };

const createHunks = (before: string, current: string): readonly Hunk[] => {
  const splice = createSplice(before, current, null);
  const last = splice.at + splice.removed;
  const middle = diffArrays([...before.slice(splice.at, last)], [...splice.inserted], { maxEditLength: 300 });
  if (middle === undefined) return [{ at: splice.at, removed: splice.removed, added: splice.inserted.length }];

  const hunks: Hunk[] = [];
  let at = splice.at;
  for (const change of middle) {
    const length = change.value.join('').length;
    const last = hunks[hunks.length - 1];
    // A removal and an addition in one place are one hunk.
    if (change.added || change.removed) {
      const joins = last !== undefined && last.at + last.removed === at;
      const start = joins ? last : { at, removed: 0, added: 0 };
      const grown = change.added
        ? { ...start, added: start.added + length }
        : { ...start, removed: start.removed + length };
      if (joins) hunks[hunks.length - 1] = grown;
      else hunks.push(grown);
    }
    if (!change.added) at += length;
  }
  return hunks;
};

/** A position of the seen text in the present one; what was written at the very place by others comes before it. */
const moved = (index: number, hunks: readonly Hunk[]): number => {
  let shift = 0;
  for (const hunk of hunks) {
    if (hunk.at > index) break;
    if (index < hunk.at + hunk.removed) return hunk.at + shift + hunk.added;
    shift += hunk.added - hunk.removed;
  }
  return index + shift;
};

/** What of the removed stretch is still there, in present positions: never what others wrote in between. */
const keptPieces = (splice: Splice, hunks: readonly Hunk[]): readonly (readonly [number, number])[] => {
  const pieces: (readonly [number, number])[] = [];
  const end = splice.at + splice.removed;
  let from = splice.at;
  let shift = 0;
  for (const hunk of hunks) {
    if (hunk.at >= end) break;
    if (hunk.at > from) pieces.push([from + shift, hunk.at + shift]);
    from = Math.max(from, hunk.at + hunk.removed);
    shift += hunk.added - hunk.removed;
  }
  if (from < end) pieces.push([from + shift, end + shift]);
  return pieces;
};

const insertAt = (text: Y.Text, index: number, words: string): void => text.insert(placeInType(text, index), words);

const deleteAt = (text: Y.Text, index: number, length: number): void => {
  if (text.length === text.toJSON().length) {
    text.delete(index, length);
    return;
  }
  for (let last = index + length; last > index; last--) text.delete(placeInType(text, last) - 1, 1);
};

const inserts = (text: Y.Text): readonly unknown[] =>
  (text.toDelta() as readonly { readonly insert: unknown }[]).map((piece) => piece.insert);

const commonHead = (a: string, b: string, most: number): number => {
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
};

const commonTail = (a: string, b: string, most: number): number => {
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length;
};

const cutsPair = (text: string, at: number): boolean =>
  at > 0 && at < text.length && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));
