/** What is seen of a calendar, as its address says it. */
import { expect, it } from 'vitest';
import { Seeing } from '../../../../src/app/calendar/seeing.svelte.ts';
import { addActionTo } from '../../../../src/app/calendar/action-desk.svelte.ts';
import { lookOf, seeAs } from '../../../../src/ui/calendar/address.svelte.ts';
import { addDays, parseWallDate } from '../../../../src/times/index.ts';
import { start, starting } from '../../app/calendar/worlds.ts';

const on = (text: string) => {
  const day = parseWallDate(text);
  if (day === null) throw new Error('no day');
  return day;
};

/** The clock of these worlds stands on 23 November 2026. */
const begin = async (): Promise<Seeing> => new Seeing((await start()).alice.calendar);

it('leads back to each view and its date', async () => {
  const seeing = await begin();
  for (const [view, day, from] of [
    ['month', '2026-12-01', '2026-12'],
    ['month', '2026-12-24', '2026-12-24'],
    ['month', '2026-11-01', '2026-11-01'],
    ['lanes', '2027-02-01', '2027-02-01'],
  ] as const) {
    seeing.view = view;
    seeing.day = on(day);
    const look = lookOf(seeing);
    expect(look).toEqual({ view, from });
    const other = await begin();
    seeAs(other, look);
    expect([other.view, other.day]).toEqual([view, day]);
  }
});

it('does not name today, which goes on', async () => {
  const seeing = await begin();
  expect(lookOf(seeing)).toEqual({ view: 'agenda' });
  seeing.view = 'month';
  seeing.day = addDays(seeing.calendar.today, 3);
  seeing.day = seeing.calendar.today;
  expect(lookOf(seeing)).toEqual({ view: 'month' });
  seeAs(seeing, { view: 'month', from: '2026-11' });
  expect(seeing.day).toBe(seeing.calendar.today);
});

it('leaves everything as it was where an address names no view, or none that there is', async () => {
  const seeing = await begin();
  seeing.view = 'lanes';
  seeing.day = on('2027-01-05');
  seeAs(seeing, {});
  seeAs(seeing, { from: '2026-12' });
  expect([seeing.view, seeing.day]).toEqual(['lanes', '2027-01-05']);
  seeAs(seeing, { view: 'month', from: '2026-13-45' });
  expect([seeing.view, seeing.day]).toEqual(['month', seeing.calendar.today]);
});

it('begins the agenda with the month with which it began before', async () => {
  const { alice } = await start();
  for (const day of ['2026-05-03T10:00', '2026-08-03T10:00', '2026-10-03T10:00'])
    addActionTo(alice.calendar, { texts: { title: day }, fields: [{ field: 'when', value: starting(day) }] });
  const seeing = new Seeing(alice.calendar);
  seeing.behind = 2;
  expect(lookOf(seeing)).toEqual({ view: 'agenda', from: '2026-08' });
  const other = new Seeing(alice.calendar);
  seeAs(other, { view: 'agenda', from: '2026-08' });
  expect(other.monthsBehind).toEqual(['2026-08', '2026-10']);
  seeAs(other, { view: 'agenda', from: '0001-01' });
  expect(other.monthsBehind).toEqual(['2026-05', '2026-08', '2026-10']);
  seeAs(other, { view: 'agenda' });
  expect(other.behind).toBe(0);
});

it('says nothing of what is searched for', async () => {
  const seeing = await begin();
  seeing.words = 'Amina';
  expect(JSON.stringify(lookOf(seeing))).not.toContain('Amina');
});
