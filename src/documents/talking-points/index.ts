/**
 * Talking points: a palette of points, each with a core message and what backs it up; its variants are documents
 * of their own (../variant).
 *
 * READ    readPalette(doc) → {type: 'empty' | 'newer'} | {type: 'ready', palette: PaletteView}
 *           plain and immutable; never throws, whatever anybody wrote. Read again after each doc update.
 *           palette.points are in order, without the removed ones (palette.removedPoints); likewise proofs, glossary.
 *         textOf(doc, path) → Y.Text | null, to bind an editor to (../text: replaceText, relativeCaret, absoluteCaret):
 *           {palette: 'title' | 'audience' | 'ask'}
 *           {point, field: 'message' | 'why' | 'speaksTo' | 'story' | 'question' | 'answer' | 'say' | 'dontSay' |
 *                          'speakers' | 'risk' | 'ownValue'}     say, dontSay, speakers: one item a line
 *           {point, proof, field: 'claim' | 'source'}
 *           {term, field: 'term' | 'why'}      {term, language}: the term's rendering, there for every language
 *         encodePath(path) → string, parsePath(unknown) → path | null: for presence
 *
 * CHANGE  every verb takes (doc, origin, …) and returns Result<null, {type: 'Newer' | 'Missing' | 'Exists' | 'Invalid'}>
 *           createPalette(doc, origin, {title, sourceLanguage, audience?, ask?})   setSourceLanguage(doc, origin, tag)
 *           addPoint(doc, origin, {id: createPointId(random16), value?, texts?: {message?, …}, before?})
 *           movePoint(doc, origin, point, before | null)   removePoint / restorePoint(doc, origin, point)
 *           setPointField(doc, origin, point, {field: 'value' | 'status' | 'embargoedUntil' | 'expiry', value})
 *           addProof(doc, origin, point, {id, texts?, date?, permission?})   moveProof, removeProof, restoreProof
 *           setProofField(doc, origin, point, proof, {field: 'date' | 'permission', value})
 *           addTerm(doc, origin, {id, rule?, texts?, renderings?})   removeTerm, restoreTerm, setTermRule
 *           addExample(doc, origin, strings, freshIds)
 *         Minutes are since 1970, days 'YYYY-MM-DD', languages BCP 47.
 *         createUndo(doc, [origin, …]) → Y.UndoManager of these origins' changes only. Adding is undone by hiding, so
 *         what others wrote in a new point stays. Call stopCapturing() before a verb. Do not wrap verbs in transact.
 *
 * VIEWS   weave(palette, variants: {id, view}[], {own?, wanted?, approved?}) → {columns, rows: {point, cells}[]}
 *           cell.state 'holds' | 'stale' | 'draft' | 'missing'; cell.variants best first, each with state and approved
 *         needs(cloth, language) → what waits for somebody: {type: 'missing' | 'stale' | 'draft', point, variant?}[]
 *         cards(palette, variants, language, {minute, approved?}) → {cards, heldBack}: nothing embargoed, withdrawn or expired
 *         leaflet(palette, variants, [language] | [one, other], {minute, approved?}) → {title, ask, columns, rows}
 *         cardsAsText(palette, cards, labels) → plain text to pass on
 */
export { cards, cardsAsText, leaflet } from './cards.ts';
export type { Card, CardLabels, CardOptions, Cards, HeldBack, Leaflet } from './cards.ts';
export { needs, weave } from './cloth.ts';
export type { Cell, CellState, CellVariant, Cloth, Column, Need, Row, VariantEntry, WeaveOptions } from './cloth.ts';
export { addExample } from './example.ts';
export type { ExampleStrings, FreshIds } from './example.ts';
export { addTerm, removeTerm, restoreTerm, setTermRule } from './glossary.ts';
export type { NewTerm } from './glossary.ts';
export { createPalette, setSourceLanguage } from './palette.ts';
export type { NewPalette } from './palette.ts';
export { addPoint, movePoint, removePoint, restorePoint, setPointField } from './points.ts';
export type { NewPoint, PointField } from './points.ts';
export { addProof, moveProof, removeProof, restoreProof, setProofField } from './proofs.ts';
export type { NewProof, ProofField } from './proofs.ts';
export { readPalette } from './read.ts';
export type { PaletteState, PaletteView, PointView, ProofView, Status, TermView, Value } from './read.ts';
export { PERMISSIONS, POINT_TEXTS, STATUSES, TERM_RULES, VALUES } from './schema.ts';
export type {
  PaletteText,
  Permission,
  PointStatus,
  PointText,
  ProofText,
  TermRule,
  TermText,
  TextPath,
  ValueName,
} from './schema.ts';
export { encodePath, parsePath, textOf } from './texts.ts';
export { createUndo } from '../shape/change.ts';
export type { Changed, ChangeError } from '../shape/change.ts';
export { createPointId, createProofId, createTermId } from '../shape/ids.ts';
export type { PointId, ProofId, TermId } from '../shape/ids.ts';
