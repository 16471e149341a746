/**
 * Translations of an agreement, unit by unit (a text field, a clause, a red line).
 *
 * READ    readTranslation(doc) → {type: 'empty'} | {type: 'ready' | 'newer', translation: TranslationView}
 *         unitTextOf(doc, unit, field) → Y.Text | null, unitBodyOf(doc, unit) → Y.XmlFragment | null: to bind editors to
 *         unitName(unit) ↔ parseUnitName(unknown): for presence, and for keys
 * CHANGE  createTranslation(doc, origin, language), setUnitStatus(doc, origin, unit, 'draft' | 'review' | 'done')
 *         unitHolds(doc, origin, source): also when one begins a unit; markUnitUpdated(doc, origin, source)
 * VIEWS   weaveTranslation(agreement, locals, translation) → {source, view, state: 'holds' | 'stale' | 'draft' | 'missing'}[]
 *         unitSources(agreement, locals), unitStaleness(source, view) → fresh, or stale with the source's diff
 */
export { createTranslation, markUnitUpdated, setUnitStatus, unitHolds } from './change.ts';
export { readTranslation, unitBodyOf, unitTextOf } from './read.ts';
export type { TranslationState, TranslationView, UnitView } from './read.ts';
export { fieldsOf, parseUnitName, unitName } from './schema.ts';
export type { Unit, UnitField, UnitStatus } from './schema.ts';
export { unitStaleness, weaveTranslation } from './weave.ts';
export type { UnitSource, UnitState, WovenUnit } from './weave.ts';
