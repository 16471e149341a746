/** Reads a variant document into a plain, immutable view. */
import type * as Y from 'yjs';
import { schemaState } from '../shape/change.ts';
import { parsePointId } from '../shape/ids.ts';
import type { PointId } from '../shape/ids.ts';
import { MOST_TEXT, readOneOf, readString, readText } from '../shape/read.ts';
import { direction, parseLanguage } from '../text/language.ts';
import type { Direction } from '../text/language.ts';
import { FORMATS, VARIANT_STATUSES, variantRoot } from './schema.ts';
import type { Format, VariantStatus, VariantText } from './schema.ts';

export interface VariantView {
  /** the point of the parent palette that this says; null if unreadable */
  readonly point: PointId | null;
  /** BCP 47, canonical; 'und' if unreadable */
  readonly language: string;
  readonly direction: Direction;
  readonly region: string;
  readonly format: Format;
  readonly status: VariantStatus;
  readonly text: string;
  readonly backTranslation: string;
  readonly note: string;
  readonly translator: string;
  readonly reviewer: string;
  /** the source as it was when this was made, or last said to hold; its hash is the caller's to make */
  readonly sourceText: string;
  readonly sourceLanguage: string;
}

export type VariantState =
  /** made, but its content has not arrived */
  | { readonly type: 'empty' }
  /** written by a newer Weft: not to be shown half, nor changed */
  | { readonly type: 'newer' }
  | { readonly type: 'ready'; readonly variant: VariantView };

export const readVariant = (doc: Y.Doc): VariantState => {
  const root = variantRoot(doc);
  const state = schemaState(root);
  if (state !== 'ready') return { type: state };
  const language = parseLanguage(root.get('language')) ?? 'und';
  return {
    type: 'ready',
    variant: {
      point: parsePointId(root.get('point')),
      language,
      direction: direction(language),
      region: readString(root, 'region'),
      format: readOneOf(root, 'format', FORMATS, 'spoken'),
      status: readOneOf(root, 'status', VARIANT_STATUSES, 'draft'),
      text: readText(doc.getText('text')),
      backTranslation: readText(doc.getText('backTranslation')),
      note: readText(doc.getText('note')),
      translator: readString(root, 'translator'),
      reviewer: readString(root, 'reviewer'),
      sourceText: readString(root, 'sourceText', MOST_TEXT),
      sourceLanguage: parseLanguage(root.get('sourceLanguage')) ?? 'und',
    },
  };
};

/** The text to bind an editor to; null while the document is empty or newer. */
export const variantTextOf = (doc: Y.Doc, name: VariantText): Y.Text | null =>
  schemaState(variantRoot(doc)) === 'ready' ? doc.getText(name) : null;
