/** A calendar as the sealed log carries it. */
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import {
  addAction,
  changeAction,
  createCalendar,
  createUndo,
  readCalendar,
  respectOthers,
  setStatus,
} from '../../../../src/documents/calendar/index.ts';
import {
  changeVariation,
  createVariations,
  joinVariations,
  readVariations,
} from '../../../../src/documents/variations/index.ts';
import type { DocumentId } from '../../../../src/log/types.ts';
import { LOCAL } from '../../../../src/sync/replica-types.ts';
import { createLargeCalendar } from '../../../large-calendar.ts';
import { carry, found, join, restart, value } from '../../../world.ts';
import type { Person } from '../../../world.ts';
import { actionOf, actionId, MARCH, MINUTE, on, SUNDAYS, viewOf } from './worlds.ts';

const AT = on('2026-03-15T14:00');

const calendarOf = async (person: Person): Promise<DocumentId> => {
  const owner = person.replica.me()?.group;
  if (owner === undefined) throw new Error('nobody yet');
  return value(await person.replica.createDocument({ kind: 'calendar', owner, parent: null, writers: 'members' }));
};

const openOf = async (person: Person, id: DocumentId): Promise<Y.Doc> => value(await person.replica.openDocument(id));

const flush = async (person: Person) => value(await person.replica.flush());

describe('a calendar in the log', () => {
  it('comes whole to another device: facts, exceptions, undo, and who wrote what', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hills');
    const id = await calendarOf(alice);
    const hers = await openOf(alice, id);
    createCalendar(hers, LOCAL, { title: 'Spring', language: 'en' });
    addAction(hers, LOCAL, SUNDAYS, MINUTE);
    const undo = createUndo(hers, [LOCAL]);
    respectOthers(hers, undo);
    changeAction(
      hers,
      LOCAL,
      MARCH,
      { fields: [{ field: 'risk', value: 'high' }], add: [{ item: 'exdate', value: AT }] },
      MINUTE,
    );
    undo.stopCapturing();
    setStatus(hers, LOCAL, MARCH, 'cancelled', MINUTE);
    undo.undo();
    await flush(alice);
    await carry(alice, bob);
    const his = await openOf(bob, id);
    expect(readCalendar(his)).toEqual(readCalendar(hers));
    expect(actionOf(his)).toMatchObject({ risk: 'high', exdates: [AT], status: 'proposed' });

    setStatus(hers, LOCAL, MARCH, 'confirmed', MINUTE + 1);
    setStatus(his, LOCAL, MARCH, 'postponed', MINUTE + 2);
    await flush(alice);
    await flush(bob);
    await carry(alice, bob);
    await carry(bob, alice);
    expect(readCalendar(hers)).toEqual(readCalendar(his));
    const [conflict] = actionOf(hers).conflicts;
    const names = (person: Person) =>
      conflict?.values.map(({ client }) => {
        const member = person.replica.writerOf(client);
        return member === null ? null : person.replica.membership().members.get(member)?.name;
      });
    expect(names(alice)?.sort()).toEqual(['Alice', 'Bob']);
    expect(names(bob)).toEqual(names(alice));
    const again = await restart(bob);
    expect(readCalendar(await openOf(again, id))).toEqual(readCalendar(hers));
    expect(again.replica.writerOf(conflict?.values[0]?.client ?? 0)).not.toBeNull();
    expect(again.replica.writerOf(7)).toBeNull();
  });

  it('takes a long text from elsewhere, and many actions at once', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hills');
    const id = await calendarOf(alice);
    const hers = await openOf(alice, id);
    createLargeCalendar(7, 400).fill(hers, LOCAL);
    const leftover = `X-NOTE:${'é'.repeat(7_900)}`;
    addAction(hers, LOCAL, { id: actionId(9), items: [{ item: 'leftover', value: leftover }] }, MINUTE);
    let refused = 0;
    alice.replica.on((event) => {
      if (event.type === 'refused') refused += 1;
    });
    await flush(alice);
    await carry(alice, bob);
    const his = await openOf(bob, id);
    expect(refused).toBe(0);
    expect(viewOf(his).actions.size).toBe(401);
    expect(actionOf(his, actionId(9)).leftovers).toEqual([leftover]);
    expect(readCalendar(his)).toEqual(readCalendar(hers));
  });
});

describe('a group’s variations in the log', () => {
  it('count only where that group wrote them: every replica refuses another group’s writing', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hills');
    const carol = await join(alice, 3, 'Carol', 'River');
    const calendar = await calendarOf(alice);
    createCalendar(await openOf(alice, calendar), LOCAL, { title: 'Spring', language: 'en' });
    addAction(await openOf(alice, calendar), LOCAL, SUNDAYS, MINUTE);
    await flush(alice);
    await carry(alice, bob);
    const owner = bob.replica.me()?.group;
    if (owner === undefined) throw new Error('nobody');
    const frame = actionOf(await openOf(bob, calendar));
    const id = value(
      await bob.replica.createDocument({ kind: 'variations', owner, parent: calendar, writers: 'group' }),
    );
    const his = await openOf(bob, id);
    createVariations(his, LOCAL);
    changeVariation([his], LOCAL, MARCH, [{ field: 'standing', value: 'adapting' }], frame);
    await flush(bob);
    for (const person of [alice, carol]) await carry(bob, person);
    expect(bob.replica.mayWrite(id)).toBe(true);

    for (const person of [alice, carol]) {
      expect(person.replica.mayWrite(id)).toBe(false);
      const theirs = await openOf(person, id);
      changeVariation([theirs], LOCAL, MARCH, [{ field: 'standing', value: 'not-joining' }], frame);
      await person.replica.flush();
    }
    await carry(carol, alice);
    await carry(alice, bob);
    await carry(carol, bob);
    for (const person of [await restart(alice), await restart(bob), await restart(carol)]) {
      await carry(alice, person);
      await carry(carol, person);
      const part = readVariations(await openOf(person, id));
      expect(joinVariations([part]).get(MARCH)?.standing).toBe('adapting');
    }
  });
});
