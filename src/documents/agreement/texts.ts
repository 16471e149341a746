/** The Y.Text or Y.XmlFragment behind a name, for editors to bind to; and the name as a string, for presence. */
import type * as Y from 'yjs';
import { asFragment } from '../rich-text/index.ts';
import { schemaState } from '../shape/change.ts';
import { parseClauseId, parseRedLineId } from '../shape/ids.ts';
import type { ClauseId, RedLineId } from '../shape/ids.ts';
import { asMap, asText } from '../shape/read.ts';
import { AGREEMENT_TEXTS, agreementRoot, clausesOf, RED_LINE_TEXTS, redLinesOf } from './schema.ts';
import type { AgreementTextName, RedLineText } from './schema.ts';

export type AgreementPath =
  | { readonly agreement: AgreementTextName }
  | { readonly clause: ClauseId; readonly field: 'heading' }
  | { readonly redLine: RedLineId; readonly field: RedLineText };

/** Where somebody's caret may be: in a text, or in a clause's body. */
export type AgreementPlace = AgreementPath | { readonly clause: ClauseId; readonly field: 'body' };

/** null if it is not there, or the document is empty or newer. */
export const agreementTextOf = (doc: Y.Doc, path: AgreementPath): Y.Text | null => {
  if (schemaState(agreementRoot(doc)) !== 'ready') return null;
  if ('agreement' in path) return doc.getText(path.agreement);
  const part = 'clause' in path ? clausesOf(doc).get(path.clause) : redLinesOf(doc).get(path.redLine);
  return asText(asMap(part)?.get(path.field));
};

/** The body to bind an editor to, if `isKnown` (../rich-text); null as above. */
export const clauseBodyOf = (doc: Y.Doc, clause: ClauseId): Y.XmlFragment | null =>
  schemaState(agreementRoot(doc)) === 'ready' ? asFragment(asMap(clausesOf(doc).get(clause))?.get('body')) : null;

/** e.g. 'clause/<id>/body' */
export const encodeAgreementPlace = (place: AgreementPlace): string => {
  if ('agreement' in place) return `agreement/${place.agreement}`;
  return 'clause' in place ? `clause/${place.clause}/${place.field}` : `redLine/${place.redLine}/${place.field}`;
};

/** Of what a stranger sent: null unless it is the name of what there may be. */
export const parseAgreementPlace = (value: unknown): AgreementPlace | null => {
  if (typeof value !== 'string' || value.length > 200) return null;
  const [kind, first, last, ...rest] = value.split('/');
  if (rest.length > 0) return null;
  if (kind === 'agreement') {
    const agreement = last === undefined ? AGREEMENT_TEXTS.find((name) => name === first) : undefined;
    return agreement === undefined ? null : { agreement };
  }
  if (kind === 'clause') {
    const clause = parseClauseId(first);
    return clause !== null && (last === 'heading' || last === 'body') ? { clause, field: last } : null;
  }
  const redLine = kind === 'redLine' ? parseRedLineId(first) : null;
  const field = RED_LINE_TEXTS.find((name) => name === last);
  return redLine === null || field === undefined ? null : { redLine, field };
};
