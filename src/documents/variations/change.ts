/** The verbs of variations. A group's documents are changed as one: `docs` in the order of their ids. */
import type * as Y from 'yjs';
import { encodeChanges, seriesIn, writeChanges } from '../calendar/changes.ts';
import type { FieldChange } from '../calendar/changes.ts';
import type { ActionView } from '../calendar/read.ts';
import { createIn, DONE, EXISTS, INVALID, MISSING, refusal, SCHEMA_VERSION, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { dropFacts, factsIn, writeFact } from '../shape/facts.ts';
import { parseActionId } from '../shape/ids.ts';
import type { ActionId } from '../shape/ids.ts';
import { basisOf, encodeBasis } from './basis.ts';
import { OVERRIDES } from './read.ts';
import { factsName, reasonName, variationsRoot } from './schema.ts';

export const createVariations = (doc: Y.Doc, origin: unknown): Changed => {
  const root = variationsRoot(doc);
  if (schemaState(root) !== 'empty') return EXISTS;
  createIn(doc, origin, () => root.set('schemaVersion', SCHEMA_VERSION));
  return DONE;
};

/**
 * How the group takes part (`standing`) and what it has of its own; null: it follows the common frame. `frame`: as the
 * person sees it now, so that what changes later can be asked about; null: they did not look at it.
 */
export const changeVariation = (
  docs: readonly Y.Doc[],
  origin: unknown,
  action: ActionId,
  fields: readonly FieldChange[],
  frame: ActionView | null,
): Changed => {
  const encoded = encodeChanges({ fields });
  if (parseActionId(action) === null || encoded === null || !fields.every(isOwn)) return INVALID;
  const refused = docs.map((doc) => refusal(schemaState(variationsRoot(doc)))).find((state) => !state.ok);
  if (refused !== undefined) return refused;
  const home = homeOf(docs, action);
  if (home === null) return MISSING;
  const names = new Set([...encoded.fields.map(([name]) => name), ...(frame === null ? [] : [BASIS])]);
  for (const doc of docs) {
    if (!holds(doc, action) && doc !== home) continue;
    const facts = doc.getArray<unknown>(factsName(action));
    doc.transact(() => {
      if (doc !== home) return dropFacts(facts, ({ field }) => names.has(field));
      const own = seriesIn(facts);
      const when = own.when.type === 'undated' ? (frame?.when ?? own.when) : own.when;
      writeChanges(facts, encoded, { when, rule: own.rule ?? frame?.rule ?? null });
      if (frame !== null) writeFact(facts, BASIS, encodeBasis(basisOf(frame)));
    }, origin);
  }
  return DONE;
};

/** What the group said still holds for the frame as it is now. */
export const stillHolds = (docs: readonly Y.Doc[], origin: unknown, frame: ActionView): Changed =>
  changeVariation(docs, origin, frame.id, [], frame);

/** The document to write in: the one that says something about the action already, else the first. */
export const homeOf = (docs: readonly Y.Doc[], action: ActionId): Y.Doc | null =>
  docs.find((doc) => holds(doc, action)) ?? docs[0] ?? null;

/** null while the document is empty or newer */
export const reasonOf = (doc: Y.Doc, action: ActionId): Y.Text | null =>
  schemaState(variationsRoot(doc)) === 'ready' && parseActionId(action) !== null
    ? doc.getText(reasonName(action))
    : null;

const BASIS = 'basis';

const holds = (doc: Y.Doc, action: ActionId): boolean =>
  (doc.share.has(factsName(action)) && factsIn(doc.getArray(factsName(action))).length > 0) ||
  (doc.share.has(reasonName(action)) && doc.getText(reasonName(action)).length > 0);

const isOwn = ({ field }: FieldChange): boolean =>
  field === 'standing' || field === 'text' || OVERRIDES.some((name) => name === field);
