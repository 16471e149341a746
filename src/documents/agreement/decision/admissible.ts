/**
 * Which words count: who may say what. A word that no rule here refuses is admitted; a refusal names its rule, and a
 * word that stands on others which are not here yet waits for them. A pure function of the set of words.
 */
import { SPEAKING_RULES } from './speaking-rules.ts';
import type { Facts, RuleName } from './speaking-rules.ts';
import type { Said, Word, WordId } from '../words.ts';

export interface Admitted {
  /** by id; a word comes after those that it stands on */
  readonly words: ReadonlyMap<WordId, Said>;
  readonly refused: ReadonlyMap<WordId, RuleName | 'stands-on-what-counts'>;
  readonly waiting: ReadonlyMap<WordId, Waiting>;
}

export interface Waiting {
  readonly said: Said;
  readonly missing: readonly WordId[];
}

export const admissible = (words: Iterable<Said>, facts: Facts): Admitted => {
  const all = new Map([...words].sort(byId).map((said) => [said.id, said]));
  const admitted = new Map<WordId, Said>();
  const refused = new Map<WordId, RuleName | 'stands-on-what-counts'>();
  const waiting = new Map<WordId, Waiting>();
  const context = { facts, find: (id: WordId) => admitted.get(id) ?? null };

  const judge = (said: Said, on: readonly WordId[]): void => {
    const missing = on.flatMap((id) => (all.has(id) ? (waiting.get(id)?.missing ?? []) : [id]));
    if (on.some((id) => refused.has(id))) refused.set(said.id, 'stands-on-what-counts');
    else if (missing.length > 0) waiting.set(said.id, { said, missing: [...new Set(missing)].sort() });
    else {
      const broken = SPEAKING_RULES.find((rule) => rule.of.includes(said.word.kind) && !rule.holds(said, context));
      if (broken === undefined) admitted.set(said.id, said);
      else refused.set(said.id, broken.name);
    }
  };

  const isJudged = (id: WordId): boolean => !all.has(id) || admitted.has(id) || refused.has(id) || waiting.has(id);
  let left = [...all.values()].map((said) => ({ said, on: standsOn(said.word) }));
  for (let before = -1; before !== left.length;) {
    before = left.length;
    const ready = new Set(left.filter(({ on }) => on.every(isJudged)));
    for (const { said, on } of ready) judge(said, on);
    left = left.filter((each) => !ready.has(each));
  }
  // words that stand on each other in a circle: no honest hash does
  for (const { said } of left) refused.set(said.id, 'stands-on-what-counts');
  return { words: admitted, refused, waiting };
};

/** The words without which this one means nothing. */
const standsOn = (word: Word): readonly WordId[] => {
  switch (word.kind) {
    case 'proposal':
      return [word.amends, word.previous, ...word.left].filter((id) => id !== null);
    case 'position':
    case 'closing':
    case 'endorsement':
    case 'leaving':
    case 'lifted':
    case 'superseded':
      return [word.proposal];
    case 'settled':
      return [word.what];
    case 'text':
    case 'comment':
    case 'suggestion':
      return [];
  }
};

const byId = (a: Said, b: Said): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
