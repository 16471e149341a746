/** A rhythm as it is worked on: when, who hosts, the form of each check-in, and undo of what is done on this screen. */
import type * as Y from 'yjs';
import {
  addRhythm,
  changeRhythm,
  leaveTurns,
  placeTurn,
  removeRhythm,
  restoreRhythm,
} from '../../documents/calendar/index.ts';
import type {
  Conflict,
  FactChanges,
  FieldChange,
  NewRhythm,
  ReportText,
  RhythmId,
  RhythmView,
} from '../../documents/calendar/index.ts';
import type { GroupId } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { OccurrenceId } from '../../times/index.ts';
import { neighbourAfter } from '../company/neighbour.ts';
import type { TextBinding } from '../company/text.svelte.ts';
import type { Calendar } from './calendar.svelte.ts';
import { Desk } from './desk.ts';
import { settling } from './settle.ts';

/** Close it with the screen. */
export class RhythmDesk extends Desk {
  readonly id: RhythmId;

  constructor(calendar: Calendar, doc: Y.Doc, id: RhythmId) {
    super(calendar, doc);
    this.id = id;
  }

  /** null: not there, or taken out */
  get rhythm(): RhythmView | null {
    return this.calendar.view?.rhythms.find(({ id }) => id === this.id) ?? null;
  }

  get name(): TextBinding | null {
    return this.binding({ rhythm: this.id });
  }

  /** An answer of the form of one check-in. */
  report(occurrence: OccurrenceId, report: ReportText): TextBinding | null {
    return this.binding({ rhythm: this.id, occurrence, report });
  }

  change(changes: FactChanges): boolean {
    return this.apart(() => changeRhythm(this.doc, LOCAL, this.id, changes).ok);
  }

  set(field: FieldChange): boolean {
    return this.change({ fields: [field] });
  }

  /** It took place, or (false) somebody said so by mistake. */
  hold(occurrence: OccurrenceId, isHeld: boolean): boolean {
    return this.set({ field: 'held', occurrence, value: isHeld ? this.calendar.minute : null });
  }

  /** Another group hosts this one; null: whose turn it is. */
  swap(occurrence: OccurrenceId, group: GroupId | null): boolean {
    return this.set({ field: 'hostedBy', occurrence, value: group });
  }

  /** So many groups pass, and the one after hosts. */
  pass(occurrence: OccurrenceId, count: number): boolean {
    return this.set({ field: 'pass', occurrence, value: count === 0 ? null : count });
  }

  leaveOut(occurrence: OccurrenceId): boolean {
    return this.change({ add: [{ item: 'exdate', value: occurrence }] });
  }

  bringBack(occurrence: OccurrenceId): boolean {
    return this.change({ remove: [{ item: 'exdate', value: occurrence }] });
  }

  addTurn(group: GroupId): boolean {
    return this.apart(() => placeTurn(this.doc, LOCAL, this.id, group, null).ok);
  }

  /** One place earlier or later. */
  moveTurn(group: string, by: -1 | 1): boolean {
    const turns = (this.rhythm?.turns ?? []).map((id) => ({ id }));
    const before = neighbourAfter(turns, group, by);
    return before !== undefined && this.apart(() => placeTurn(this.doc, LOCAL, this.id, group, before).ok);
  }

  leaveTurns(group: string): boolean {
    return this.apart(() => leaveTurns(this.doc, LOCAL, this.id, group).ok);
  }

  settle(conflict: Conflict, choice: number): boolean {
    const field = settling(conflict, choice);
    return field !== null && this.set(field);
  }

  remove(): boolean {
    return this.apart(() => removeRhythm(this.doc, LOCAL, this.id).ok);
  }
}

/** null while the calendar is not open */
export const openRhythmDesk = (calendar: Calendar, id: RhythmId): RhythmDesk | null =>
  calendar.doc === null ? null : new RhythmDesk(calendar, calendar.doc, id);

/** null where it cannot be made */
export const addRhythmTo = (calendar: Calendar, rhythm: Omit<NewRhythm, 'id'>): RhythmId | null => {
  const id = calendar.company.freshRhythm();
  return calendar.doc !== null && addRhythm(calendar.doc, LOCAL, { ...rhythm, id }).ok ? id : null;
};

export const bringBackRhythm = (calendar: Calendar, id: RhythmId): void => {
  if (calendar.doc !== null) restoreRhythm(calendar.doc, LOCAL, id);
};
