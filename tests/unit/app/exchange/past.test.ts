import { expect, test } from 'vitest';
import { keepPast, type NewPast, readPast } from '../../../../src/app/exchange/past.ts';
import { createDice, found, join, type Person } from '../../../world.ts';
import { createShelf } from '../shelf-in-memory.ts';

const COUNTS = { changes: 12, people: 2, documents: 1 };

const worldOf = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  const me = bob.replica.me();
  if (!me) throw new Error('nobody');
  return { alice, bob: me, shelf: createShelf() };
};
const keep = ({ replica }: Person, shelf: ReturnType<typeof createShelf>, past: NewPast, minute = 100): void =>
  keepPast(shelf, replica.identity, past, minute, createDice(minute).random);
const read = ({ replica }: Person, shelf: ReturnType<typeof createShelf>) =>
  readPast(shelf, replica.identity, replica.membership());

test('reads back what was passed on and taken in, newest first', async () => {
  const { alice, bob, shelf } = await worldOf();
  keep(alice, shelf, { type: 'made', whom: { type: 'group', group: bob.group }, bytes: 3000, ...COUNTS }, 100);
  keep(alice, shelf, { type: 'opened', from: bob.member, incomplete: true, ...COUNTS }, 101);
  keep(alice, shelf, { type: 'made', whom: { type: 'everyone' }, bytes: 1, ...COUNTS }, 102);
  keep(alice, shelf, { type: 'met', from: bob.member, sent: 4, ...COUNTS }, 103);
  keep(alice, shelf, { type: 'made', whom: { type: 'behind' }, bytes: 2, ...COUNTS }, 104);
  expect(read(alice, shelf)).toMatchObject([
    { type: 'made', whom: { type: 'behind' }, bytes: 2 },
    { type: 'met', from: bob.member, sent: 4, changes: 12 },
    { type: 'made', whom: { type: 'everyone' }, at: 102 * 60_000 },
    { type: 'opened', from: bob.member, incomplete: true, ...COUNTS },
    { type: 'made', whom: { type: 'group', group: bob.group }, bytes: 3000 },
  ]);
});

test('keeps nothing that names the space, a person or a group', async () => {
  const { alice, bob, shelf } = await worldOf();
  keep(alice, shelf, { type: 'opened', from: bob.member, incomplete: false, ...COUNTS });
  keep(alice, shelf, { type: 'made', whom: { type: 'group', group: bob.group }, bytes: 1, ...COUNTS });
  for (const secret of [alice.replica.spaceId, bob.member, bob.group, alice.replica.device, 'Bob', 'Harbour']) {
    expect(shelf.written()).not.toContain(secret);
  }
});

test('another space on the same device has a history of its own', async () => {
  const { alice, shelf } = await worldOf();
  const other = await found(7, 'Another table');
  keep(alice, shelf, { type: 'made', whom: { type: 'everyone' }, bytes: 1, ...COUNTS });
  expect(read(other, shelf)).toEqual([]);
});
