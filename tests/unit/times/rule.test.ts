import { expect, test } from 'vitest';
import fc from 'fast-check';
import {
  type Dated,
  describeRule,
  formatRule,
  occurrencesOf,
  parseRule,
  parseWallDate,
  parseWhen,
  patternsFor,
  readPattern,
  type Rule,
  startOn,
  UTC,
  type WallDate,
  writePattern,
} from '../../../src/times/index.ts';

const rule = (text: string): Rule => {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
};

const dated = (value: object): Dated => {
  const when = parseWhen(value);
  if (when === null || when.type === 'undated') throw new Error(`not dated: ${JSON.stringify(value)}`);
  return when;
};

const date = (text: string): WallDate => {
  const parsed = parseWallDate(text);
  if (parsed === null) throw new Error(`not a date: ${text}`);
  return parsed;
};

const TUESDAY = dated({ type: 'timed', start: '2026-03-10T18:00', minutes: 60, zone: 'Europe/Vienna' });

test.each([
  ['', { type: 'NoRule' }],
  ['RRULE:', { type: 'NoRule' }],
  ['INTERVAL=2', { type: 'NoFrequency' }],
  ['FREQ=FORTNIGHTLY', { type: 'BadPart', part: 'FREQ' }],
  ['FREQ=DAILY;INTERVAL=0', { type: 'BadPart', part: 'INTERVAL' }],
  ['FREQ=DAILY;COUNT=-1', { type: 'BadPart', part: 'COUNT' }],
  ['FREQ=DAILY;COUNT=1e3', { type: 'BadPart', part: 'COUNT' }],
  ['FREQ=DAILY;COUNT=99999', { type: 'BadPart', part: 'COUNT' }],
  ['FREQ=DAILY;UNTIL=20260230', { type: 'BadPart', part: 'UNTIL' }],
  ['FREQ=DAILY;UNTIL=2026-03-01', { type: 'BadPart', part: 'UNTIL' }],
  ['FREQ=DAILY;BYHOUR=24', { type: 'BadPart', part: 'BYHOUR' }],
  ['FREQ=MONTHLY;BYMONTHDAY=0', { type: 'BadPart', part: 'BYMONTHDAY' }],
  ['FREQ=MONTHLY;BYDAY=2XX', { type: 'BadPart', part: 'BYDAY' }],
  ['FREQ=MONTHLY;BYDAY=', { type: 'BadPart', part: 'BYDAY' }],
  ['FREQ=DAILY;FREQ=WEEKLY', { type: 'TwicePart', part: 'FREQ' }],
  ['FREQ=DAILY;BYEASTER=1', { type: 'UnknownPart', part: 'BYEASTER' }],
  ['FREQ=DAILY;RSCALE=HEBREW', { type: 'UnknownPart', part: 'RSCALE' }],
  ['FREQ=DAILY;COUNT=3;UNTIL=20260301', { type: 'PartsDoNotFit', part: 'UNTIL' }],
  ['FREQ=WEEKLY;BYDAY=2TU', { type: 'PartsDoNotFit', part: 'BYDAY' }],
  ['FREQ=WEEKLY;BYMONTHDAY=2', { type: 'PartsDoNotFit', part: 'BYMONTHDAY' }],
  ['FREQ=MONTHLY;BYWEEKNO=2', { type: 'PartsDoNotFit', part: 'BYWEEKNO' }],
  ['FREQ=MONTHLY;BYYEARDAY=2', { type: 'PartsDoNotFit', part: 'BYYEARDAY' }],
  ['FREQ=MONTHLY;BYSETPOS=1', { type: 'PartsDoNotFit', part: 'BYSETPOS' }],
  [
    'FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24',
    { type: 'TooOften' },
  ],
  [`FREQ=DAILY;BYHOUR=${'1,'.repeat(500)}1`, { type: 'RuleTooLong' }],
])('%j is refused', (text, problem) => {
  const parsed = parseRule(text);
  expect(parsed.ok ? null : parsed.error).toEqual(problem);
});

test('a rule is the same after it was written, whatever it came as', () => {
  const text = 'rrule:byday=tu,-1fr;FREQ=monthly;wkst=su;interval=02;until=20260630T160000z;';
  expect(formatRule(rule(text))).toBe('FREQ=MONTHLY;INTERVAL=2;UNTIL=20260630T160000Z;BYDAY=TU,-1FR;WKST=SU');
  expect(rule(formatRule(rule(text)))).toEqual(rule(text));
});

test('any text is a rule or a problem, and what is a rule stays the same', () => {
  const part = fc.oneof(
    fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=YEARLY', 'BYDAY=MO', 'BYDAY=-1SU', 'COUNT=3', 'INTERVAL=2'),
    fc.constantFrom('BYMONTH=2', 'BYSETPOS=-1', 'UNTIL=20260101', 'UNTIL=20260101T000000', 'WKST=SU', 'BYHOUR=1'),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const parsed = parseRule(parts.join(';'));
      if (parsed.ok) expect(rule(formatRule(parsed.value))).toEqual(parsed.value);
    }),
  );
});

test('BYSETPOS picks in a whole week, of which the first days may be past', () => {
  const series = {
    when: TUESDAY,
    rule: rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1;COUNT=3'),
    ...{ rdates: [], exdates: [], moved: new Map() },
  };
  const { list } = occurrencesOf(series, { from: date('2026-03-01'), to: date('2026-04-01'), zone: UTC });
  expect(list.map(({ id }) => id)).toEqual(['2026-03-13T18:00', '2026-03-16T18:00', '2026-03-20T18:00']);
});

test('a week of the year without a weekday means the weekday of the start', () => {
  const series = { when: TUESDAY, rule: rule('FREQ=YEARLY;BYWEEKNO=20'), rdates: [], exdates: [], moved: new Map() };
  const { list } = occurrencesOf(series, { from: date('2026-01-01'), to: date('2027-12-31'), zone: UTC });
  expect(list.map(({ id }) => id)).toEqual(['2026-05-12T18:00', '2027-05-18T18:00']);
});

// Patterns ------------------------------------------------------------------------------------------------------------

test.each([
  ['FREQ=DAILY;INTERVAL=3', { unit: 'day', every: 3 }],
  ['FREQ=WEEKLY', { unit: 'week', every: 1, weekdays: ['TU'], weekStart: 'MO' }],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,TU;WKST=SU', { unit: 'week', every: 2, weekdays: ['TU', 'FR'], weekStart: 'SU' }],
  ['FREQ=DAILY;BYDAY=MO,TU', { unit: 'week', every: 1, weekdays: ['MO', 'TU'], weekStart: 'MO' }],
  ['FREQ=MONTHLY', { unit: 'month', every: 1, on: { type: 'day', day: 10 } }],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', { unit: 'month', every: 1, on: { type: 'day', day: -1 } }],
  ['FREQ=MONTHLY;BYDAY=2TU', { unit: 'month', every: 1, on: { type: 'weekday', nth: 2, weekday: 'TU' } }],
  ['FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1', { unit: 'month', every: 1, on: { type: 'weekday', nth: -1, weekday: 'TU' } }],
  ['FREQ=YEARLY', { unit: 'year', every: 1, month: 3, on: { type: 'day', day: 10 } }],
  [
    'FREQ=YEARLY;BYMONTH=5;BYDAY=1SU',
    { unit: 'year', every: 1, month: 5, on: { type: 'weekday', nth: 1, weekday: 'SU' } },
  ],
])('%s is a pattern, and its occurrences are the same when it is written', (text, repeat) => {
  const pattern = readPattern(rule(text), TUESDAY);
  expect(pattern?.repeat).toEqual(repeat);
  if (pattern === null) return;
  const days = (each: Rule): readonly string[] =>
    occurrencesOf(
      { when: TUESDAY, rule: each, rdates: [], exdates: [], moved: new Map() },
      { from: date('2026-01-01'), to: date('2029-12-31'), zone: UTC },
    ).list.map(({ id }) => id);
  expect(days(writePattern(pattern))).toEqual(days(rule(text)));
});

test.each([
  ...['FREQ=HOURLY', 'FREQ=DAILY;BYHOUR=9,18', 'FREQ=DAILY;INTERVAL=2;BYDAY=MO', 'FREQ=WEEKLY;BYMONTH=3;BYDAY=MO'],
  ...[
    'FREQ=MONTHLY;BYDAY=1MO,3MO',
    'FREQ=MONTHLY;BYMONTHDAY=1,15',
    'FREQ=MONTHLY;BYMONTHDAY=-2',
    'FREQ=YEARLY;BYDAY=20MO',
  ],
  ...['FREQ=YEARLY;BYWEEKNO=3', 'FREQ=YEARLY;BYMONTH=3,9', 'FREQ=MONTHLY;BYDAY=TU', 'FREQ=YEARLY;BYMONTHDAY=1'],
  'FREQ=MONTHLY;BYMONTH=3;BYMONTHDAY=1',
])('%s is from elsewhere', (text) => {
  expect(readPattern(rule(text), TUESDAY)).toBeNull();
});

test.each([
  ['UNTIL=20260630', '2026-06-30'],
  ['UNTIL=20260630T175900', '2026-06-29'],
  ['UNTIL=20260630T180000', '2026-06-30'],
  ['UNTIL=20260630T160000Z', '2026-06-30'],
  ['UNTIL=20260630T220000Z', '2026-06-30'],
])('the end of %s is the day %s in Vienna', (until, day) => {
  expect(readPattern(rule(`FREQ=DAILY;${until}`), TUESDAY)?.end).toEqual({ type: 'date', date: day });
});

test('a form offers what the start suggests', () => {
  const last = dated({ type: 'allDay', start: '2026-03-31', days: 1 });
  expect(patternsFor(last).flatMap((each) => (each.unit === 'month' ? [each.on] : []))).toEqual([
    { type: 'day', day: 31 },
    { type: 'weekday', nth: -1, weekday: 'TU' },
  ]);
  const fourth = dated({ type: 'allDay', start: '2026-02-24', days: 1 });
  expect(patternsFor(fourth).flatMap((each) => (each.unit === 'month' ? [each.on] : []))).toEqual([
    { type: 'day', day: 24 },
    { type: 'weekday', nth: 4, weekday: 'TU' },
    { type: 'weekday', nth: -1, weekday: 'TU' },
  ]);
});

test('an action begins when its rule first says so', () => {
  expect(startOn(TUESDAY, rule('FREQ=WEEKLY;BYDAY=WE'))).toEqual({ ...TUESDAY, start: '2026-03-11T18:00' });
  expect(startOn(TUESDAY, rule('FREQ=WEEKLY;BYDAY=TU'))).toEqual(TUESDAY);
  expect(startOn(TUESDAY, rule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'))).toBeNull();
});

test('a rule is told in phrases, one from elsewhere too', () => {
  expect(describeRule(rule('FREQ=WEEKLY;INTERVAL=2;UNTIL=20260630'), TUESDAY)).toEqual([
    { type: 'every', unit: 'week', every: 2 },
    { type: 'weekdays', weekdays: ['TU'] },
    { type: 'until', date: '2026-06-30' },
  ]);
  expect(describeRule(rule('FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;BYHOUR=9;COUNT=4'), TUESDAY)).toEqual([
    { type: 'every', unit: 'month', every: 1 },
    { type: 'monthDays', days: [13] },
    { type: 'weekdays', weekdays: ['FR'] },
    { type: 'hours', values: [9] },
    { type: 'count', count: 4 },
  ]);
});
