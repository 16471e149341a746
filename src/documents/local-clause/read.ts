/** Reads a local clause into a plain, immutable view. */
import type * as Y from 'yjs';
import { isKnownRich, readRich } from '../rich-text/index.ts';
import type { RichText } from '../rich-text/index.ts';
import { schemaState } from '../shape/change.ts';
import { parseClauseId } from '../shape/ids.ts';
import type { ClauseId } from '../shape/ids.ts';
import { readText } from '../shape/read.ts';
import { direction, parseLanguage } from '../text/language.ts';
import type { Direction } from '../text/language.ts';

export interface LocalClauseView {
  /** BCP 47, canonical; 'und' if unreadable */
  readonly language: string;
  readonly direction: Direction;
  /** the common clause that it stands after; null: before the first */
  readonly after: ClauseId | null;
  /** false: its group has taken it out */
  readonly shown: boolean;
  readonly heading: string;
  readonly body: RichText;
  /** false: something in it is of a newer Weft, so it may be read but not edited here */
  readonly known: boolean;
}

export type LocalClauseState =
  /** made, but its content has not arrived */
  | { readonly type: 'empty' }
  /** 'newer': written by a newer Weft: to be read as far as it goes, and not changed */
  | { readonly type: 'ready' | 'newer'; readonly clause: LocalClauseView };

export const localClauseRoot = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('localClause');

export const readLocalClause = (doc: Y.Doc): LocalClauseState => {
  const root = localClauseRoot(doc);
  const state = schemaState(root);
  if (state === 'empty') return { type: state };
  const language = parseLanguage(root.get('language')) ?? 'und';
  const body = readRich(doc.getXmlFragment('body'));
  return {
    type: state,
    clause: {
      language,
      direction: direction(language),
      after: parseClauseId(root.get('after')),
      shown: root.get('shown') !== false,
      heading: readText(doc.getText('heading')),
      body,
      known: isKnownRich(body),
    },
  };
};

export const localHeadingOf = (doc: Y.Doc): Y.Text | null =>
  schemaState(localClauseRoot(doc)) === 'ready' ? doc.getText('heading') : null;

/** Edit it only if `known`. */
export const localBodyOf = (doc: Y.Doc): Y.XmlFragment | null =>
  schemaState(localClauseRoot(doc)) === 'ready' ? doc.getXmlFragment('body') : null;
