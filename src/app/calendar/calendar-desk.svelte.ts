/** A calendar as a whole, as it is worked on: its title and its menu of approaches, with undo. */
import {
  addApproach,
  hideApproach,
  moveApproach,
  offerApproach,
  setCalendarLanguage,
} from '../../documents/calendar/index.ts';
import type { ApproachId } from '../../documents/calendar/index.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import { neighbourAfter } from '../company/neighbour.ts';
import type { TextBinding } from '../company/text.svelte.ts';
import type { Calendar } from './calendar.svelte.ts';
import { Desk } from './desk.ts';

/** Close it with the screen. */
export class CalendarDesk extends Desk {
  get title(): TextBinding | null {
    return this.binding({ calendar: 'title' });
  }

  /** Empty where it has no name of its own, and shows in each reader's language. */
  approachName(approach: ApproachId): TextBinding | null {
    return this.binding({ approach });
  }

  addApproach(name: string): ApproachId | null {
    const id = this.calendar.company.freshApproach();
    return this.apart(() => addApproach(this.doc, LOCAL, { id, name }).ok) ? id : null;
  }

  /** One place up or down among those that are offered. */
  moveApproach(approach: ApproachId, by: -1 | 1): boolean {
    const before = neighbourAfter(this.calendar.view?.approaches ?? [], approach, by);
    return before !== undefined && this.apart(() => moveApproach(this.doc, LOCAL, approach, before).ok);
  }

  hideApproach(approach: ApproachId): boolean {
    return this.apart(() => hideApproach(this.doc, LOCAL, approach).ok);
  }

  offerApproach(approach: ApproachId): boolean {
    return this.apart(() => offerApproach(this.doc, LOCAL, approach).ok);
  }

  setLanguage(language: string): boolean {
    return this.apart(() => setCalendarLanguage(this.doc, LOCAL, language).ok);
  }
}

/** null while the calendar is not open */
export const openCalendarDesk = (calendar: Calendar): CalendarDesk | null =>
  calendar.doc === null ? null : new CalendarDesk(calendar, calendar.doc);
