/**
 * The shape of a variant document.
 * Roots: map `variant` (scalars), texts `text`, `backTranslation`, `note`. Roots need no creation, so two people
 * who open a variant apart share each text from the first key.
 */
import type * as Y from 'yjs';

export const FORMATS = ['spoken', 'social', 'newsletter', 'leaflet'] as const;
export const VARIANT_STATUSES = ['draft', 'review', 'done', 'withdrawn'] as const;
export const VARIANT_TEXTS = ['text', 'backTranslation', 'note'] as const;

export type Format = (typeof FORMATS)[number];
export type VariantStatus = (typeof VARIANT_STATUSES)[number];
export type VariantText = (typeof VARIANT_TEXTS)[number];

export const variantRoot = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('variant');
