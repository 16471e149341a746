/** The verbs of a local clause. Each is one transaction of `origin`, or changes nothing. */
import type * as Y from 'yjs';
import { wellFormed } from '../../lib/canonical-text.ts';
import { insertRich } from '../rich-text/index.ts';
import type { RichText } from '../rich-text/index.ts';
import { createIn, DONE, EXISTS, INVALID, SCHEMA_VERSION, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { parseClauseId } from '../shape/ids.ts';
import type { ClauseId } from '../shape/ids.ts';
import { createVerbs } from '../shape/write.ts';
import { parseLanguage } from '../text/language.ts';
import { localClauseRoot } from './read.ts';

export interface NewLocalClause {
  /** BCP 47; usually the agreement's source language */
  readonly language: string;
  /** the common clause that it stands after; null: before the first */
  readonly after: ClauseId | null;
  readonly heading?: string;
  readonly body?: RichText;
}

export const createLocalClause = (doc: Y.Doc, origin: unknown, clause: NewLocalClause): Changed => {
  const root = localClauseRoot(doc);
  if (schemaState(root) !== 'empty') return EXISTS;
  const language = parseLanguage(clause.language);
  if (language === null || (clause.after !== null && parseClauseId(clause.after) === null)) return INVALID;
  createIn(doc, origin, () => {
    root.set('schemaVersion', SCHEMA_VERSION);
    root.set('language', language);
    root.set('after', clause.after);
    const heading = wellFormed(clause.heading ?? '');
    if (heading !== '') doc.getText('heading').insert(0, heading);
    insertRich(doc.getXmlFragment('body'), 0, clause.body ?? []);
  });
  return DONE;
};

export const setAfter = (doc: Y.Doc, origin: unknown, after: ClauseId | null): Changed =>
  after !== null && parseClauseId(after) === null ? INVALID : write(doc, origin, localClauseRoot(doc), { after });

/** Takes it out of the text; nothing in it is lost. */
export const removeLocalClause = (doc: Y.Doc, origin: unknown): Changed =>
  show(doc, origin, localClauseRoot(doc), false);

export const restoreLocalClause = (doc: Y.Doc, origin: unknown): Changed =>
  show(doc, origin, localClauseRoot(doc), true);

const { show, write } = createVerbs(localClauseRoot);
