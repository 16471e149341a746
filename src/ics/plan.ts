/** What an import would do, before it does it. By UID, and nothing older than what is here. */
import type { ActionId, ActionView, CalendarView } from '../documents/calendar/index.ts';
import { eventOf, sequenceOf, uidOf } from './actions.ts';
import type { FileEvent, Skipped } from './event.ts';
import { EVENT_FIELDS, type EventField, markOf, readMark } from './mark.ts';
import type { CalendarFile } from './read.ts';

export type PlannedEvent =
  | { readonly type: 'added'; readonly event: FileEvent }
  /** `fields`: what the file says anew */
  | {
      readonly type: 'changed';
      readonly event: FileEvent;
      readonly action: ActionId;
      readonly fields: readonly EventField[];
    }
  | { readonly type: 'same'; readonly event: FileEvent; readonly action: ActionId };

export interface ImportPlan {
  readonly events: readonly PlannedEvent[];
  /** what the file says of itself that the calendar does not keep yet, and what it says anew instead */
  readonly kept: { readonly add: readonly string[]; readonly remove: readonly string[] };
  readonly skipped: readonly Skipped[];
}

export const planImport = (file: CalendarFile, calendar: CalendarView): ImportPlan => {
  const actionByUid = new Map([...calendar.actions.values()].map((action) => [uidOf(action), action]));
  const events = file.events.map((event): PlannedEvent => {
    const action = actionByUid.get(event.uid);
    if (!action) return { type: 'added', event };
    const fields = event.sequence < sequenceOf(action) ? [] : newIn(event, action, calendar);
    return fields.length === 0
      ? { type: 'same', event, action: action.id }
      : { type: 'changed', event, action: action.id, fields };
  });
  return { events, kept: keptAnew(file.leftovers, calendar.leftovers), skipped: file.skipped };
};

/** By their names: of what the file says nothing, what another one said stays. */
const keptAnew = (now: readonly string[], before: readonly string[]): ImportPlan['kept'] => {
  const names = new Set(now.map(nameOf));
  return {
    add: now.filter((text) => !before.includes(text)),
    remove: before.filter((text) => names.has(nameOf(text)) && !now.includes(text)),
  };
};

/** Of a property its name, of a component its kind and its own name. */
const nameOf = (leftover: string): string => {
  const [first = ''] = leftover.split('\n');
  if (!/^BEGIN:/i.test(first)) return /^[^;:]*/.exec(first)?.[0].toUpperCase() ?? '';
  return `${first.toUpperCase()} ${/^UID[;:].*$/im.exec(leftover)?.[0] ?? ''}`;
};

/** What differs from the action, as a file would have it, and, where the event was imported before, from what it said then. */
const newIn = (event: FileEvent, action: ActionView, calendar: CalendarView): readonly EventField[] => {
  const incoming = markOf(event);
  const known = [
    ...action.leftovers.flatMap((text) => readMark(text) ?? []),
    // a file for the public leaves places out, and takes none away
    ...(['space', 'public'] as const).map((audience) => markOf(eventOf(action, calendar, audience))),
  ];
  return EVENT_FIELDS.filter((field) => known.every((mark) => mark[field] !== incoming[field]));
};
