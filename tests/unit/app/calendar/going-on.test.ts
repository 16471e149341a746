/** A series that goes on otherwise: what groups said of it is neither lost nor taken for an answer. */
import { expect, it } from 'vitest';
import { openActionDesk } from '../../../../src/app/calendar/action-desk.svelte.ts';
import { toReconsider } from '../../../../src/app/calendar/due.ts';
import { crossing } from '../../../../src/app/calendar/lanes.ts';
import { nextDates } from '../../../../src/app/calendar/one-date.ts';
import { rescheduleFrom } from '../../../../src/app/calendar/reschedule.ts';
import { knownResources } from '../../../../src/app/calendar/resources.ts';
import { openVariationDesk } from '../../../../src/app/calendar/variation-desk.svelte.ts';
import type { ActionId, ActionView } from '../../../../src/documents/calendar/index.ts';
import type { GroupId } from '../../../../src/log/types.ts';
import { parseWallDate, UTC } from '../../../../src/times/index.ts';
import { value } from '../../../world.ts';
import { meet, on, type Seer, start, starting } from './worlds.ts';

const deskOf = ({ calendar }: Seer, id: ActionId) => {
  const desk = openActionDesk(calendar, id);
  if (desk === null) throw new Error('it is not open');
  return desk;
};
const groupOf = ({ calendar }: Seer): GroupId => {
  const { me } = calendar.company;
  if (me === null) throw new Error('nobody');
  return me.group;
};
const actionOf = ({ calendar }: Seer, id: ActionId): ActionView => {
  const action = calendar.action(id);
  if (action === null) throw new Error('no action');
  return action;
};
const startsOf = (action: ActionView, from = '2026-11-01'): readonly string[] =>
  nextDates(action, parseWallDate(from)!, UTC, 4).map(({ occurrence }) => occurrence.when.start);

/** From 6 December on the march of each Sunday is one of each Monday, two hours later. */
const goOn = (who: Seer, march: ActionId): ActionId => {
  const made = rescheduleFrom(deskOf(who, march), on('2026-12-06T14:00'), {
    when: starting('2026-12-07T16:00'),
    rule: 'FREQ=WEEKLY;BYDAY=MO',
  });
  if (made === null) throw new Error('it cannot be');
  return made;
};

it('who joined or declined is asked of the new series, and nothing is written for them', async () => {
  const { alice, bob, march } = await start();
  value(await openVariationDesk(bob.calendar, march)).setStanding('joining');
  await meet(alice, bob);
  const made = goOn(alice, march);
  await meet(alice, bob);
  const next = actionOf(alice, made);
  expect(next.follows).toEqual({ action: march, at: '2026-12-06T14:00' });
  expect(alice.calendar.part(next, groupOf(bob))).toBeNull();
  expect(alice.calendar.carriedTo(next)).toMatchObject([
    { group: groupOf(bob), from: { id: march }, part: { variation: { standing: 'joining' } } },
  ]);
  const [happening] = nextDates(next, parseWallDate('2026-12-01')!, UTC, 1);
  expect(happening && crossing(alice.calendar, happening, groupOf(bob))).toEqual({ how: 'open', isAsked: true });
  expect(toReconsider(bob.calendars).map(({ action }) => action.id)).toContain(made);
  expect(toReconsider(alice.calendars)).toEqual([]);

  // an answer of its own is enough, whichever
  value(await openVariationDesk(bob.calendar, made)).setStanding('not-joining');
  expect(bob.calendar.carriedTo(actionOf(bob, made))).toEqual([]);
  // and of a third series it is that answer that is asked about
  deskOf(alice, made).set({ field: 'rule', value: 'FREQ=WEEKLY;BYDAY=MO' });
  const third = rescheduleFrom(deskOf(bob, made), on('2027-01-04T16:00'), {
    ...{ when: starting('2027-01-05T16:00'), rule: 'FREQ=WEEKLY;BYDAY=TU' },
  });
  if (third === null) throw new Error('it cannot be');
  expect(bob.calendar.carriedTo(actionOf(bob, third))).toMatchObject([
    { from: { id: made }, part: { variation: { standing: 'not-joining' } } },
  ]);
});

it('who has not decided is asked nothing', async () => {
  const { alice, bob, march } = await start();
  value(await openVariationDesk(bob.calendar, march)).setStanding('undecided');
  await meet(alice, bob);
  const made = goOn(alice, march);
  expect(alice.calendar.carriedTo(actionOf(alice, made))).toEqual([]);
});

it('what a group has of its own goes to the days of the new series, once it says that it holds', async () => {
  const { alice, bob, march } = await start();
  // on Saturdays, as often as it likes
  const desk = value(await openVariationDesk(bob.calendar, march));
  desk.change([
    { field: 'when', value: starting('2026-11-21T10:00') },
    { field: 'rule', value: 'FREQ=WEEKLY;BYDAY=SA' },
    { field: 'name', value: 'Hill walk' },
    { field: 'exdates', value: [on('2026-11-28T10:00'), on('2026-12-12T10:00')] },
    { field: 'status', occurrence: on('2026-12-19T10:00'), value: 'cancelled' },
  ]);
  desk.reason?.write('', 'We work on Sundays', 3);
  desk.close();
  await meet(alice, bob);
  const made = goOn(alice, march);
  await meet(alice, bob);

  const there = value(await openVariationDesk(bob.calendar, made));
  expect(there.takeOver()).toBe(true);
  const part = bob.calendar.part(actionOf(bob, made), groupOf(bob));
  expect(part).toMatchObject({
    asked: null,
    variation: { standing: 'adapting', reason: 'We work on Sundays', overrides: { name: 'Hill walk' } },
  });
  // a day before the common one as before, at its own hour; what was left out is left out on its new day
  expect(part && startsOf(part.action)).toEqual([
    '2026-12-06T10:00',
    '2026-12-20T10:00',
    '2026-12-27T10:00',
    '2027-01-03T10:00',
  ]);
  expect(part?.action.changed.get(on('2026-12-20T10:00'))).toEqual({ status: 'cancelled' });
  // and what it did on its own days ends there, so that nothing takes place twice
  const before = bob.calendar.as(groupOf(bob), actionOf(bob, march));
  expect(startsOf(before)).toEqual(['2026-11-21T10:00']);
  expect(toReconsider(bob.calendars)).toEqual([]);
  there.history.undo();
  expect(startsOf(bob.calendar.as(groupOf(bob), actionOf(bob, march)))).toHaveLength(4);
  expect(toReconsider(bob.calendars).map(({ action }) => action.id)).toContain(made);
});

it('what changed in the series before, besides that it ended, is still asked about there', async () => {
  const { alice, bob, march } = await start();
  value(await openVariationDesk(bob.calendar, march)).setStanding('joining');
  await meet(alice, bob);
  deskOf(alice, march).set({ field: 'risk', value: 'high' });
  const made = goOn(alice, march);
  await meet(alice, bob);
  value(await openVariationDesk(bob.calendar, made)).takeOver();
  expect(toReconsider(bob.calendars).map(({ action }) => action.id)).toEqual([march]);
});

it('a ring of series, which only a stranger can write, asks nothing and ends', async () => {
  const { alice, march } = await start();
  const made = goOn(alice, march);
  deskOf(alice, march).set({ field: 'follows', value: { action: made, at: on('2026-12-07T16:00') } });
  expect(alice.calendar.carriedTo(actionOf(alice, made))).toEqual([]);
  expect(alice.calendar.carried(actionOf(alice, made), groupOf(alice))).toBeNull();
});

it('things that other actions need are offered by the names that they have', async () => {
  const { alice, march } = await start();
  const made = goOn(alice, march);
  const desk = deskOf(alice, march);
  desk.add({ item: 'resource', value: 'White van' });
  desk.add({ item: 'resource', value: 'Drums' });
  deskOf(alice, made).add({ item: 'resource', value: 'white VAN' });
  expect(knownResources(alice.calendar.view, actionOf(alice, made))).toEqual(['Drums']);
  expect(knownResources(alice.calendar.view, actionOf(alice, march))).toEqual([]);
});
