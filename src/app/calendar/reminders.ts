/** When to remind somebody of what is coming up, and what of it was missed. */
import { addDays, instantsOf, wallTimeOf, zoneOf } from '../../times/index.ts';
import type { Dated, ZoneId } from '../../times/index.ts';

export interface Reminder {
  /** the same for as long as this is to be at this time */
  readonly tag: string;
  /** milliseconds since 1970 */
  readonly at: number;
  /** from then on there is nothing to be reminded of */
  readonly until: number;
}

/** By tag. */
export interface Told {
  readonly shown: ReadonlySet<string>;
  /** it began before anybody could be told, and nobody has seen that yet */
  readonly missed: ReadonlySet<string>;
}

/** In minutes before it begins. */
export const LEADS = [15, 60, 1440] as const;

/** What has no hour is told of in the morning: of its day, or of the day before where that is asked for. */
const MORNING = '09:00';

export const timesOf = (when: Dated, lead: number, zone: ZoneId): Omit<Reminder, 'tag'> => {
  if (when.type === 'timed') {
    const { start } = instantsOf(when);
    return { at: start - lead * 60_000, until: start };
  }
  const { instantOf } = zoneOf(zone);
  const day = lead >= 24 * 60 ? addDays(when.start, -1) : when.start;
  return { at: instantOf(wallTimeOf(day, MORNING) ?? day), until: instantOf(addDays(when.start, 1)) };
};

export interface Look {
  readonly now: number;
  /** when the person asked to be reminded: nothing before was missed */
  readonly since: number;
  /** nobody has looked since Weft was opened: what began meanwhile was missed */
  readonly isFirst: boolean;
}

/** What to show now, and what has been told then. Of what is not among `reminders` any more nothing is kept. */
export const lookAt = <Each extends Reminder>(
  reminders: readonly Each[],
  told: Told,
  { now, since, isFirst }: Look,
): { readonly show: readonly Each[]; readonly told: Told } => {
  const show: Each[] = [];
  const [shown, missed] = [new Set<string>(), new Set<string>()];
  for (const each of reminders) {
    const { tag, at, until } = each;
    if (told.missed.has(tag)) missed.add(tag);
    else if (told.shown.has(tag)) shown.add(tag);
    else if (until <= now) (isFirst && at >= since ? missed : shown).add(tag);
    else if (at <= now) {
      show.push(each);
      shown.add(tag);
    }
  }
  return { show, told: { shown, missed } };
};

/** As one line, for the shelf. */
export const formatTold = ({ shown, missed }: Told): string => `${[...shown].join(',')};${[...missed].join(',')}`;

export const parseTold = (text: unknown): Told => {
  const [shown = '', missed = ''] = typeof text === 'string' ? text.split(';') : [];
  const tags = (list: string): ReadonlySet<string> => new Set(list.split(',').filter((tag) => tag !== ''));
  return { shown: tags(shown), missed: tags(missed) };
};
