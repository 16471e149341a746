import { describe, expect, it } from 'vitest';
import { createVerifier } from '../../../src/crypto/index.ts';
import { BytesError, Reader } from '../../../src/lib/bytes.ts';
import { encodePack } from '../../../src/log/pack.ts';
import { decodeSignedVectors, encodeSignedVectors, vectorMessage } from '../../../src/log/signed-vectors.ts';
import type { DeviceId, SessionId } from '../../../src/log/types.ts';
import { commonVector, makeBundle, mergeBundle } from '../../../src/sync/bundles.ts';
import { createMemoryStorage } from '../../../src/storage/memory.ts';
import { openReplica } from '../../../src/sync/replica.ts';
import { createMemoryNetwork } from '../../../src/transports/memory.ts';
import { found, join, paletteOf, type Person, restart, value } from '../../world.ts';
import { bundleOf, sourceOf, type } from './bundle-file.ts';
import { goOnline, settleAll } from './online.ts';

const merge = async (person: Person, bytes: Uint8Array) =>
  value(await mergeBundle(person.replica, sourceOf(bytes), person.environment));
const memberOf = (person: Person) => {
  const member = person.replica.me()?.member;
  if (member === undefined) throw new Error('nobody yet');
  return member;
};
const lacksOf = (person: Person, other: Person): number =>
  person.replica.progress().find(({ member }) => member === memberOf(other))?.lacks ?? -1;

/** The same device on a disk of long ago: it is a member, and nothing else is there. */
const openAnew = async ({ replica, environment }: Person) => {
  const verifier = createVerifier(environment.subtle);
  const anew = value(await openReplica(createMemoryStorage(), replica.identity, verifier, environment));
  value(await anew.take([encodePack(replica.recordItems().slice(0, 3))]));
  return anew;
};

describe('what devices say that they have', () => {
  it('reaches a third by a bundle, so that the next bundle leaves out what the first has', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const charlie = await join(alice, 3, 'Charlie', 'Legal clinic');
    await type(alice, await paletteOf(alice), 'Every crew comes home');
    await merge(bob, await bundleOf(alice));
    // alice hears from bob, charlie from alice, and nobody from charlie to bob
    await merge(alice, await bundleOf(bob));
    await merge(charlie, await bundleOf(alice));
    expect(lacksOf(charlie, bob)).toBe(0);
    const base = commonVector(charlie.replica, [memberOf(bob)]);
    const next = value(
      await makeBundle(charlie.replica, { recipients: { members: [memberOf(bob)] }, base }, charlie.environment),
    );
    expect(next.estimate.changes).toBe(0);
  });

  it('reaches a third over links, once each, and is kept over a restart', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const charlie = await join(alice, 3, 'Charlie', 'Legal clinic');
    await type(alice, await paletteOf(alice), 'Every crew comes home');
    const first = createMemoryNetwork();
    const two = [goOnline(first, 'alice', alice), goOnline(first, 'bob', bob)];
    await settleAll(first, two);
    for (const { transport } of two) await transport.stop();
    const second = createMemoryNetwork();
    const others = [goOnline(second, 'alice', alice), goOnline(second, 'charlie', charlie)];
    await settleAll(second, others);
    expect(lacksOf(charlie, bob)).toBe(0);
    value(await charlie.replica.snapshot());
    const again = await restart(charlie);
    expect(again.replica.signedVectors.numbers()).toEqual(charlie.replica.signedVectors.numbers());
    expect(lacksOf(again, bob)).toBe(0);
  });

  it('counts by its number: an older one changes nothing, and a disk that was restored is believed anew', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const id = await paletteOf(alice);
    const early = await bundleOf(bob);
    await type(alice, id, 'first');
    await merge(bob, await bundleOf(alice));
    await merge(alice, await bundleOf(bob));
    expect(lacksOf(alice, bob)).toBe(0);
    await merge(alice, early);
    expect(lacksOf(alice, bob)).toBe(0);

    const restored = await openAnew(bob);
    bob.environment.minutes(2);
    // it learns its own highest number from others, and says less under a higher one
    const told = alice.replica.signedVectors.beyond(new Map(), 60_000);
    await restored.signedVectors.take(told ?? new Uint8Array());
    await restored.signVector();
    const said = restored.signedVectors.beyond(new Map(), 60_000);
    await alice.replica.signedVectors.take(said ?? new Uint8Array());
    expect(lacksOf(alice, bob)).toBeGreaterThan(0);
  });

  it('is not believed where its signature is not the device’s own, or the device is no member’s', async () => {
    const alice = await found();
    const bob = await join(alice, 2, 'Bob', 'Hill Farmers');
    const stranger = await found(9, 'Elsewhere', 'Zoe');
    await type(alice, await paletteOf(alice), 'nobody has this');
    const forge = async (device: DeviceId): Promise<Uint8Array> => {
      const about = { device, number: 99_999_999, minute: 99_999_999, vector: alice.replica.vector() };
      const signature = await stranger.replica.signer.sign(vectorMessage(alice.replica.spaceId, about));
      return encodeSignedVectors([{ ...about, signature }], 60_000);
    };
    const before = alice.replica.progress();
    const forged = await alice.replica.signedVectors.take(await forge(bob.replica.device));
    expect(forged).toMatchObject({ isGenuine: false, isNews: false });
    const foreign = await alice.replica.signedVectors.take(await forge(stranger.replica.device));
    expect(foreign).toMatchObject({ isGenuine: true, isNews: false });
    expect(alice.replica.progress()).toEqual(before);
  });

  it('is written once where many have the same, and small where they differ little', () => {
    const device = (at: number) => at.toString(16).padStart(64, '0') as DeviceId;
    const sessions = new Map(
      Array.from({ length: 500 }, (_, at) => [
        `${device(1)}:${at.toString(16).padStart(16, '0')}` as SessionId,
        at + 1,
      ]),
    );
    const all = { records: new Map([[device(1), 3]]), statements: new Map<DeviceId, number>(), sessions };
    const [last] = [...sessions.keys()].slice(-1);
    if (last === undefined) throw new Error('no session');
    const fewer = { ...all, records: new Map<DeviceId, number>(), sessions: new Map(sessions) };
    fewer.sessions.delete(last);
    const many = Array.from({ length: 60 }, (_, at) => ({
      device: device(at + 1),
      number: 1000 + at,
      minute: 1000,
      vector: at % 2 === 0 ? all : fewer,
      signature: new Uint8Array(64).fill(at),
    }));
    const bytes = encodeSignedVectors(many, 1_000_000);
    expect(bytes.length).toBeLessThan(500 * 11 + 60 * 110 + 100);
    expect(decodeSignedVectors(new Reader(bytes))).toEqual(many);
    const some = decodeSignedVectors(new Reader(encodeSignedVectors(many, 7000)));
    expect(some.length).toBeGreaterThan(5);
    expect(some).toEqual(many.slice(0, some.length));
    expect(() => decodeSignedVectors(new Reader(bytes.subarray(0, bytes.length - 1)))).toThrow(BytesError);
  });
});
