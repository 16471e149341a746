/** The verbs of the glossary. Renderings need none: write into `textOf(doc, {term, language})`. */
import * as Y from 'yjs';
import { createIn, EXISTS, INVALID, newText, refusal, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { parseTermId } from '../shape/ids.ts';
import type { TermId } from '../shape/ids.ts';
import { asMap } from '../shape/read.ts';
import { wellFormed } from '../../lib/canonical-text.ts';
import { parseLanguage } from '../text/language.ts';
import { moveIn } from '../shape/write.ts';
import { show, write } from './write.ts';
import { glossaryOf, paletteRoot, renderingName, TERM_RULES, TERM_TEXTS } from './schema.ts';
import type { TermRule, TermText } from './schema.ts';

export interface NewTerm {
  readonly id: TermId;
  readonly rule?: TermRule;
  readonly texts?: Readonly<Partial<Record<TermText, string>>>;
  readonly renderings?: readonly { readonly language: string; readonly text: string }[];
}

export const addTerm = (doc: Y.Doc, origin: unknown, term: NewTerm): Changed => {
  const state = schemaState(paletteRoot(doc));
  if (state !== 'ready') return refusal(state);
  const glossary = glossaryOf(doc);
  if (parseTermId(term.id) === null) return INVALID;
  if (glossary.has(term.id)) return EXISTS;
  const part = new Y.Map<unknown>();
  createIn(doc, origin, () => {
    glossary.set(term.id, part);
    part.set('rule', term.rule ?? 'preferred');
    for (const name of TERM_TEXTS) part.set(name, newText(term.texts?.[name]));
    for (const { language, text } of term.renderings ?? []) {
      const tag = parseLanguage(language);
      if (tag !== null && text !== '') doc.getText(renderingName(term.id, tag)).insert(0, wellFormed(text));
    }
    moveIn(glossary, parseTermId, term.id, null);
  });
  return show(doc, origin, part, true);
};

export const removeTerm = (doc: Y.Doc, origin: unknown, term: TermId): Changed =>
  show(doc, origin, asMap(glossaryOf(doc).get(term)), false);

export const restoreTerm = (doc: Y.Doc, origin: unknown, term: TermId): Changed =>
  show(doc, origin, asMap(glossaryOf(doc).get(term)), true);

export const setTermRule = (doc: Y.Doc, origin: unknown, term: TermId, rule: TermRule): Changed =>
  TERM_RULES.includes(rule) ? write(doc, origin, asMap(glossaryOf(doc).get(term)), { rule }) : INVALID;
