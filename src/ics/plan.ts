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
  return { events, skipped: file.skipped };
};

/** What differs from the action, as a file would have it, and, where the event was imported before, from what it said then. */
const newIn = (event: FileEvent, action: ActionView, calendar: CalendarView): readonly EventField[] => {
  const incoming = markOf(event);
  const known = [
    ...action.leftovers.flatMap((text) => readMark(text) ?? []),
    // a file for the public leaves places out, and takes none away
    ...(['space', 'public'] as const).flatMap((audience) => eventOf(action, calendar, audience) ?? []).map(markOf),
  ];
  return EVENT_FIELDS.filter((field) => known.every((mark) => mark[field] !== incoming[field]));
};
