/** All calendars of an open space: mostly one. */
import { createCalendar } from '../../documents/calendar/index.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import type { DocumentId } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { ReplicaError } from '../../sync/replica-types.ts';
import { Company } from '../company/company.svelte.ts';
import { Calendar } from './calendar.svelte.ts';

export interface NewCalendar {
  readonly title: string;
  /** BCP 47 */
  readonly language: string;
}

export class Calendars extends Company {
  #calendars = new Map<DocumentId, Calendar>();

  /** Oldest first: the one that everybody uses was there first. */
  get calendars(): readonly Calendar[] {
    return [...this.membership.documents.values()]
      .filter(({ kind }) => kind === 'calendar')
      .sort((a, b) => a.minute - b.minute || (a.id < b.id ? -1 : 1))
      .map(({ id }) => this.#calendar(id));
  }

  /** null where this space has no such calendar (yet) */
  calendar(id: string): Calendar | null {
    const entry = this.entry(id);
    return entry?.kind === 'calendar' ? this.#calendar(entry.id) : null;
  }

  async create({ title, language }: NewCalendar): Promise<Result<DocumentId, ReplicaError>> {
    const { replica } = this.world;
    const { me } = this;
    if (me === null) return err({ type: 'NotAllowed' });
    const made = await replica.createDocument({ kind: 'calendar', owner: me.group, parent: null, writers: 'members' });
    if (!made.ok) return made;
    const opened = await replica.openDocument(made.value);
    if (!opened.ok) return opened;
    createCalendar(opened.value, LOCAL, { title, language });
    return ok(made.value);
  }

  #calendar(id: DocumentId): Calendar {
    const known = this.#calendars.get(id);
    if (known !== undefined) return known;
    const calendar = new Calendar(this, id);
    this.#calendars.set(id, calendar);
    return calendar;
  }
}
