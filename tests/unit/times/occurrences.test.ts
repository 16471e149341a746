import { expect, test } from 'vitest';
import {
  type Dated,
  type DayRange,
  MOST_OCCURRENCES,
  nextOccurrence,
  type Occurrence,
  type OccurrenceId,
  occurrencesOf,
  parseRule,
  parseWallDate,
  parseWallTime,
  parseWhen,
  parseZoneId,
  type Series,
  zoneOf,
} from '../../../src/times/index.ts';

const vienna = parseZoneId('Europe/Vienna');
const tehran = parseZoneId('Asia/Tehran');

const dated = (value: object): Dated => {
  const when = parseWhen(value);
  if (when === null || when.type === 'undated') throw new Error(`not dated: ${JSON.stringify(value)}`);
  return when;
};
const at = (start: string, minutes = 60, zone = 'Europe/Vienna'): Dated =>
  dated({ type: 'timed', start, minutes, zone });
const day = (start: string, days = 1): Dated => dated({ type: 'allDay', start, days });

const id = (text: string): OccurrenceId => {
  const parsed = parseWallTime(text) ?? parseWallDate(text);
  if (parsed === null) throw new Error(`not an id: ${text}`);
  return parsed;
};

interface Extra {
  readonly rdates?: readonly string[];
  readonly exdates?: readonly string[];
  readonly moved?: Readonly<Record<string, Dated>>;
}

const series = (when: Dated, text: string | null, { rdates = [], exdates = [], moved = {} }: Extra = {}): Series => {
  const rule = text === null ? null : parseRule(text);
  if (rule?.ok === false) throw new Error(JSON.stringify(rule.error));
  return {
    when,
    rule: rule && rule.value,
    rdates: rdates.map(id),
    exdates: exdates.map(id),
    moved: new Map(Object.entries(moved).map(([of, to]) => [id(of), to])),
  };
};

const range = (from: string, to: string, zone = vienna): DayRange => {
  const [first, last] = [parseWallDate(from), parseWallDate(to)];
  if (first === null || last === null || zone === null) throw new Error('not a range');
  return { from: first, to: last, zone };
};

const startsOf = (list: readonly Occurrence[]): readonly string[] => list.map(({ when }) => when.start);

const shown = (of: Series, from: string, to: string, zone = vienna): readonly string[] =>
  startsOf(occurrencesOf(of, range(from, to, zone)).list);

test('every second Tuesday until June keeps its hour over the change of clocks', () => {
  const vigil = series(at('2026-03-10T18:00'), 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20260430');
  expect(shown(vigil, '2026-01-01', '2026-12-31')).toEqual([
    ...['2026-03-10T18:00', '2026-03-24T18:00', '2026-04-07T18:00', '2026-04-21T18:00'],
  ]);
});

test('a series that begins in a gap takes place each day, later on that one night, and keeps its hour', () => {
  const vigil = series(at('2026-03-29T02:30'), 'FREQ=DAILY;COUNT=3');
  const { list } = occurrencesOf(vigil, range('2026-03-01', '2026-04-30'));
  expect(startsOf(list)).toEqual(['2026-03-29T02:30', '2026-03-30T02:30', '2026-03-31T02:30']);
  const instants = list.map(({ when }) => (when.type === 'timed' ? zoneOf(when.zone).instantOf(when.start) : NaN));
  expect(instants.map((each) => new Date(each).toISOString())).toEqual([
    '2026-03-29T01:30:00.000Z',
    '2026-03-30T00:30:00.000Z',
    '2026-03-31T00:30:00.000Z',
  ]);
});

test('an hourly rule has the skipped hour once and the repeated hour once', () => {
  const hourly = series(at('2026-03-29T01:00', 5), 'FREQ=HOURLY;COUNT=4');
  expect(shown(hourly, '2026-03-29', '2026-03-29')).toEqual([
    ...['2026-03-29T01:00', '2026-03-29T02:00', '2026-03-29T04:00'],
  ]);
});

test('what begins before the range and lasts into it is shown, what ends at its first moment is not', () => {
  const night = series(at('2026-03-10T22:00', 240), null);
  expect(shown(night, '2026-03-11', '2026-03-11')).toHaveLength(1);
  const evening = series(at('2026-03-10T22:00', 120), null);
  expect(shown(evening, '2026-03-11', '2026-03-11')).toHaveLength(0);
});

test('a day of the range is a day of the viewer', () => {
  const late = series(at('2026-03-10T23:00', 30), null);
  expect(shown(late, '2026-03-10', '2026-03-10', tehran)).toEqual([]);
  expect(shown(late, '2026-03-11', '2026-03-11', tehran)).toEqual(['2026-03-10T23:00']);
  const wholeDay = series(day('2026-03-10'), null);
  expect(shown(wholeDay, '2026-03-10', '2026-03-10', tehran)).toEqual(['2026-03-10']);
});

test('dates are added and taken out; a date takes out the hour of that day', () => {
  const weekly = series(at('2026-03-03T18:00'), 'FREQ=WEEKLY;COUNT=4', {
    rdates: ['2026-03-05T09:00', '2026-03-10T18:00'],
    exdates: ['2026-03-17T18:00', '2026-03-24'],
  });
  expect(shown(weekly, '2026-03-01', '2026-03-31')).toEqual([
    ...['2026-03-03T18:00', '2026-03-05T09:00', '2026-03-10T18:00'],
  ]);
});

test('a moved occurrence is where it was moved to, be that from outside of the range', () => {
  const weekly = series(at('2026-03-03T18:00'), 'FREQ=WEEKLY', {
    moved: { '2026-03-31T18:00': at('2026-03-04T10:00') },
  });
  const { list } = occurrencesOf(weekly, range('2026-03-01', '2026-03-08'));
  expect(list.map(({ id: of, state }) => [of, state])).toEqual([
    ['2026-03-03T18:00', 'asPlanned'],
    ['2026-03-31T18:00', 'moved'],
  ]);
  expect(shown(weekly, '2026-03-31', '2026-03-31')).toEqual([]);
});

test('an occurrence that was moved and that the series no longer has is shown as strayed', () => {
  const changed = series(at('2026-03-04T18:00'), 'FREQ=WEEKLY', {
    moved: { '2026-03-10T18:00': at('2026-03-12T10:00') },
  });
  const { list } = occurrencesOf(changed, range('2026-03-12', '2026-03-12'));
  expect(list.map(({ state }) => state)).toEqual(['strayed']);
});

test('an occurrence that was moved and then taken out is gone', () => {
  const moved = { '2026-03-10T18:00': at('2026-03-12T10:00') };
  const weekly = series(at('2026-03-03T18:00'), 'FREQ=WEEKLY', { moved, exdates: ['2026-03-10T18:00'] });
  expect(shown(weekly, '2026-03-09', '2026-03-15')).toEqual([]);
});

test.each([
  ['FREQ=DAILY;UNTIL=20260305', '2026-03-05T18:00'],
  ['FREQ=DAILY;UNTIL=20260305T175959', '2026-03-04T18:00'],
  ['FREQ=DAILY;UNTIL=20260305T180000', '2026-03-05T18:00'],
  ['FREQ=DAILY;UNTIL=20260305T170000Z', '2026-03-05T18:00'],
  ['FREQ=DAILY;UNTIL=20260305T165959Z', '2026-03-04T18:00'],
])('%s ends with the one at %s in Vienna', (text, last) => {
  expect(shown(series(at('2026-03-01T18:00'), text), '2026-03-01', '2026-03-31').at(-1)).toBe(last);
});

test('a rule without end is looked for where the range is, however far', () => {
  const daily = series(at('1990-01-01T18:00'), 'FREQ=SECONDLY;INTERVAL=60');
  expect(shown(daily, '2899-12-31', '2899-12-31')).toHaveLength(24 * 60 + 59);
});

test('a heap of seconds is cut, and says so', () => {
  const mad = series(at('2026-03-01T00:00', 0), 'FREQ=SECONDLY');
  const { list, isCut } = occurrencesOf(mad, range('2026-03-01', '2026-12-31'));
  expect(list).toHaveLength(MOST_OCCURRENCES);
  expect(isCut).toBe(true);
});

test('a rule that never comes true ends', () => {
  const never = series(at('2026-03-01T18:00'), 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3');
  expect(shown(never, '2026-01-01', '9999-12-31')).toEqual([]);
});

test('the next one is the one that is on, or the first after it; after the last there is none', () => {
  const monthly = series(at('2026-01-31T18:00', 120), 'FREQ=MONTHLY;COUNT=3');
  const next = (instant: string) => vienna && nextOccurrence(monthly, Date.parse(instant), vienna)?.when.start;
  expect(next('2026-01-31T18:30:00Z')).toBe('2026-01-31T18:00');
  expect(next('2026-01-31T19:30:00Z')).toBe('2026-03-31T18:00');
  expect(next('2026-06-01T00:00:00Z')).toBeUndefined();
});
