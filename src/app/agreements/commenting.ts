/** Comments and suggestions about an agreement: which there are, who may do what with them, and how each is said. */
import type * as Y from 'yjs';
import { clauseBodyOf, parseClauseId, threadsOf } from '../../documents/agreement/index.ts';
import type { Remark, ThreadView } from '../../documents/agreement/index.ts';
import type { Anchor, MemberId, Said, Settled, WordId } from '../../documents/agreement/words.ts';
import { localBodyOf } from '../../documents/local-clause/index.ts';
import { ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import type { Agreement } from './agreement.svelte.ts';
import { sign } from './signing.ts';
import type { SignError } from './signing.ts';

export { MOST } from '../../documents/agreement/words.ts';

/** What is spoken about: words of a clause, or a whole one, or with no clause the agreement. */
export interface Spoken {
  /** id of a common clause, or of a local clause's document */
  readonly clause: string | null;
  readonly anchor: Anchor | null;
  readonly quote: string;
}

type Answered = Promise<Result<WordId, SignError>>;

const known = new WeakMap<ReadonlyMap<WordId, Said>, readonly ThreadView[]>();

/** All of them, oldest first; those too that are settled. */
export const threadsIn = (agreement: Agreement): readonly ThreadView[] => {
  const { words } = agreement.decisions;
  const threads = known.get(words) ?? threadsOf(words);
  known.set(words, threads);
  return threads;
};

export const openThreads = (agreement: Agreement): readonly ThreadView[] =>
  threadsIn(agreement).filter(({ state }) => state === 'open');

/** The words of a clause, common or local; null where they cannot be read here. */
export const bodyOf = (agreement: Agreement, clause: string): Y.XmlFragment | null => {
  const id = parseClauseId(clause);
  const common = agreement.doc !== null && id !== null ? clauseBodyOf(agreement.doc, id) : null;
  if (common !== null) return common;
  const entry = agreement.localEntries.find((each) => each.id === clause);
  const doc = entry ? agreement.local(entry.id).doc : null;
  return doc === null ? null : localBodyOf(doc);
};

/** Everybody of the space may, observers too. */
export const mayComment = ({ company, look }: Agreement): boolean => company.me !== null && look.type === 'ready';

/** Resolve, reject, open again. */
export const maySettle = (agreement: Agreement): boolean =>
  mayComment(agreement) && agreement.company.me?.role !== 'observer';

/** Write what is suggested into this clause. */
export const mayTakeOver = (agreement: Agreement, clause: string): boolean => {
  const entry = agreement.localEntries.find(({ id }) => id === clause);
  return entry === undefined ? agreement.mayWrite : agreement.company.mayWrite(entry.id);
};

export const isOwn = ({ company }: Agreement, member: MemberId): boolean => company.me?.member === member;

export const comment = (agreement: Agreement, about: Spoken, text: string): Answered =>
  sign(agreement, { kind: 'comment', ...placeOf(about), text, answers: null, replaces: null });

export const suggest = (agreement: Agreement, about: Spoken, text: string, note: string): Answered =>
  sign(agreement, { kind: 'suggestion', ...placeOf(about), text, note });

export const answerTo = (agreement: Agreement, thread: ThreadView, text: string): Answered => {
  const { id, clause, part, anchor, quote } = thread;
  return sign(agreement, { kind: 'comment', clause, part, anchor, quote, text, answers: id, replaces: null });
};

/** The person's own comment in other words. */
export const reword = (agreement: Agreement, { id, said }: Remark, text: string): Answered =>
  sign(agreement, { ...said.word, text, replaces: id });

export const withdraw = (agreement: Agreement, what: WordId): Answered =>
  sign(agreement, { kind: 'settled', what, how: 'withdrawn' });

/** As often as it takes: two people may have settled it apart. */
export const settle = async (
  agreement: Agreement,
  { id, toTurn }: ThreadView,
  how: Exclude<Settled['how'], 'withdrawn'>,
): Promise<Result<null, SignError>> => {
  for (let left = Math.min(toTurn, MOST_TURNS); left > 0; left--) {
    const said = await sign(agreement, { kind: 'settled', what: id, how });
    if (!said.ok) return said;
  }
  return ok(null);
};

const MOST_TURNS = 20;

const placeOf = ({ clause, anchor, quote }: Spoken) => ({
  clause: clause === null ? null : parseClauseId(clause),
  part: clause === null ? '' : 'body',
  ...{ anchor, quote },
});
