/** What a group said of a series, said of the one that goes on from it: on the days of that one. Pure. */
import { fitMoment, seriesOf, shiftMoment } from '../../documents/calendar/index.ts';
import type { ActionView, FieldChange } from '../../documents/calendar/index.ts';
import type { FrameName, Overrides } from '../../documents/variations/index.ts';
import {
  addDays,
  dateOfWall,
  daysBetween,
  formatRule,
  occurrencesOf,
  parseRule,
  parseWallTime,
  UTC,
} from '../../times/index.ts';
import type { OccurrenceId, Series, When } from '../../times/index.ts';
import type { Part } from './calendar.svelte.ts';
import { ONCE } from './choices.ts';
import { onOtherDays } from './move.ts';
import { before, restOf } from './reschedule.ts';

export interface TakenOver {
  /** to be said of the new series */
  readonly here: readonly FieldChange[];
  /** to be said of the series before: what the group does by a rule of its own ends where the new one begins */
  readonly there: readonly FieldChange[];
}

/** `from`: the series before, as all share it; `part`: how the group takes part in it; `frame`: the new one. */
export const takenOver = (from: ActionView, { variation, action: own }: Part, frame: ActionView): TakenOver => {
  const { standing, overrides, texts } = variation;
  const says: readonly FieldChange[] = [{ field: 'standing', value: standing }];
  if (standing !== 'adapting') return { here: says, there: [] };
  const words = Object.entries(texts).map(([key, value]): FieldChange => ({ field: 'text', key, value }));
  const here = [...says, ...words, ...NOT_OF_DATES.flatMap((field) => fieldOf(overrides, field))];
  const [start, ownStart, newStart] = [startOf(from.when), startOf(own.when), startOf(frame.when)];
  if (start === null || ownStart === null || newStart === null || frame.follows === null) return { here, there: [] };
  // as far before or after the common date as it was
  const moved = daysBetween(dateOfWall(start), dateOfWall(newStart));
  // single dates that are still to come go where the one went that became the beginning
  const { at } = frame.follows;
  const ownAt = fitMoment(shiftMoment(at, daysBetween(dateOfWall(start), dateOfWall(ownStart))), own.when, own.rule);
  const days = daysBetween(dateOfWall(at), dateOfWall(newStart));
  const later = (moments: readonly OccurrenceId[]): readonly OccurrenceId[] =>
    moments.filter((moment) => moment >= dateOfWall(ownAt)).map((moment) => shiftMoment(moment, days));
  const { when, rule, rdates, exdates } = overrides;
  const dates: readonly FieldChange[] = [
    ...(when === undefined ? [] : [{ field: 'when', value: movedBy(when, moved) } as const]),
    ...(rdates === undefined ? [] : [{ field: 'rdates', value: later(rdates) } as const]),
    ...(exdates === undefined ? [] : [{ field: 'exdates', value: later(exdates) } as const]),
    ...[...variation.changed].flatMap(([moment, changes]) =>
      later([moment]).flatMap((occurrence) =>
        Object.entries(changes).map(([field, value]) => ({ field, occurrence, value }) as FieldChange),
      ),
    ),
  ];
  if (rule === undefined || rule === ONCE)
    return { here: [...here, ...fieldOf(overrides, 'rule'), ...dates], there: [] };
  const series = seriesOf(own);
  const rest = series === null ? rule : restOf(rule, series, ownAt);
  const goesOn = series !== null && hasAny(series, ownAt);
  return {
    here: [...here, { field: 'rule', value: onOtherDays({ rule: rest }, moved) ?? rest }, ...dates],
    there: goesOn ? [{ field: 'rule', value: endedBefore(rule, ownAt) }] : [],
  };
};

/** Fields of the frame in which a series differs from before only because it went on as another one. */
export const OF_ITS_END: readonly FrameName[] = ['rule', 'rdates', 'exdates', 'changed'];

const NOT_OF_DATES = [
  'name',
  'form',
  'approach',
  'place',
  'risk',
  'contact',
  'status',
  'languages',
] as const satisfies readonly (keyof Overrides)[];

const fieldOf = (overrides: Overrides, field: keyof Overrides): readonly FieldChange[] =>
  overrides[field] === undefined ? [] : [{ field, value: overrides[field] } as FieldChange];

const startOf = (when: When): OccurrenceId | null => (when.type === 'undated' ? null : when.start);

const movedBy = (when: When, days: number): When => {
  if (when.type !== 'timed') return when.type === 'undated' ? when : { ...when, start: addDays(when.start, days) };
  const start = parseWallTime(shiftMoment(when.start, days));
  return start === null ? when : { ...when, start };
};

const hasAny = (series: Series, from: OccurrenceId): boolean => {
  const day = dateOfWall(from);
  return occurrencesOf(series, { from: day, to: addDays(day, DAYS_AHEAD), zone: UTC }, 1).list.length > 0;
};
const DAYS_AHEAD = 3_660;

const endedBefore = (rule: string, moment: OccurrenceId): string => {
  const parsed = parseRule(rule);
  return parsed.ok ? formatRule({ ...parsed.value, count: null, until: before(moment) }) : rule;
};
