/** What a person looks at in one calendar, and how: it stays while they go to an action and come back. */
import type { ActionView } from '../../documents/calendar/index.ts';
import type { GroupId } from '../../log/types.ts';
import { datesOf } from '../../times/index.ts';
import type { WallDate } from '../../times/index.ts';
import { createAgenda, undatedIn } from './agenda.ts';
import type { Happening } from './agenda.ts';
import type { Calendar } from './calendar.svelte.ts';
import { findClashes } from './clashes.ts';
import type { Attending, Clash } from './clashes.ts';
import { filterActions, NO_FILTER } from './filter.ts';
import type { Filter } from './filter.ts';
import { addMonths, firstOf, indexMonths, lastOf, monthOf } from './months.ts';
import type { Month, MonthIndex } from './months.ts';
import { takingOf } from './taking.ts';

export const VIEWS = ['agenda', 'month', 'lanes'] as const;
export type ViewName = (typeof VIEWS)[number];

/** Months ahead in which what recurs without an end is shown. */
const AHEAD = 24;

type AgendaOf = ReturnType<typeof createAgenda>;

interface Attendance {
  readonly group: GroupId;
  readonly variations: ReturnType<Calendar['variationsOf']>;
  readonly adapted: MonthIndex;
}

export class Seeing {
  readonly calendar: Calendar;
  view = $state<ViewName>('agenda');
  filter = $state.raw<Filter>(NO_FILTER);
  /** searched for, as typed */
  words = $state('');
  /** months with something in them that the agenda shows, from this one on and before it */
  ahead = $state(2);
  behind = $state(0);
  /** that the month is opened at; null: today */
  #day = $state.raw<WallDate | null>(null);
  #agendas = new Map<string, AgendaOf>();

  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }

  readonly #actions = $derived.by((): readonly ActionView[] => {
    const { view } = this.calendar;
    return view === null ? [] : filterActions(this.calendar, view, this.filter, this.words);
  });
  readonly #index = $derived.by((): MonthIndex => indexMonths(this.#actions));
  /** unfiltered, for clashes with what is not shown */
  readonly #whole = $derived.by((): MonthIndex =>
    this.isFiltered ? indexMonths(this.calendar.view?.actions.values() ?? []) : this.#index,
  );

  get day(): WallDate {
    return this.#day ?? this.calendar.today;
  }
  set day(day: WallDate) {
    // today goes on at midnight
    this.#day = day === this.calendar.today ? null : day;
  }

  get isFiltered(): boolean {
    return this.words.trim() !== '' || this.filterCount > 0;
  }

  get filterCount(): number {
    return Object.values(this.filter).filter((each) => each !== null).length;
  }

  /** How many actions are found. */
  get count(): number {
    return this.#actions.length;
  }

  get undated(): readonly ActionView[] {
    return undatedIn(this.#actions);
  }

  /** All dates in a month, in the order in which they begin; what lasts into it is among them. */
  month(month: Month): readonly Happening[] {
    return this.#months(month);
  }

  readonly #months = $derived.by(() => {
    const index = this.#index;
    return remembered((month: Month) => this.#read(`shown ${month}`, index.in(month), month));
  });

  between(from: WallDate, to: WallDate): readonly Happening[] {
    const found = new Map<string, Happening>();
    for (let month = monthOf(from); month <= monthOf(to); month = addMonths(month, 1))
      for (const each of this.month(month)) found.set(each.key, each);
    return [...found.values()];
  }

  /** From this month on. */
  readonly monthsAhead = $derived.by((): readonly Month[] => {
    const { first, last, recurs } = this.#index;
    const now = monthOf(this.calendar.today);
    const forEver = addMonths(now, AHEAD);
    const end = recurs && (last === null || last < forEver) ? forEver : last;
    const months: Month[] = [];
    if (first === null || end === null) return months;
    for (let month = now; month <= end && months.length < this.ahead; month = addMonths(month, 1))
      if (this.month(month).length > 0) months.push(month);
    return months;
  });

  /** Before this month, oldest first. */
  readonly monthsBehind = $derived.by((): readonly Month[] => {
    const { first } = this.#index;
    const months: Month[] = [];
    let month = addMonths(monthOf(this.calendar.today), -1);
    for (; first !== null && month >= first && months.length < this.behind; month = addMonths(month, -1))
      if (this.month(month).length > 0) months.unshift(month);
    return months;
  });

  /** The month that the agenda begins with; null: it begins today. */
  get firstMonth(): Month | null {
    return this.behind === 0 ? null : (this.monthsBehind[0] ?? monthOf(this.calendar.today));
  }
  set firstMonth(wanted: Month | null) {
    const { first } = this.#index;
    let month = monthOf(this.calendar.today);
    let behind = 0;
    if (wanted !== null && wanted <= month) {
      for (
        month = addMonths(month, -1);
        first !== null && month >= first && month >= wanted;
        month = addMonths(month, -1)
      )
        if (this.month(month).length > 0) behind += 1;
      behind = Math.max(1, behind);
    }
    this.behind = behind;
  }

  get hasMoreAhead(): boolean {
    return this.monthsAhead.length === this.ahead;
  }

  /** Is there anything before what is shown? */
  readonly hasMoreBehind = $derived.by((): boolean => {
    const { first } = this.#index;
    const { today, zone } = this.calendar;
    const now = monthOf(today);
    if (this.behind === 0 && this.month(now).some(({ occurrence }) => datesOf(occurrence.when, zone).last < today))
      return true;
    let month = addMonths(this.monthsBehind[0] ?? now, -1);
    for (; first !== null && month >= first; month = addMonths(month, -1))
      if (this.month(month).length > 0) return true;
    return false;
  });

  /** In one month, by the key of a date. */
  clashes(month: Month): ReadonlyMap<string, readonly Clash[]> {
    return this.#clashes(month);
  }

  readonly #clashes = $derived.by(() => {
    const whole = this.#whole;
    // read here, so that what is remembered goes when one of them changes
    const groups = [...this.calendar.company.membership.groups.keys()].map((group): Attendance => {
      const variations = this.calendar.variationsOf(group);
      return { group, variations, adapted: this.#adapted(group, variations) };
    });
    return remembered((month: Month) => {
      const all = this.#read(`whole ${month}`, whole.in(month), month);
      return findClashes(
        all,
        groups.map((each) => ({ group: each.group, happenings: this.#attended(each, all, month) })),
      );
    });
  });

  /** What a group adapts, as it does it. */
  #adapted(group: GroupId, variations: ReturnType<Calendar['variationsOf']>): MonthIndex {
    const { calendar } = this;
    const own: ActionView[] = [];
    for (const [id, { standing }] of variations) {
      const frame = standing === 'adapting' ? calendar.view?.actions.get(id) : undefined;
      if (frame !== undefined) own.push(calendar.as(group, frame));
    }
    return indexMonths(own);
  }

  #attended(
    { group, variations, adapted }: Attendance,
    all: readonly Happening[],
    month: Month,
  ): Attending['happenings'] {
    const ofAll = all.filter(({ action }) => {
      const how = takingOf(variations, action, group);
      return how === 'hosts' || how === 'joining';
    });
    const own = adapted.in(month);
    if (own.length === 0) return ofAll;
    return [...ofAll, ...this.#read(`${group} ${month}`, own, month)].sort((a, b) => a.start - b.start);
  }

  #read(name: string, actions: Iterable<ActionView>, month: Month): readonly Happening[] {
    const agenda = this.#agendas.get(name) ?? createAgenda();
    this.#agendas.set(name, agenda);
    return agenda(actions, { from: firstOf(month), to: lastOf(month), zone: this.calendar.zone }).happenings;
  }
}

const remembered = <Value>(work: (month: Month) => Value): ((month: Month) => Value) => {
  const known = new Map<Month, { readonly value: Value }>();
  return (month) => {
    const before = known.get(month);
    if (before !== undefined) return before.value;
    const value = work(month);
    known.set(month, { value });
    return value;
  };
};

const seeingByCalendar = new WeakMap<Calendar, Seeing>();

/** One for each calendar. On its own: else all that is derived in it would end with the first screen that asked. */
export const seeingOf = (calendar: Calendar): Seeing => {
  const known = seeingByCalendar.get(calendar);
  if (known) return known;
  const made: Seeing[] = [];
  $effect.root(() => void made.push(new Seeing(calendar)));
  const [seeing] = made;
  if (seeing === undefined) throw new Error('a root runs at once');
  seeingByCalendar.set(calendar, seeing);
  return seeing;
};
