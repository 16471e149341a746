/** A calendar of the vault's space, as the commands for calendar files need it. */
import type * as Y from 'yjs';
import { type CalendarView, readCalendar } from '../documents/calendar/index.ts';
import { ok, type Result } from '../lib/result.ts';
import type { DocumentEntry, Membership } from '../log/types.ts';
import type { FullReplica } from '../sync/replica.ts';
import { type Problem, refuse } from './outcome.ts';

export interface OpenCalendar {
  readonly entry: DocumentEntry;
  readonly doc: Y.Doc;
  readonly calendar: CalendarView;
  /** a newer Weft made it: to be read only */
  readonly isNewer: boolean;
}

export const openCalendar = async (
  replica: FullReplica,
  id: string | undefined,
): Promise<Result<OpenCalendar, Problem>> => {
  const entry = [...replica.membership().documents.values()].find((each) => each.id === id);
  if (!entry) return refuse({ type: 'UnknownDocument' });
  const doc = await replica.openDocument(entry.id);
  if (!doc.ok) return refuse(doc.error);
  const state = entry.kind === 'calendar' ? readCalendar(doc.value) : null;
  if (state === null || state.type === 'empty') return refuse({ type: 'NoCalendar' });
  return ok({ entry, doc: doc.value, calendar: state.calendar, isNewer: state.type === 'newer' });
};

/** By its name or its id. */
export const groupOf = ({ groups }: Membership, nameOrId: string) =>
  [...groups.values()].find(({ id, name }) => id === nameOrId || name === nameOrId);

/** Where this machine is: for times in files that say no zone. */
export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
