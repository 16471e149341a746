/** The verbs of clauses. Each makes its change whole, or none and says why. */
import * as Y from 'yjs';
import { newFragment } from '../rich-text/index.ts';
import type { RichText } from '../rich-text/index.ts';
import { createIn, EXISTS, INVALID, newText, refusal, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { parseClauseId } from '../shape/ids.ts';
import type { ClauseId } from '../shape/ids.ts';
import { asMap } from '../shape/read.ts';
import { moveIn } from '../shape/write.ts';
import { change, show } from './create.ts';
import { agreementRoot, clausesOf } from './schema.ts';

export interface NewClause {
  /** of 16 fresh random bytes: `createClauseId` */
  readonly id: ClauseId;
  readonly heading?: string;
  readonly body?: RichText;
  /** null or absent: at the end */
  readonly before?: ClauseId | null;
}

export const addClause = (doc: Y.Doc, origin: unknown, clause: NewClause): Changed => {
  const state = schemaState(agreementRoot(doc));
  if (state !== 'ready') return refusal(state);
  const clauses = clausesOf(doc);
  if (parseClauseId(clause.id) === null) return INVALID;
  if (clauses.has(clause.id)) return EXISTS;
  const part = new Y.Map<unknown>();
  createIn(doc, origin, () => {
    clauses.set(clause.id, part);
    part.set('heading', newText(clause.heading));
    part.set('body', newFragment(clause.body ?? []));
    moveIn(clauses, parseClauseId, clause.id, clause.before ?? null);
  });
  return show(doc, origin, part, true);
};

/** To stand before another clause; null: at the end. */
export const moveClause = (doc: Y.Doc, origin: unknown, clause: ClauseId, before: ClauseId | null): Changed =>
  change(doc, asMap(clausesOf(doc).get(clause)), () => {
    if (clause !== before) doc.transact(() => moveIn(clausesOf(doc), parseClauseId, clause, before), origin);
  });

/** Takes it out of the text; nothing in it is lost, and `restoreClause` brings it back to its place. */
export const removeClause = (doc: Y.Doc, origin: unknown, clause: ClauseId): Changed =>
  show(doc, origin, asMap(clausesOf(doc).get(clause)), false);

export const restoreClause = (doc: Y.Doc, origin: unknown, clause: ClauseId): Changed =>
  show(doc, origin, asMap(clausesOf(doc).get(clause)), true);
