/** How a group takes part in an action, in one word. */
import type { ActionView, Standing } from '../../documents/calendar/index.ts';
import type { GroupId } from '../../log/types.ts';
import type { Calendar } from './calendar.svelte.ts';

/** 'open': it has said nothing yet */
export type Taking = 'hosts' | Standing | 'open';

/** What a group says of itself outweighs that somebody named it as a host. */
export const taking = (calendar: Calendar, { id, hosts }: ActionView, group: GroupId): Taking => {
  const standing = calendar.variationsOf(group).get(id)?.standing;
  const isHost = hosts.includes(group);
  if (standing === undefined || standing === 'joining') return isHost ? 'hosts' : (standing ?? 'open');
  return standing === 'undecided' && isHost ? 'hosts' : standing;
};

export const takesPart = (how: Taking): boolean => how === 'hosts' || how === 'joining' || how === 'adapting';
