/** Clocks that are off by years: everything is in the order of the log, and nothing is refused for its date. */
import { describe, expect, it } from 'vitest';
import type { DocumentId } from '../../../src/log/types.ts';
import { mergeBundle, readBundle } from '../../../src/sync/bundles.ts';
import { createMemoryNetwork } from '../../../src/transports/memory.ts';
import { carry, found, join, paletteOf, type Person, restart, value } from '../../world.ts';
import { bundleOf, sourceOf, textOf, type } from './bundle-file.ts';
import { goOnline, settleAll } from './online.ts';

const setClock = (person: Person, at: number): void =>
  person.environment.minutes((at - person.environment.now()) / 60_000);

const CLOCKS = [
  ['the first minute of 1970 and 2060', 0, Date.UTC(2060, 1, 1)],
  ['a year before 1970 and 9000', Date.UTC(1969, 0, 1), Date.UTC(9000, 0, 1)],
  ['2060 and 2001', Date.UTC(2060, 1, 1), Date.UTC(2001, 0, 1)],
] as const;

const pastOf = async (person: Person, id: DocumentId): Promise<readonly string[]> => {
  const past = value(await person.replica.past([id])).get(id) ?? [];
  return past.map(({ session }) => session.slice(0, 8));
};

describe.each(CLOCKS)('with clocks at %s', (_, hers, his) => {
  const both = async () => {
    const alice = await found();
    setClock(alice, hers);
    const id = await paletteOf(alice);
    const bob = await join(alice, 2, 'Bob', 'Farmers');
    setClock(bob, his);
    return { alice, bob, id };
  };

  it('bundles go both ways, and each brings what the other wrote, once', async () => {
    const { alice, bob, id } = await both();
    await type(alice, id, 'one ');
    const first = sourceOf(await bundleOf(alice));
    expect(value(await readBundle(bob.replica, first, bob.environment)).incomplete).toBe(null);
    expect(value(await mergeBundle(bob.replica, first, bob.environment)).receipt.refused.size).toBe(0);
    await type(bob, id, 'two ');
    const back = sourceOf(await bundleOf(bob));
    expect(value(await mergeBundle(alice.replica, back, alice.environment)).receipt.refused.size).toBe(0);
    await type(alice, id, 'three ');
    await carry(alice, bob);
    for (const person of [alice, bob, await restart(alice), await restart(bob)])
      expect(await textOf(person, id)).toBe('one two three ');
    // in the order of the log, which no clock here agrees with
    const order = await pastOf(alice, id);
    expect(order).toEqual(await pastOf(bob, id));
    expect(new Set(order).size).toBe(2);
    expect(order.length).toBe(3);
    expect(order[0]).toBe(order[2]);
  });

  it('people meet live, write at once, and are even', async () => {
    const { alice, bob, id } = await both();
    await carry(alice, bob);
    await carry(bob, alice);
    const network = createMemoryNetwork();
    const people = [goOnline(network, 'a', alice), goOnline(network, 'b', bob)];
    await settleAll(network, people);
    await Promise.all([type(alice, id, 'hers '), type(bob, id, 'his ')]);
    await settleAll(network, people);
    const text = await textOf(alice, id);
    expect(await textOf(bob, id)).toBe(text);
    expect(text).toContain('hers ');
    expect(text).toContain('his ');
    expect(people.flatMap(({ dropped }) => dropped)).toEqual([]);
    for (const { person } of people) value(await person.replica.snapshot());
    expect(await textOf(await restart(bob), id)).toBe(text);
  });

  it('a clock that is set right, or wrong, in the middle changes nothing of this', async () => {
    const { alice, bob, id } = await both();
    await carry(alice, bob);
    await type(bob, id, 'one ');
    setClock(bob, hers);
    await type(bob, id, 'two ');
    setClock(bob, his);
    await type(await restart(bob), id, 'three ');
    const later = await restart(bob);
    await carry(later, alice);
    expect(await textOf(alice, id)).toBe('one two three ');
  });
});
