/** How a group takes part in an action, in one word. */
import type { ActionId, ActionView, Standing } from '../../documents/calendar/index.ts';
import type { VariationView } from '../../documents/variations/index.ts';
import type { GroupId } from '../../log/types.ts';
import type { Calendar } from './calendar.svelte.ts';

/** 'open': it has said nothing yet */
export type Taking = 'hosts' | Standing | 'open';

export const taking = (calendar: Calendar, action: ActionView, group: GroupId): Taking =>
  takingOf(calendar.variationsOf(group), action, group);

/** The same for many actions of one group. What a group says of itself outweighs that somebody named it as a host. */
export const takingOf = (
  variations: ReadonlyMap<ActionId, VariationView>,
  { id, hosts }: ActionView,
  group: GroupId,
): Taking => {
  const standing = variations.get(id)?.standing;
  const isHost = hosts.includes(group);
  if (standing === undefined || standing === 'joining') return isHost ? 'hosts' : (standing ?? 'open');
  return standing === 'undecided' && isHost ? 'hosts' : standing;
};

export const takesPart = (how: Taking): boolean => how === 'hosts' || how === 'joining' || how === 'adapting';
