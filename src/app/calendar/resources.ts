/** Things that actions need, by the names that people gave them. */
import type { ActionView, CalendarView } from '../../documents/calendar/index.ts';

/** More are not looked through. */
const MOST = 8;

/** Named by other actions of the calendar and not yet by this one: those that are named most, first. */
export const knownResources = (view: CalendarView | null, action: ActionView): readonly string[] => {
  const own = new Set(action.resources.map(folded));
  const found = new Map<string, { readonly name: string; readonly count: number }>();
  for (const { resources } of view?.actions.values() ?? [])
    for (const name of resources) {
      const key = folded(name);
      if (!own.has(key))
        found.set(key, { name: found.get(key)?.name ?? name, count: (found.get(key)?.count ?? 0) + 1 });
    }
  return [...found.values()]
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(({ name }) => name);
};

const folded = (name: string): string => name.trim().toLowerCase();
