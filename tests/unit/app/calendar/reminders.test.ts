/** When somebody is reminded, of what, and once only. */
import { describe, expect, it } from 'vitest';
import { addActionTo } from '../../../../src/app/calendar/action-desk.svelte.ts';
import { createRemindables } from '../../../../src/app/calendar/remindables.ts';
import { formatTold, lookAt, parseTold, timesOf, type Told } from '../../../../src/app/calendar/reminders.ts';
import { addRhythmTo, openRhythmDesk } from '../../../../src/app/calendar/rhythm-desk.svelte.ts';
import type { ItemChange, Status } from '../../../../src/documents/calendar/index.ts';
import { parseWallDate, parseZoneId, UTC, type Dated, zoneOf } from '../../../../src/times/index.ts';
import { meet, type Seer, start, starting } from './worlds.ts';

const ROME = parseZoneId('Europe/Rome') ?? UTC;
const HOUR = 3_600_000;
const at = (wall: string): number => Date.parse(`${wall}Z`);
const timed = (wall: string): Dated => {
  const when = starting(wall);
  if (when.type === 'undated') throw new Error('no date');
  return when;
};

describe('the time of a reminder', () => {
  it('is so long before what has an hour, and it is over when that begins', () => {
    const when = timed('2026-11-22T14:00');
    const { at: tell, until } = timesOf(when, 60, ROME);
    expect(until - tell).toBe(HOUR);
    if (when.type === 'timed') expect(until).toBe(zoneOf(when.zone).instantOf(when.start));
  });

  it('is nine in the morning of a whole day, by the clock of the viewer, or of the day before', () => {
    const start = parseWallDate('2026-03-29');
    if (start === null) throw new Error('no date');
    const day: Dated = { type: 'allDay', start, days: 2 };
    // clocks go forward in that night
    expect(timesOf(day, 60, ROME)).toEqual({ at: at('2026-03-29T07:00'), until: at('2026-03-29T22:00') });
    expect(timesOf(day, 24 * 60, ROME).at).toBe(at('2026-03-28T08:00'));
  });
});

describe('a look at the clock', () => {
  const reminder = { tag: 'vigil', at: 1_000, until: 2_000 };
  const NOTHING: Told = { shown: new Set(), missed: new Set() };
  const look = (now: number, told = NOTHING, isFirst = false, since = 0) =>
    lookAt([reminder], told, { now, since, isFirst });

  it('shows a reminder when its time has come, and never again', () => {
    expect(look(999)).toEqual({ show: [], told: NOTHING });
    const { show, told } = look(1_000);
    expect(show).toEqual([reminder]);
    expect(look(1_500, told).show).toEqual([]);
    expect(look(1_500, parseTold(formatTold(told))).show).toEqual([]);
  });

  it('shows late what has not begun yet', () => {
    expect(look(1_999, NOTHING, true).show).toEqual([reminder]);
  });

  it('tells what began while nobody could be told as missed, until that is seen', () => {
    const { show, told } = look(2_000, NOTHING, true);
    expect([show, [...told.missed]]).toEqual([[], ['vigil']]);
    expect([...look(3_000, parseTold(formatTold(told))).told.missed]).toEqual(['vigil']);
  });

  it('misses nothing that was before the person asked, and nothing that was written afterwards', () => {
    expect(look(2_000, NOTHING, true, 1_001).told.missed.size).toBe(0);
    expect(look(2_000, NOTHING, false).told.missed.size).toBe(0);
  });

  it('keeps nothing of what is no longer planned', () => {
    const gone = lookAt([], { shown: new Set(['a']), missed: new Set(['b']) }, { now: 0, since: 0, isFirst: false });
    expect(gone.told).toEqual(NOTHING);
    expect(parseTold(null)).toEqual(NOTHING);
  });
});

describe('what somebody may be reminded of', () => {
  const add = (
    { calendar }: Seer,
    title: string,
    day: string,
    items: readonly ItemChange[],
    status: Status = 'confirmed',
  ) =>
    addActionTo(calendar, {
      texts: { title },
      fields: [
        { field: 'when', value: starting(`${day}T14:00`) },
        { field: 'status', value: status },
      ],
      items,
    });
  const named = (seer: Seer) =>
    createRemindables()(seer.calendars)
      ?.map((each) => (each.type === 'action' ? each.title : each.checkIn.rhythm.kind))
      .sort();

  it('is what their group takes part in and what it hosts, and not what is cancelled', async () => {
    const { alice, bob } = await start();
    const { today } = alice.calendar;
    const [hers, his] = [alice.calendars.me?.group, bob.calendars.me?.group];
    if (hers === undefined || his === undefined) throw new Error('no group');
    const host = (value: string): ItemChange => ({ item: 'host', value: value });
    add(alice, 'Vigil', today, [host(hers)]);
    add(alice, 'Petition', today, [host(his)]);
    add(alice, 'Off', today, [host(hers)], 'cancelled');
    addRhythmTo(alice.calendar, {
      kind: 'safety',
      when: starting(`${today}T18:00`),
      rule: null,
      turns: [his, hers],
    });
    await meet(alice, bob);
    expect(named(alice)).toEqual(['Vigil']);
    expect(named(bob)).toEqual(['Petition', 'safety']);
    const [rhythm] = bob.calendar.view?.rhythms ?? [];
    const desk = rhythm && openRhythmDesk(bob.calendar, rhythm.id);
    const [checkIn] =
      createRemindables()(bob.calendars)?.flatMap((each) => ('checkIn' in each ? each.checkIn : [])) ?? [];
    if (!desk || !checkIn) throw new Error('no check-in');
    desk.pass(checkIn.id, 1);
    expect(named(bob)).toEqual(['Petition']);
    await meet(alice, bob);
    expect(named(alice)).toEqual(['Vigil', 'safety']);
  });
});
