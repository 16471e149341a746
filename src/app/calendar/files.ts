/** Calendar files, for programs elsewhere: what one would bring, taking it over, and giving actions out. */
import { parseActionId } from '../../documents/calendar/index.ts';
import type { ActionView } from '../../documents/calendar/index.ts';
import type { Audience, FileProblem, ImportPlan, ImportReceipt } from '../../ics/index.ts';
import type { GroupId } from '../../log/types.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import { History } from '../company/history.svelte.ts';
import type { Calendar } from './calendar.svelte.ts';

export type {
  Audience,
  EventField,
  EventProblem,
  FileProblem,
  ImportPlan,
  ImportReceipt,
  PlannedEvent,
} from '../../ics/index.ts';

/** Nothing else of the calendar needs what reads and writes files: it is fetched when it is wanted. */
const fetchIcs = () => import('../../ics/index.ts');

/** What the file would bring. Nothing is changed. */
export const previewFile = async (calendar: Calendar, bytes: Uint8Array): Promise<Result<ImportPlan, FileProblem>> => {
  const { decodeCalendarFile, planImport, readCalendarFile } = await fetchIcs();
  const file = readCalendarFile(decodeCalendarFile(bytes), calendar.zone);
  const { view } = calendar;
  if (!file.ok) return file;
  return view === null ? err({ type: 'NoCalendar', line: 1 }) : ok(planImport(file.value, view));
};

export interface Imported {
  readonly receipt: ImportReceipt;
  /** takes all of it back */
  readonly undo: () => void;
}

/** null: nothing can be written here now */
export const importFile = async (calendar: Calendar, plan: ImportPlan): Promise<Imported | null> => {
  const { applyImport } = await fetchIcs();
  const { doc, view, company } = calendar;
  if (doc === null || view === null || !calendar.mayWrite) return null;
  const history = new History(doc);
  const receipt = applyImport(plan, {
    ...{ doc, origin: LOCAL, calendar: view, minute: calendar.minute },
    createId: company.freshAction,
  });
  if (receipt === null) return null;
  const undo = (): void => {
    while (history.steps.canUndo()) history.undo();
    history.close();
  };
  return { receipt, undo };
};

export interface Export {
  readonly text: string;
  readonly events: number;
  /** how many of them have no date, and are tasks in the file */
  readonly undated: number;
  /** what the group declined */
  readonly left: number;
}

/** `group`: as this group takes part; null: the common frame. */
export const exportFile = async (
  calendar: Calendar,
  actions: readonly ActionView[],
  { audience, group }: { readonly audience: Audience; readonly group: GroupId | null },
): Promise<Export> => {
  const { eventOf, formatCalendarFile, ownEventOf } = await fetchIcs();
  const { view } = calendar;
  if (view === null) return { text: '', events: 0, undated: 0, left: 0 };
  const own = group === null ? null : { group, variations: calendar.variationsOf(group) };
  const events = [...actions]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((action) => (own ? ownEventOf(action, view, audience, own) : eventOf(action, view, audience)) ?? []);
  // of some actions, it is not the calendar
  const leftovers = actions.length === view.actions.size ? view.leftovers : [];
  const text = formatCalendarFile(events, { name: view.title, now: calendar.company.world.now(), leftovers });
  const undated = events.filter(({ when }) => when.type === 'undated').length;
  return { text, events: events.length, undated, left: actions.length - events.length };
};

/** One action of this calendar, or all of them. `of`: as it stands in an address */
export const actionsToExport = ({ view }: Calendar, of: string | undefined): readonly ActionView[] => {
  const id = parseActionId(of);
  const one = id === null ? undefined : view?.actions.get(id);
  if (of !== undefined) return one === undefined ? [] : [one];
  return [...(view?.actions.values() ?? [])];
};
