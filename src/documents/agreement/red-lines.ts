/** The verbs of red lines: what a group will not go along with, and what it does if it comes to that. */
import * as Y from 'yjs';
import { createIn, EXISTS, INVALID, newText, refusal, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { parseRedLineId } from '../shape/ids.ts';
import type { RedLineId } from '../shape/ids.ts';
import { asMap, parseLogId } from '../shape/read.ts';
import { moveIn } from '../shape/write.ts';
import { change, show, write } from './create.ts';
import { agreementRoot, LIFTERS, RED_LINE_TEXTS, redLinesOf } from './schema.ts';
import type { Lifter, RedLineText } from './schema.ts';

export interface NewRedLine {
  readonly id: RedLineId;
  readonly texts?: Readonly<Partial<Record<RedLineText, string>>>;
  /** a group's id in hex; null or absent: all parties hold it */
  readonly holder?: string | null;
  readonly lift?: Lifter;
}

export const addRedLine = (doc: Y.Doc, origin: unknown, redLine: NewRedLine): Changed => {
  const state = schemaState(agreementRoot(doc));
  if (state !== 'ready') return refusal(state);
  const redLines = redLinesOf(doc);
  const holder = redLine.holder ?? null;
  if (parseRedLineId(redLine.id) === null || (holder !== null && parseLogId(holder) === null)) return INVALID;
  if (redLines.has(redLine.id)) return EXISTS;
  const part = new Y.Map<unknown>();
  createIn(doc, origin, () => {
    redLines.set(redLine.id, part);
    for (const name of RED_LINE_TEXTS) part.set(name, newText(redLine.texts?.[name]));
    part.set('holder', holder);
    part.set('lift', redLine.lift ?? 'holder');
    moveIn(redLines, parseRedLineId, redLine.id, null);
  });
  return show(doc, origin, part, true);
};

export const moveRedLine = (doc: Y.Doc, origin: unknown, redLine: RedLineId, before: RedLineId | null): Changed =>
  change(doc, asMap(redLinesOf(doc).get(redLine)), () => {
    if (redLine !== before) doc.transact(() => moveIn(redLinesOf(doc), parseRedLineId, redLine, before), origin);
  });

export const removeRedLine = (doc: Y.Doc, origin: unknown, redLine: RedLineId): Changed =>
  show(doc, origin, asMap(redLinesOf(doc).get(redLine)), false);

export const restoreRedLine = (doc: Y.Doc, origin: unknown, redLine: RedLineId): Changed =>
  show(doc, origin, asMap(redLinesOf(doc).get(redLine)), true);

export type RedLineField =
  /** a group's id in hex; null: all parties */
  { readonly field: 'holder'; readonly value: string | null } | { readonly field: 'lift'; readonly value: Lifter };

export const setRedLineField = (doc: Y.Doc, origin: unknown, redLine: RedLineId, field: RedLineField): Changed => {
  const valid =
    field.field === 'lift' ? LIFTERS.includes(field.value) : field.value === null || parseLogId(field.value) !== null;
  return valid ? write(doc, origin, asMap(redLinesOf(doc).get(redLine)), { [field.field]: field.value }) : INVALID;
};
