/** What every transport must do, whatever it runs on. Each adapter's test file gives the worlds. */
import { afterEach, describe, expect, test } from 'vitest';
import { MAX_MESSAGE } from '../../src/sync/transport.ts';
import { createMessage, digestOf, type LinkSeen, type MessageSeen, type Probe } from './transports/probe.ts';

/** A probe that may be in another process. */
export type RemoteProbe = {
  readonly [Name in keyof Probe]: (...args: Parameters<Probe[Name]>) => Promise<Awaited<ReturnType<Probe[Name]>>>;
};

export interface World {
  readonly probes: readonly RemoteProbe[];
  /** breaks the link of two probes without a word to either */
  cut(a: number, b: number): Promise<void>;
  /** lets them meet again */
  mend(a: number, b: number): Promise<void>;
  /** what the transport of a probe holds on to: connections, sockets, channels, locks, listeners, timers */
  leftovers(probe: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface TransportContract {
  readonly name: string;
  /** a world of its own for each test, nobody started yet */
  readonly createWorld: (count: number) => Promise<World>;
  readonly kind: string;
}

const KB = 1024;

export const testTransport = ({ name, kind, createWorld }: TransportContract): void => {
  let world: World | undefined;
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  const enter = async (count: number): Promise<World> => (world = await createWorld(count));

  /** Alice and Bob, started, with the one link between them as each sees it. */
  const meet = async (): Promise<{ alice: RemoteProbe; bob: RemoteProbe; toBob: string; toAlice: string }> => {
    const { alice, bob } = pairOf(await enter(2));
    await Promise.all([alice.start(), bob.start()]);
    const [[toBob], [toAlice]] = await Promise.all([alice.links(1), bob.links(1)]);
    return { alice, bob, toBob: idOf(toBob), toAlice: idOf(toAlice) };
  };

  describe(name, () => {
    test('two that start find each other, and both see one link of the same binding', async () => {
      const { alice, bob } = await meet();
      const [[seenByAlice], [seenByBob]] = await Promise.all([alice.links(1), bob.links(1)]);
      expect(seenByAlice?.kind).toBe(kind);
      expect(seenByAlice?.binding).toMatch(/^[0-9a-f]{64}$/);
      expect(seenByAlice?.binding).toBe(seenByBob?.binding);
    });

    test('no two links have the same binding', async () => {
      const { probes } = await enter(3);
      await Promise.all(probes.map((probe) => probe.start()));
      const links = (await Promise.all(probes.map((probe) => probe.links(2)))).flat();
      expect(new Set(links.map(({ binding }) => binding)).size).toBe(3);
      expect(new Set(links.slice(0, 2).map(({ id }) => id)).size).toBe(2);
    });

    test('messages arrive in order and once, both ways at a time', async () => {
      const { alice, bob, toBob, toAlice } = await meet();
      await Promise.all([alice.send(toBob, 0, 300, 100), bob.send(toAlice, 1000, 300, 3000)]);
      expect(digests(await bob.messages(300))).toEqual(expected(0, 300, 100));
      expect(digests(await alice.messages(300))).toEqual(expected(1000, 300, 3000));
    });

    test('an answer to each message comes back, once', async () => {
      const { alice, bob, toBob } = await meet();
      await bob.echo();
      await alice.send(toBob, 7, 50, 500);
      expect(digests(await alice.messages(50))).toEqual(expected(7, 50, 500));
      expect(await bob.messages(50)).toHaveLength(50);
    });

    test('messages of every awkward size arrive whole, up to the largest', async () => {
      const { alice, bob, toBob } = await meet();
      const sizes = [0, 1, 65_534, 65_535, 65_536, 131_070, 262_144, MAX_MESSAGE - 1, MAX_MESSAGE];
      for (const [seed, size] of sizes.entries()) await alice.send(toBob, seed, 1, size);
      const messages = await bob.messages(sizes.length);
      expect(messages.map(({ size }) => size)).toEqual(sizes);
      expect(digests(messages)).toEqual(sizes.map((size, seed) => digestOf(createMessage(seed, size))));
    });

    test('a message over the limit is refused with an error, and the link lives on', async () => {
      const { alice, bob, toBob } = await meet();
      expect(await alice.sendTooLarge(toBob)).toBe('RangeError');
      await alice.send(toBob, 1, 1, 10);
      expect(digests(await bob.messages(1))).toEqual(expected(1, 1, 10));
    });

    test('who waits for the link to drain never has more than one message in it, and all arrives', async () => {
      const { alice, bob, toBob } = await meet();
      const most = await alice.sendSlowly(toBob, 0, 12, MAX_MESSAGE);
      expect(most).toBeLessThanOrEqual(MAX_MESSAGE + 256 * KB + 64 * KB);
      expect(digests(await bob.messages(12))).toEqual(expected(0, 12, MAX_MESSAGE));
    });

    test('who does not wait sees the backlog grow, and drained() resolves once little is left', async () => {
      const { alice, bob, toBob } = await meet();
      await bob.echo();
      // one call, so that nothing can leave between sending and looking
      const most = await alice.sendSlowly(toBob, 0, 1, MAX_MESSAGE);
      expect(most).toBeGreaterThan(512 * KB);
      await alice.send(toBob, 1, 5, MAX_MESSAGE);
      expect(await alice.drain(toBob)).toBeLessThan(256 * KB);
      expect(await bob.messages(6)).toHaveLength(6);
      expect(digests(await alice.messages(6))).toEqual(expected(0, 6, MAX_MESSAGE));
    });

    test('a link that is closed tells the other side why, and takes nothing more', async () => {
      const { alice, bob, toBob, toAlice } = await meet();
      await alice.close(toBob, 'refused');
      expect(await alice.closes(1)).toEqual([{ link: toBob, reason: 'refused' }]);
      expect(await bob.closes(1)).toEqual([{ link: toAlice, reason: 'refused' }]);
      await alice.send(toBob, 0, 3, 10);
      await bob.send(toAlice, 0, 3, 10);
      expect(await alice.drain(toBob)).toBe(0);
      expect([...(await alice.messages(0)), ...(await bob.messages(0))]).toEqual([]);
    });

    test('drained() resolves when the link closes', async () => {
      const { alice, bob, toBob } = await meet();
      await alice.send(toBob, 0, 8, MAX_MESSAGE);
      const drained = alice.drain(toBob);
      await bob.stop();
      await drained;
      await alice.closes(1);
    });

    test('a link that is cut closes on both sides as lost, and comes back as a new one', async () => {
      const { alice, bob, toBob, toAlice } = await meet();
      if (world === undefined) throw new Error('no world');
      await world.cut(0, 1);
      expect(await alice.closes(1)).toEqual([{ link: toBob, reason: 'lost' }]);
      expect(await bob.closes(1)).toEqual([{ link: toAlice, reason: 'lost' }]);
      await world.mend(0, 1);
      const [[again], [againByBob]] = await Promise.all([alice.links(1), bob.links(1)]);
      expect(again?.binding).toBe(againByBob?.binding);
      await alice.send(idOf(again), 5, 20, 2000);
      expect(digests(await bob.messages(20))).toEqual(expected(5, 20, 2000));
    });

    test('one can have ten links, each its own', async () => {
      const { probes } = await enter(11);
      await Promise.all(probes.map((probe) => probe.start()));
      const [alice, ...others] = probes;
      if (alice === undefined) throw new Error('an empty world');
      const links = await alice.links(10);
      for (const [i, { id }] of links.entries()) await alice.send(id, i, 1, 1000);
      const received = await Promise.all(others.map((other) => other.messages(1)));
      expect(received.map((messages) => messages.length)).toEqual(others.map(() => 1));
      const seen = received.flatMap((messages) => digests(messages));
      expect(new Set(seen)).toEqual(new Set(links.flatMap((_, i) => expected(i, 1, 1000))));
    }, 120_000);

    test('one that stops has left, leaves nothing behind, and can start again', async () => {
      const { alice, bob, toAlice, toBob } = await meet();
      await alice.send(toBob, 0, 5, 1000);
      await bob.messages(5);
      await alice.stop();
      expect(await alice.closes(1)).toEqual([{ link: toBob, reason: 'left' }]);
      expect(await bob.closes(1)).toEqual([{ link: toAlice, reason: 'left' }]);
      expect(await world?.leftovers(0)).toEqual([]);
      await alice.start();
      const [[again]] = await Promise.all([alice.links(1), bob.links(1)]);
      await alice.send(idOf(again), 9, 1, 10);
      expect(digests(await bob.messages(6)).slice(5)).toEqual(expected(9, 1, 10));
    });

    test('one that stops before anything happened leaves nothing behind either', async () => {
      const { alice } = pairOf(await enter(2));
      await alice.start();
      await alice.stop();
      expect(await world?.leftovers(0)).toEqual([]);
      expect(await alice.openCount()).toBe(0);
    });

    test('two that start at the same moment are linked, twenty times out of twenty', async () => {
      const { alice, bob } = pairOf(await enter(2));
      for (let round = 1; round <= 20; round++) {
        await Promise.all([alice.start(), bob.start()]);
        const [[toBob]] = await Promise.all([alice.links(1), bob.links(1)]);
        await alice.send(idOf(toBob), round, 1, 100);
        expect(digests(await bob.messages(round)).at(-1)).toBe(expected(round, 1, 100)[0]);
        await Promise.all([alice.stop(), bob.stop()]);
      }
    }, 120_000);
  });
};

const pairOf = ({ probes: [alice, bob] }: World): { readonly alice: RemoteProbe; readonly bob: RemoteProbe } => {
  if (alice === undefined || bob === undefined) throw new Error('a world of fewer than two');
  return { alice, bob };
};

const idOf = (link: LinkSeen | undefined): string => {
  if (link === undefined) throw new Error('no link');
  return link.id;
};

const digests = (messages: readonly MessageSeen[]): readonly number[] => messages.map(({ digest }) => digest);

const expected = (seed: number, count: number, size: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => digestOf(createMessage(seed + i, size)));
