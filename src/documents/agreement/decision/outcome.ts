/**
 * What came of a proposal: a pure function of the words, the same on every device, in whatever order and whenever they
 * came. It never guesses: what a closing names and is not here makes the outcome incomplete.
 */
import type { Rule } from '../rule.ts';
import type { GroupId, Proposal, Said, WordId } from '../words.ts';
import { admissible } from './admissible.ts';
import type { Admitted } from './admissible.ts';
import { closingsOf } from './closings.ts';
import type { ClosingView } from './closings.ts';
import { resultOf, tallyOf } from './counting.ts';
import type { Result, Tally, Way } from './counting.ts';
import { isFor, positionsOf } from './positions.ts';
import type { Answer } from './positions.ts';
import { indexOf, roundOf } from './round.ts';
import type { Round, RoundIndex } from './round.ts';
import { isA } from './speaking-rules.ts';
import type { Facts } from './speaking-rules.ts';
import { uncountedBy } from './uncounted.ts';
import type { Uncounted } from './uncounted.ts';

interface About {
  readonly proposal: Said<Proposal>;
  /** by which it is decided */
  readonly rule: Rule;
  readonly way: Way;
  /** the groups that decide, by id */
  readonly deciding: readonly GroupId[];
  /** as counted by the closing that stands; while none does, all that are here */
  readonly answers: ReadonlyMap<GroupId, Answer>;
  readonly tally: Tally;
  readonly result: Result;
  /** what it would be if all that is here were counted by an ordinary closing now */
  readonly current: Result;
  /** and by the emergency rule, where the proposal calls it */
  readonly emergency: Result | null;
  readonly closings: readonly ClosingView[];
  /** positions that the closing that stands does not count */
  readonly uncounted: readonly Uncounted[];
  /** rounds that follow this one, by id */
  readonly next: readonly WordId[];
}

export type Outcome = About &
  (
    | { readonly type: 'open' }
    | { readonly type: 'incomplete'; readonly missing: readonly Missing[] }
    | {
        readonly type: 'adopted';
        readonly closing: ClosingView;
        /** bound by their own word: those that agreed, and for a minor change those that had adopted what it changes */
        readonly adopters: readonly GroupId[];
      }
    | { readonly type: 'not-adopted'; readonly closing: ClosingView }
    /** a minor change that was adopted, until a group objected */
    | { readonly type: 'taken-back'; readonly closing: ClosingView; readonly adopters: readonly GroupId[] }
  );

export type Missing =
  | { readonly type: 'word'; readonly id: WordId }
  /** the round of what this one amends is not closed */
  | { readonly type: 'closing'; readonly proposal: WordId };

export interface Decisions extends Admitted {
  /** of every proposal that is admitted, or waits for words that are not here */
  readonly outcomes: ReadonlyMap<WordId, Outcome>;
}

export const decide = (words: Iterable<Said>, facts: Facts): Decisions => {
  const admitted = admissible(words, facts);
  const index = indexOf(admitted);
  const outcomes = new Map<WordId, Outcome>();
  for (const said of admitted.words.values())
    if (isA(said, 'proposal')) outcomes.set(said.id, outcomeOf(said, admitted, index, outcomes));
  for (const { said, missing } of admitted.waiting.values())
    if (isA(said, 'proposal')) {
      const round = { ...roundOf(said, admitted, index), deciding: said.word.parties };
      outcomes.set(said.id, { ...aboutOf(round, []), type: 'incomplete', missing: missing.map(word) });
    }
  return { ...admitted, outcomes };
};

const outcomeOf = (
  proposal: Said<Proposal>,
  admitted: Admitted,
  index: RoundIndex,
  outcomes: ReadonlyMap<WordId, Outcome>,
): Outcome => {
  const amended = proposal.word.amends === null ? undefined : outcomes.get(proposal.word.amends);
  const all = roundOf(proposal, admitted, index);
  const round = { ...all, deciding: decidersOf(all.deciding, amended) };
  const closings = closingsOf(round);
  const about = aboutOf(round, closings);
  const standing = closings.find(({ status }) => status === 'stands');
  if (standing === undefined) {
    const missing = [...new Set(closings.flatMap((closing) => closing.missing))].sort();
    return missing.length === 0
      ? { ...about, type: 'open' }
      : { ...about, type: 'incomplete', missing: missing.map(word) };
  }
  const { answers, tally, way, result } = standing;
  // a closing by the emergency rule leaves the round open for the ordinary one, and a minor change stays open
  const uncounted = way === 'ordinary' ? uncountedBy(standing, round, admitted.words) : [];
  const closed = { ...about, way, answers, tally, result, closing: standing, uncounted };

  if (amended?.type === 'incomplete') return { ...closed, type: 'incomplete', missing: amended.missing };
  if (amended?.type === 'open')
    return { ...closed, type: 'incomplete', missing: [{ type: 'closing', proposal: amended.proposal.id }] };
  if (amended?.type === 'not-adopted')
    return {
      ...closed,
      type: 'not-adopted',
      result: { adopted: false, reasons: [{ type: 'amended-holds', holds: false }] },
    };
  if (!result.adopted) return { ...closed, type: 'not-adopted' };
  if (way !== 'minor') return { ...closed, type: 'adopted', adopters: agreeing(answers) };
  // nobody was asked to agree to it, so an objection counts whenever it comes
  const adopters = [...new Set([...(amended?.adopters ?? []), ...agreeing(about.answers)])].sort();
  const now = { ...closed, answers: about.answers, tally: about.tally, result: about.current, adopters };
  return { ...now, type: about.current.adopted ? 'adopted' : 'taken-back' };
};

const word = (id: WordId): Missing => ({ type: 'word', id });

/** All with a say or, where the rule in force says so, those of them that adopted what is amended. */
const decidersOf = (withSay: readonly GroupId[], amended: Outcome | undefined): readonly GroupId[] => {
  if (amended?.type !== 'adopted' && amended?.type !== 'taken-back') return withSay;
  if (amended.proposal.word.rule.standing === 'parties') return withSay;
  return withSay.filter((group) => amended.adopters.includes(group));
};

const agreeing = (answers: ReadonlyMap<GroupId, Answer>): readonly GroupId[] =>
  [...answers.values()].filter(({ counts }) => isFor(counts.word.position)).map(({ group }) => group);

const aboutOf = (round: Round, closings: readonly ClosingView[]): About => {
  const { proposal, rule, deciding, positions, next } = round;
  const way: Way = proposal.word.change === 'minor' ? 'minor' : 'ordinary';
  const answers = positionsOf(positions);
  const tally = tallyOf(deciding, answers, rule);
  const current = resultOf(tally, rule, way);
  const emergency = proposal.word.emergency ? resultOf(tally, rule, 'emergency') : null;
  return {
    ...{ proposal, rule, way, deciding, answers, tally, current, emergency, closings, next },
    result: current,
    uncounted: [],
  };
};
