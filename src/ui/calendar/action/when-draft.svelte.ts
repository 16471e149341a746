/** When something is and how it recurs, while it is being chosen: nothing of it is written before it is whole. */
import {
  dateOfWall,
  formatRule,
  parseRule,
  parseWallDate,
  patternsFor,
  readPattern,
  startOn,
  UNDATED,
  wallTimeOf,
  writePattern,
  type Dated,
  type End,
  type Pattern,
  type Repeat,
  type WallDate,
  type Weekday,
  type When,
  type ZoneId,
} from '../../../times/index.ts';

export type RepeatName = 'once' | 'day' | 'week' | 'monthDay' | 'monthWeekday' | 'monthLast' | 'year' | 'own' | 'kept';

interface Defaults {
  readonly today: WallDate;
  readonly zone: ZoneId;
  readonly weekStart: Weekday;
}

export class WhenDraft {
  type = $state<When['type']>('timed');
  date = $state('');
  time = $state('18:00');
  minutes = $state(120);
  zone = $state<ZoneId>('UTC' as ZoneId);
  days = $state(1);
  weeks = $state(7);
  repeat = $state<RepeatName>('once');
  /** what a person puts together where no offer fits */
  unit = $state<Repeat['unit']>('week');
  every = $state(1);
  weekdays = $state<readonly Weekday[]>([]);
  isByWeekday = $state(false);
  end = $state<End['type']>('never');
  until = $state('');
  count = $state(10);
  readonly #weekStart: Weekday;
  /** a rule that no form can show */
  readonly kept: string | null;

  constructor(when: When, rule: string | null, { today, zone, weekStart }: Defaults) {
    this.#weekStart = weekStart;
    this.zone = zone;
    this.date = today;
    this.type = when.type === 'undated' ? 'timed' : when.type;
    if (when.type === 'undated') {
      this.kept = null;
      return;
    }
    this.date = dateOfWall(when.start);
    if (when.type === 'timed') {
      this.time = when.start.slice(11, 16);
      this.minutes = when.minutes;
      this.zone = when.zone;
    } else if (when.type === 'allDay') this.days = when.days;
    else this.weeks = when.days;
    this.kept = this.#readRule(when, rule);
  }

  /** null: something in it is no date or time yet */
  get when(): When | null {
    if (this.type === 'undated') return UNDATED;
    const date = parseWallDate(this.date);
    if (date === null) return null;
    if (this.type === 'allDay') return { type: 'allDay', start: date, days: this.days };
    if (this.type === 'window') return { type: 'window', start: date, days: this.weeks };
    const start = wallTimeOf(date, this.time);
    return start === null ? null : { type: 'timed', start, minutes: this.minutes, zone: this.zone };
  }

  /** As it is to be written: a first date that the rule does not have is moved to the first that it has. */
  get whole(): { readonly when: When; readonly rule: string | null } | null {
    const { when } = this;
    if (when === null || when.type === 'undated') return when === null ? null : { when, rule: null };
    if (this.repeat === 'kept') return { when, rule: this.kept };
    const pattern = this.pattern;
    if (pattern === null) return this.repeat === 'once' ? { when, rule: null } : null;
    const rule = writePattern(pattern);
    const first = startOn(when, rule);
    return first === null ? null : { when: first, rule: formatRule(rule) };
  }

  /** null: it takes place once, or what was put together is not whole */
  get pattern(): Pattern | null {
    const { repeating, ending } = this;
    return repeating === null || ending === null ? null : { repeat: repeating, end: ending };
  }

  /** What is offered for the day that is chosen. */
  get offers(): readonly { readonly name: RepeatName; readonly repeat: Repeat }[] {
    const { when } = this;
    return when === null || when.type === 'undated' ? [] : offersFor(when, this.#weekStart);
  }

  get repeating(): Repeat | null {
    const { when, repeat } = this;
    if (when === null || when.type === 'undated' || repeat === 'once' || repeat === 'kept') return null;
    if (repeat !== 'own') return this.offers.find(({ name }) => name === repeat)?.repeat ?? null;
    return this.#own(when);
  }

  get ending(): End | null {
    if (this.end === 'never') return { type: 'never' };
    if (this.end === 'count') return this.count >= 1 ? { type: 'count', count: this.count } : null;
    const date = parseWallDate(this.until);
    return date === null ? null : { type: 'date', date };
  }

  #own(when: Dated): Repeat | null {
    const { unit, every } = this;
    if (!Number.isSafeInteger(every) || every < 1 || every > 1000) return null;
    if (unit === 'day') return { unit, every };
    if (unit === 'week') {
      const { weekdays } = this;
      return weekdays.length === 0 ? null : { unit, every, weekdays, weekStart: this.#weekStart };
    }
    const [byDay, byWeekday] = offersFor(when, this.#weekStart).flatMap(({ repeat }) =>
      repeat.unit === 'month' ? [repeat.on] : [],
    );
    const on = this.isByWeekday ? byWeekday : byDay;
    if (on === undefined) return null;
    return unit === 'month' ? { unit, every, on } : { unit, every, month: Number(when.start.slice(5, 7)), on };
  }

  /** The rule itself where no form can show it. */
  #readRule(when: Dated, text: string | null): string | null {
    const rule = text === null ? null : parseRule(text);
    if (rule?.ok !== true) return null;
    const pattern = readPattern(rule.value, when);
    if (pattern === null) {
      this.repeat = 'kept';
      return text;
    }
    const { repeat, end } = pattern;
    this.end = end.type;
    if (end.type === 'date') this.until = end.date;
    if (end.type === 'count') this.count = end.count;
    this.unit = repeat.unit;
    this.every = repeat.every;
    if (repeat.unit === 'week') this.weekdays = repeat.weekdays;
    if ('on' in repeat) this.isByWeekday = repeat.on.type === 'weekday';
    const offered = offersFor(when, this.#weekStart).find((offer) => isSameRepeat(offer.repeat, repeat));
    this.repeat = offered?.name ?? 'own';
    // a form shows only days of the month that follow from the first date
    if (offered !== undefined || !('on' in repeat) || isSameOn(this.#own(when), repeat)) return null;
    this.repeat = 'kept';
    return text;
  }
}

const offersFor = (
  when: Dated,
  weekStart: Weekday,
): readonly { readonly name: RepeatName; readonly repeat: Repeat }[] => {
  const months: readonly RepeatName[] = ['monthDay', 'monthWeekday', 'monthLast'];
  let month = 0;
  return patternsFor(when, weekStart).map((repeat) => ({
    name: repeat.unit === 'month' ? (months[month++] ?? 'monthLast') : repeat.unit,
    repeat,
  }));
};

const isSameRepeat = (a: Repeat, b: Repeat): boolean => JSON.stringify(bare(a)) === JSON.stringify(bare(b));
/** Which day a week begins with counts only where weeks are left out. */
const bare = (repeat: Repeat): unknown =>
  repeat.unit === 'week'
    ? [repeat.unit, repeat.every, repeat.weekdays]
    : [repeat.unit, repeat.every, 'on' in repeat ? repeat.on : null, 'month' in repeat ? repeat.month : null];

const isSameOn = (own: Repeat | null, repeat: Repeat): boolean => own !== null && isSameRepeat(own, repeat);
