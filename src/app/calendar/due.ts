/** What calendars ask of one person, for Today: check-ins that their group hosts, and variations to be looked at again. */
import type { ActionView } from '../../documents/calendar/index.ts';
import { stillValid } from '../../documents/variations/index.ts';
import type { StillValid } from '../../documents/variations/index.ts';
import type { DocumentId } from '../../log/types.ts';
import { addDays } from '../../times/index.ts';
import type { Calendars } from './calendars.svelte.ts';
import { createAgenda } from './agenda.ts';
import type { Happening } from './agenda.ts';
import { checkInsOf } from './check-ins.ts';
import type { CheckIn } from './check-ins.ts';

export interface DueCheckIn {
  readonly calendar: DocumentId;
  readonly checkIn: CheckIn;
  /** `late`: it was to take place before today, and nobody has said that it did */
  readonly type: 'late' | 'today' | 'soon';
}

/** Days ahead in which a check-in is due, and days after which nobody is reminded any more. */
const AHEAD = 7;
const BEHIND = 14;

/** That the person's own group hosts and nobody has said were held; the first to come first. */
export const dueCheckIns = (calendars: Calendars): readonly DueCheckIn[] => {
  const group = calendars.me?.group;
  if (group === undefined || !calendars.mayCreate) return [];
  return calendars.calendars
    .flatMap((calendar) => {
      const { today, zone } = calendar;
      const from = addDays(today, -BEHIND);
      return (calendar.view?.rhythms ?? [])
        .flatMap((rhythm) => checkInsOf(rhythm, addDays(today, AHEAD), zone))
        .filter(({ id, held }) => held === null && id >= from)
        .filter(({ hosting }) => hosting.type !== 'nobody' && hosting.group === String(group))
        .map((checkIn): DueCheckIn => {
          const day = checkIn.when.start.slice(0, today.length);
          return { calendar: calendar.id, checkIn, type: day < today ? 'late' : day === today ? 'today' : 'soon' };
        });
    })
    .sort((a, b) => a.checkIn.start - b.checkIn.start);
};

export interface Reconsider {
  readonly calendar: DocumentId;
  readonly action: ActionView;
  readonly asked: StillValid;
}

/** Actions whose common frame changed since the person's group said how it takes part, or that go on from such a one. */
export const toReconsider = (calendars: Calendars): readonly Reconsider[] => {
  const group = calendars.me?.group;
  if (group === undefined || !calendars.mayCreate) return [];
  return calendars.calendars.flatMap((calendar) => {
    const actions = calendar.view?.actions;
    const answered = [...calendar.variationsOf(group).keys()].flatMap((id) => {
      const action = actions?.get(id);
      const asked = action === undefined ? null : (calendar.part(action, group)?.asked ?? null);
      return action === undefined || asked === null ? [] : [{ calendar: calendar.id, action, asked }];
    });
    const carried = [...(actions?.values() ?? [])].flatMap((action) => {
      const before = calendar.carried(action, group);
      if (before === null) return [];
      const asked = stillValid(action, before.part.variation) ?? { changed: [], before: {} };
      return [{ calendar: calendar.id, action, asked }];
    });
    return [...answered, ...carried];
  });
};

export interface Coming extends Happening {
  readonly calendar: DocumentId;
}

const COMING_DAYS = 14;

/** What is next, as the person's own group takes part in it. One for each screen. */
export const createComing = (): ((calendars: Calendars) => readonly Coming[]) => {
  const agendas = new Map<DocumentId, ReturnType<typeof createAgenda>>();
  return (calendars) => {
    const group = calendars.me?.group ?? null;
    const coming = calendars.calendars.flatMap((calendar) => {
      const agenda = agendas.get(calendar.id) ?? createAgenda();
      agendas.set(calendar.id, agenda);
      const { today, zone } = calendar;
      const own = [...(calendar.view?.actions.values() ?? [])].map((action) => calendar.as(group, action));
      const { happenings } = agenda(own, { from: today, to: addDays(today, COMING_DAYS), zone });
      return happenings
        .filter(({ status }) => status !== 'cancelled' && status !== 'done')
        .map((happening): Coming => ({ ...happening, calendar: calendar.id }));
    });
    return coming.sort((a, b) => a.start - b.start);
  };
};
