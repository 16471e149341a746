import { describe, expect, it } from 'vitest';
import { bringBackAction, openActionDesk } from '../../../../src/app/calendar/action-desk.svelte.ts';
import type { ActionDesk } from '../../../../src/app/calendar/action-desk.svelte.ts';
import { createAgenda } from '../../../../src/app/calendar/agenda.ts';
import { namedConflicts, namedHistory } from '../../../../src/app/calendar/authors.ts';
import { openCalendarDesk } from '../../../../src/app/calendar/calendar-desk.svelte.ts';
import { createComing, dueCheckIns, toReconsider } from '../../../../src/app/calendar/due.ts';
import { addRhythmTo, openRhythmDesk } from '../../../../src/app/calendar/rhythm-desk.svelte.ts';
import { openVariationDesk } from '../../../../src/app/calendar/variation-desk.svelte.ts';
import type { ActionId } from '../../../../src/documents/calendar/index.ts';
import { addDays, parseZoneId } from '../../../../src/times/index.ts';
import { value } from '../../../world.ts';
import { meet, on, open, type Seer, start, starting } from './worlds.ts';

const ROME = parseZoneId('Europe/Rome')!;

const deskOf = ({ calendar }: Seer, action: ActionId): ActionDesk => {
  const desk = openActionDesk(calendar, action);
  if (desk === null) throw new Error('it is not open');
  return desk;
};

const groupOf = ({ calendars }: Seer) => {
  const group = calendars.me?.group;
  if (group === undefined) throw new Error('nobody');
  return group;
};

describe('an action that two people work on', () => {
  it('says who moved it where, until one of them settles it', async () => {
    const { alice, bob, march } = await start();
    const hers = deskOf(alice, march);
    const his = deskOf(bob, march);
    hers.setWhen(starting('2026-11-22T16:00'));
    his.setWhen(starting('2026-11-22T18:00'));
    await meet(alice, bob);
    const [conflict] = namedConflicts(alice.calendars, hers.action?.conflicts ?? []);
    const said = conflict?.authors.map(({ name, isMe }, index) => {
      const when = conflict.conflict.values[index]?.value;
      return [name, isMe, typeof when === 'object' && when !== null && 'start' in when ? when.start : ''];
    });
    expect(said?.sort()).toEqual([
      ['Alice', true, '2026-11-22T16:00'],
      ['Bob', false, '2026-11-22T18:00'],
    ]);
    const choice = conflict?.authors.findIndex(({ isMe }) => !isMe) ?? -1;
    if (conflict !== undefined) expect(hers.settle(conflict.conflict, choice)).toBe(true);
    await meet(alice, bob);
    expect(his.action).toMatchObject({ when: starting('2026-11-22T18:00'), conflicts: [] });
  });

  it('tells by whom its status was changed', async () => {
    const { alice, bob, march } = await start();
    deskOf(alice, march).setStatus('proposed');
    await meet(alice, bob);
    deskOf(bob, march).setStatus('confirmed');
    await meet(alice, bob);
    const action = alice.calendar.action(march);
    if (action === null) throw new Error('no action');
    expect(namedHistory(alice.calendars, action).map(({ status, author }) => [status, author.name])).toEqual([
      ['proposed', 'Alice'],
      ['confirmed', 'Bob'],
    ]);
  });

  it('undoes one step at a time, and a removal from anywhere', async () => {
    const { alice, march } = await start();
    const desk = deskOf(alice, march);
    desk.set({ field: 'risk', value: 'high' });
    desk.add({ item: 'language', value: 'it' });
    desk.begin('goal')?.write('', 'A hundred', 9);
    desk.history.undo();
    expect(desk.texts('goal')[0]?.value).toBe('');
    desk.history.undo();
    expect(desk.action).toMatchObject({ risk: 'high', languages: [] });
    desk.history.redo();
    expect(desk.action?.languages).toEqual(['it']);
    desk.remove();
    expect(desk.action).toBeNull();
    bringBackAction(alice.calendar, march);
    expect(desk.action?.title).toBe('March');
    desk.close();
  });

  it('moves to another weekday with its rule and its exceptions, and begins later without them', async () => {
    const { alice, march } = await start();
    const desk = deskOf(alice, march);
    desk.leaveOut(on('2026-11-29T14:00'));
    desk.set({ field: 'name', occurrence: on('2026-12-06T14:00'), value: 'The big one' });
    desk.setWhen(starting('2026-11-21T15:00'));
    expect(desk.action).toMatchObject({ rule: 'FREQ=WEEKLY;BYDAY=SA', exdates: ['2026-11-28T15:00'] });
    expect([...(desk.action?.changed.keys() ?? [])]).toEqual(['2026-12-05T15:00']);
    desk.setWhen(starting('2026-11-28T15:00'));
    expect(desk.action).toMatchObject({ rule: 'FREQ=WEEKLY;BYDAY=SA', exdates: ['2026-11-28T15:00'] });
    desk.asSeries(on('2026-12-05T15:00'));
    desk.bringBack(on('2026-11-28T15:00'));
    expect(desk.action).toMatchObject({ exdates: [], changed: new Map() });
  });
});

describe('a calendar', () => {
  it('keeps what did not change: one key is one action read', async () => {
    const { alice, march } = await start();
    const { calendar } = alice;
    const desk = deskOf(alice, march);
    const other = calendar.action(march);
    const before = calendar.view;
    desk.title?.write('March', 'Marches', 7);
    expect(calendar.view).not.toBe(before);
    expect(calendar.action(march)).not.toBe(other);
    expect(calendar.view).toBe(calendar.view);
    const now = calendar.action(march);
    openCalendarDesk(calendar)?.addApproach('Reading aloud');
    expect(calendar.action(march)).toBe(now);
  });

  it('shows each date in order, as it is on that date', async () => {
    const { alice, march } = await start();
    const desk = deskOf(alice, march);
    desk.leaveOut(on('2026-11-29T14:00'));
    desk.change({
      fields: [
        { field: 'name', occurrence: on('2026-12-06T14:00'), value: 'The big one' },
        { field: 'when', occurrence: on('2026-12-06T14:00'), value: starting('2026-12-07T10:00') },
      ],
    });
    const agenda = createAgenda();
    const days = (): readonly string[] => {
      const { today } = alice.calendar;
      const range = { from: addDays(today, -2), to: addDays(today, 25), zone: ROME };
      return agenda(alice.calendar.view?.actions.values() ?? [], range).happenings.map(
        ({ title, occurrence }) => `${title} ${occurrence.when.start}`,
      );
    };
    expect(days()).toEqual(['March 2026-11-22T14:00', 'The big one 2026-12-07T10:00', 'March 2026-12-13T14:00']);
    desk.title?.write('March', 'Walk', 4);
    desk.bringBack(on('2026-11-29T14:00'));
    expect(days()).toEqual([
      'Walk 2026-11-22T14:00',
      'Walk 2026-11-29T14:00',
      'The big one 2026-12-07T10:00',
      'Walk 2026-12-13T14:00',
    ]);
    desk.remove();
    expect(days()).toEqual([]);
  });

  it('no longer shows what was moved out of the days looked at', async () => {
    const { alice, march } = await start();
    const agenda = createAgenda();
    const range = { from: addDays(alice.calendar.today, -2), to: addDays(alice.calendar.today, 1), zone: ROME };
    const shown = () => agenda(alice.calendar.view?.actions.values() ?? [], range).happenings.length;
    expect(shown()).toBe(1);
    deskOf(alice, march).set({ field: 'when', value: starting('2028-11-26T14:00') });
    expect(shown()).toBe(0);
  });
});

describe('a group that takes part in its own way', () => {
  it('is seen by the hosts, asked again when the frame changes, and overwritten by nobody', async () => {
    const { alice, bob, march } = await start();
    const desk = value(await openVariationDesk(bob.calendar, march));
    expect(desk.part).toBeNull();
    desk.change([{ field: 'when', value: starting('2026-11-22T10:00') }]);
    desk.reason?.write('', 'We work on Sunday afternoons', 3);
    await meet(alice, bob);
    const action = alice.calendar.action(march);
    if (action === null) throw new Error('no action');
    const [part] = alice.calendar.parts(action);
    expect(part).toMatchObject({
      group: groupOf(bob),
      variation: { standing: 'adapting', reason: 'We work on Sunday afternoons' },
      action: { title: 'March', when: starting('2026-11-22T10:00') },
      asked: null,
    });
    expect(alice.calendar.as(groupOf(bob), action)).toBe(part?.action);
    expect(alice.calendar.as(groupOf(alice), action)).toBe(action);
    expect(toReconsider(bob.calendars)).toEqual([]);

    deskOf(alice, march).set({ field: 'place', value: { text: 'Port', precision: 'exact', isPublic: true } });
    await meet(alice, bob);
    expect(toReconsider(bob.calendars).map(({ asked }) => asked.changed)).toEqual([['place']]);
    expect(toReconsider(alice.calendars)).toEqual([]);
    desk.stillHolds();
    expect(toReconsider(bob.calendars)).toEqual([]);
    const [document] = alice.calendar.openDocuments(groupOf(bob));
    expect(document && alice.calendars.mayWrite(document.id)).toBe(false);
    desk.close();
  });

  it('has one document for all its devices, and says so again without making another', async () => {
    const { bob, march } = await start();
    const first = value(await openVariationDesk(bob.calendar, march));
    first.setStanding('joining');
    first.history.undo();
    expect(first.variation?.standing ?? 'undecided').toBe('undecided');
    value(await openVariationDesk(bob.calendar, march)).setStanding('not-joining');
    expect(bob.calendar.openDocuments(groupOf(bob))).toHaveLength(1);
    expect(first.variation?.standing).toBe('not-joining');
  });

  it('keeps the same objects for what it said, while somebody types elsewhere', async () => {
    const { alice, bob, march } = await start();
    value(await openVariationDesk(bob.calendar, march)).setStanding('joining');
    await meet(alice, bob);
    const before = bob.calendar.variationsOf(groupOf(bob)).get(march);
    deskOf(bob, march).title?.write('March', 'Marches', 3);
    expect(bob.calendar.variationsOf(groupOf(bob)).get(march)).toBe(before);
  });
});

describe('Today', () => {
  it('shows the check-ins that one’s group hosts, until somebody says that they were held', async () => {
    const { alice, bob } = await start();
    // the clock of these worlds stands on Monday, 23 November 2026
    const rhythm = addRhythmTo(alice.calendar, {
      kind: 'safety',
      when: starting('2026-11-09T18:00'),
      rule: 'FREQ=WEEKLY',
      turns: [groupOf(alice), groupOf(bob)],
    });
    if (rhythm === null) throw new Error('no rhythm');
    await meet(alice, bob);
    const due = (who: Seer) => dueCheckIns(who.calendars).map(({ type, checkIn }) => `${type} ${checkIn.id}`);
    expect(due(alice)).toEqual(['late 2026-11-09T18:00', 'today 2026-11-23T18:00']);
    expect(due(bob)).toEqual(['late 2026-11-16T18:00', 'soon 2026-11-30T18:00']);
    const desk = openRhythmDesk(alice.calendar, rhythm);
    if (desk === null) throw new Error('not open');
    desk.report(on('2026-11-09T18:00'), 'risks')?.write('', 'None', 4);
    desk.hold(on('2026-11-09T18:00'), true);
    desk.swap(on('2026-11-23T18:00'), groupOf(bob));
    await meet(alice, bob);
    expect(due(alice)).toEqual([]);
    expect(due(bob)).toEqual(['late 2026-11-16T18:00', 'today 2026-11-23T18:00', 'soon 2026-11-30T18:00']);
    desk.moveTurn(groupOf(bob), -1);
    expect(desk.rhythm?.turns).toEqual([groupOf(bob), groupOf(alice)]);
    desk.leaveTurns(groupOf(bob));
    desk.history.undo();
    expect(desk.rhythm?.turns).toHaveLength(2);
  });

  it('shows what is next as one’s own group takes part in it, and not what is cancelled', async () => {
    const { alice, bob, march } = await start();
    const coming = createComing();
    const next = (who: Seer) => coming(who.calendars).map(({ occurrence }) => occurrence.when.start);
    expect(next(alice)).toEqual(['2026-11-29T14:00', '2026-12-06T14:00']);
    value(await openVariationDesk(bob.calendar, march)).change([
      { field: 'when', value: starting('2026-11-22T10:00') },
      { field: 'status', occurrence: on('2026-12-06T10:00'), value: 'cancelled' },
    ]);
    await open(bob.calendar);
    expect(next(bob)).toEqual(['2026-11-29T10:00']);
    deskOf(alice, march).setStatus('cancelled');
    expect(next(alice)).toEqual([]);
  });
});
