/**
 * Which closing of a round stands. No clock decides: a closing names the positions that it counts, and of several
 * signed apart the one that counts most groups stands (so nobody wins by closing early), then one by the proposer,
 * then the lower id. All stay to be seen, with what became of them.
 */
import type { GroupId, Proposal, Said, WordId } from '../words.ts';
import { resultOf, tallyOf } from './counting.ts';
import type { Result, Tally, Way } from './counting.ts';
import { positionsOf } from './positions.ts';
import type { Answer, SaidPosition } from './positions.ts';
import type { Round, SaidClosing } from './round.ts';

export interface ClosingView {
  readonly closing: SaidClosing;
  readonly status:
    | 'stands'
    /** another counts more */
    | 'outranked'
    /** another put it right, counting all that it counted */
    | 'replaced'
    /** too few have answered for anybody but the proposer to end the round */
    | 'below-quorum'
    /** the emergency rule does not adopt by it, and so it ends nothing */
    | 'emergency-not-met'
    /** names positions that are not here */
    | 'waiting';
  readonly way: Way;
  readonly missing: readonly WordId[];
  /** named, but no position on this proposal, or not one that counts */
  readonly idle: readonly WordId[];
  readonly counted: readonly SaidPosition[];
  readonly answers: ReadonlyMap<GroupId, Answer>;
  readonly tally: Tally;
  readonly result: Result;
}

/** All closings in order of their ids; one of them at most stands. */
export const closingsOf = (round: Round): readonly ClosingView[] => {
  const views = [...round.closings].sort(byId).map((closing) => view(round, closing));
  const valid = views.filter(({ status }) => status === 'outranked');
  const replaced = new Set(valid.filter((one) => valid.some((other) => putsRight(other, one))));
  const [first] = valid.filter((one) => !replaced.has(one)).sort(byRank(round.proposal));
  return views.map((one) =>
    replaced.has(one) ? { ...one, status: 'replaced' } : one === first ? { ...one, status: 'stands' } : one,
  );
};

/** What a closing says by itself; those that could stand are 'outranked' until one of them is found to. */
const view = (round: Round, closing: SaidClosing): ClosingView => {
  const { proposal, rule, deciding, positions } = round;
  const named = new Set(closing.word.counted);
  const counted = positions.filter(({ id }) => named.has(id));
  const countedIds = new Set(counted.map(({ id }) => id));
  const missing = closing.word.counted.filter((id) => !round.isHere(id)).sort();
  const idle = closing.word.counted.filter((id) => round.isHere(id) && !countedIds.has(id)).sort();
  const answers = positionsOf(counted);
  const tally = tallyOf(deciding, answers, rule);
  const way: Way = proposal.word.change === 'minor' ? 'minor' : closing.word.emergency ? 'emergency' : 'ordinary';
  const result = resultOf(tally, rule, way);
  const status = missing.length > 0 ? 'waiting' : (standingOf(round, closing, way, result) ?? 'outranked');
  return { closing, status, way, missing, idle, counted, answers, tally, result };
};

const standingOf = (
  { proposal }: Round,
  closing: SaidClosing,
  way: Way,
  result: Result,
): 'below-quorum' | 'emergency-not-met' | null => {
  if (way === 'emergency') return result.adopted ? null : 'emergency-not-met';
  const isQuorate = result.reasons.every((reason) => reason.type !== 'quorum' || reason.holds);
  return isQuorate || closing.member === proposal.member ? null : 'below-quorum';
};

const putsRight = (later: ClosingView, earlier: ClosingView): boolean => {
  const counted = new Set(later.closing.word.counted);
  return (
    later.closing.word.replaces === earlier.closing.id &&
    later.way === earlier.way &&
    earlier.closing.word.counted.every((id) => counted.has(id))
  );
};

/** An ordinary closing goes before one by the emergency rule: it confirms that one, or ends it. */
const byRank =
  ({ member }: Said<Proposal>) =>
  (a: ClosingView, b: ClosingView): number =>
    Number(a.way === 'emergency') - Number(b.way === 'emergency') ||
    groupsIn(b) - groupsIn(a) ||
    Number(b.closing.member === member) - Number(a.closing.member === member) ||
    byId(a.closing, b.closing);

const groupsIn = ({ tally }: ClosingView): number => tally.deciding.length - tally.silent.length;

const byId = (a: Said, b: Said): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
