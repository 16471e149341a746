/** What takes place in a stretch of days, each time that it does. What did not change since is not worked out again. */
import { seriesOf } from '../../documents/calendar/index.ts';
import type { ActionView, Changes, Status } from '../../documents/calendar/index.ts';
import { firstInstant, occurrencesOf } from '../../times/index.ts';
import type { DayRange, Occurrence } from '../../times/index.ts';

/** An action on one of its dates. */
export interface Happening {
  /** unique in the calendar and the same for as long as it is this action on this date */
  readonly key: string;
  readonly action: ActionView;
  readonly occurrence: Occurrence;
  /** as it is on this date */
  readonly title: string;
  readonly status: Status;
  /** what else this date has of its own */
  readonly changes: Changes;
  /** where it stands among the others: milliseconds since 1970, as the range's zone sees it */
  readonly start: number;
}

export interface Agenda {
  /** in the order in which they begin */
  readonly happenings: readonly Happening[];
  /** an action has more dates than are worked out */
  readonly isCut: boolean;
}

/** Asked again and again for the same stretch: one for each screen. */
export const createAgenda = (): ((actions: Iterable<ActionView>, range: DayRange) => Agenda) => {
  let range = '';
  /** also of those that a search leaves out just now */
  let workedOut = new WeakMap<ActionView, Agenda>();
  let known: ReadonlySet<ActionView> = new Set();
  let happenings: readonly Happening[] = [];
  return (actions, asked) => {
    const name = `${asked.from} ${asked.to} ${asked.zone}`;
    if (name !== range) [workedOut, known, happenings, range] = [new WeakMap(), new Set(), [], name];
    const now = new Set<ActionView>();
    const fresh: Happening[] = [];
    let [isCut, kept] = [false, 0];
    for (const action of actions) {
      const its = workedOut.get(action) ?? happeningsOf(action, asked);
      workedOut.set(action, its);
      now.add(action);
      if (known.has(action)) kept += 1;
      else fresh.push(...its.happenings);
      isCut ||= its.isCut;
    }
    // as it was, but for what changed: sorting thousands again would be felt at each key
    const isSame = fresh.length === 0 && kept === known.size;
    if (!isSame) happenings = woven(known.size === 0 ? [] : happenings.filter(({ action }) => now.has(action)), fresh);
    known = now;
    return { happenings, isCut };
  };
};

const woven = (sorted: readonly Happening[], fresh: Happening[]): readonly Happening[] => {
  fresh.sort(byStart);
  if (sorted.length === 0) return fresh;
  const all: Happening[] = [];
  let at = 0;
  for (const each of sorted) {
    for (let next = fresh[at]; next !== undefined && byStart(next, each) < 0; next = fresh[++at]) all.push(next);
    all.push(each);
  }
  return all.concat(fresh.slice(at));
};

export const happeningsOf = (action: ActionView, range: DayRange): Agenda => {
  const series = seriesOf(action);
  if (series === null) return NOTHING;
  const { list, isCut } = occurrencesOf(series, range, MOST_OF_ONE);
  const happenings = list.map((occurrence): Happening => {
    const changes = action.changed.get(occurrence.id) ?? NO_CHANGES;
    return {
      ...{ key: `${action.id}/${occurrence.id}`, action, occurrence, changes },
      title: changes.name ?? action.title,
      status: changes.status ?? action.status,
      start: firstInstant(occurrence.when, range.zone),
    };
  });
  return { happenings, isCut };
};

/** Those that have no date yet, in the order of their titles. */
export const undatedIn = (actions: Iterable<ActionView>): readonly ActionView[] =>
  [...actions]
    .filter(({ when }) => when.type === 'undated')
    .sort((a, b) => a.title.localeCompare(b.title) || (a.id < b.id ? -1 : 1));

const NOTHING: Agenda = { happenings: [], isCut: false };
const NO_CHANGES: Changes = {};
/** More in one stretch is a rule gone wrong. */
const MOST_OF_ONE = 1_000;

/** Whole days and windows before what has an hour. */
const byStart = (a: Happening, b: Happening): number =>
  a.start - b.start || hasHour(a) - hasHour(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
const hasHour = ({ occurrence }: Happening): number => (occurrence.when.type === 'timed' ? 1 : 0);
