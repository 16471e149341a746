import { expect, test } from 'vitest';
import { Space } from '../../../../src/app/space.svelte.ts';
import { Changes } from '../../../../src/app/today/changes.svelte.ts';
import { openInvites } from '../../../../src/sync/invites.ts';
import { carry, found, join, paletteOf, type Person, restart, value } from '../../../world.ts';
import { type as write } from '../../sync/bundle-file.ts';
import { createShelf } from '../shelf-in-memory.ts';

const spaceOf = async (person: Person): Promise<Space> =>
  new Space(person.replica, value(await openInvites(person.storage, person.replica, person.environment)));

const start = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  const id = await paletteOf(alice);
  await carry(alice, bob);
  const shelf = createShelf();
  const unseen = (changes: Changes) =>
    changes.unseen.map(({ document, people }) => [
      document === id,
      people.map(({ name, changes: count }) => [name, count]),
    ]);
  return { alice, bob, id, shelf, unseen };
};

test('tells what others changed, by document and person, and nothing of one’s own', async () => {
  const { alice, bob, id, shelf, unseen } = await start();
  await write(alice, id, 'mine');
  await write(bob, id, 'his');
  await carry(bob, alice);
  expect(unseen(new Changes(await spaceOf(alice), shelf))).toEqual([[true, [['Bob', 1]]]]);
});

test('what was looked at is not told again, also after a restart, and what comes later is', async () => {
  const { alice, bob, id, shelf, unseen } = await start();
  await write(bob, id, 'one');
  await carry(bob, alice);
  const changes = new Changes(await spaceOf(alice), shelf);
  changes.look([id]);
  expect(unseen(changes)).toEqual([]);
  const again = await restart(alice);
  expect(unseen(new Changes(await spaceOf(again), shelf))).toEqual([]);
  await write(bob, id, 'two');
  await carry(bob, again);
  expect(unseen(new Changes(await spaceOf(again), shelf))).toEqual([[true, [['Bob', 1]]]]);
});

test('what a stick brings later is new, however long ago it was written', async () => {
  const { alice, bob, id, shelf, unseen } = await start();
  const charlie = await join(alice, 3, 'Charlie', 'Asmara');
  await carry(alice, charlie);
  await write(charlie, id, 'long ago');
  bob.environment.minutes(10_000);
  await carry(alice, bob);
  await write(bob, id, 'now');
  await carry(bob, alice);
  const changes = new Changes(await spaceOf(alice), shelf);
  changes.look([id]);
  await carry(charlie, alice);
  expect(unseen(changes)).toEqual([[true, [['Charlie', 1]]]]);
});

test('read marks name nobody and nothing', async () => {
  const { alice, bob, id, shelf } = await start();
  await write(bob, id, 'one');
  await carry(bob, alice);
  new Changes(await spaceOf(alice), shelf).look([id]);
  for (const secret of [id, bob.replica.me()?.member ?? 'none', 'Bob']) expect(shelf.written()).not.toContain(secret);
});
