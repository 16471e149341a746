/**
 * Where an agreement is in its life, from the outcomes of its proposals. The day is given: it only says whether dates
 * have passed, and never decides what was adopted.
 *
 * The version in force is the last adopted one of a chain: a text, the adopted change to it, the change to that. Of
 * several adopted apart, the later round goes on; then the one that more groups adopted; then the lower id. A minor
 * change that an objection took back is passed over, unless a later version was adopted on top of it.
 */
import type { RedLineId } from '../../shape/ids.ts';
import type {
  DocumentId,
  Endorsement,
  GroupId,
  Leaving,
  Lifted,
  MemberId,
  Said,
  Superseded,
  Word,
  WordId,
} from '../words.ts';
import type { Decisions, Outcome } from './outcome.ts';
import { isA, liftersOf } from './speaking-rules.ts';

export type Stage =
  | { readonly type: 'draft' }
  /** open or incomplete rounds, and nothing adopted yet */
  | { readonly type: 'proposed' }
  | { readonly type: 'not-adopted' }
  /** `untilConfirmed`: adopted by the emergency rule, in force until an ordinary closing confirms it */
  | { readonly type: 'ratified'; readonly amended: boolean; readonly untilConfirmed: boolean }
  | { readonly type: 'expired' }
  /** every party has said that another agreement takes its place */
  | { readonly type: 'superseded'; readonly by: DocumentId }
  /** all its parties but one, or all, have left */
  | { readonly type: 'left' };

export interface Life {
  readonly stage: Stage;
  /** the version in force, with its outcome */
  readonly current: Outcome | null;
  /** from the first text to the one in force */
  readonly versions: readonly Outcome[];
  /** adopted, but beside the chain: shown, and not in force */
  readonly rivals: readonly Outcome[];
  /** rounds that wait for answers, words or a closing, and that no later round follows */
  readonly open: readonly Outcome[];
  /** of the version in force, without those that left */
  readonly parties: readonly GroupId[];
  readonly left: readonly Left[];
  readonly endorsements: readonly Said<Endorsement>[];
  readonly lifted: readonly LiftedLine[];
  readonly superseding: readonly Superseding[];
  readonly reviewDue: boolean;
}

/** Of the version in force: what was said to lift a red line, and whether all that must have said it. */
export interface LiftedLine {
  readonly redLine: RedLineId;
  readonly words: readonly Said<Lifted>[];
  readonly isLifted: boolean;
}

/** Of the version in force: who has said that this other agreement takes its place, and whether all have. */
export interface Superseding {
  readonly by: DocumentId;
  readonly words: readonly Said<Superseded>[];
  readonly isDone: boolean;
}

export interface Left {
  readonly leaving: Said<Leaving>;
  /** false until its day has come */
  readonly effective: boolean;
}

/** `today` is 'YYYY-MM-DD'. */
export const lifeOf = ({ words, outcomes }: Decisions, today: string): Life => {
  const versions = chainOf([...outcomes.values()]);
  const current = versions.at(-1) ?? null;
  const inChain = new Set(versions.map(({ proposal }) => proposal.id));
  const all = [...words.values()];
  const left = leftFrom(versions, all, today);
  const gone = new Set(left.filter(({ effective }) => effective).map(({ leaving }) => leaving.word.group));
  const parties = (current?.proposal.word.parties ?? []).filter((group) => !gone.has(group));
  const open = [...outcomes.values()].filter(
    ({ type, next }) => (type === 'open' || type === 'incomplete') && next.length === 0,
  );
  const superseding = supersedingIn(current, all, parties);
  const review = current?.proposal.word.dates.review ?? null;
  return {
    stage: stageOf(versions, open, outcomes.size, parties.length, superseding, today),
    current,
    versions,
    rivals: [...outcomes.values()].filter(({ type, proposal }) => type === 'adopted' && !inChain.has(proposal.id)),
    open,
    parties,
    left,
    endorsements: endorsementsIn(all),
    lifted: liftedIn(current, all, gone),
    superseding,
    reviewDue: review !== null && review <= today,
  };
};

const stageOf = (
  versions: readonly Outcome[],
  open: readonly Outcome[],
  proposals: number,
  parties: number,
  superseding: readonly Superseding[],
  today: string,
): Stage => {
  const current = versions.at(-1);
  if (current === undefined) return { type: proposals === 0 ? 'draft' : open.length > 0 ? 'proposed' : 'not-adopted' };
  const done = superseding.find(({ isDone }) => isDone);
  if (done !== undefined) return { type: 'superseded', by: done.by };
  const { expiry } = current.proposal.word.dates;
  if (expiry !== null && expiry < today) return { type: 'expired' };
  if (parties < Math.min(2, current.proposal.word.parties.length)) return { type: 'left' };
  return { type: 'ratified', amended: versions.length > 1, untilConfirmed: current.way === 'emergency' };
};

const chainOf = (outcomes: readonly Outcome[]): readonly Outcome[] => {
  const byAmended = new Map<WordId | null, Outcome[]>();
  for (const outcome of outcomes) {
    const { amends } = outcome.proposal.word;
    byAmended.set(amends, [...(byAmended.get(amends) ?? []), outcome]);
  }
  // no recursion: a long life must not be too deep
  const carries = new Set<WordId>();
  for (const outcome of outcomes.toReversed()) {
    const { id } = outcome.proposal;
    const isCarried = (byAmended.get(id) ?? []).some((later) => carries.has(later.proposal.id));
    if (outcome.type === 'adopted' || (outcome.type === 'taken-back' && isCarried)) carries.add(id);
  }
  const versions: Outcome[] = [];
  for (let at: WordId | null = null; ;) {
    const [next] = (byAmended.get(at) ?? []).filter(({ proposal }) => carries.has(proposal.id)).sort(byStrength);
    if (next === undefined) return versions;
    versions.push(next);
    at = next.proposal.id;
  }
};

const byStrength = (a: Outcome, b: Outcome): number =>
  b.proposal.word.round - a.proposal.word.round ||
  adopters(b) - adopters(a) ||
  (a.proposal.id < b.proposal.id ? -1 : 1);

const adopters = (outcome: Outcome): number =>
  outcome.type === 'adopted' || outcome.type === 'taken-back' ? outcome.adopters.length : 0;

/** Words about earlier versions do not count: a later one that has the line again has it anew. Who left is not asked. */
const liftedIn = (
  current: Outcome | null,
  words: readonly Said[],
  gone: ReadonlySet<GroupId>,
): readonly LiftedLine[] => {
  if (current === null) return [];
  const { id, word: proposal } = current.proposal;
  const all = words.filter((said) => isA(said, 'lifted')).filter(({ word }) => word.proposal === id);
  return proposal.redLines.flatMap((line) => {
    const said = all.filter(({ word }) => word.redLine === line.id);
    const needed = liftersOf(proposal, line).filter((group) => !gone.has(group));
    const isLifted = needed.every((group) => said.some((each) => each.group === group));
    return said.length === 0 ? [] : [{ redLine: line.id, words: said, isLifted }];
  });
};

/** By the other agreements' ids. Words about earlier versions do not count: a later one was agreed on since. */
const supersedingIn = (
  current: Outcome | null,
  words: readonly Said[],
  parties: readonly GroupId[],
): readonly Superseding[] => {
  const said = words
    .filter((each) => isA(each, 'superseded'))
    .filter(({ word }) => word.proposal === current?.proposal.id);
  return [...new Set(said.map(({ word }) => word.by))].sort().map((by) => {
    const about = said.filter(({ word }) => word.by === by);
    const isDone = parties.length > 0 && parties.every((group) => about.some((each) => each.group === group));
    return { by, words: about, isDone };
  });
};

/** A group that left is back once it agrees to a later version. */
const leftFrom = (versions: readonly Outcome[], words: readonly Said[], today: string): readonly Left[] => {
  const at = new Map(versions.map(({ proposal }, index) => [proposal.id, index]));
  return words
    .filter((said) => isA(said, 'leaving'))
    .filter(({ word }) => {
      const from = at.get(word.proposal);
      if (from === undefined) return false;
      return !versions
        .slice(from + 1)
        .some(({ tally }) => [...tally.agree, ...tally.reservations].includes(word.group));
    })
    .map((leaving) => ({
      leaving,
      effective: leaving.word.effective === null || leaving.word.effective <= today,
    }));
};

/** Each member's last word on each device; one that withdraws outweighs any that does not. */
const endorsementsIn = (words: readonly Said[]): readonly Said<Endorsement>[] => {
  const last = new Map<string, Said<Endorsement>>();
  for (const said of words) {
    if (!isA(said, 'endorsement')) continue;
    const key = `${endorserOf(said)}/${said.device}`;
    if ((last.get(key)?.number ?? 0) < said.number) last.set(key, said);
  }
  const withdrawn = new Set([...last.values()].filter(({ word }) => word.withdrawn).map(endorserOf));
  const standing = new Map<string, Said<Endorsement>>();
  for (const said of [...last.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
    if (!withdrawn.has(endorserOf(said)) && !standing.has(endorserOf(said))) standing.set(endorserOf(said), said);
  return [...standing.values()];
};

const endorserOf = ({ word, member }: Said<Endorsement>): GroupId | MemberId => word.group ?? member;

/**
 * What happened, in the order of its authors' clocks, for display only. In one minute: earlier rounds first, in a round
 * the proposal before the answers and these before the closing, and then by id.
 */
export const timeLine = ({ words }: Pick<Decisions, 'words'>): readonly Said<TimeLineWord>[] =>
  [...words.values()]
    .filter((said): said is Said<TimeLineWord> => TIME_LINE.some((kind) => isA(said, kind)))
    .sort(
      (a, b) =>
        a.minute - b.minute ||
        roundIn(words, a) - roundIn(words, b) ||
        TIME_LINE.indexOf(a.word.kind) - TIME_LINE.indexOf(b.word.kind) ||
        (a.id < b.id ? -1 : 1),
    );

const roundIn = (words: ReadonlyMap<WordId, Said>, { word }: Said<TimeLineWord>): number => {
  const about = word.kind === 'proposal' ? word : words.get(word.proposal)?.word;
  return about?.kind === 'proposal' ? about.round : 0;
};

const TIME_LINE = ['proposal', 'position', 'closing', 'endorsement', 'leaving', 'lifted', 'superseded'] as const;
export type TimeLineWord = Extract<Word, { readonly kind: (typeof TIME_LINE)[number] }>;
