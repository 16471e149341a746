/** The verbs of a palette as a whole. Its texts are edited through `textOf`. */
import type * as Y from 'yjs';
import { createIn, DONE, EXISTS, INVALID, SCHEMA_VERSION, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { wellFormed } from '../../lib/canonical-text.ts';
import { parseLanguage } from '../text/language.ts';
import { PALETTE_TEXTS, paletteRoot } from './schema.ts';
import { write } from './write.ts';

export interface NewPalette {
  readonly title: string;
  /** BCP 47 */
  readonly sourceLanguage: string;
  readonly audience?: string;
  readonly ask?: string;
}

export const createPalette = (doc: Y.Doc, origin: unknown, palette: NewPalette): Changed => {
  const root = paletteRoot(doc);
  if (schemaState(root) !== 'empty') return EXISTS;
  const sourceLanguage = parseLanguage(palette.sourceLanguage);
  if (sourceLanguage === null) return INVALID;
  createIn(doc, origin, () => {
    root.set('schemaVersion', SCHEMA_VERSION);
    root.set('sourceLanguage', sourceLanguage);
    for (const name of PALETTE_TEXTS) {
      const words = wellFormed(palette[name] ?? '');
      if (words !== '') doc.getText(name).insert(0, words);
    }
  });
  return DONE;
};

export const setSourceLanguage = (doc: Y.Doc, origin: unknown, language: string): Changed => {
  const tag = parseLanguage(language);
  return tag === null ? INVALID : write(doc, origin, paletteRoot(doc), { sourceLanguage: tag });
};
