/** An action as it is worked on: its fields and texts, and undo of what is done on this screen. */
import type * as Y from 'yjs';
import {
  actionTextPaths,
  beginActionText,
  changeAction,
  moveSeries,
  removeAction,
  restoreAction,
} from '../../documents/calendar/index.ts';
import type {
  ActionId,
  ActionText,
  ActionView,
  Conflict,
  FactChanges,
  FieldChange,
  ItemChange,
  NewAction,
  Status,
} from '../../documents/calendar/index.ts';
import { addAction } from '../../documents/calendar/index.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { OccurrenceId, When } from '../../times/index.ts';
import type { TextBinding } from '../company/text.svelte.ts';
import type { Calendar } from './calendar.svelte.ts';
import { Desk } from './desk.ts';
import { moveOf } from './move.ts';
import { settling } from './settle.ts';

/** Close it with the screen. */
export class ActionDesk extends Desk {
  readonly id: ActionId;

  constructor(calendar: Calendar, doc: Y.Doc, id: ActionId) {
    super(calendar, doc);
    this.id = id;
  }

  /** null: not there, or taken out of the calendar */
  get action(): ActionView | null {
    return this.calendar.view?.actions.get(this.id) ?? null;
  }

  /** None before somebody begins it, one mostly, and several where people began it apart: all are shown. */
  texts(name: ActionText): readonly TextBinding[] {
    // followed, so that a text that comes to be is bound
    void this.calendar.view;
    return actionTextPaths(this.doc, this.id, name).flatMap((path) => this.binding(path) ?? []);
  }

  get title(): TextBinding | null {
    return this.texts('title')[0] ?? null;
  }

  /** A text that nobody has begun comes to be, empty; null where the document is of a newer Weft. */
  begin(name: ActionText): TextBinding | null {
    beginActionText(this.doc, LOCAL, this.id, name);
    return this.texts(name)[0] ?? null;
  }

  /** Several fields and items, in one step. */
  change(changes: FactChanges): boolean {
    return this.apart(() => changeAction(this.doc, LOCAL, this.id, changes, this.calendar.minute).ok);
  }

  set(field: FieldChange): boolean {
    return this.change({ fields: [field] });
  }

  add(item: ItemChange): boolean {
    return this.change({ add: [item] });
  }

  take(item: ItemChange): boolean {
    return this.change({ remove: [item] });
  }

  setStatus(status: Status): boolean {
    return this.set({ field: 'status', value: status });
  }

  /** Of the whole series: what was said about single dates comes along, and so do the rule's weekdays. */
  setWhen(when: When): boolean {
    const { action } = this;
    if (action === null) return false;
    const { days, rule } = moveOf(action, when);
    if (days === 0) return this.set({ field: 'when', value: when });
    return this.apart(() => {
      const moved = moveSeries(this.doc, LOCAL, this.id, { when, days }).ok;
      if (!moved || rule === null) return moved;
      return changeAction(this.doc, LOCAL, this.id, { fields: [{ field: 'rule', value: rule }] }, 0).ok;
    });
  }

  /** This date falls out of the series. */
  leaveOut(occurrence: OccurrenceId): boolean {
    return this.add({ item: 'exdate', value: occurrence });
  }

  bringBack(occurrence: OccurrenceId): boolean {
    return this.take({ item: 'exdate', value: occurrence });
  }

  /** Everything that one date has of its own goes: it is as the series again. */
  asSeries(occurrence: OccurrenceId): boolean {
    const changes = this.action?.changed.get(occurrence) ?? {};
    const fields = Object.keys(changes).map((field) => ({ field, occurrence, value: null }) as FieldChange);
    return fields.length > 0 && this.change({ fields });
  }

  /** Of several values that people wrote apart this one stands, for all. */
  settle(conflict: Conflict, choice: number): boolean {
    const field = settling(conflict, choice);
    return field !== null && this.set(field);
  }

  remove(): boolean {
    return this.apart(() => removeAction(this.doc, LOCAL, this.id).ok);
  }
}

/** null while the calendar is not open */
export const openActionDesk = (calendar: Calendar, id: ActionId): ActionDesk | null =>
  calendar.doc === null ? null : new ActionDesk(calendar, calendar.doc, id);

/** A new action of the person's own group; null where it cannot be made. */
export const addActionTo = (calendar: Calendar, action: Omit<NewAction, 'id'>): ActionId | null => {
  const { doc, company } = calendar;
  const id = company.freshAction();
  return doc !== null && addAction(doc, LOCAL, { ...action, id }, calendar.minute).ok ? id : null;
};

/** What brings back what was taken out: it outlives the screen. */
export const bringBackAction = (calendar: Calendar, id: ActionId): void => {
  if (calendar.doc !== null) restoreAction(calendar.doc, LOCAL, id);
};
