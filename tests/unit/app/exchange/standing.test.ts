import { expect, test } from 'vitest';
import { behindIn, isBehind, standingOf } from '../../../../src/app/exchange/standing.ts';
import { carry, found, join, paletteOf, value } from '../../../world.ts';

const DAY = 86_400_000;

test('a group has what any of its members has, and was heard of when any of them was', async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  const charlie = await join(alice, 3, 'Charlie', 'Hill Farmers');
  await paletteOf(alice);
  await carry(alice, bob);
  alice.replica.heard(bob.replica.device, bob.replica.vector(), true);
  const { replica } = alice;
  const [group, ...others] = standingOf(replica.membership(), replica.progress(), new Set());
  expect(others).toEqual([]);
  expect(group?.lacks).toBe(0);
  expect(group?.members.map(({ name, heard }) => [name, heard !== null])).toEqual([
    ['Charlie', false],
    ['Bob', true],
  ]);
  expect(group?.members[0]?.lacks).toBeGreaterThan(0);
  expect(charlie.replica.me()?.group).toBe(group?.group.id);
});

test('a group that lacks most comes first, and this person is in none', async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  await join(alice, 3, 'Charlie', 'Asmara');
  alice.replica.heard(bob.replica.device, alice.replica.vector(), true);
  const names = standingOf(alice.replica.membership(), alice.replica.progress(), new Set()).map(
    ({ group }) => group.name,
  );
  expect(names).toEqual(['Asmara', 'Hill Farmers']);
});

test('behind is who lacks something, is not here, and was not heard of for a day or ever', async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  const standing = (here: boolean) => {
    const ids = here ? [value({ ok: true, value: bob.replica.me() })?.member] : [];
    const [group] = standingOf(
      alice.replica.membership(),
      alice.replica.progress(),
      new Set(ids.flatMap((id) => id ?? [])),
    );
    if (!group) throw new Error('no group');
    return group;
  };
  const now = alice.environment.now();
  expect(isBehind(standing(false), now)).toBe(true);
  expect(isBehind(standing(true), now)).toBe(false);
  alice.replica.heard(bob.replica.device, bob.replica.vector(), true);
  await paletteOf(alice);
  expect(isBehind(standing(false), now)).toBe(false);
  expect(isBehind(standing(false), now + 2 * DAY)).toBe(true);
});

test('whoever lacks something is behind, and who has everything is not', async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  const charlie = await join(alice, 3, 'Charlie', 'Asmara');
  alice.replica.heard(bob.replica.device, alice.replica.vector(), true);
  expect(behindIn(alice.replica.progress())).toEqual([charlie.replica.me()?.member]);
});
