/** The history of what came and went while people were connected. */
import { expect, test } from 'vitest';
import { followMeetings, type Meeting } from '../../../../src/app/exchange/meetings.ts';
import { LOCAL } from '../../../../src/log/capture.ts';
import type { MemberId } from '../../../../src/log/types.ts';
import { decodePack } from '../../../../src/log/pack.ts';
import { found, join, paletteOf, type Person, value } from '../../../world.ts';

const world = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
  const id = await paletteOf(alice);
  const member = bob.replica.me()?.member;
  if (!member) throw new Error('nobody');
  const kept: Meeting[] = [];
  let peers: { link: string; member: MemberId | null }[] = [{ link: 'to bob', member }];
  followMeetings({
    replica: alice.replica,
    environment: alice.environment,
    peers: () => peers,
    keep: (meeting) => kept.push(meeting),
  });
  const write = async (person: Person): Promise<void> => {
    const doc = value(await person.replica.openDocument(id));
    doc.transact(() => doc.getText('title').insert(0, 'x'), LOCAL);
    value(await person.replica.flush());
  };
  const bring = async (from: Person, to: Person, link: string | null): Promise<void> => {
    for await (const pack of from.replica.lacking(to.replica.vector()).packs()) {
      value(await to.replica.takeItems(decodePack(pack), link));
    }
  };
  await bring(alice, bob, null);
  return { alice, bob, member, kept, write, bring, leave: () => (peers = []) };
};

test('is one line for a meeting, once the other is gone', async () => {
  const { alice, bob, member, kept, write, bring, leave } = await world();
  await write(bob);
  await bring(bob, alice, 'to bob');
  await write(alice);
  alice.environment.pass(20_000);
  expect(kept).toEqual([]);
  leave();
  alice.environment.pass(20_000);
  expect(kept).toEqual([{ type: 'met', from: member, changes: 1, people: 1, documents: 0, sent: 1 }]);
});

test('is not about what a bundle brings, nor about what is written alone', async () => {
  const { alice, bob, kept, write, bring, leave } = await world();
  await write(bob);
  await bring(bob, alice, null);
  leave();
  await write(alice);
  alice.environment.pass(60_000);
  expect(kept).toEqual([]);
});

test('is written down now and then while somebody stays', async () => {
  const { alice, kept, write } = await world();
  await write(alice);
  alice.environment.minutes(16);
  alice.environment.pass(20_000);
  expect(kept).toMatchObject([{ sent: 1 }]);
});
