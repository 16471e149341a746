/** What a proof says, as plain data for a page or a command line: names in place of ids. */
import type { PositionName } from '../documents/agreement/words.ts';
import type { Proven } from './check.ts';

export interface ProofSummary {
  readonly space: string;
  readonly spaceName: string;
  readonly document: string;
  readonly title: string;
  readonly languages: readonly string[];
  /** by the agreement's ordinary rule, by its emergency rule, or as a minor change that nobody objected to */
  readonly way: 'ordinary' | 'emergency' | 'minor';
  /** does it change an agreement that was adopted before? */
  readonly amends: boolean;
  readonly round: number;
  /** every group that had a say, by name */
  readonly groups: readonly GroupLine[];
  /** signatures that were checked, those of records too */
  readonly signatures: number;
}

export interface GroupLine {
  readonly group: string;
  readonly name: string;
  /** null: it did not answer */
  readonly position: PositionName | null;
  /** who signed, as they were called when they were let in */
  readonly signer: string;
  /** how it reached who signed it, where that was somebody else */
  readonly recorded: { readonly way: 'paper' | 'phone' | 'spoken'; readonly name: string } | null;
  readonly reason: string;
  readonly conditions: string;
  readonly mandate: string;
}

export const summaryOf = (proven: Proven): ProofSummary => {
  const { outcome, evidence, texts } = proven;
  const { word } = outcome.proposal;
  const first = texts.get(word.texts[0]?.language ?? '');
  const groupNames: ReadonlyMap<string, string> = evidence.groupNames;
  const signers: ReadonlyMap<string, { readonly name: string }> = evidence.signers;
  return {
    space: proven.space,
    spaceName: evidence.spaceName,
    document: proven.document,
    title: first?.title ?? '',
    languages: word.texts.map(({ language }) => language),
    way: outcome.way,
    amends: word.amends !== null,
    round: word.round,
    groups: outcome.deciding
      .map((group): GroupLine => {
        const said = outcome.answers.get(group)?.counts;
        return {
          group,
          name: groupNames.get(group) ?? '',
          position: said?.word.position ?? null,
          signer: said === undefined ? '' : (signers.get(said.device)?.name ?? ''),
          recorded: said?.word.recorded ?? null,
          reason: said?.word.reason ?? '',
          conditions: said?.word.conditions ?? '',
          mandate: said?.word.mandate.how ?? '',
        };
      })
      // by code unit, so that it reads the same everywhere
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.group < b.group ? -1 : 1)),
    signatures: proven.signatures,
  };
};
