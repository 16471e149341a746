/** The words of a printed agenda in one language: dates, hours and names of what is ours; people's own stay as they are. */
import type { Happening } from '../../app/calendar/agenda.ts';
import type { CalendarView } from '../../documents/calendar/index.ts';
import { chooseLanguage } from '../../i18n/languages.ts';
import { regionalOf } from '../../i18n/region.ts';
import { wordsIn } from '../../i18n/words-in.ts';
import {
  dateOfWall,
  datesOf,
  formatWall,
  formatWallRange,
  instantsOf,
  zoneOf,
  type SideCalendar,
  type WallDate,
  type ZoneId,
} from '../../times/index.ts';
import { nameOfZone } from './words/clock.ts';

export interface PrintWords {
  readonly tag: string;
  readonly day: (date: WallDate) => string;
  /** when on its day, of what kind, and whether it is sure */
  readonly line: (happening: Happening) => string;
  /** whose clock the hours are of */
  readonly note: string;
}

export const printWords = async (
  wanted: string,
  view: CalendarView,
  zone: ZoneId,
  side: SideCalendar | null,
): Promise<PrintWords> => {
  const tag = chooseLanguage([wanted]);
  const say = await wordsIn(tag, 'calendar');
  const local = regionalOf(tag);
  const hour = (instant: number, at: ZoneId): string =>
    formatWall(zoneOf(at).wallAt(instant), local, { hour: 'numeric', minute: '2-digit' });

  const when = ({ occurrence }: Happening): string => {
    const { when: dated } = occurrence;
    const { first, last } = datesOf(dated, zone);
    const days = (): string => formatWallRange(first, last, local, { day: 'numeric', month: 'long' });
    if (dated.type === 'window') return say('calendar.when.someTime', { days: days() });
    if (dated.type === 'allDay') return first === last ? say('calendar.when.allDay') : days();
    const { start, end } = instantsOf(dated);
    const hours = (at: ZoneId): string => (start === end ? hour(start, at) : `${hour(start, at)}–${hour(end, at)}`);
    const [here, there] = [zoneOf(zone).wallAt(start), zoneOf(dated.zone).wallAt(start)];
    if (here === there) return hours(zone);
    const values = { time: hours(dated.zone), zone: nameOfZone(dated.zone, tag) };
    const elsewhere =
      dateOfWall(here) === dateOfWall(there)
        ? say('calendar.when.there', values)
        : say('calendar.when.thereOn', {
            ...values,
            day: formatWall(dateOfWall(there), local, { weekday: 'short', day: 'numeric', month: 'short' }),
          });
    return `${hours(zone)} (${elsewhere})`;
  };

  const kind = ({ action, changes }: Happening): string => {
    const id = changes.approach ?? action.approach;
    const found = [...view.approaches, ...view.hiddenApproaches].find((each) => each.id === id);
    if (found === undefined) return '';
    return found.known === null ? found.name : say(`calendar.approach.${found.known}`);
  };

  return {
    tag,
    day: (date) => {
      const own = formatWall(date, local, { weekday: 'long', day: 'numeric', month: 'long' });
      return side === null
        ? own
        : `${own} · ${formatWall(date, local, { calendar: side, day: 'numeric', month: 'long' })}`;
    },
    line: (happening) =>
      [
        when(happening),
        kind(happening),
        happening.status === 'confirmed' ? '' : say(`calendar.status.${happening.status}`),
      ]
        .filter((part) => part !== '')
        .join(' · '),
    note: say('calendar.print.note', { zone: nameOfZone(zone, tag) }),
  };
};
