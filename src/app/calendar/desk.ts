/** What all desks of a calendar share: its texts, each bound once, and undo of what is done on this screen. */
import type * as Y from 'yjs';
import { calendarTextOf, encodeCalendarPath, respectOthers } from '../../documents/calendar/index.ts';
import type { CalendarPath } from '../../documents/calendar/index.ts';
import { History } from '../company/history.svelte.ts';
import { TextBinding } from '../company/text.svelte.ts';
import type { Calendar } from './calendar.svelte.ts';

/** Close it with the screen. */
export class Desk {
  readonly calendar: Calendar;
  readonly history: History;
  protected readonly doc: Y.Doc;
  #bindings = new Map<string, TextBinding>();
  #letGo: () => void;

  constructor(calendar: Calendar, doc: Y.Doc) {
    this.calendar = calendar;
    this.doc = doc;
    this.history = new History(doc);
    this.#letGo = respectOthers(doc, this.history.steps);
  }

  /** Asked of the document itself: it may have become so with the change that is just coming in. */
  get isNewer(): boolean {
    return calendarTextOf(this.doc, { calendar: 'title' }) === null;
  }

  close(): void {
    this.#letGo();
    this.history.close();
  }

  /** null where the document has no such text, or is of a newer Weft */
  protected binding(path: CalendarPath): TextBinding | null {
    const name = encodeCalendarPath(path);
    const known = this.#bindings.get(name);
    if (known !== undefined) return known;
    const text = calendarTextOf(this.doc, path);
    if (text === null) return null;
    const { id, company } = this.calendar;
    const binding = new TextBinding(text, { document: id, name }, this.history, company.world.presence);
    this.#bindings.set(name, binding);
    return binding;
  }

  /** A step of its own for undo. */
  protected apart(change: () => boolean): boolean {
    this.history.mark();
    const isDone = change();
    this.history.mark();
    return isDone;
  }
}
