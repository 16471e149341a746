/**
 * How one group takes part in the actions of a calendar: it joins, adapts, declines or has not decided. Documents of the
 * group alone (parent: the calendar; writers: the group), so that nobody else can overwrite it.
 *
 *   createVariations(doc, origin)
 *   joinVariations([readVariations(doc), … all of the group, by id]) → VariationView by action
 *   overlay(frame, variation) → the action as the group takes part in it; stillValid(frame, variation) → what to ask, or null
 *   changeVariation(docs, origin, action, [{field: 'standing', value: 'adapting'}, {field: 'when', value}, …], frame)
 *   stillHolds(docs, origin, frame): it holds for the frame as it is now
 *   reasonOf(doc, action) → Y.Text | null, to bind an editor to; homeOf(docs, action): the document to write in
 */
export type { Basis, FrameBefore, FrameName } from './basis.ts';
export { changeVariation, createVariations, homeOf, reasonOf, stillHolds } from './change.ts';
export { ONCE, overlay, stillValid } from './overlay.ts';
export type { StillValid } from './overlay.ts';
export { joinVariations, readVariations } from './read.ts';
export type { OverrideName, Overrides, VariationsPart, VariationView } from './read.ts';
