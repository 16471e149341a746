/** What a proposed text changes, beside the text that it is compared with. */
import { diffClauses, diffRich } from '../../documents/agreement/diff.ts';
import type { ClauseDiff, DiffClause, LineDiff } from '../../documents/agreement/diff.ts';
import type { AgreementText, FrozenClause, FrozenField } from '../../documents/agreement/index.ts';
import { paragraphsOf } from '../../documents/rich-text/index.ts';
import { diffWords } from '../../documents/text/diff.ts';
import type { DiffPart } from '../../documents/text/diff.ts';

export interface Comparison {
  readonly title: readonly DiffPart[];
  readonly fields: readonly { readonly name: FrozenField['name']; readonly lines: readonly LineDiff[] }[];
  /** with the numbers that they have after, or had before */
  readonly clauses: readonly (ClauseDiff & { readonly number: string; readonly group: string | null })[];
  readonly redLines: readonly { readonly id: string; readonly parts: readonly DiffPart[] }[];
  readonly parties: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly isRuleChanged: boolean;
  readonly areDatesChanged: boolean;
  /** is nothing at all different? */
  readonly isSame: boolean;
}

export const compareTexts = (before: AgreementText, after: AgreementText): Comparison => {
  const { language } = after;
  const numbers = new Map([...before.clauses, ...after.clauses].map((clause) => [clause.id, clause]));
  const title = diffWords(before.title, after.title, language);
  const clauses = diffClauses(before.clauses.map(asDiffed), after.clauses.map(asDiffed), language).map((diff) => {
    const { number = '', group = null } = numbers.get(diff.id) ?? {};
    return { ...diff, number, group };
  });
  const names = [...new Set([...before.fields, ...after.fields].map(({ name }) => name))];
  const textOf = ({ fields }: AgreementText, name: FrozenField['name']): string =>
    fields.find((field) => field.name === name)?.text ?? '';
  const fields = names
    .filter((name) => textOf(before, name) !== textOf(after, name))
    .map((name) => ({
      name,
      lines: diffRich(paragraphsOf(textOf(before, name)), paragraphsOf(textOf(after, name)), language),
    }));
  const lineOf = ({ redLines }: AgreementText, id: string): string => {
    const line = redLines.find((each) => each.id === id);
    return line === undefined
      ? ''
      : [line.statement, line.trigger, line.consequence].filter((part) => part !== '').join('\n');
  };
  const redLines = [...new Set([...before.redLines, ...after.redLines].map(({ id }) => id))]
    .filter((id) => lineOf(before, id) !== lineOf(after, id))
    .map((id) => ({ id, parts: diffWords(lineOf(before, id), lineOf(after, id), language) }));
  const parties = {
    added: after.parties.filter((group) => !before.parties.includes(group)),
    removed: before.parties.filter((group) => !after.parties.includes(group)),
  };
  const isRuleChanged = JSON.stringify(before.rule) !== JSON.stringify(after.rule);
  const areDatesChanged = JSON.stringify(before.dates) !== JSON.stringify(after.dates);
  const isSame =
    before.title === after.title &&
    clauses.every(({ type, moved }) => type === 'same' && !moved) &&
    fields.length + redLines.length + parties.added.length + parties.removed.length === 0 &&
    !isRuleChanged &&
    !areDatesChanged;
  return { title, clauses, fields, redLines, parties, isRuleChanged, areDatesChanged, isSame };
};

// a local clause's id is its document's; ids are only compared here
const asDiffed = ({ id, heading, body }: FrozenClause): DiffClause => ({ id: id as DiffClause['id'], heading, body });
