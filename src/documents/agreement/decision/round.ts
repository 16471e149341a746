/** One proposal with all that was said about it. */
import type { Rule } from '../rule.ts';
import type { Closing, GroupId, Proposal, Said, WordId } from '../words.ts';
import type { Admitted } from './admissible.ts';
import type { SaidPosition } from './positions.ts';
import { amendedBy, governingRule, isA, partiesWithSay } from './speaking-rules.ts';

export type SaidClosing = Said<Closing>;

export interface Round {
  readonly proposal: Said<Proposal>;
  readonly rule: Rule;
  readonly deciding: readonly GroupId[];
  /** admitted, about this proposal */
  readonly positions: readonly SaidPosition[];
  readonly closings: readonly SaidClosing[];
  readonly next: readonly WordId[];
  /** is there a word with this id, whether it counts or not? */
  readonly isHere: (id: WordId) => boolean;
}

export interface RoundIndex {
  readonly positions: ReadonlyMap<WordId, readonly SaidPosition[]>;
  readonly closings: ReadonlyMap<WordId, readonly SaidClosing[]>;
  readonly next: ReadonlyMap<WordId, readonly WordId[]>;
}

export const indexOf = ({ words }: Admitted): RoundIndex => {
  const positions = new Map<WordId, SaidPosition[]>();
  const closings = new Map<WordId, SaidClosing[]>();
  const next = new Map<WordId, WordId[]>();
  for (const said of words.values()) {
    if (isA(said, 'position')) push(positions, said.word.proposal, said);
    else if (isA(said, 'closing')) push(closings, said.word.proposal, said);
    else if (isA(said, 'proposal') && said.word.previous !== null) push(next, said.word.previous, said.id);
  }
  return { positions, closings, next };
};

export const roundOf = (proposal: Said<Proposal>, { words, refused, waiting }: Admitted, index: RoundIndex): Round => {
  const context = { find: (id: WordId) => words.get(id) ?? null };
  return {
    proposal,
    rule: governingRule(proposal.word, amendedBy(proposal.word, context)),
    deciding: partiesWithSay(proposal.word, context),
    positions: index.positions.get(proposal.id) ?? [],
    closings: index.closings.get(proposal.id) ?? [],
    next: index.next.get(proposal.id) ?? [],
    isHere: (id) => words.has(id) || refused.has(id) || waiting.has(id),
  };
};

const push = <T>(lists: Map<WordId, T[]>, key: WordId, item: T): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
};
