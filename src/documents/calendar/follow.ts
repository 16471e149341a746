/**
 * Reads one calendar again and again: only the actions that changed since are read anew, and what did not change is the
 * same object as before, so that five thousand actions cost a keystroke no more than the one that it is typed in.
 */
import type * as Y from 'yjs';
import { parseActionId } from '../shape/ids.ts';
import type { ActionId } from '../shape/ids.ts';
import { asMap, isShown } from '../shape/read.ts';
import { actionParts, readAction, readCalendarWith } from './read.ts';
import type { ActionView, CalendarState } from './read.ts';
import { actionsOf, MOST_ACTIONS } from './schema.ts';

export interface FollowedCalendar {
  /** as `readCalendar(doc)` */
  readonly read: () => CalendarState;
  readonly stop: () => void;
}

export const followCalendar = (doc: Y.Doc): FollowedCalendar => {
  const parts = actionsOf(doc);
  let known: Views | null = null;
  let changed = new Set<string>();
  const look = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    for (const { target, path, changes } of events) {
      if (target === parts) for (const key of changes.keys.keys()) changed.add(key);
      else if (typeof path[0] === 'string') changed.add(path[0]);
    }
  };
  parts.observeDeep(look);
  return {
    read: () => {
      known = known === null || parts.size > MOST_ACTIONS ? readAll(doc) : readAgain(known, parts, changed);
      changed = new Set();
      return readCalendarWith(doc, known.shown, known.removed);
    },
    stop: () => parts.unobserveDeep(look),
  };
};

interface Views {
  readonly shown: ReadonlyMap<ActionId, ActionView>;
  readonly removed: ReadonlyMap<ActionId, ActionView>;
}

const readAll = (doc: Y.Doc): Views => {
  const shown = new Map<ActionId, ActionView>();
  const removed = new Map<ActionId, ActionView>();
  for (const [id, part] of actionParts(doc)) (isShown({ part }) ? shown : removed).set(id, readAction(id, part));
  return { shown, removed };
};

const readAgain = (known: Views, parts: Y.Map<unknown>, changed: ReadonlySet<string>): Views => {
  if (changed.size === 0) return known;
  const shown = new Map(known.shown);
  const removed = new Map(known.removed);
  for (const key of changed) {
    const id = parseActionId(key);
    const part = asMap(parts.get(key));
    if (id === null) continue;
    const isThere = part !== null && isShown({ part });
    if (!isThere) shown.delete(id);
    if (isThere || part === null) removed.delete(id);
    if (part !== null) (isThere ? shown : removed).set(id, readAction(id, part));
  }
  return { shown, removed };
};
