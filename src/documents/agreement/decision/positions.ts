/**
 * Where each group stands. Its positions that another one replaced are past; of the others, those by its own people
 * outweigh what somebody recorded for it, and of several signed apart the most cautious counts. All stay to be seen.
 */
import type { GroupId, Position, PositionName, Said, WordId } from '../words.ts';

export type SaidPosition = Said<Position>;

export interface Answer {
  readonly group: GroupId;
  /** the one that counts */
  readonly counts: SaidPosition;
  /** signed apart from it by people with equal right */
  readonly beside: readonly SaidPosition[];
  /** recorded, where the group spoke itself */
  readonly outweighed: readonly SaidPosition[];
  readonly replaced: readonly SaidPosition[];
}

/** Of the positions given, which are all about one proposal. */
export const positionsOf = (positions: readonly SaidPosition[]): ReadonlyMap<GroupId, Answer> => {
  const replaced = replacedAmong(positions);
  const groups = new Set(positions.map(({ word }) => word.group));
  const answers = new Map<GroupId, Answer>();
  for (const group of [...groups].sort()) {
    const all = positions.filter(({ word }) => word.group === group).sort(byCaution);
    const standing = all.filter(({ id }) => !replaced.has(id));
    const own = standing.filter(isOwn);
    const [counts, ...beside] = own.length > 0 ? own : standing;
    if (counts === undefined) continue;
    answers.set(group, {
      group,
      counts,
      beside,
      outweighed: own.length > 0 ? standing.filter((said) => !isOwn(said)) : [],
      replaced: all.filter(({ id }) => replaced.has(id)),
    });
  }
  return answers;
};

/** A position replaces only its own group's, and one that was recorded never what the group said itself. */
export const replacedAmong = (positions: readonly SaidPosition[]): ReadonlySet<WordId> => {
  const byId = new Map(positions.map((said) => [said.id, said]));
  const replaced = new Set<WordId>();
  for (const said of positions)
    for (const id of said.word.replaces) {
      const earlier = byId.get(id);
      if (earlier?.word.group === said.word.group && (isOwn(said) || !isOwn(earlier))) replaced.add(id);
    }
  return replaced;
};

/** Said by the group's own people, also where they write down what their assembly said. */
export const isOwn = ({ group, word }: SaidPosition): boolean => group === word.group;

/** Objection and block are two methods' words for one thing. */
export const isAgainst = (position: PositionName): boolean => position === 'objection' || position === 'block';
export const isFor = (position: PositionName): boolean => position === 'agree' || position === 'reservations';

/** Most cautious first; ties by id, so that every device has one order. */
const CAUTION: Readonly<Record<PositionName, number>> = {
  block: 0,
  objection: 0,
  'stand-aside': 1,
  abstain: 2,
  reservations: 3,
  agree: 4,
};

const byCaution = (a: SaidPosition, b: SaidPosition): number =>
  CAUTION[a.word.position] - CAUTION[b.word.position] || (a.id < b.id ? -1 : 1);
