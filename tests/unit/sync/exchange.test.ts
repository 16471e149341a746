import { describe, expect, it } from 'vitest';
import { LOCAL } from '../../../src/log/capture.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { createExchange, type Exchange } from '../../../src/sync/exchange.ts';
import { createMemoryNetwork, type MemoryNetwork } from '../../../src/transports/memory.ts';
import { carry, found, join, paletteOf, type Person, value } from '../../world.ts';

interface Online {
  readonly person: Person;
  readonly exchange: Exchange;
  readonly dropped: string[];
}

const connect = (network: MemoryNetwork, name: string, person: Person): Online => {
  const dropped: string[] = [];
  const exchange = createExchange(person.replica, person.environment, {
    peers: () => undefined,
    presence: () => undefined,
    dropped: (_device, reason) => dropped.push(reason),
  });
  network.createTransport(name).start(exchange);
  return { person, exchange, dropped };
};

/** Lets everything planned and everything on its way happen, until nothing moves. */
const settle = async (network: MemoryNetwork, people: readonly Online[]): Promise<void> => {
  // what was taken in may be answered only when time has passed: two silent turns are the end
  for (let turn = 0, silent = 0; turn < 60 && silent < 2; turn++) {
    const { sent } = network;
    for (const { person } of people) person.environment.pass(2000);
    for (let quiet = -1; quiet !== network.sent;) {
      quiet = network.sent;
      await network.settle();
      for (const { person, exchange } of people) {
        value(await person.replica.flush());
        await exchange.settled();
      }
      await network.settle();
    }
    silent = sent === network.sent ? silent + 1 : 0;
  }
};

const textOf = async (person: Person, id: DocumentId) => value(await person.replica.openDocument(id)).getText('text');
const type = async (person: Person, id: DocumentId, words: string): Promise<void> => {
  const text = await textOf(person, id);
  text.doc?.transact(() => text.insert(text.length, words), LOCAL);
};

describe('the exchange', () => {
  it('brings a newcomer everything, then every keystroke to everybody', async () => {
    const alice = await found();
    const id = await paletteOf(alice);
    await type(alice, id, 'before ');
    const bob = await join(alice, 2, 'Bob', 'Farmers');
    const chen = await join(alice, 3, 'Chen', 'Seafarers');
    const network = createMemoryNetwork();
    const people = [connect(network, 'alice', alice), connect(network, 'bob', bob), connect(network, 'chen', chen)];
    await settle(network, people);
    expect((await textOf(bob, id)).toJSON()).toBe('before ');
    await type(bob, id, 'by Bob ');
    await settle(network, people);
    await type(chen, id, 'by Chen');
    await settle(network, people);
    for (const person of [alice, bob, chen]) expect((await textOf(person, id)).toJSON()).toBe('before by Bob by Chen');
    for (const { exchange } of people) {
      expect(exchange.peers().map((peer) => peer.state)).toEqual(['even', 'even']);
    }
    expect(alice.replica.unshared().changes).toBe(0);
  });

  it('mends what a cut link lost', async () => {
    const alice = await found();
    const id = await paletteOf(alice);
    const bob = await join(alice, 2, 'Bob', 'Farmers');
    const network = createMemoryNetwork();
    const people = [connect(network, 'alice', alice), connect(network, 'bob', bob)];
    await settle(network, people);
    network.cut('alice', 'bob');
    await type(alice, id, 'apart ');
    await type(bob, id, '');
    await settle(network, people);
    expect(alice.replica.unshared().changes).toBeGreaterThan(0);
    network.mend('alice', 'bob');
    await settle(network, people);
    expect((await textOf(bob, id)).toJSON()).toBe('apart ');
  });

  it('passes on through one in the middle, once', async () => {
    const alice = await found();
    const id = await paletteOf(alice);
    const bob = await join(alice, 2, 'Bob', 'Farmers');
    const chen = await join(alice, 3, 'Chen', 'Seafarers');
    await carry(alice, bob);
    await carry(alice, chen);
    const network = createMemoryNetwork({ limit: 400 });
    network.cut('alice', 'chen');
    const people = [connect(network, 'alice', alice), connect(network, 'bob', bob), connect(network, 'chen', chen)];
    await settle(network, people);
    await type(alice, id, 'over the hill');
    await settle(network, people);
    expect((await textOf(chen, id)).toJSON()).toBe('over the hill');
  });

  it('drops a peer that has not the space’s key', async () => {
    const alice = await found();
    const mallory = await found(99, 'Elsewhere', 'Mallory');
    const network = createMemoryNetwork();
    const people = [connect(network, 'alice', alice), connect(network, 'mallory', mallory)];
    await settle(network, people);
    expect(people.flatMap((each) => each.dropped)).toContain('refused');
    for (const { exchange } of people) expect(exchange.peers()).toEqual([]);
  });

  it('refuses what an observer’s modified client writes, live', async () => {
    const alice = await found();
    const id = await paletteOf(alice);
    const olga = await join(alice, 2, 'Olga', 'Clinic', 'observer');
    const network = createMemoryNetwork();
    const people = [connect(network, 'alice', alice), connect(network, 'olga', olga)];
    await settle(network, people);
    await type(olga, id, 'I was here');
    await settle(network, people);
    expect((await textOf(alice, id)).toJSON()).toBe('');
  });
});
