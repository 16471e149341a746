/**
 * A translation of an agreement into one language: a document of its own (parent: its agreement).
 *
 * It is made of units: one for each text field, clause (common or local) and red line of the agreement, by its name:
 * `text/<name>`, `clause/<id>`, `local/<document>`, `redLine/<id>`. What a unit holds are roots, which nobody makes, so
 * that any two people who translate one clause apart write in the same text:
 *   <unit>/<field>  a text, or for the body of a clause a fragment (../rich-text)
 *   made/<unit>     a map: status, the source that it was made from (../source/pieces.ts), and the source's language
 * Root map `translation` (schemaVersion, language).
 */
import type * as Y from 'yjs';
import { AGREEMENT_TEXTS, RED_LINE_TEXTS } from '../agreement/schema.ts';
import type { AgreementTextName } from '../agreement/schema.ts';
import { parseClauseId, parseRedLineId } from '../shape/ids.ts';
import type { ClauseId, RedLineId } from '../shape/ids.ts';
import { parseLogId } from '../shape/read.ts';

export const UNIT_STATUSES = ['draft', 'review', 'done'] as const;
export type UnitStatus = (typeof UNIT_STATUSES)[number];

/** `local` is the id of a local clause's document, in hex. */
export type Unit =
  | { readonly text: AgreementTextName }
  | { readonly clause: ClauseId }
  | { readonly local: string }
  | { readonly redLine: RedLineId };

/** The plain texts of a unit; a clause has a body beside. */
export type UnitField = 'text' | 'heading' | 'statement' | 'trigger' | 'consequence';

export const translationRoot = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('translation');
export const madeOf = (doc: Y.Doc, unit: Unit): Y.Map<unknown> => doc.getMap(`made/${unitName(unit)}`);

export const fieldsOf = (unit: Unit): readonly UnitField[] => {
  if ('text' in unit) return ['text'];
  return 'redLine' in unit ? RED_LINE_TEXTS : ['heading'];
};

export const hasBody = (unit: Unit): boolean => 'clause' in unit || 'local' in unit;

/** e.g. 'clause/<id>' */
export const unitName = (unit: Unit): string => {
  if ('text' in unit) return `text/${unit.text}`;
  if ('clause' in unit) return `clause/${unit.clause}`;
  return 'local' in unit ? `local/${unit.local}` : `redLine/${unit.redLine}`;
};

export const parseUnitName = (value: unknown): Unit | null => {
  if (typeof value !== 'string' || value.length > 100) return null;
  const [kind, id, ...rest] = value.split('/');
  if (rest.length > 0) return null;
  if (kind === 'text') {
    const text = AGREEMENT_TEXTS.find((name) => name === id);
    return text === undefined ? null : { text };
  }
  const clause = kind === 'clause' ? parseClauseId(id) : null;
  if (clause !== null) return { clause };
  const redLine = kind === 'redLine' ? parseRedLineId(id) : null;
  if (redLine !== null) return { redLine };
  const local = kind === 'local' ? parseLogId(id) : null;
  return local === null ? null : { local };
};
