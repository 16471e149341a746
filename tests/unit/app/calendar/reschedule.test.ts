import { expect, it } from 'vitest';
import { openActionDesk } from '../../../../src/app/calendar/action-desk.svelte.ts';
import { happeningOn, nextDates } from '../../../../src/app/calendar/one-date.ts';
import { reschedule, rescheduleFrom } from '../../../../src/app/calendar/reschedule.ts';
import type { ActionView } from '../../../../src/documents/calendar/index.ts';
import { parseWallDate, parseWallTime, UTC } from '../../../../src/times/index.ts';
import { start, starting } from './worlds.ts';

const begin = async (rule: string) => {
  const { alice, march } = await start();
  const desk = openActionDesk(alice.calendar, march);
  if (desk === null) throw new Error('it is not open');
  reschedule(desk, { when: starting('2026-11-22T14:00'), rule });
  return { desk, calendar: alice.calendar };
};
const at = (text: string) => parseWallTime(text)!;
const startsOf = (action: ActionView | null | undefined): readonly string[] =>
  action === null || action === undefined
    ? []
    : nextDates(action, parseWallDate('2026-11-01')!, UTC, 6).map(({ occurrence }) => occurrence.when.start);

it('from one date on: the series ends before it, and goes on by itself as often as it was to', async () => {
  const { desk, calendar } = await begin('FREQ=WEEKLY;BYDAY=SU;COUNT=5');
  desk.leaveOut(at('2026-12-13T14:00'));
  const made = rescheduleFrom(desk, at('2026-12-06T14:00'), {
    when: starting('2026-12-07T16:00'),
    rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=5',
  });
  expect(startsOf(desk.action)).toEqual(['2026-11-22T14:00', '2026-11-29T14:00']);
  const next = made === null ? null : calendar.action(made);
  expect(next?.title).toBe('March');
  // the one that was left out is left out on its new day
  expect(startsOf(next)).toEqual(['2026-12-07T16:00', '2026-12-21T16:00']);
  desk.history.undo();
  expect(startsOf(desk.action)).toEqual([
    '2026-11-22T14:00',
    '2026-11-29T14:00',
    '2026-12-06T14:00',
    '2026-12-20T14:00',
  ]);
  expect(made === null ? null : calendar.action(made)).toBeNull();
});

it('what takes place once cannot go on from a date', async () => {
  const { desk } = await begin('FREQ=WEEKLY;BYDAY=SU');
  reschedule(desk, { when: starting('2026-11-22T14:00'), rule: null });
  expect(rescheduleFrom(desk, at('2026-11-22T14:00'), { when: starting('2026-12-07T16:00'), rule: null })).toBeNull();
});

it('a date that was moved is found by where it was to be', async () => {
  const { desk } = await begin('FREQ=WEEKLY;BYDAY=SU');
  desk.set({ field: 'when', occurrence: at('2026-11-29T14:00'), value: starting('2026-12-02T09:00') });
  const { action } = desk;
  if (action === null) throw new Error('no action');
  expect(happeningOn(action, at('2026-11-29T14:00'), UTC)?.occurrence.when.start).toBe('2026-12-02T09:00');
  expect(happeningOn(action, at('2026-11-30T14:00'), UTC)).toBeNull();
});
