/** One round of deciding, as the person in front of it meets it: what is proposed, what they may sign, what would come of it. */
import { choicesOf, decide, explain, explainRule, positionsOf } from '../../documents/agreement/decision/index.ts';
import type { Answer, Explanation, Outcome, SaidPosition } from '../../documents/agreement/decision/index.ts';
import { partiesWithSay } from '../../documents/agreement/decision/speaking-rules.ts';
import type { GroupId, PositionName, Proposal, Said, WordId } from '../../documents/agreement/words.ts';
import type { Agreement, FrozenLook } from './agreement.svelte.ts';

/** Why somebody may not sign a position. */
export type NoAnswer = 'observer' | 'no-party' | 'not-here';

/** What a text is compared with. */
export interface Earlier {
  readonly type: 'in-force' | 'round-before';
  readonly proposal: Said<Proposal>;
}

export class Round {
  readonly agreement: Agreement;
  readonly id: WordId;

  constructor(agreement: Agreement, id: string) {
    this.agreement = agreement;
    // an id that is no proposal's has no outcome, and nothing is shown or signed
    this.id = id as WordId;
  }

  get outcome(): Outcome | null {
    return this.agreement.outcome(this.id);
  }

  get proposal(): Proposal | null {
    return this.outcome?.proposal.word ?? null;
  }

  /** How it is decided on, in sentences. */
  get rule(): Explanation | null {
    const { outcome } = this;
    return outcome === null ? null : explainRule(outcome.rule, outcome.deciding.length, this.#way(outcome));
  }

  get explanation(): Explanation | null {
    const { outcome } = this;
    return outcome === null ? null : explain(outcome);
  }

  get isOpen(): boolean {
    return this.outcome?.type === 'open' || this.outcome?.type === 'incomplete';
  }

  get languages(): readonly string[] {
    return this.proposal?.texts.map(({ language }) => language) ?? [];
  }

  /** The text as it was frozen, in one of its languages. */
  text(language: string): FrozenLook {
    return this.#textOf(this.proposal, language);
  }

  hash(language: string): string | null {
    return this.proposal?.texts.find((text) => text.language === language)?.hash ?? null;
  }

  /** The texts to compare with: what is in force first, then what the round before proposed. */
  get earlier(): readonly Earlier[] {
    const { proposal } = this;
    if (proposal === null) return [];
    const find = (id: WordId | null, type: Earlier['type']): readonly Earlier[] => {
      const said = id === null ? undefined : this.agreement.outcome(id)?.proposal;
      return said === undefined ? [] : [{ type, proposal: said }];
    };
    return [...find(proposal.amends, 'in-force'), ...find(proposal.previous, 'round-before')];
  }

  /** In the language asked for, or in the first there is. */
  textBefore({ proposal }: Earlier, language: string): FrozenLook {
    return this.#textOf(proposal.word, language);
  }

  /** All positions about it, counted or not. */
  get positions(): readonly SaidPosition[] {
    return [...this.agreement.decisions.words.values()].flatMap((said): readonly SaidPosition[] =>
      said.word.kind === 'position' && said.word.proposal === this.id ? [{ ...said, word: said.word }] : [],
    );
  }

  /** Where each group stands by all that is here. */
  get standing(): ReadonlyMap<GroupId, Answer> {
    return positionsOf(this.positions);
  }

  get myGroup(): string | null {
    return this.agreement.company.me?.group ?? null;
  }

  /** Groups that a position may be signed for: one's own first, the others by what they gave. */
  get groupsToAnswerFor(): readonly string[] {
    const { myGroup, outcome } = this;
    if (outcome === null) return [];
    const parties: readonly string[] = this.#withSay(outcome);
    return [...parties.filter((id) => id === myGroup), ...parties.filter((id) => id !== myGroup)];
  }

  /** null: they may */
  get mayNotAnswer(): NoAnswer | null {
    const { me } = this.agreement.company;
    if (me === null || me.role === 'observer') return 'observer';
    if (this.outcome === null || !this.languages.some((language) => this.text(language).type === 'here'))
      return 'not-here';
    return this.groupsToAnswerFor.includes(me.group) ? null : 'no-party';
  }

  /** What there is to choose from; of a minor change nothing but whether it may stand. */
  get choices(): readonly PositionName[] {
    const { outcome } = this;
    if (outcome === null) return [];
    return this.#way(outcome) === 'minor' ? ['agree', 'objection'] : choicesOf(outcome.rule.method);
  }

  /** Is there a position of this person's group that they have not given yet? */
  get waitsForMe(): boolean {
    const { outcome, myGroup } = this;
    if (outcome?.type !== 'open' || outcome.next.length > 0 || this.mayNotAnswer !== null) return false;
    if (this.#way(outcome) === 'minor') return false;
    return (
      outcome.deciding.some((group) => group === myGroup) && ![...this.standing.keys()].some((id) => id === myGroup)
    );
  }

  /** May this person end it? Before enough groups have answered, only who proposed it. */
  get mayClose(): boolean {
    const { outcome } = this;
    const { me } = this.agreement.company;
    if (outcome === null || me === null || me.role === 'observer') return false;
    if (me.member === String(outcome.proposal.member)) return true;
    const isParty = this.#withSay(outcome).some((group) => group === String(me.group));
    return isParty && outcome.current.reasons.every((reason) => reason.type !== 'quorum' || reason.holds);
  }

  /** Is it theirs to close, and nothing to wait for: everybody has answered, or the day for it has passed? */
  get isReadyToClose(): boolean {
    const { outcome, agreement } = this;
    if (outcome?.type !== 'open' || outcome.next.length > 0 || !this.mayClose) return false;
    const { deadline } = outcome.proposal.word;
    return (
      outcome.tally.silent.length === 0 || (deadline !== null && deadline * 60_000 <= agreement.company.world.now())
    );
  }

  /** By the emergency rule, where that would adopt it now. */
  get mayCloseByEmergency(): boolean {
    const { outcome } = this;
    const { me } = this.agreement.company;
    if (outcome?.type !== 'open' || outcome.emergency?.adopted !== true || me === null || me.role === 'observer')
      return false;
    return (
      me.member === String(outcome.proposal.member) ||
      this.#withSay(outcome).some((group) => group === String(me.group))
    );
  }

  /** What would be said of it if this person closed it now. Worked out as the real thing is. */
  preview(emergency: boolean, replaces: WordId | null = null): Outcome | null {
    const { agreement, outcome, id } = this;
    const { me, membership } = agreement.company;
    if (outcome === null || me === null) return null;
    const closing = {
      ...{ id: LAST as WordId, role: me.role, number: Number.MAX_SAFE_INTEGER, minute: 0 },
      ...{ member: me.member, group: me.group, device: LAST as Said['device'] },
      word: {
        kind: 'closing' as const,
        proposal: id,
        counted: this.positions.map((said) => said.id),
        emergency,
        replaces,
      },
    };
    const groups: ReadonlySet<GroupId> = new Set([...membership.groups.keys()]);
    return decide([...agreement.words, closing], { groups }).outcomes.get(id) ?? null;
  }

  #way({ proposal }: Outcome): 'minor' | 'ordinary' {
    return proposal.word.change === 'minor' ? 'minor' : 'ordinary';
  }

  #withSay({ proposal }: Outcome): readonly GroupId[] {
    return partiesWithSay(proposal.word, { find: (id) => this.agreement.decisions.words.get(id) ?? null });
  }

  #textOf(proposal: Proposal | null, language: string): FrozenLook {
    const wanted = proposal?.texts.find((text) => text.language === language) ?? proposal?.texts[0];
    return wanted === undefined ? { type: 'missing' } : this.agreement.frozen(wanted.hash);
  }
}

/** No word has it, and all others come before it. */
const LAST = 'f'.repeat(64);
