/** The verbs that change a variant document. Each is one transaction of `origin`, or changes nothing. */
import type * as Y from 'yjs';
import { createIn, DONE, EXISTS, INVALID, refusal, SCHEMA_VERSION, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { parsePointId } from '../shape/ids.ts';
import type { PointId } from '../shape/ids.ts';
import { cut, MOST_SCALAR, MOST_SOURCE } from '../shape/read.ts';
import { wellFormed } from '../../lib/canonical-text.ts';
import { parseLanguage } from '../text/language.ts';
import { FORMATS, VARIANT_STATUSES, variantRoot } from './schema.ts';
import type { Format, VariantStatus } from './schema.ts';

export interface NewVariant {
  readonly point: PointId;
  /** BCP 47 */
  readonly language: string;
  readonly region?: string;
  readonly format?: Format;
  /** the source (the point's core message) as the translator sees it now */
  readonly sourceText: string;
  readonly sourceLanguage: string;
  /** the first words, if there are any yet */
  readonly text?: string;
  readonly translator?: string;
}

export const createVariant = (doc: Y.Doc, origin: unknown, variant: NewVariant): Changed => {
  const root = variantRoot(doc);
  if (schemaState(root) !== 'empty') return EXISTS;
  const language = parseLanguage(variant.language);
  const sourceLanguage = parseLanguage(variant.sourceLanguage);
  if (language === null || sourceLanguage === null || parsePointId(variant.point) === null) return INVALID;
  createIn(doc, origin, () => {
    root.set('schemaVersion', SCHEMA_VERSION);
    root.set('point', variant.point);
    root.set('language', language);
    root.set('region', scalar(variant.region ?? ''));
    root.set('format', variant.format ?? 'spoken');
    root.set('status', 'draft');
    root.set('translator', scalar(variant.translator ?? ''));
    root.set('sourceText', source(variant.sourceText));
    root.set('sourceLanguage', sourceLanguage);
    if (variant.text !== undefined && variant.text !== '') doc.getText('text').insert(0, wellFormed(variant.text));
  });
  return DONE;
};

/** Fields that are one value each: the last writer's stands. */
export type VariantField =
  | { readonly field: 'format'; readonly value: Format }
  | { readonly field: 'status'; readonly value: VariantStatus }
  | { readonly field: 'language' | 'region' | 'translator' | 'reviewer'; readonly value: string };

export const setVariantField = (doc: Y.Doc, origin: unknown, change: VariantField): Changed => {
  const value = checked(change);
  return value === null ? INVALID : write(doc, origin, { [change.field]: value });
};

/** The translator read the changed source, and what is written here still says it. */
export const stillHolds = (doc: Y.Doc, origin: unknown, sourceText: string): Changed =>
  write(doc, origin, { sourceText: source(sourceText) });

/** The translator took the changed source into the text: it is up to date, and what was done wants another look. */
export const markUpdated = (doc: Y.Doc, origin: unknown, sourceText: string): Changed =>
  write(doc, origin, {
    sourceText: source(sourceText),
    ...(variantRoot(doc).get('status') === 'done' ? { status: 'review' } : {}),
  });

const checked = (change: VariantField): string | null => {
  switch (change.field) {
    case 'format':
      return FORMATS.find((format) => format === change.value) ?? null;
    case 'status':
      return VARIANT_STATUSES.find((status) => status === change.value) ?? null;
    case 'language':
      return parseLanguage(change.value);
    case 'region':
    case 'translator':
    case 'reviewer':
      return scalar(change.value);
  }
};

const write = (doc: Y.Doc, origin: unknown, valueByKey: Readonly<Record<string, string>>): Changed => {
  const root = variantRoot(doc);
  const state = schemaState(root);
  if (state !== 'ready') return refusal(state);
  doc.transact(() => {
    for (const [key, value] of Object.entries(valueByKey)) if (root.get(key) !== value) root.set(key, value);
  }, origin);
  return DONE;
};

const scalar = (value: string): string => cut(wellFormed(value), MOST_SCALAR);
const source = (value: string): string => cut(wellFormed(value), MOST_SOURCE);
