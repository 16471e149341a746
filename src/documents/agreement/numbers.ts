/**
 * The clauses of an agreement as they are read: common ones in order, and after each those that groups have added for
 * themselves, all numbered. The same everywhere, whoever's local clauses arrived first.
 */
import { parseLogId } from '../shape/read.ts';
import type { ClauseId } from '../shape/ids.ts';
import type { LocalClauseView } from '../local-clause/read.ts';
import type { AgreementView, ClauseView } from './read.ts';

/** A local-clause document of this agreement, read. */
export interface LocalClause {
  /** the document's id, in hex */
  readonly id: string;
  /** the id of the group that owns it, in hex */
  readonly group: string;
  readonly view: LocalClauseView;
}

export type StandingClause =
  | { readonly type: 'common'; readonly number: string; readonly clause: ClauseView }
  | { readonly type: 'local'; readonly number: string; readonly local: LocalClause };

/** Local clauses of groups that are not (or no more) parties are left out, and so are those taken out. */
export const numberClauses = (
  agreement: Pick<AgreementView, 'clauses' | 'clauseOrder' | 'parties'>,
  locals: readonly LocalClause[],
): readonly StandingClause[] => {
  const shownById = new Map(agreement.clauses.map((clause) => [clause.id, clause]));
  const known = new Set<ClauseId>(agreement.clauseOrder);
  const present = locals
    .filter(({ id, group, view }) => view.shown && parseLogId(id) !== null && agreement.parties.includes(group))
    .sort((a, b) => compare(a.group, b.group) || compare(a.id, b.id));
  const localsAfter = (clause: ClauseId | null): readonly LocalClause[] =>
    present.filter(({ view }) => view.after === clause);

  const standing: StandingClause[] = [];
  let number = 0;
  let part = 0;
  const addLocals = (found: readonly LocalClause[]): void => {
    for (const local of found) standing.push({ type: 'local', number: `${number}.${++part}`, local });
  };
  addLocals(localsAfter(null));
  for (const id of agreement.clauseOrder) {
    const clause = shownById.get(id);
    if (clause !== undefined) {
      part = 0;
      standing.push({ type: 'common', number: String(++number), clause });
    }
    addLocals(localsAfter(id));
  }
  addLocals(present.filter(({ view }) => view.after !== null && !known.has(view.after)));
  return standing;
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
