/**
 * Positions on a closed round that its closing does not count: never dropped, shown beside the result. One that its
 * author had seen is flagged as left out. What the rule says is done with them: they do not undo a result; one that
 * would have stopped the text (an objection or block, where one group can stop it) asks for a new round, or for a fuller
 * closing where it was signed before this one.
 */
import type { Said, WordId } from '../words.ts';
import type { ClosingView } from './closings.ts';
import { oneStops } from './counting.ts';
import { isAgainst, positionsOf, replacedAmong } from './positions.ts';
import type { SaidPosition } from './positions.ts';
import type { Round, SaidClosing } from './round.ts';
import { isA } from './speaking-rules.ts';

export interface Uncounted {
  readonly position: SaidPosition;
  /** the closing's author had seen it: signed or named it on the same device before, or in what the closing puts right */
  readonly leftOut: boolean;
  readonly effect: 'shown' | 'asks-new-round';
}

export const uncountedBy = (
  standing: ClosingView,
  round: Round,
  words: ReadonlyMap<WordId, Said>,
): readonly Uncounted[] => {
  const { positions, rule, deciding } = round;
  const counted = new Set(standing.counted.map(({ id }) => id));
  const past = replacedBy(counted, positions);
  const seen = seenBy(standing.closing, words);
  const now = positionsOf(positions);
  const asks = ({ id, word }: SaidPosition): boolean =>
    standing.result.adopted &&
    oneStops(rule.method) &&
    isAgainst(word.position) &&
    deciding.includes(word.group) &&
    now.get(word.group)?.counts.id === id;
  return positions
    .filter(({ id }) => !counted.has(id) && !past.has(id))
    .map((position) => ({
      position,
      leftOut: seen.has(position.id),
      effect: asks(position) ? 'asks-new-round' : 'shown',
    }));
};

/** What those that were counted replaced, and what that had replaced: history, not uncounted. */
const replacedBy = (counted: ReadonlySet<WordId>, positions: readonly SaidPosition[]): ReadonlySet<WordId> => {
  const byId = new Map(positions.map((said) => [said.id, said]));
  const past = new Set<WordId>();
  const open = [...counted];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const said = byId.get(id);
    for (const earlierId of said?.word.replaces ?? []) {
      const earlier = byId.get(earlierId);
      if (said === undefined || earlier === undefined || past.has(earlierId)) continue;
      if (!replacedAmong([said, earlier]).has(earlierId)) continue;
      past.add(earlierId);
      open.push(earlierId);
    }
  }
  return past;
};

/** Ids that the author of a closing provably knew: what the device said before, and what that and earlier closings name. */
const seenBy = (closing: SaidClosing, words: ReadonlyMap<WordId, Said>): ReadonlySet<WordId> => {
  const seen = new Set<WordId>();
  for (const said of words.values())
    if (said.device === closing.device && said.number < closing.number) {
      seen.add(said.id);
      for (const id of namedIn(said)) seen.add(id);
    }
  const chain = new Set<WordId>();
  for (let id = closing.word.replaces; id !== null && !chain.has(id);) {
    chain.add(id);
    const earlier = words.get(id);
    if (earlier === undefined) break;
    for (const named of namedIn(earlier)) seen.add(named);
    id = isA(earlier, 'closing') ? earlier.word.replaces : null;
  }
  return seen;
};

const namedIn = (said: Said): readonly WordId[] =>
  isA(said, 'closing') ? said.word.counted : isA(said, 'position') ? said.word.replaces : [];
