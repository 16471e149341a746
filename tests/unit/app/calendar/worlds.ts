/** People with a calendar, as the app has it. */
import { Calendars } from '../../../../src/app/calendar/calendars.svelte.ts';
import { addActionTo } from '../../../../src/app/calendar/action-desk.svelte.ts';
import type { Calendar } from '../../../../src/app/calendar/calendar.svelte.ts';
import type { ActionId } from '../../../../src/documents/calendar/index.ts';
import type { DocumentId } from '../../../../src/log/types.ts';
import { starting } from '../../documents/calendar/worlds.ts';
import { carry, found, join, value } from '../../../world.ts';
import type { Person } from '../../../world.ts';

export { on, starting } from '../../documents/calendar/worlds.ts';

const alone = { set: () => undefined, others: () => [], subscribe: () => () => undefined };

/** Somebody, and what they see. */
export interface Seer extends Person {
  readonly calendars: Calendars;
  readonly calendar: Calendar;
}

export const calendarsOf = ({ replica, environment: { random, now } }: Person): Calendars =>
  new Calendars({ replica, presence: alone, random, now });

export const seerOf = async (person: Person, id: DocumentId): Promise<Seer> => {
  const calendars = calendarsOf(person);
  const calendar = calendars.calendar(id);
  if (calendar === null) throw new Error('no such calendar');
  await open(calendar);
  return { ...person, calendars, calendar };
};

/** All that it consists of is open. */
export const open = async (calendar: Calendar): Promise<void> => {
  // asked for, and so opened
  void calendar.view;
  value(await calendar.company.world.replica.openDocument(calendar.id));
  for (const group of calendar.groups) for (const each of calendar.openDocuments(group)) await each.opened;
};

/** Everything that anybody has written is with everybody. */
export const meet = async (...people: readonly Seer[]): Promise<void> => {
  for (const { replica } of people) value(await replica.flush());
  for (let round = 0; round < 2; round++)
    for (const from of people) for (const to of people) if (from !== to) await carry(from, to);
  for (const { calendar } of people) await open(calendar);
};

/** Alice of the dockers and Bob of the hills, a calendar, and a march each Sunday. */
export const start = async (): Promise<{ alice: Seer; bob: Seer; march: ActionId }> => {
  const first = await found();
  const second = await join(first, 2, 'Bob', 'Hills');
  const id = value(await calendarsOf(first).create({ title: 'Spring', language: 'en' }));
  value(await first.replica.flush());
  await carry(first, second);
  const alice = await seerOf(first, id);
  const bob = await seerOf(second, id);
  const march = addActionTo(alice.calendar, {
    texts: { title: 'March' },
    fields: [
      { field: 'when', value: starting('2026-11-22T14:00') },
      { field: 'rule', value: 'FREQ=WEEKLY;BYDAY=SU' },
    ],
  });
  if (march === null) throw new Error('no action');
  await meet(alice, bob);
  return { alice, bob, march };
};
