/**
 * A variant: one point in one language, for one place or group; a document of its own (parent: its palette).
 *
 *   createVariant(doc, origin, {point, language, sourceText, sourceLanguage, region?, format?, text?, translator?})
 *   readVariant(doc)                      → {type: 'empty' | 'newer'} | {type: 'ready', variant: VariantView}
 *   variantTextOf(doc, 'text' | 'backTranslation' | 'note') → Y.Text | null, to bind an editor to
 *   setVariantField(doc, origin, {field: 'status', value: 'done'}), also format, language, region, translator, reviewer
 *   staleness(variant, currentSourceText) → {type: 'fresh'} | {type: 'stale', diff}; isStale(…) without the diff
 *   stillHolds(doc, origin, sourceText)   the text is right as it is;  markUpdated(…) it was changed: back to review
 *
 * The source text is the point's core message (`point.message`). What a group approves is `canonicalText(variant.text)`
 * against `canonicalText(variant.sourceText)`; their hashes are the caller's to make.
 */
export { createVariant, markUpdated, setVariantField, stillHolds } from './change.ts';
export type { NewVariant, VariantField } from './change.ts';
export { readVariant, variantTextOf } from './read.ts';
export type { VariantState, VariantView } from './read.ts';
export { FORMATS, VARIANT_STATUSES } from './schema.ts';
export type { Format, VariantStatus, VariantText } from './schema.ts';
export { isStale, staleness } from '../source/staleness.ts';
export type { Staleness } from '../source/staleness.ts';
export { createUndo } from '../shape/change.ts';
export type { Changed, ChangeError } from '../shape/change.ts';
export type { PointId } from '../shape/ids.ts';
