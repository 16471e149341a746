/**
 * What a person signs about an agreement. Each puts the words together from what is shown, signs them, and says how it
 * went; who may sign what is decided by the same rules by which everybody counts it.
 */
import { encodeAgreementText } from '../../documents/agreement/index.ts';
import type { AgreementText } from '../../documents/agreement/index.ts';
import { splitText } from '../../documents/agreement/frozen.ts';
import type { RedLineId } from '../../documents/shape/ids.ts';
import { createWordValue } from '../../documents/agreement/words.ts';
import type { GroupId, Position, Proposal, Word, WordId } from '../../documents/agreement/words.ts';
import { toHex } from '../../lib/bytes.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { hashFrozen } from '../../proofs/frozen.ts';
import type { ReplicaError } from '../../sync/replica-types.ts';
import type { Agreement } from './agreement.svelte.ts';

export type SignError =
  | ReplicaError
  /** bytes too many, in which field ('' for all together) */
  | { readonly type: 'TooLong'; readonly field: string; readonly over: number };

/** Signs one word. */
export const sign = async (agreement: Agreement, word: Word): Promise<Result<WordId, SignError>> => {
  const value = createWordValue(word);
  if (!value.ok) return err(value.error[0] ?? { type: 'TooLong', field: '', over: 0 });
  const said = await agreement.company.world.replica.say(agreement.id, word.kind, value.value);
  return said.ok ? ok(said.value) : said;
};

export interface ProposalWish {
  /** as frozen for each authoritative language */
  readonly texts: readonly AgreementText[];
  readonly change: Proposal['change'];
  readonly amends: WordId | null;
  readonly previous: WordId | null;
  readonly round: number;
  readonly left: readonly WordId[];
  /** minutes since 1970; null: none */
  readonly deadline: number | null;
  readonly emergency: boolean;
}

/** Freezes the texts: their pieces first, so that whoever has the proposal can have what it proposes. */
export const propose = async (agreement: Agreement, wish: ProposalWish): Promise<Result<WordId, SignError>> => {
  const texts: Proposal['texts'][number][] = [];
  for (const text of wish.texts) {
    const bytes = encodeAgreementText(text);
    const pieces = splitText(bytes, hashFrozen);
    if (!pieces.ok) return err({ type: 'TooLong', field: 'text', over: pieces.error.over });
    const hash = toHex(hashFrozen(bytes));
    texts.push({ language: text.language, hash });
    // the very text of an earlier round is there already
    if (agreement.frozen(hash).type === 'here') continue;
    for (const piece of pieces.value) {
      const said = await sign(agreement, piece);
      if (!said.ok) return said;
    }
  }
  const { change, amends, previous, round, left, deadline, emergency } = wish;
  return sign(agreement, {
    ...{ kind: 'proposal', change, amends, previous, round, left, deadline, emergency },
    texts: texts.sort((a, b) => (a.language < b.language ? -1 : 1)),
    ...frameOfTexts(wish.texts),
  });
};

/** What a proposal says beside its words: it stands in each of the texts, in all languages alike. */
export const frameOfTexts = (
  texts: readonly AgreementText[],
): Pick<Proposal, 'parties' | 'rule' | 'dates' | 'redLines'> => {
  const [first] = texts;
  if (first === undefined) throw new Error('no text');
  return {
    parties: first.parties as readonly GroupId[],
    rule: first.rule,
    dates: first.dates,
    redLines: first.redLines.map(({ id, holder, lift }) => ({ id, holder, lift }) as Proposal['redLines'][number]),
  };
};

export type Answer = Pick<
  Position,
  'hash' | 'language' | 'group' | 'position' | 'mandate' | 'reason' | 'conditions' | 'recorded'
>;

/** A group's position; what the group said before on this proposal, as far as it is here, is replaced. */
export const answer = (
  agreement: Agreement,
  proposal: WordId,
  position: Answer,
): Promise<Result<WordId, SignError>> => {
  const before = [...agreement.decisions.words.values()].flatMap((said) =>
    said.word.kind === 'position' && said.word.proposal === proposal && said.word.group === position.group
      ? [said]
      : [],
  );
  const gone = new Set(before.flatMap(({ word }) => (word.kind === 'position' ? word.replaces : [])));
  const standing = before.filter(({ id }) => !gone.has(id)).map(({ id }) => id);
  return sign(agreement, { kind: 'position', proposal, ...position, replaces: standing.sort().slice(0, 20) });
};

/** Ends a round: counts all positions that are here. */
export const close = (
  agreement: Agreement,
  proposal: WordId,
  emergency: boolean,
  replaces: WordId | null = null,
): Promise<Result<WordId, SignError>> => {
  const counted = [...agreement.decisions.words.values()].flatMap((said) =>
    said.word.kind === 'position' && said.word.proposal === proposal ? [said.id] : [],
  );
  return sign(agreement, { kind: 'closing', proposal, counted: counted.sort(), emergency, replaces });
};

/** An endorsement of a text, or the withdrawing of one; `group` null: the member alone. */
export const endorse = (
  agreement: Agreement,
  proposal: WordId,
  { group, text, withdrawn }: { readonly group: string | null; readonly text: string; readonly withdrawn: boolean },
): Promise<Result<WordId, SignError>> =>
  sign(agreement, { kind: 'endorsement', proposal, group: group as GroupId | null, text, withdrawn });

/** This person's group is no party any more, from that day ('YYYY-MM-DD') or at once. */
export const leave = async (
  agreement: Agreement,
  proposal: WordId,
  reason: string,
  effective: string | null,
): Promise<Result<WordId, SignError>> => {
  const { me } = agreement.company;
  if (me === null) return err({ type: 'NotAllowed' });
  return sign(agreement, { kind: 'leaving', proposal, group: me.group, reason, effective });
};

/** This person's group says that another agreement takes the place of this one. */
export const supersede = (
  agreement: Agreement,
  proposal: WordId,
  by: Agreement,
  reason: string,
): Promise<Result<WordId, SignError>> => sign(agreement, { kind: 'superseded', proposal, by: by.id, reason });

export const lift = (
  agreement: Agreement,
  proposal: WordId,
  redLine: string,
  reason: string,
): Promise<Result<WordId, SignError>> =>
  sign(agreement, { kind: 'lifted', proposal, redLine: redLine as RedLineId, reason });
