/** How answers become a result: the tally, and the checks of each method. A text is adopted if all its checks hold. */
import { meetsThreshold } from '../rule.ts';
import type { Method, Rule, Threshold } from '../rule.ts';
import type { GroupId, PositionName } from '../words.ts';
import { isAgainst } from './positions.ts';
import type { Answer } from './positions.ts';

/** Groups, in order of their ids. */
export interface Tally {
  readonly deciding: readonly GroupId[];
  /** that count towards the quorum */
  readonly answered: readonly GroupId[];
  readonly agree: readonly GroupId[];
  readonly reservations: readonly GroupId[];
  readonly standAside: readonly GroupId[];
  readonly abstain: readonly GroupId[];
  readonly against: readonly GroupId[];
  readonly silent: readonly GroupId[];
}

export type Way = 'ordinary' | 'emergency' | 'minor';

export type Reason =
  | { readonly type: 'quorum'; readonly holds: boolean; readonly answered: number; readonly needed: number }
  | { readonly type: 'nobody-against'; readonly holds: boolean; readonly groups: readonly GroupId[] }
  | { readonly type: 'somebody-agrees'; readonly holds: boolean }
  | {
      readonly type: 'stand-asides';
      readonly holds: boolean;
      readonly groups: readonly GroupId[];
      readonly most: number;
    }
  | {
      readonly type: 'share';
      readonly holds: boolean;
      readonly agreeing: number;
      readonly of: number;
      readonly threshold: Threshold;
    }
  | {
      readonly type: 'everybody-agrees';
      readonly holds: boolean;
      /** that do not */ readonly groups: readonly GroupId[];
    }
  | {
      readonly type: 'enough-for-emergency';
      readonly holds: boolean;
      readonly agreeing: number;
      readonly needed: number;
    }
  /** what it amends was not adopted */
  | { readonly type: 'amended-holds'; readonly holds: false };

export interface Result {
  readonly adopted: boolean;
  readonly reasons: readonly Reason[];
}

export const tallyOf = (
  deciding: readonly GroupId[],
  answers: ReadonlyMap<GroupId, Answer>,
  rule: Pick<Rule, 'method'>,
): Tally => {
  const those = (matches: (position: PositionName) => boolean): readonly GroupId[] =>
    deciding.filter((group) => {
      const answer = answers.get(group);
      return answer !== undefined && matches(answer.counts.word.position);
    });
  return {
    deciding,
    // under consensus only who takes a side has answered: a few who agree while all others abstain are no consensus
    answered: those((position) => rule.method !== 'consensus' || position !== 'abstain'),
    agree: those((position) => position === 'agree'),
    reservations: those((position) => position === 'reservations'),
    standAside: those((position) => position === 'stand-aside'),
    abstain: those((position) => position === 'abstain'),
    against: those(isAgainst),
    silent: deciding.filter((group) => !answers.has(group)),
  };
};

export const resultOf = (tally: Tally, rule: Rule, way: Way): Result => {
  const reasons = checksOf(rule.method, way).map((check) => CHECKS[check](tally, rule));
  const all = reasons.filter((reason) => reason !== null);
  return { adopted: all.every(({ holds }) => holds), reasons: all };
};

/** A quorum of more groups than decide asks for all of them; without one, somebody must have answered all the same. */
export const quorumOf = ({ quorum }: Rule, deciding: number): number => Math.max(1, Math.min(quorum, deciding));

/** Can one group stop it? */
export const oneStops = (method: Method): boolean => method !== 'majority';

/** The positions to offer. All others count as well, should they be signed: a group's no is never lost over its name. */
export const choicesOf = (method: Method): readonly PositionName[] => CHOICES[method];

const CHOICES: Readonly<Record<Method, readonly PositionName[]>> = {
  consent: ['agree', 'reservations', 'stand-aside', 'abstain', 'objection'],
  consensus: ['agree', 'reservations', 'stand-aside', 'abstain', 'block'],
  majority: ['agree', 'reservations', 'abstain', 'objection'],
  'every-group': ['agree', 'reservations', 'abstain', 'objection'],
};

type CheckName = Reason['type'] & keyof typeof CHECKS;

const checksOf = (method: Method, way: Way): readonly CheckName[] =>
  way === 'ordinary' ? ORDINARY[method] : SPECIAL[way];

const ORDINARY: Readonly<Record<Method, readonly CheckName[]>> = {
  consent: ['quorum', 'nobody-against', 'stand-asides', 'somebody-agrees'],
  consensus: ['quorum', 'nobody-against', 'stand-asides', 'somebody-agrees'],
  majority: ['quorum', 'share'],
  'every-group': ['quorum', 'nobody-against', 'everybody-agrees'],
};

const SPECIAL: Readonly<Record<'emergency' | 'minor', readonly CheckName[]>> = {
  emergency: ['enough-for-emergency', 'nobody-against'],
  // no new consent: what nobody objects to
  minor: ['nobody-against'],
};

const CHECKS = {
  quorum: ({ answered, deciding }: Tally, rule: Rule): Reason => {
    const needed = quorumOf(rule, deciding.length);
    return { type: 'quorum', holds: answered.length >= needed, answered: answered.length, needed };
  },
  'nobody-against': ({ against }: Tally): Reason => ({
    type: 'nobody-against',
    holds: against.length === 0,
    groups: against,
  }),
  'somebody-agrees': (tally: Tally): Reason => ({ type: 'somebody-agrees', holds: agreeing(tally) > 0 }),
  'stand-asides': ({ standAside }: Tally, { mostStandAsides: most }: Rule): Reason | null =>
    most === null ? null : { type: 'stand-asides', holds: standAside.length <= most, groups: standAside, most },
  share: (tally: Tally, { threshold, share }: Rule): Reason => {
    const of = share === 'parties' ? tally.deciding.length : agreeing(tally) + tally.against.length;
    const holds = meetsThreshold(threshold, agreeing(tally), of);
    return { type: 'share', holds, agreeing: agreeing(tally), of, threshold };
  },
  'everybody-agrees': ({ deciding, agree, reservations }: Tally): Reason => {
    const groups = deciding.filter((group) => !agree.includes(group) && !reservations.includes(group));
    return { type: 'everybody-agrees', holds: groups.length === 0, groups };
  },
  'enough-for-emergency': (tally: Tally, { emergency }: Rule): Reason => {
    const needed = Math.max(1, Math.min(emergency.groups, tally.deciding.length));
    return { type: 'enough-for-emergency', holds: agreeing(tally) >= needed, agreeing: agreeing(tally), needed };
  },
};

const agreeing = ({ agree, reservations }: Tally): number => agree.length + reservations.length;
