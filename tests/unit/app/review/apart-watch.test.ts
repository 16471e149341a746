/** Somebody who looks on is told of what was changed apart, as it comes in, and after Weft was closed, until it is decided. */
import { describe, expect, it } from 'vitest';
import { openActionDesk } from '../../../../src/app/calendar/action-desk.svelte.ts';
import { ApartWatch } from '../../../../src/app/review/apart-watch.svelte.ts';
import { meet, type Seer, start, starting } from '../calendar/worlds.ts';
import type { ActionId } from '../../../../src/documents/calendar/index.ts';

const move = ({ calendar }: Seer, action: ActionId, to: string): void => {
  const desk = openActionDesk(calendar, action);
  if (desk === null) throw new Error('it is not open');
  desk.setWhen(starting(to));
};

const watchOf = ({ calendars, replica, environment }: Seer, marks: Map<string, string>): ApartWatch =>
  new ApartWatch(calendars, {
    space: { replica },
    shelf: { readMark: (id) => marks.get(id) ?? null, markRead: (id, value) => void marks.set(id, value) },
    environment,
  });

describe('what was changed apart', () => {
  it('is counted when it comes in, after Weft was closed too, and no more once it is decided', async () => {
    const { alice, bob, march } = await start();
    const marks = new Map<string, string>();
    const watch = watchOf(alice, marks);
    move(alice, march, '2026-11-22T16:00');
    alice.environment.minutes(7);
    move(bob, march, '2026-11-22T18:00');
    await meet(alice, bob);
    await watch.look();
    expect(watch.count).toBe(1);

    // closed, and opened again: nothing comes in
    const later = watchOf(alice, marks);
    expect(later.count).toBe(0);
    await later.look();
    expect(later.count).toBe(1);

    const desk = openActionDesk(bob.calendar, march);
    const [conflict] = desk?.action?.conflicts ?? [];
    if (!desk || !conflict) throw new Error('no conflict');
    expect(desk.settle(conflict, 0)).toBe(true);
    await meet(alice, bob);
    await later.look();
    expect(later.count).toBe(0);
    const last = watchOf(alice, marks);
    await last.look();
    expect(last.count).toBe(0);
    expect([...marks.values()]).toEqual(['0']);
  });
});
