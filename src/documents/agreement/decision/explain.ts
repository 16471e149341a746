/**
 * Rule and outcome as sentences for a newcomer: keys with arguments, which locales turn into words. The first sentence
 * says it; the others add what a careful reader wants to know.
 */
import type { Rule } from '../rule.ts';
import type { GroupId } from '../words.ts';
import { quorumOf } from './counting.ts';
import type { Reason, Result, Way } from './counting.ts';
import type { Outcome } from './outcome.ts';

export type Sentence<Key extends string = SentenceKey> = {
  readonly key: Key;
  /** numbers, and groups whose names stand in the sentence */
  readonly args: Readonly<Record<string, number | readonly GroupId[]>>;
};

export type Explanation = readonly [Sentence, ...Sentence[]];

export const SENTENCES = [
  // "Adopted if no group objects and at least 4 of 6 groups answer"
  'rule.consent',
  'rule.consent-quorum',
  'rule.consensus',
  'rule.consensus-quorum',
  'rule.majority-answers',
  'rule.majority-answers-quorum',
  'rule.majority-parties',
  'rule.majority-parties-quorum',
  'rule.every-group',
  'rule.minor',
  'rule.stand-asides',
  'rule.emergency',
  // if it were closed now
  'open.ready',
  'open.quorum',
  'open.nobody-against',
  'open.stand-asides',
  'open.somebody-agrees',
  'open.share',
  'open.everybody-agrees',
  'open.emergency-ready',
  'incomplete.words',
  'incomplete.amended',
  // "Adopted: 5 of 6 groups answered, nobody objects"
  'adopted.consent',
  'adopted.consensus',
  'adopted.majority',
  'adopted.every-group',
  'adopted.emergency',
  'adopted.minor',
  'not-adopted.quorum',
  'not-adopted.nobody-against',
  'not-adopted.stand-asides',
  'not-adopted.somebody-agrees',
  'not-adopted.share',
  'not-adopted.everybody-agrees',
  'not-adopted.amended-holds',
  'taken-back',
  // beside the result
  'beside.until-confirmed',
  'beside.late',
  'beside.left-out',
  'beside.asks-new-round',
  'beside.closings',
  'beside.closing-waits',
  'beside.next-round',
] as const;
export type SentenceKey = (typeof SENTENCES)[number];

/** How a proposal is decided on by so many groups. */
export const explainRule = (rule: Rule, groups: number, way: Way = 'ordinary'): Explanation => {
  if (way === 'minor') return [{ key: 'rule.minor', args: {} }];
  const { parts, of } = rule.threshold;
  const needed = quorumOf(rule, groups);
  const args = { groups, needed, parts, of };
  const more: Sentence[] = [];
  if (rule.mostStandAsides !== null && (rule.method === 'consent' || rule.method === 'consensus'))
    more.push({ key: 'rule.stand-asides', args: { most: rule.mostStandAsides } });
  if (rule.emergency.allowed) {
    const { hours, reviewDays } = rule.emergency;
    const enough = Math.max(1, Math.min(rule.emergency.groups, groups));
    more.push({ key: 'rule.emergency', args: { groups, needed: enough, hours, reviewDays } });
  }
  if (rule.method === 'every-group') return [{ key: 'rule.every-group', args }, ...more];
  const name = rule.method === 'majority' ? (`majority-${rule.share}` as const) : rule.method;
  return [{ key: rule.quorum > 1 ? `rule.${name}-quorum` : `rule.${name}`, args }, ...more];
};

export const explain = (outcome: Outcome): Explanation => [sentenceOf(outcome), ...beside(outcome)];

const sentenceOf = (outcome: Outcome): Sentence => {
  const { tally, rule, way } = outcome;
  switch (outcome.type) {
    case 'open':
      return outcome.current.adopted ? { key: 'open.ready', args: numbers(outcome) } : failing(outcome, 'open');
    case 'incomplete': {
      const words = outcome.missing.filter(({ type }) => type === 'word').length;
      return words > 0 ? { key: 'incomplete.words', args: { words } } : { key: 'incomplete.amended', args: {} };
    }
    case 'adopted': {
      const key = way === 'ordinary' ? rule.method : way;
      return { key: `adopted.${key}`, args: numbers(outcome) };
    }
    case 'not-adopted':
      return failing(outcome, 'not-adopted');
    case 'taken-back':
      return { key: 'taken-back', args: { against: tally.against } };
  }
};

/** The first reason that does not hold, most telling first. */
const failing = (outcome: Outcome, when: 'open' | 'not-adopted'): Sentence => {
  const { reasons } = when === 'open' ? outcome.current : outcome.result;
  const broken = TELLING.find((type) => reasons.some((reason) => reason.type === type && !reason.holds));
  const args = { ...numbers(outcome), ...argsOf(reasons.find(({ type }) => type === broken)) };
  if (broken === undefined) throw new Error('nothing speaks against it');
  if (broken === 'amended-holds') return { key: 'not-adopted.amended-holds', args };
  return { key: `${when}.${broken}`, args };
};

const TELLING = [
  'amended-holds',
  'nobody-against',
  'quorum',
  'stand-asides',
  'everybody-agrees',
  'share',
  'somebody-agrees',
] as const;

const numbers = ({ tally, result }: Outcome): Sentence['args'] => ({
  groups: tally.deciding.length,
  answered: tally.answered.length,
  agreeing: tally.agree.length + tally.reservations.length,
  silent: tally.silent,
  standAside: tally.standAside,
  against: tally.against,
  ...shareOf(result),
});

/** how large a majority was asked for, and of how many */
const shareOf = ({ reasons }: Result): Sentence['args'] => argsOf(reasons.find(({ type }) => type === 'share'));

const argsOf = (reason: Reason | undefined): Sentence['args'] => {
  switch (reason?.type) {
    case 'quorum':
      return { answered: reason.answered, needed: reason.needed };
    case 'share':
      return { agreeing: reason.agreeing, counted: reason.of, parts: reason.threshold.parts, of: reason.threshold.of };
    case 'stand-asides':
      return { most: reason.most };
    case 'everybody-agrees':
      return { without: reason.groups };
    case 'enough-for-emergency':
      return { needed: reason.needed };
    case 'nobody-against':
    case 'somebody-agrees':
    case 'amended-holds':
    case undefined:
      return {};
  }
};

const beside = (outcome: Outcome): readonly Sentence[] => {
  const { closings, uncounted, next, emergency, type, way } = outcome;
  const groupsOf = (list: Outcome['uncounted']): readonly GroupId[] =>
    [...new Set(list.map(({ position }) => position.word.group))].sort();
  const out: Sentence[] = [];
  const add = (applies: boolean, key: SentenceKey, args: Sentence['args'] = {}): void => {
    if (applies) out.push({ key, args });
  };
  const late = uncounted.filter(({ leftOut, effect }) => !leftOut && effect === 'shown');
  const left = uncounted.filter(({ leftOut }) => leftOut);
  const asking = uncounted.filter(({ effect }) => effect === 'asks-new-round');
  const rivals = closings.filter(({ status }) => status === 'outranked').length;
  const missing = new Set(closings.flatMap((closing) => (closing.status === 'waiting' ? closing.missing : [])));
  add(type === 'open' && emergency?.adopted === true, 'open.emergency-ready');
  add(type === 'adopted' && way === 'emergency', 'beside.until-confirmed');
  add(asking.length > 0, 'beside.asks-new-round', { from: groupsOf(asking) });
  add(left.length > 0, 'beside.left-out', { from: groupsOf(left) });
  add(late.length > 0, 'beside.late', { from: groupsOf(late) });
  add(rivals > 0, 'beside.closings', { rivals });
  add(type !== 'incomplete' && missing.size > 0, 'beside.closing-waits', { words: missing.size });
  add(next.length > 0, 'beside.next-round', { rounds: next.length });
  return out;
};
