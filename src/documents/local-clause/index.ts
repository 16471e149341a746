/**
 * A clause local to a group: a document of its own (parent: its agreement), which that group alone may write.
 * Roots: map `localClause` (schemaVersion, language, after, shown), text `heading`, fragment `body`. Roots need no
 * creation, so two people of the group who open it apart share each text from the first key.
 *
 *   createLocalClause(doc, origin, {language, after, heading?, body?})
 *   readLocalClause(doc)  → {type: 'empty'} | {type: 'ready' | 'newer', clause: LocalClauseView}
 *   localHeadingOf(doc), localBodyOf(doc): to bind editors to; null while the document is empty or newer
 *   setAfter(doc, origin, clause | null), removeLocalClause, restoreLocalClause
 * Where it stands in the text, and its number: numberClauses of ../agreement.
 */
export { createLocalClause, removeLocalClause, restoreLocalClause, setAfter } from './change.ts';
export type { NewLocalClause } from './change.ts';
export { localBodyOf, localHeadingOf, readLocalClause } from './read.ts';
export type { LocalClauseState, LocalClauseView } from './read.ts';
