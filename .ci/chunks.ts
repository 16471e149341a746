/**
 * Which modules travel together. Left alone, the bundler makes a file of each module that two screens share: a hundred
 * small ones, each compressed by itself and each with a list of all that it imports, a fifth of the whole. So what is
 * always fetched together is one file: each step below, each kind of document, and each other screen.
 */
import { resolve } from 'node:path';
import type { Rolldown } from 'vite';

/** In the order in which they are fetched. A part is what its roots import at once, less what stands before it. */
const STEPS: readonly Part[] = [
  { name: 'app', roots: /\/src\/main\.ts$/ },
  { name: 'core', roots: /\/src\/app\/(core|vault\/vault\.svelte)\.ts$/ },
  { name: 'live', roots: /\/src\/(app\/live\/(live\.svelte|join-live)|transports\/tabs)\.ts$/ },
];

/**
 * One part a kind of document, and one for what of it is fetched apart. What they share with each other is a part
 * of its own, and so is what they share with other screens.
 */
const KINDS: readonly Part[] = [
  { name: 'talking-points', roots: /\/src\/ui\/talking-points\/screens\/\w+\.svelte$/ },
  { name: 'agreements', roots: /\/src\/ui\/agreements\/screens\/\w+\.svelte$/ },
  { name: 'calendar', roots: /\/src\/ui\/calendar\/screens\/(?!Approaches|Import|CalendarPrint|Rhythm)\w+\.svelte$/ },
  { name: 'approaches', roots: /\/src\/ui\/calendar\/screens\/Approaches\.svelte$/ },
  { name: 'rhythms', roots: /\/src\/ui\/calendar\/screens\/Rhythms?\.svelte$/ },
  { name: 'calendar-print', roots: /\/src\/ui\/calendar\/screens\/CalendarPrint\.svelte$/ },
  { name: 'reminders', roots: /\/src\/ui\/calendar\/remind\/(Reminders\w+|Reminding)\.svelte$/ },
  { name: 'calendar-files', roots: /\/src\/ui\/calendar\/(screens\/Import|files\/ExportDialog)\.svelte$/ },
  { name: 'in-calendar', roots: /\/src\/ui\/calendar\/today\/InCalendar\.svelte$/ },
];

/** What only these share stays where the bundler puts it: the others need not fetch it. */
const SCREENS: readonly Part[] = [
  { name: 'first', roots: /\/src\/ui\/views\/(first|join|lock)\/[A-Z]\w+\.svelte$/ },
  { name: 'today', roots: /\/src\/ui\/views\/today\/(Today|Looking)\.svelte$/ },
  { name: 'exchange', roots: /\/src\/ui\/views\/exchange\/Exchange\.svelte$/ },
  { name: 'people', roots: /\/src\/ui\/views\/people\/People\.svelte$/ },
  { name: 'settings', roots: /\/src\/ui\/views\/settings\/Settings\.svelte$/ },
];

interface Part {
  readonly name: string;
  /** the modules where it begins */
  readonly roots: RegExp;
}

type Group = NonNullable<Exclude<Rolldown.OutputOptions['codeSplitting'], boolean | undefined>['groups']>[number];
type Graph = Parameters<Exclude<Group['name'], string>>[1];

/** For the bundler's `codeSplitting.groups`: a group whose name is the module's part. */
export const createChunkGroup = (main: string): Group => {
  let parts: ReadonlyMap<string, string> | undefined;
  return {
    debugName: 'parts',
    name: (id, graph) => (parts ??= partsOf(graph, resolve(main))).get(id) ?? null,
    // they are in a part of their own already
    includeDependenciesRecursively: false,
  };
};

const partsOf = (graph: Graph, main: string): ReadonlyMap<string, string> => {
  const parts = new Map<string, string>();
  const all = [...reachable(graph, [main], true)];
  const members = ({ name, roots }: Part): string[] => {
    const starts = all.filter((id) => roots.test(id));
    if (starts.length === 0) throw new Error(`no module is a root of the part ${name}`);
    return [...reachable(graph, starts, false)].filter((id) => !parts.has(id));
  };

  for (const step of STEPS) for (const id of members(step)) parts.set(id, step.name);

  const users = new Map<string, string[]>();
  for (const part of [...KINDS, ...SCREENS])
    for (const id of members(part)) users.set(id, [...(users.get(id) ?? []), part.name]);
  const isKind = (name: string): boolean => KINDS.some((kind) => kind.name === name);
  for (const [id, [name = '', ...others]] of users) {
    if (others.length === 0) parts.set(id, name);
    // what the first kind shares is fetched by nearly everybody; what only a later one does must not come with it
    else if (name === KINDS[0]?.name) parts.set(id, 'shared');
    else if (isKind(name)) parts.set(id, others.every(isKind) ? `shared-${name}` : `around-${name}`);
  }

  // stays the page's own, so that the manifest says where the app begins
  parts.delete(main);
  return parts;
};

const reachable = (graph: Graph, from: readonly string[], alsoLater: boolean): Set<string> => {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    const module = graph.getModuleInfo(id);
    module?.importedIds.forEach(visit);
    if (alsoLater) module?.dynamicallyImportedIds.forEach(visit);
  };
  from.forEach(visit);
  return found;
};
