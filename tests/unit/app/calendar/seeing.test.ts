/** What a screen of a calendar shows: months, filters, clashes and lanes. */
import { describe, expect, it } from 'vitest';
import { addActionTo } from '../../../../src/app/calendar/action-desk.svelte.ts';
import { NO_FILTER } from '../../../../src/app/calendar/filter.ts';
import { crossing, startOfWeek, weeksFrom } from '../../../../src/app/calendar/lanes.ts';
import { addMonths, firstOf, indexMonths, lastOf, type Month, monthOf } from '../../../../src/app/calendar/months.ts';
import { Seeing } from '../../../../src/app/calendar/seeing.svelte.ts';
import { taking } from '../../../../src/app/calendar/taking.ts';
import { openVariationDesk } from '../../../../src/app/calendar/variation-desk.svelte.ts';
import type { ActionId, FieldChange, ItemChange } from '../../../../src/documents/calendar/index.ts';
import { addDays, parseWallDate, type WallDate } from '../../../../src/times/index.ts';
import { value } from '../../../world.ts';
import { meet, type Seer, start, starting } from './worlds.ts';

const on = (text: string): WallDate => {
  const date = parseWallDate(text);
  if (date === null) throw new Error('no date');
  return date;
};
const month = (text: string): Month => monthOf(on(`${text}-01`));

const add = (
  { calendar }: Seer,
  title: string,
  when: string,
  fields: readonly FieldChange[] = [],
  items: readonly ItemChange[] = [],
): ActionId => {
  const id = addActionTo(calendar, {
    texts: { title },
    fields: [{ field: 'when', value: starting(when) }, { field: 'status', value: 'confirmed' }, ...fields],
    items,
  });
  if (id === null) throw new Error('no action');
  return id;
};

const place = (text: string): FieldChange => ({
  ...{ field: 'place', value: { text, precision: 'exact', isPublic: true } },
});
const titlesIn = (seeing: Seeing, of: string) => seeing.month(month(of)).map(({ title }) => title);

describe('months', () => {
  it('go on over the turn of a year, and know their last day', () => {
    expect(addMonths(month('2026-11'), 3)).toBe('2027-02');
    expect(addMonths(month('2026-02'), -2)).toBe('2025-12');
    expect([firstOf(month('2028-02')), lastOf(month('2028-02'))]).toEqual(['2028-02-01', '2028-02-29']);
  });

  it('index what takes place in them, and what may be in any', async () => {
    const { alice } = await start();
    add(alice, 'Vigil', '2027-01-31T23:30');
    const index = indexMonths(alice.calendar.view?.actions.values() ?? []);
    const titles = (of: string) => index.in(month(of)).map(({ title }) => title);
    // in another zone it is in February
    expect(titles('2027-02')).toEqual(['March', 'Vigil']);
    expect(titles('2027-04')).toEqual(['March']);
    expect([index.first, index.last, index.recurs]).toEqual(['2026-11', '2027-02', true]);
  });

  it('index a series that ends in the months in which it has dates, and no others', async () => {
    const { alice } = await start();
    const rule = (value: string): FieldChange => ({ field: 'rule', value });
    add(alice, 'Three', '2026-12-20T18:00', [rule('FREQ=WEEKLY;COUNT=3')]);
    add(alice, 'Until', '2026-12-20T18:00', [rule('FREQ=MONTHLY;UNTIL=20270220')]);
    add(alice, 'Long', '2026-12-20T18:00', [rule('FREQ=MONTHLY;COUNT=40')]);
    add(alice, 'Many', '2026-12-20T18:00', [rule('FREQ=DAILY;COUNT=300')]);
    const index = indexMonths(alice.calendar.view?.actions.values() ?? []);
    const titles = (of: string) =>
      index
        .in(month(of))
        .map(({ title }) => title)
        .sort();
    expect(titles('2027-01')).toEqual(['Long', 'Many', 'March', 'Three', 'Until']);
    expect(titles('2027-02')).toEqual(['Long', 'Many', 'March', 'Until']);
    expect(titles('2027-03')).toEqual(['Long', 'Many', 'March']);
    expect(titles('2029-09')).toEqual(['Long', 'Many', 'March']);
    expect(titlesIn(new Seeing(alice.calendar), '2027-01').filter((title) => title === 'Three')).toHaveLength(1);
  });

  it('are not worked out again for what a search left out and brings back', async () => {
    const { alice } = await start();
    add(alice, 'Vigil', '2026-12-13T09:00');
    const seeing = new Seeing(alice.calendar);
    const before = new Set(seeing.month(month('2026-12')));
    seeing.words = 'vigil';
    expect(titlesIn(seeing, '2026-12')).toEqual(['Vigil']);
    seeing.words = '';
    expect(titlesIn(seeing, '2026-12')).toEqual(['March', 'Vigil', 'March', 'March', 'March']);
    expect(seeing.month(month('2026-12')).every((each) => before.has(each))).toBe(true);
  });

  it('show a month’s dates in order, and as they are after a change', async () => {
    const { alice, march } = await start();
    const seeing = new Seeing(alice.calendar);
    add(alice, 'Vigil', '2026-12-13T09:00');
    expect(titlesIn(seeing, '2026-12')).toEqual(['March', 'Vigil', 'March', 'March', 'March']);
    expect(seeing.month(month('2026-12'))[0]?.action.id).toBe(march);
    expect(seeing.between(on('2026-11-29'), on('2026-12-31'))).toHaveLength(7);
    expect(seeing.monthsAhead).toEqual(['2026-11', '2026-12']);
    seeing.ahead = 100;
    expect(seeing.monthsAhead).toHaveLength(25);
  });
});

describe('filters', () => {
  it('find by words without marks and case, and by fields', async () => {
    const { alice } = await start();
    add(
      alice,
      'Pétition',
      '2026-12-01T09:00',
      [{ field: 'risk', value: 'low' }],
      [{ item: 'language', value: 'fr-CA' }],
    );
    const seeing = new Seeing(alice.calendar);
    seeing.words = ' PETI ';
    expect(titlesIn(seeing, '2026-12')).toEqual(['Pétition']);
    seeing.words = '';
    seeing.filter = { ...NO_FILTER, language: 'fr' };
    expect(seeing.count).toBe(1);
    seeing.filter = { ...NO_FILTER, language: 'fr', risk: 'high' };
    expect([seeing.count, seeing.filterCount, seeing.isFiltered]).toEqual([0, 2, true]);
    seeing.filter = { ...NO_FILTER, status: 'confirmed' };
    expect(seeing.count).toBe(1);
  });

  it('show what a group takes part in, in its own form', async () => {
    const { alice, bob, march } = await start();
    const group = bob.calendars.me?.group;
    if (group === undefined) throw new Error('nobody');
    const seeing = new Seeing(alice.calendar);
    seeing.filter = { ...NO_FILTER, group };
    expect(seeing.count).toBe(0);
    const desk = value(await openVariationDesk(bob.calendar, march));
    desk.setStanding('adapting');
    desk.change([{ field: 'name', value: 'Hill march' }]);
    await meet(alice, bob);
    expect(titlesIn(seeing, '2026-11')[0]).toBe('Hill march');
    const frame = alice.calendar.action(march);
    expect(frame === null ? null : taking(alice.calendar, frame, group)).toBe('adapting');
  });
});

describe('clashes', () => {
  it('tell of a group in two places, of a person and of a thing; not of one place, nor of what is off', async () => {
    const { alice } = await start();
    const group = alice.calendars.me?.group;
    if (group === undefined) throw new Error('nobody');
    const host: ItemChange = { item: 'host', value: group };
    const speaker: ItemChange = { item: 'resource', value: 'Loudspeaker' };
    add(alice, 'Vigil', '2026-12-01T18:00', [place('Harbour')], [host, speaker]);
    add(alice, 'Picket', '2026-12-01T18:30', [place('Gate')], [host, { ...speaker, value: 'loudspeaker ' }]);
    add(alice, 'Song', '2026-12-01T18:45', [place('harbour')], [host]);
    add(alice, 'Called off', '2026-12-01T18:50', [{ field: 'status', value: 'cancelled' }], [host, speaker]);
    const seeing = new Seeing(alice.calendar);
    const clashes = seeing.clashes(month('2026-12'));
    const told = (title: string) =>
      seeing
        .month(month('2026-12'))
        .filter((each) => each.title === title)
        .flatMap(({ key }) => clashes.get(key) ?? [])
        .map(({ wanted, other }) => `${wanted.type} ${other.title}`)
        .sort();
    expect(told('Vigil')).toEqual(['group Picket', 'resource Picket']);
    expect(told('Picket')).toEqual(['group Song', 'group Vigil', 'resource Vigil']);
    expect(told('Called off')).toEqual([]);
  });

  it('are none between one that ends and one that begins', async () => {
    const { alice } = await start();
    const group = alice.calendars.me?.group;
    if (group === undefined) throw new Error('nobody');
    const host: ItemChange = { item: 'host', value: group };
    add(alice, 'Vigil', '2026-12-01T18:00', [], [host]);
    add(alice, 'Supper', '2026-12-01T19:30', [], [host]);
    const seeing = new Seeing(alice.calendar);
    expect(seeing.clashes(month('2026-12')).size).toBe(0);
    add(alice, 'Bus', '2026-12-01T19:29', [], [host]);
    expect(seeing.clashes(month('2026-12')).size).toBe(3);
  });
});

describe('lanes', () => {
  it('begin on the first day of the week of a region', () => {
    expect(startOfWeek(on('2026-11-25'), 'MO')).toBe('2026-11-23');
    expect(startOfWeek(on('2026-11-22'), 'MO')).toBe('2026-11-16');
    expect(startOfWeek(on('2026-11-22'), 'SU')).toBe('2026-11-22');
    expect(startOfWeek(on('2026-11-25'), 'SA')).toBe('2026-11-21');
  });

  it('put each date into its week, once, and ask a group whose frame has changed', async () => {
    const { alice, bob, march } = await start();
    const seeing = new Seeing(alice.calendar);
    const from = on('2026-11-23');
    const weeks = weeksFrom(from, seeing.between(from, addDays(from, 27)), alice.calendar.zone);
    expect(weeks.map(({ happenings }) => happenings.length)).toEqual([1, 1, 1, 1]);
    const group = bob.calendars.me?.group;
    const [first] = weeks[0]?.happenings ?? [];
    if (group === undefined || first === undefined) throw new Error('nothing');
    expect(crossing(alice.calendar, first, group)).toEqual({ how: 'open', isAsked: false });
    const desk = value(await openVariationDesk(bob.calendar, march));
    desk.setStanding('joining');
    await meet(alice, bob);
    expect(crossing(alice.calendar, first, group)).toEqual({ how: 'joining', isAsked: false });
  });
});
