/** Who may say what about an agreement, rule by rule. Each is asked only of words whose ground is here and admitted. */
import type { Rule } from '../rule.ts';
import type { GroupId, Proposal, Said, WordId, WordKind, WordOf } from '../words.ts';

/** What membership says. */
export interface Facts {
  readonly groups: ReadonlySet<GroupId>;
}

export interface Context {
  readonly facts: Facts;
  /** an admitted word */
  readonly find: (id: WordId) => Said | null;
}

/** The adopted text that a proposal changes says who decides, and how. */
export const amendedBy = (proposal: Proposal, { find }: Pick<Context, 'find'>): Proposal | null =>
  proposal.amends === null ? null : proposalOf(find(proposal.amends));

/** The rule that decides on it: an amendment cannot bring its own. */
export const governingRule = (proposal: Proposal, amended: Proposal | null): Rule => (amended ?? proposal).rule;

/**
 * The groups that have a say: those that the proposal names, and the parties of the agreement that it amends, which
 * nobody can leave off, unless they left by words of their own that the proposal names.
 */
export const partiesWithSay = (proposal: Proposal, context: Pick<Context, 'find'>): readonly GroupId[] => {
  const gone = new Set(proposal.left.map((id) => leaver(context.find(id))));
  const before = amendedBy(proposal, context)?.parties.filter((group) => !gone.has(group)) ?? [];
  return [...new Set([...proposal.parties, ...before])].sort();
};

export const proposalOf = (said: Said | null): Proposal | null => (said?.word.kind === 'proposal' ? said.word : null);

export const isA = <K extends WordKind>(said: Said, kind: K): said is Said<WordOf<K>> => said.word.kind === kind;

const leaver = (said: Said | null): GroupId | null => (said?.word.kind === 'leaving' ? said.word.group : null);

/** All of these must lift a red line, each by a word; where they are none, only an amendment does away with it. */
export const liftersOf = ({ parties }: Proposal, { holder, lift }: Proposal['redLines'][number]): readonly GroupId[] =>
  lift === 'rule' ? [] : lift === 'holder' && holder !== null ? [holder] : parties;

type Holds<K extends WordKind> = (said: Said<WordOf<K>>, context: Context) => boolean;

const rule = <K extends WordKind, const Name extends string>(name: Name, of: readonly K[], holds: Holds<K>) => ({
  name,
  of: of as readonly WordKind[],
  // it is asked of words of its kinds alone
  holds: (said: Said, context: Context): boolean => holds(said as Said<WordOf<K>>, context),
});

const partiesOf = (id: WordId, context: Context): readonly GroupId[] => {
  const proposal = proposalOf(context.find(id));
  return proposal === null ? [] : partiesWithSay(proposal, context);
};

export const SPEAKING_RULES = [
  rule(
    'observers-only-comment',
    ['text', 'proposal', 'position', 'closing', 'endorsement', 'leaving', 'lifted', 'superseded'],
    ({ role }) => role !== 'observer',
  ),
  rule(
    'about-a-proposal',
    ['position', 'closing', 'endorsement', 'leaving', 'lifted', 'superseded'],
    ({ word }, { find }) => {
      return proposalOf(find(word.proposal)) !== null;
    },
  ),

  rule('parties-are-groups', ['proposal'], ({ word }, { facts }) =>
    word.parties.every((group) => facts.groups.has(group)),
  ),
  rule(
    'only-a-new-text-amends-nothing',
    ['proposal'],
    ({ word }) => (word.change === 'new') === (word.amends === null),
  ),
  rule(
    'amends-a-proposal',
    ['proposal'],
    ({ word }, context) => word.amends === null || amendedBy(word, context) !== null,
  ),
  rule('only-parties-amend', ['proposal'], ({ word, group }, context) => {
    return word.amends === null || partiesOf(word.amends, context).includes(group);
  }),
  rule('left-by-their-own-word', ['proposal'], ({ word }, { find }) =>
    word.left.every((id) => find(id)?.word.kind === 'leaving'),
  ),
  rule('rounds-follow-each-other', ['proposal'], ({ word }, { find }) => {
    if (word.previous === null) return word.round === 1;
    const previous = proposalOf(find(word.previous));
    return previous !== null && previous.round + 1 === word.round && previous.amends === word.amends;
  }),
  rule('minor-changes-only-words', ['proposal'], ({ word }, context) => {
    const amended = amendedBy(word, context);
    return word.change !== 'minor' || (amended !== null && !word.emergency && frameOf(amended) === frameOf(word));
  }),
  rule('emergency-only-where-allowed', ['proposal'], ({ word }, context) => {
    return !word.emergency || governingRule(word, amendedBy(word, context)).emergency.allowed;
  }),

  rule('position-for-a-party', ['position'], ({ word }, context) =>
    partiesOf(word.proposal, context).includes(word.group),
  ),
  rule('position-on-the-text-proposed', ['position'], ({ word }, { find }) => {
    const texts = proposalOf(find(word.proposal))?.texts ?? [];
    return texts.some(({ language, hash }) => language === word.language && hash === word.hash);
  }),
  rule('another-groups-word-is-recorded', ['position'], ({ word, group }) => {
    return group === word.group || word.recorded !== null;
  }),

  rule('proposer-or-party-closes', ['closing'], ({ word, member, group }, context) => {
    return context.find(word.proposal)?.member === member || partiesOf(word.proposal, context).includes(group);
  }),
  rule('emergency-only-where-called', ['closing'], ({ word }, { find }) => {
    return !word.emergency || proposalOf(find(word.proposal))?.emergency === true;
  }),

  rule('settles-a-comment-or-suggestion', ['settled'], ({ word }, { find }) => {
    const kind = find(word.what)?.word.kind;
    return kind === 'suggestion' || (kind === 'comment' && word.how !== 'accepted' && word.how !== 'rejected');
  }),
  rule('withdraws-only-ones-own', ['settled'], ({ word, member, role }, { find }) => {
    return word.how === 'withdrawn' ? find(word.what)?.member === member : role !== 'observer';
  }),

  rule('endorses-for-oneself-or-ones-group', ['endorsement'], ({ word, group }) => {
    return word.group === null || word.group === group;
  }),
  rule('leaves-by-its-own-word', ['leaving'], ({ word, group }) => word.group === group),
  rule('only-a-party-leaves', ['leaving'], ({ word }, { find }) =>
    (proposalOf(find(word.proposal))?.parties ?? []).includes(word.group),
  ),
  rule('superseded-by-a-party', ['superseded'], ({ word, group }, { find }) =>
    (proposalOf(find(word.proposal))?.parties ?? []).includes(group),
  ),
  rule('lifted-by-who-may', ['lifted'], ({ word, group }, { find }) => {
    const proposal = proposalOf(find(word.proposal));
    const line = proposal?.redLines.find(({ id }) => id === word.redLine);
    return proposal !== null && line !== undefined && liftersOf(proposal, line).includes(group);
  }),
] as const;

export type RuleName = (typeof SPEAKING_RULES)[number]['name'];

/** All of a proposal but its words, as one string: what a minor change leaves as it is. */
export const frameOf = ({ parties, rule, dates, redLines, texts }: Proposal): string => {
  const { threshold } = rule;
  return JSON.stringify([
    [...parties].sort(),
    [rule.method, threshold.parts, threshold.of, rule.share, rule.mostStandAsides, rule.quorum, rule.standing],
    [rule.emergency.allowed, rule.emergency.groups, rule.emergency.hours, rule.emergency.reviewDays],
    [dates.effective, dates.review, dates.expiry],
    redLines.map(({ id, holder, lift }) => [id, holder, lift]),
    texts.map(({ language }) => language).sort(),
  ]);
};
