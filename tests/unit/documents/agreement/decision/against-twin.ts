/** Compares what the code says of a history with what its slow twin says. */
import type { Facts, Outcome } from '../../../../../src/documents/agreement/decision/index.ts';
import type { Said } from '../../../../../src/documents/agreement/words.ts';
import type { Decision } from './examples.ts';
import { FACTS } from './story.ts';
import { createTwin } from './twin.ts';
import type { Plain } from './twin.ts';

export const plainOf = (outcome: Outcome): Plain => {
  const { tally, uncounted, closings, deciding } = outcome;
  return {
    type: outcome.type,
    closing: closings.find(({ status }) => status === 'stands')?.closing.id ?? null,
    yes: [...tally.agree, ...tally.reservations].sort(),
    no: tally.against,
    aside: tally.standAside,
    abstain: tally.abstain,
    deciding,
    missing:
      outcome.type === 'incomplete'
        ? outcome.missing.map((each) => (each.type === 'word' ? each.id : `closing of ${each.proposal}`))
        : [],
    uncounted: uncounted
      .map(({ position, leftOut, effect }) => {
        return `${position.id} ${leftOut ? 'left out' : 'late'} ${effect === 'shown' ? 'shown' : 'asks'}`;
      })
      .sort(),
    statuses: closings.map(({ status }) => status),
  };
};

/** What the code says, in one string: equal for equal outcomes. */
export const summaryOf = (
  { decide }: Pick<Decision, 'decide'>,
  words: readonly Said[],
  facts: Facts = FACTS,
): string => {
  const { outcomes, refused, waiting } = decide(words, facts);
  const sorted = <T>(pairs: Iterable<readonly [string, T]>) => [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    sorted(new Map([...outcomes].map(([id, outcome]) => [id, plainOf(outcome)]))),
    sorted(refused),
    sorted(new Map([...waiting].map(([id, { missing }]) => [id, missing]))),
  ]);
};

/** Where they differ, or null. */
export const differenceIn = ({ decide }: Pick<Decision, 'decide'>, words: readonly Said[]): string | null => {
  const decisions = decide(words, FACTS);
  const twin = createTwin(words, FACTS.groups);
  for (const said of words) {
    const ours = decisions.words.has(said.id) ? 'yes' : (decisions.waiting.get(said.id)?.missing ?? 'no');
    const theirs = twin.counts(said);
    if (JSON.stringify(ours) !== JSON.stringify(theirs))
      return `${said.word.kind} ${said.id}: ${JSON.stringify(ours)}, and the twin ${JSON.stringify(theirs)}`;
  }
  for (const [id, outcome] of decisions.outcomes) {
    const [ours, theirs] = [plainOf(outcome), twin.plain(id)];
    for (const key of Object.keys(ours) as readonly (keyof Plain)[])
      if (JSON.stringify(ours[key]) !== JSON.stringify(theirs[key]))
        return `${key} of ${id}: ${JSON.stringify(ours[key])}, and the twin ${JSON.stringify(theirs[key])}`;
  }
  return null;
};
