/**
 * Hints that something is wanted in two places at once: a group that takes part in both, a person with a role in both, a
 * thing that both need. Only a hint: people may well split up.
 */
import type { ActionView, Status } from '../../documents/calendar/index.ts';
import type { GroupId } from '../../log/types.ts';
import { instantsOf } from '../../times/index.ts';
import type { Happening } from './agenda.ts';

export type Wanted =
  | { readonly type: 'group'; readonly group: GroupId }
  | { readonly type: 'person'; readonly name: string; readonly member: string | null }
  | { readonly type: 'resource'; readonly name: string };

export interface Clash {
  readonly wanted: Wanted;
  /** what else it is wanted for */
  readonly other: Happening;
}

/** A group with the dates on which it takes part, each in its own form. */
export interface Attending {
  readonly group: GroupId;
  readonly happenings: readonly Happening[];
}

/** By the key of a happening. `all`: as the common frame has them. */
export const findClashes = (
  all: readonly Happening[],
  attending: readonly Attending[],
): ReadonlyMap<string, readonly Clash[]> => {
  const clashes = new Map<string, Clash[]>();
  const add = (one: Happening, other: Happening, wanted: Wanted): void => {
    for (const [at, with_] of [
      [one, other],
      [other, one],
    ] as const) {
      const known = clashes.get(at.key) ?? [];
      if (known.length < MOST_A_HAPPENING) known.push({ wanted, other: with_ });
      clashes.set(at.key, known);
    }
  };
  for (const { group, happenings } of attending) {
    eachOverlap(happenings, (one, other) => {
      if (isElsewhere(one, other)) add(one, other, { type: 'group', group });
    });
  }
  const needy = all.filter(({ action }) => action.taken.length > 0 || action.resources.length > 0);
  eachOverlap(needy, (one, other) => {
    for (const wanted of sharedBy(one.action, other.action)) add(one, other, wanted);
  });
  return clashes;
};

/** What has an hour and is going to be. In the order in which they begin. */
const eachOverlap = (happenings: readonly Happening[], tell: (one: Happening, other: Happening) => void): void => {
  let open: { readonly happening: Happening; readonly end: number }[] = [];
  for (const happening of happenings) {
    const { when } = happening.occurrence;
    if (when.type !== 'timed' || !IS_ON[happening.status]) continue;
    const { start, end } = instantsOf(when);
    open = open.filter((each) => each.end > start);
    for (const each of open) if (each.happening.action.id !== happening.action.id) tell(each.happening, happening);
    // one that lasts no time is still there at its moment
    if (open.length < MOST_AT_ONCE) open.push({ happening, end: Math.max(end, start + 1) });
  }
};

const IS_ON: Readonly<Record<Status, boolean>> = {
  idea: false,
  proposed: true,
  confirmed: true,
  postponed: false,
  cancelled: false,
  done: false,
};

/** Two parts of one gathering, in the same place, are no clash. */
const isElsewhere = (one: Happening, other: Happening): boolean => {
  const [here, there] = [placeOf(one), placeOf(other)];
  return here === '' || there === '' || here !== there;
};
const placeOf = ({ action, changes }: Happening): string => folded((changes.place ?? action.place)?.text ?? '');

const sharedBy = (one: ActionView, other: ActionView): readonly Wanted[] => [
  ...one.taken
    .filter(({ member, name }) =>
      other.taken.some((each) => (member === null ? folded(name) === folded(each.name) : member === each.member)),
    )
    .map(({ member, name }): Wanted => ({ type: 'person', name, member })),
  ...one.resources
    .filter((name) => other.resources.some((each) => folded(each) === folded(name)))
    .map((name): Wanted => ({ type: 'resource', name })),
];

const folded = (text: string): string => text.trim().toLowerCase();

const MOST_A_HAPPENING = 3;
/** Beyond that nobody reads the hints. */
const MOST_AT_ONCE = 50;
