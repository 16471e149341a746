/** Signaling over the exchange: given to one link, heard by whoever has shown who they are, bounded. */
import { expect, it } from 'vitest';
import { LIMIT } from '../../../src/log/limits.ts';
import { createExchange } from '../../../src/sync/exchange.ts';
import { createMemoryNetwork, type MemoryNetwork } from '../../../src/transports/memory.ts';
import { found, join, type Person } from '../../world.ts';

const connect = (network: MemoryNetwork, name: string, person: Person) => {
  const heard: string[] = [];
  const greeted: string[] = [];
  const dropped: string[] = [];
  const exchange = createExchange(person.replica, person.environment, {
    peers: () => undefined,
    presence: () => undefined,
    greeted: (link, device) => {
      greeted.push(device);
      exchange.sendSignal(link, new TextEncoder().encode(`from ${name}`));
    },
    signal: (bytes) => heard.push(new TextDecoder().decode(bytes)),
    dropped: (_device, reason) => dropped.push(reason),
  });
  network.createTransport(name).start(exchange);
  const settled = async (): Promise<void> => {
    await network.settle();
    await exchange.settled();
    await network.settle();
  };
  return { exchange, heard, greeted, dropped, settled };
};

const meet = async () => {
  const alice = await found();
  const bob = await join(alice, 2, 'Bob', 'Farmers');
  const network = createMemoryNetwork();
  const [hers, his] = [connect(network, 'alice', alice), connect(network, 'bob', bob)];
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) for (const each of [hers, his]) await each.settled();
  };
  await settle();
  return { alice, bob, hers, his, settle };
};

it('each hears who the other is, and then the signal that it was given', async () => {
  const { alice, bob, hers, his } = await meet();
  expect(hers.greeted).toEqual([bob.replica.device]);
  expect(his.greeted).toEqual([alice.replica.device]);
  expect([hers.heard, his.heard]).toEqual([['from bob'], ['from alice']]);
});

it('of a flood of signals some are heard, and nobody is dropped', async () => {
  const { hers, his, settle } = await meet();
  const [link = ''] = hers.exchange.peers().map((peer) => peer.link);
  for (let i = 0; i < 3000; i++) hers.exchange.sendSignal(link, Uint8Array.of(1));
  await settle();
  expect(his.heard.length).toBeGreaterThan(500);
  expect(his.heard.length).toBeLessThan(1100);
  expect(his.dropped).toEqual([]);
});

it('whoever sends one that is longer than a signal can be is dropped', async () => {
  const { hers, his, settle } = await meet();
  const [link = ''] = hers.exchange.peers().map((peer) => peer.link);
  hers.exchange.sendSignal(link, new Uint8Array(LIMIT.signal));
  await settle();
  expect(his.dropped).toEqual([]);
  hers.exchange.sendSignal(link, new Uint8Array(LIMIT.signal + 1));
  await settle();
  expect(his.dropped).toEqual(['TooLarge']);
});

it('nothing is sent to a link that is not there', async () => {
  const { hers, his, settle } = await meet();
  hers.exchange.sendSignal('nobody', Uint8Array.of(1));
  await settle();
  expect(his.heard).toEqual(['from alice']);
});
