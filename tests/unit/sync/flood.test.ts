/** A peer that has the space's key and means ill: what it can make an honest device do has a bound. */
import { describe, expect, it } from 'vitest';
import { createSigner } from '../../../src/crypto/index.ts';
import { concat, fromHex, Writer } from '../../../src/lib/bytes.ts';
import { LABEL } from '../../../src/log/labels.ts';
import type { DeviceId } from '../../../src/log/types.ts';
import { emptyVector, writeVector } from '../../../src/log/vector.ts';
import { writeDigests } from '../../../src/sync/digests.ts';
import { createExchange } from '../../../src/sync/exchange.ts';
import type { Link } from '../../../src/sync/transport.ts';
import { createWire, decodeGreeting, encodeGreeting, MESSAGE, type Wire } from '../../../src/sync/wire.ts';
import { createDice, found, join, paletteOf, type Person } from '../../world.ts';
import { type } from './bundle-file.ts';

/** Mallory on a link to Alice, past hello, with her hands free. */
const world = async ({ drained = () => Promise.resolve() }: { drained?: Link['drained'] } = {}) => {
  const alice = await found();
  const id = await paletteOf(alice);
  await type(alice, id, 'Every crew comes home');
  const mallory = await join(alice, 2, 'Mallory', 'Port');
  const dropped: string[] = [];
  const sent: Uint8Array[] = [];
  let presences = 0;
  const exchange = createExchange(alice.replica, alice.environment, {
    peers: () => undefined,
    presence: () => (presences += 1),
    dropped: (_device, reason) => dropped.push(reason),
  });
  const link: Link = {
    id: 'mallory',
    kind: 'memory',
    binding: new Uint8Array(32),
    send: (message) => void sent.push(message),
    backlog: 0,
    drained,
    close: () => undefined,
  };
  exchange.opened(link);
  const wire = await greet(alice, mallory, link, sent, (bytes) => exchange.message(link, bytes));
  await exchange.settled();
  expect(exchange.peers()[0]?.device).toBe(mallory.replica.device);
  const say = (kind: number, write: (to: Writer) => void = () => undefined): void => {
    const to = new Writer(64);
    write(to);
    exchange.message(link, wire.seal(kind, to.finish()));
  };
  return { alice, mallory, id, exchange, dropped, sent, say, presences: () => presences };
};

const greet = async (
  alice: Person,
  mallory: Person,
  link: Link,
  sent: readonly Uint8Array[],
  message: (bytes: Uint8Array) => void,
): Promise<Wire> => {
  const epoch = alice.replica.identity.epochs[0];
  const theirs = decodeGreeting(sent[0] ?? new Uint8Array())?.nonce;
  if (!epoch || !theirs) throw new Error('no greeting');
  const nonce = new Uint8Array(32).fill(3);
  message(encodeGreeting(epoch.id, nonce));
  const wire = createWire(epoch, nonce, theirs, link.binding);
  if (!wire) throw new Error('one nonce');
  const { device, spaceId, identity } = mallory.replica;
  const signed = concat(LABEL.hello, fromHex(spaceId), nonce, theirs, link.binding, fromHex(device));
  const to = new Writer().bytes(fromHex(device)).bytes(await createSigner(identity.signing, null).sign(signed));
  writeDigests(to, new Map());
  message(wire.seal(MESSAGE.hello, to.finish()));
  return wire;
};

const devices = (count: number, seed: number): DeviceId[] => {
  const bytes = createDice(seed).random(count * 4);
  return Array.from({ length: count }, (_, at) =>
    Buffer.concat([bytes.subarray(at * 4, at * 4 + 4), Buffer.alloc(28, at)]).toString('hex'),
  ).sort() as DeviceId[];
};

describe('a flood', () => {
  it('of questions ends the link, and a lively but honest pace does not', async () => {
    const { alice, exchange, dropped, say } = await world();
    const digests = (to: Writer): void => writeDigests(to, new Map());
    for (let second = 0; second < 60; second++) {
      for (let i = 0; i < 40; i++) say(MESSAGE.digests, digests);
      await exchange.settled();
      alice.environment.pass(1000);
    }
    expect(dropped).toEqual([]);
    for (let i = 0; i < 400; i++) say(MESSAGE.digests, digests);
    await exchange.settled();
    expect(dropped).toEqual(['Malformed']);
  });

  it('of packs that nobody asked for ends the link before one is taken in', async () => {
    const { alice, mallory, exchange, dropped, say } = await world();
    let taken = 0;
    const { takeItems } = alice.replica;
    alice.replica.takeItems = (...lot) => {
      taken += 1;
      return takeItems(...lot);
    };
    // good ones, even
    for await (const pack of mallory.replica.lacking(emptyVector()).packs()) {
      say(MESSAGE.pack, (to) => to.bytes(pack));
    }
    await exchange.settled();
    expect(dropped).toEqual(['Malformed']);
    expect(taken).toBe(0);
  });

  it('of wants is answered one after the other, and ends the link when they pile up', async () => {
    let release = (): void => undefined;
    const { alice, exchange, dropped, say } = await world({
      drained: () => new Promise<void>((resolve) => (release = resolve)),
    });
    let served = 0;
    const { lacking } = alice.replica;
    alice.replica.lacking = (vector) => {
      served += 1;
      return lacking(vector);
    };
    const everything = (to: Writer): void => {
      writeVector(to, alice.replica.vector());
      writeVector(to, emptyVector());
    };
    const arrived = async (): Promise<void> => {
      for (let turn = 0; turn < 50; turn++) await alice.replica.flush();
    };
    say(MESSAGE.want, everything);
    say(MESSAGE.want, everything);
    await arrived();
    expect(served).toBe(1);
    expect(dropped).toEqual([]);
    say(MESSAGE.want, everything);
    await arrived();
    expect(dropped).toEqual(['Malformed']);
    release();
    await exchange.settled();
    expect(served).toBe(1);
  });

  it('of bytes that this device cannot look at as fast ends the link', async () => {
    const { exchange, dropped, say } = await world();
    for (let i = 0; i < 70; i++) say(99, (to) => to.bytes(new Uint8Array(1_000_000)));
    expect(dropped).toEqual(['TooLarge']);
    await exchange.settled();
  });

  it('of devices that nobody knows fills no memory and makes nothing suspect', async () => {
    const { alice, exchange, dropped, say } = await world();
    const before = alice.replica.vector();
    const pairs = alice.storage.disk.list('').length;
    for (let round = 0; round < 20 && dropped.length === 0; round++) {
      const names = devices(12_000, round);
      say(MESSAGE.have, (to) => {
        writeVector(to, { ...emptyVector(), records: new Map(names.map((name) => [name, 1])) });
        writeDigests(to, new Map(names.map((name) => [name, '00'.repeat(8)])));
      });
      await exchange.settled();
    }
    expect(dropped).toEqual(['TooLarge']);
    expect(alice.replica.vector()).toEqual(before);
    expect([...alice.replica.suspects]).toEqual([]);
    for (const stranger of devices(50, 77)) alice.replica.heard(stranger, alice.replica.vector(), true);
    alice.environment.pass(60_000);
    await alice.replica.flush();
    expect(alice.storage.disk.list('').length).toBeLessThanOrEqual(pairs + 2);
    expect(alice.replica.unshared().changes).toBeGreaterThan(0);
  });

  it('of live items waits within its bound', async () => {
    const { exchange, dropped, say } = await world();
    for (let i = 0; i < 20; i++) {
      say(MESSAGE.live, (to) => {
        to.varuint(60);
        for (let at = 0; at < 60; at++) to.u8(1).block(new Uint8Array(16_000));
      });
      await exchange.settled();
    }
    expect(dropped).toEqual(['TooLarge']);
  });

  it('of cursors is passed over, and over-large ones end the link', async () => {
    const { exchange, dropped, say, presences } = await world();
    for (let i = 0; i < 3000; i++) say(MESSAGE.presence, (to) => to.bytes(new Uint8Array(100)));
    await exchange.settled();
    expect(presences()).toBe(1000);
    expect(dropped).toEqual([]);
    say(MESSAGE.presence, (to) => to.bytes(new Uint8Array(20_000)));
    await exchange.settled();
    expect(dropped).toEqual(['TooLarge']);
  });
});
