/**
 * Comments and suggestions as people read them: what was said first, what it says now, the answers, and how it stands.
 * A pure function of the words that count, the same in any order of arrival. No clock decides whether a thread is open:
 * it is while it was reopened as often as it was settled. The clocks of its authors put answers in order, and choose
 * between two forms of a comment that its author wrote apart.
 */
import type { ClauseId } from '../shape/ids.ts';
import type { Anchor, Comment, Said, Settled, Suggestion, WordId } from './words.ts';

export type ThreadState = 'open' | 'resolved' | 'accepted' | 'rejected' | 'withdrawn';

/** One comment, in its latest form. */
export interface Remark {
  /** of its first form: what answers and settlings name */
  readonly id: WordId;
  readonly said: Said<Comment>;
  readonly text: string;
  readonly isEdited: boolean;
  readonly isWithdrawn: boolean;
}

interface Base {
  readonly id: WordId;
  readonly clause: ClauseId | null;
  readonly part: string;
  readonly anchor: Anchor | null;
  readonly quote: string;
  /** in the order in which they were written */
  readonly answers: readonly Remark[];
  readonly state: ThreadState;
  /** who brought it there; null while it is open */
  readonly by: Said<Settled> | null;
  /** words `settled` that it takes to open it again, or to close it */
  readonly toTurn: number;
}
export interface CommentThread extends Base {
  readonly type: 'comment';
  readonly first: Remark;
}
export interface SuggestionThread extends Base {
  readonly type: 'suggestion';
  readonly said: Said<Suggestion>;
  readonly text: string;
  readonly note: string;
}
export type ThreadView = CommentThread | SuggestionThread;

/** `words`: those that count. Oldest first. */
export const threadsOf = (words: ReadonlyMap<WordId, Said>): readonly ThreadView[] => {
  const all = [...words.values()].sort(byTime);
  const comments = all.filter(isComment);
  const suggestions = all.filter((said): said is Said<Suggestion> => said.word.kind === 'suggestion');
  const settled = groupBy(all.filter(isSettled), ({ word }) => word.what);
  const forms = formsOf(comments);
  const withdrawn = (id: WordId): boolean => (settled.get(id) ?? []).some(({ word }) => word.how === 'withdrawn');

  const remark = (said: Said<Comment>): Remark => {
    const latest = forms.latest.get(said.id) ?? said;
    return { id: said.id, said, text: latest.word.text, isEdited: latest !== said, isWithdrawn: withdrawn(said.id) };
  };
  const firsts = comments.filter(({ id }) => !forms.later.has(id));
  const suggested = new Set(suggestions.map(({ id }) => id));
  const byId = new Map(firsts.map((said) => [said.id, said]));
  /** An answer to what is not here stands for itself; an answer to an answer belongs to the same thread. */
  const rootOf = endOf((id) => {
    const to = byId.get(id)?.word.answers ?? null;
    const first = to === null ? null : forms.first(to);
    return first !== null && (suggested.has(first) || byId.has(first)) ? first : null;
  });
  const answers = groupBy(
    firsts.filter(({ id }) => rootOf(id) !== id),
    ({ id }) => rootOf(id),
  );

  const threads = [...firsts.filter(({ id }) => rootOf(id) === id), ...suggestions].sort(byTime);
  return threads.flatMap((said): readonly ThreadView[] => {
    const { id, word } = said;
    const base = {
      ...{ id, clause: word.clause, part: word.part, anchor: word.anchor, quote: word.quote },
      answers: (answers.get(id) ?? []).map(remark),
      ...stateOf(settled.get(id) ?? []),
    };
    if (isComment(said)) return [{ type: 'comment', ...base, first: remark(said) }];
    return word.kind === 'suggestion'
      ? [{ type: 'suggestion', ...base, said: { ...said, word }, text: word.text, note: word.note }]
      : [];
  });
};

const stateOf = (settled: readonly Said<Settled>[]): Pick<Base, 'state' | 'by' | 'toTurn'> => {
  const closing = settled.filter(({ word }) => ['accepted', 'rejected', 'resolved'].includes(word.how));
  const surplus = closing.length - settled.filter(({ word }) => word.how === 'reopened').length;
  const last = closing.at(-1) ?? null;
  const withdrawn = settled.find(({ word }) => word.how === 'withdrawn');
  // what was taken into the text stays so, though its author takes the suggestion back elsewhere
  const isAccepted = surplus > 0 && last?.word.how === 'accepted';
  if (withdrawn !== undefined && !isAccepted) return { state: 'withdrawn', by: withdrawn, toTurn: 0 };
  if (surplus <= 0 || last === null) return { state: 'open', by: null, toTurn: 1 - surplus };
  const { how } = last.word;
  return { state: how === 'accepted' || how === 'rejected' ? how : 'resolved', by: last, toTurn: surplus };
};

interface Forms {
  /** the form to show, by the first one's id; only where there is more than the first */
  readonly latest: ReadonlyMap<WordId, Said<Comment>>;
  /** all that replace an earlier one, those too that have no right to */
  readonly later: ReadonlySet<WordId>;
  readonly first: (id: WordId) => WordId;
}

/** Only its author puts a comment in other words. */
const formsOf = (comments: readonly Said<Comment>[]): Forms => {
  const byId = new Map(comments.map((said) => [said.id, said]));
  const first = endOf((id) => byId.get(id)?.word.replaces ?? null);
  const latest = new Map<WordId, Said<Comment>>();
  const later = new Set<WordId>();
  for (const said of comments) {
    if (said.word.replaces === null) continue;
    later.add(said.id);
    const original = byId.get(first(said.id));
    // comments come in order of time, so that the last one stays
    if (original?.member === said.member) latest.set(original.id, said);
  }
  return { latest, later, first };
};

/** Where the steps end, remembered for all on the way: somebody may have made ten thousand of them. */
const endOf = (step: (id: WordId) => WordId | null): ((id: WordId) => WordId) => {
  const ends = new Map<WordId, WordId>();
  return (start) => {
    const way: WordId[] = [];
    let at = start;
    let end = ends.get(at);
    while (end === undefined) {
      way.push(at);
      const next = step(at);
      end = next === null ? at : ends.get(next);
      at = next ?? at;
    }
    for (const id of way) ends.set(id, end);
    return end;
  };
};

const isComment = (said: Said): said is Said<Comment> => said.word.kind === 'comment';
const isSettled = (said: Said): said is Said<Settled> => said.word.kind === 'settled';

const byTime = (a: Said, b: Said): number =>
  a.minute - b.minute || (a.device === b.device ? a.number - b.number : a.device < b.device ? -1 : 1);

const groupBy = <T>(all: readonly T[], keyOf: (each: T) => WordId): ReadonlyMap<WordId, readonly T[]> => {
  const groups = new Map<WordId, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
};
