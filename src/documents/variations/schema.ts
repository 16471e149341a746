/**
 * The shape of a document of variations: how one group takes part in the actions of a calendar (its parent), which that
 * group alone may write.
 *
 * Roots: map `variations` (schemaVersion); for an action a list `facts/<action>` (../shape/facts.ts) and a text
 * `reason/<action>`. Roots need no creation, so two people of the group who answer apart write in the same ones.
 * Two devices may each have made such a document for their group: all are read as one.
 */
import type * as Y from 'yjs';
import { parseActionId } from '../shape/ids.ts';
import type { ActionId } from '../shape/ids.ts';

export const variationsRoot = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('variations');

export const factsName = (action: ActionId): string => `${FACTS}${action}`;
export const reasonName = (action: ActionId): string => `${REASON}${action}`;

/** The actions that this document says something about, sorted. */
export const actionsIn = (doc: Y.Doc): readonly ActionId[] => {
  const found = new Set<ActionId>();
  for (const name of doc.share.keys()) {
    const id = name.startsWith(FACTS)
      ? parseActionId(name.slice(FACTS.length))
      : name.startsWith(REASON)
        ? parseActionId(name.slice(REASON.length))
        : null;
    if (id !== null) found.add(id);
  }
  return [...found].sort().slice(0, MOST_VARIATIONS);
};

const FACTS = 'facts/';
const REASON = 'reason/';
const MOST_VARIATIONS = 20_000;
