/** What a person may propose of an agreement now: the texts as they would be frozen, and what kind of change they make. */
import { explainRule } from '../../documents/agreement/decision/index.ts';
import type { Explanation, Outcome } from '../../documents/agreement/decision/index.ts';
import { frameOf } from '../../documents/agreement/decision/speaking-rules.ts';
import type { AgreementText, FreezeError } from '../../documents/agreement/index.ts';
import { encodeAgreementText } from '../../documents/agreement/index.ts';
import type { Proposal, WordId } from '../../documents/agreement/words.ts';
import { weaveTranslation } from '../../documents/translation/index.ts';
import { toHex } from '../../lib/bytes.ts';
import type { Result } from '../../lib/result.ts';
import { hashFrozen } from '../../proofs/frozen.ts';
import type { Agreement } from './agreement.svelte.ts';
import { frameOfTexts } from './signing.ts';

/** One language that binds, as it would be frozen. */
export interface LanguageDraft {
  readonly language: string;
  readonly frozen: Result<AgreementText, FreezeError>;
  /** pieces of a translation that may no longer say what the text says */
  readonly stale: number;
}

export interface ProposalDraft {
  readonly languages: readonly LanguageDraft[];
  /** all of them, where nothing is missing */
  readonly texts: readonly AgreementText[] | null;
  /** first: what it is unless somebody says otherwise */
  readonly changes: readonly Proposal['change'][];
  /** a minor change would do, but for what is not words: parties, rule, dates, languages, red lines */
  readonly isMoreThanWords: boolean;
  readonly current: Outcome | null;
  /** the round that this one would follow */
  readonly previous: Outcome | null;
  readonly round: number;
  readonly left: readonly WordId[];
  /** the texts are those of the round or the version before */
  readonly isUnchanged: boolean;
  /** groups that would decide */
  readonly deciding: readonly string[];
  readonly mayCallEmergency: boolean;
}

export const draftProposal = (agreement: Agreement): ProposalDraft | null => {
  const { view, life, locals, translations } = agreement;
  if (view === null) return null;
  const languages = view.languages.map((language): LanguageDraft => {
    const translation = translations.find((each) => each.view.language === language)?.view;
    const stale =
      translation === undefined
        ? 0
        : weaveTranslation(view, locals, translation).filter(({ state }) => state === 'stale').length;
    return { language, frozen: agreement.freeze(language), stale };
  });
  const frozen = languages.flatMap((each) => (each.frozen.ok ? [each.frozen.value] : []));
  const texts = frozen.length === languages.length ? frozen : null;
  const { current } = life;
  const previous = roundBefore(agreement, current);
  const left = life.left.filter(({ effective }) => effective).map(({ leaving }) => leaving);
  const gone = new Set<string>(left.map(({ word }) => word.group));
  const before = (current?.proposal.word.parties ?? []).filter((group) => !gone.has(group));
  const isMoreThanWords = current !== null && texts !== null && !hasFrameOf(current, texts);
  const isMinorPossible = current !== null && !isMoreThanWords;
  const last = previous ?? current;
  return {
    languages,
    texts,
    changes: current === null ? ['new'] : isMinorPossible ? ['major', 'minor'] : ['major'],
    isMoreThanWords,
    current,
    previous,
    round: previous === null ? 1 : previous.proposal.word.round + 1,
    left: left.map(({ id }) => id).sort(),
    isUnchanged: last !== null && texts !== null && isTextOf(last, texts),
    deciding: [...new Set<string>([...view.parties, ...before])].sort(),
    mayCallEmergency: (current?.proposal.word.rule ?? view.rule).emergency.allowed,
  };
};

/** By the rule in force, or for a new agreement by its own. */
export const ruleOfDraft = (
  agreement: Agreement,
  { current, deciding }: ProposalDraft,
  change: Proposal['change'],
): Explanation | null => {
  const rule = current?.proposal.word.rule ?? agreement.view?.rule;
  return rule === undefined ? null : explainRule(rule, deciding.length, change === 'minor' ? 'minor' : 'ordinary');
};

/** Of what amends the same: the last round that adopted nothing. */
const roundBefore = (agreement: Agreement, current: Outcome | null): Outcome | null => {
  const amends = current?.proposal.id ?? null;
  const rounds = [...agreement.decisions.outcomes.values()].filter(
    ({ proposal, type }) =>
      proposal.word.amends === amends && (type === 'open' || type === 'not-adopted' || type === 'taken-back'),
  );
  const [last] = rounds.sort(
    (a, b) => b.proposal.word.round - a.proposal.word.round || (a.proposal.id < b.proposal.id ? -1 : 1),
  );
  return last ?? null;
};

const hasFrameOf = ({ proposal }: Outcome, texts: readonly AgreementText[]): boolean =>
  frameOf({
    ...proposal.word,
    ...frameOfTexts(texts),
    texts: texts.map(({ language }) => ({ language, hash: '' })),
  }) === frameOf(proposal.word);

const isTextOf = ({ proposal }: Outcome, texts: readonly AgreementText[]): boolean =>
  texts.length === proposal.word.texts.length &&
  texts.every((text) => {
    const hash = toHex(hashFrozen(encodeAgreementText(text)));
    return proposal.word.texts.some((each) => each.language === text.language && each.hash === hash);
  });
