/**
 * Agreements: texts, clauses, red lines, parties, the rule by which groups decide, dates and languages.
 *
 * READ    readAgreement(doc) → {type: 'empty'} | {type: 'ready' | 'newer', agreement: AgreementView}
 *           plain and immutable; never throws, whatever anybody wrote. 'newer' may be read, and no verb changes it.
 *         agreementTextOf(doc, path) → Y.Text | null: {agreement: 'title' | …AGREEMENT_TEXTS}, {clause, field: 'heading'},
 *           {redLine, field: 'statement' | 'trigger' | 'consequence'}
 *         clauseBodyOf(doc, clause) → Y.XmlFragment | null (../rich-text; edit it only if `clause.known`)
 *         encodeAgreementPlace(place) → string, parseAgreementPlace(unknown) → place | null: for presence
 *
 * CHANGE  every verb takes (doc, origin, …) and returns Result<null, {type: 'Newer' | 'Missing' | 'Exists' | 'Invalid'}>
 *           createAgreement(doc, origin, {template, sourceLanguage, texts?, parties?, rule?})
 *           addClause(doc, origin, {id: createClauseId(random16), heading?, body?, before?}), moveClause, removeClause, restoreClause
 *           addRedLine(doc, origin, {id, texts?, holder?, lift?}), moveRedLine, removeRedLine, restoreRedLine, setRedLineField
 *           setRuleField(doc, origin, {field, value}), setDate(doc, origin, 'effective' | 'review' | 'expiry', day | null)
 *           setParty(doc, origin, group, isParty), setSourceLanguage, setAuthoritative(doc, origin, tag, binds)
 *         createUndo as for talking points; do not wrap verbs in transact.
 *
 *         applyTemplate(doc, origin, {template, sourceLanguage, title?, parties?}, strings, {clause, redLine}) instead of create
 *
 * FOLLOW  followAgreement(doc) → {read(), stop()}: the same views, with only what changed read anew
 *
 * FREEZE  numberClauses(agreement, locals) → clauses in order with their numbers, common and local
 *         freeze(agreement, locals, translation?) → Result<AgreementText, FreezeError>
 *         encodeAgreementText(text) → bytes, decodeAgreementText(bytes) → Result: ./frozen-bytes.ts says the form
 *         agreementMarkdown(text, words), agreementOdt([text, …in another language], positions): for reading elsewhere
 *
 * THREADS threadsOf(words that count) → comments and suggestions with their answers, and how they stand
 *
 * RULE    Rule, parseRule(json), DEFAULT_RULE, meetsThreshold: ./rule.ts
 */
export { addClause, moveClause, removeClause, restoreClause } from './clauses.ts';
export type { NewClause } from './clauses.ts';
export { createAgreement, setAuthoritative, setDate, setParty, setRuleField, setSourceLanguage } from './create.ts';
export type { NewAgreement } from './create.ts';
export { followAgreement } from './follow.ts';
export type { FollowedAgreement } from './follow.ts';
export { decodeAgreementText, encodeAgreementText } from './frozen-bytes.ts';
export type { TextError } from './frozen-bytes.ts';
export { freeze } from './frozen-text.ts';
export type { AgreementText, FreezeError, FrozenClause, FrozenField, FrozenRedLine } from './frozen-text.ts';
export { agreementMarkdown, FIELDS_AFTER_CLAUSES, FIELDS_BEFORE_CLAUSES } from './markdown.ts';
export type { AgreementWords } from './markdown.ts';
export { agreementOdt } from './odt.ts';
export { partsOf } from './printed.ts';
export type { PrintedBlock, PrintedPart, PrintedTable, PrintedText } from './printed.ts';
export { numberClauses } from './numbers.ts';
export type { LocalClause, StandingClause } from './numbers.ts';
export { readAgreement } from './read.ts';
export type { AgreementState, AgreementView, ClauseView, Dates, RedLineView } from './read.ts';
export { addRedLine, moveRedLine, removeRedLine, restoreRedLine, setRedLineField } from './red-lines.ts';
export type { NewRedLine, RedLineField } from './red-lines.ts';
export { ruleFieldsOf } from './rule-fields.ts';
export type { RuleField } from './rule-fields.ts';
export { DEFAULT_RULE, METHODS, SHARES, STANDINGS } from './rule.ts';
export type { Emergency, Method, Rule, Share, Standing, Threshold } from './rule.ts';
export { DATES, LIFTERS, TEMPLATES } from './schema.ts';
export type { AgreementTextName, DateName, Lifter, RedLineText, TemplateName } from './schema.ts';
export { threadsOf } from './threads.ts';
export type { CommentThread, Remark, SuggestionThread, ThreadState, ThreadView } from './threads.ts';
export { applyTemplate, BLANK_TEMPLATE, parseTemplateStrings } from './templates.ts';
export type { FreshIds, FromTemplate, TemplateBlock, TemplateStrings } from './templates.ts';
export { agreementTextOf, clauseBodyOf, encodeAgreementPlace, parseAgreementPlace } from './texts.ts';
export type { AgreementPath, AgreementPlace } from './texts.ts';
export { createUndo } from '../shape/change.ts';
export type { Changed, ChangeError } from '../shape/change.ts';
export { createClauseId, createRedLineId, parseClauseId } from '../shape/ids.ts';
export type { ClauseId, RedLineId } from '../shape/ids.ts';
