/** What somebody may be reminded of: actions that their group takes part in, and check-ins that it hosts. */
import type { ActionId } from '../../documents/calendar/index.ts';
import type { DocumentId } from '../../log/types.ts';
import { addDays } from '../../times/index.ts';
import type { Dated } from '../../times/index.ts';
import { createAgenda } from './agenda.ts';
import type { Calendar } from './calendar.svelte.ts';
import type { Calendars } from './calendars.svelte.ts';
import { checkInsOf } from './check-ins.ts';
import type { CheckIn } from './check-ins.ts';
import { takesPart, taking } from './taking.ts';

export type Remindable = {
  /** the same for as long as it is to be at this time */
  readonly key: string;
  readonly calendar: DocumentId;
  readonly when: Dated;
} & (
  | { readonly type: 'action'; readonly action: ActionId; readonly title: string }
  | { readonly type: 'checkIn'; readonly checkIn: CheckIn }
);

/** Days after which nobody wants to hear that it was, and days ahead of the longest reminder and of any zone. */
const BEHIND = 7;
const AHEAD = 7;

/** null: not all of it is open yet. One for each who asks. */
export const createRemindables = (): ((calendars: Calendars) => readonly Remindable[] | null) => {
  const agendas = new Map<DocumentId, ReturnType<typeof createAgenda>>();
  const agendaOf = ({ id }: Calendar): ReturnType<typeof createAgenda> => {
    const agenda = agendas.get(id) ?? createAgenda();
    agendas.set(id, agenda);
    return agenda;
  };
  return (calendars) => {
    const group = calendars.me?.group;
    if (group === undefined || !calendars.calendars.every(({ isWhole }) => isWhole)) return null;
    return calendars.calendars.flatMap((calendar) => {
      const { today, zone, view } = calendar;
      const range = { from: addDays(today, -BEHIND), to: addDays(today, AHEAD), zone };
      const own = [...(view?.actions.values() ?? [])]
        .filter((action) => takesPart(taking(calendar, action, group)))
        .map((action) => calendar.as(group, action));
      const actions = agendaOf(calendar)(own, range)
        .happenings.filter(({ status }) => status !== 'cancelled' && status !== 'postponed' && status !== 'done')
        .map(({ key, action, title, occurrence: { when } }): Remindable => {
          const named = `${calendar.id}/${key}/${when.start}`;
          return { type: 'action', key: named, calendar: calendar.id, when, action: action.id, title };
        });
      const checkIns = (view?.rhythms ?? [])
        .flatMap((rhythm) => checkInsOf(rhythm, range.to, zone))
        .filter(({ when, held, hosting }) => {
          const isOurs = hosting.type !== 'nobody' && hosting.group === String(group);
          return isOurs && held === null && when.start >= range.from;
        })
        .map((checkIn): Remindable => {
          const named = `${calendar.id}/${checkIn.rhythm.id}/${checkIn.id}/${checkIn.when.start}`;
          return { type: 'checkIn', key: named, calendar: calendar.id, when: checkIn.when, checkIn };
        });
      return [...actions, ...checkIns];
    });
  };
};
