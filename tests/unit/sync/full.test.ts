/** A device without room: nothing is lost or doubled by it, and everything goes on by itself once there is room. */
import { describe, expect, it } from 'vitest';
import { err } from '../../../src/lib/result.ts';
import { createVerifier } from '../../../src/crypto/index.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { createMemoryStorage } from '../../../src/storage/memory.ts';
import { mergeBundle, readBundle } from '../../../src/sync/bundles.ts';
import { openReplica } from '../../../src/sync/replica.ts';
import { LOCAL, type ReplicaEvent } from '../../../src/sync/replica-types.ts';
import type { Storage } from '../../../src/sync/storage.ts';
import { createMemoryNetwork } from '../../../src/transports/memory.ts';
import { carry, createDice, found, join, paletteOf, type Person, restart, value } from '../../world.ts';
import { bundleOf, sourceOf, textOf, type } from './bundle-file.ts';
import { calm, goOnline, settleAll } from './online.ts';

/** The same person on a device whose room may end: from then on it takes `room` more steps, and then none. */
interface Tight extends Person {
  room: number;
}
const onTightDevice = async (person: Person): Promise<Tight> => {
  const storage = createMemoryStorage(person.storage.disk);
  const tight: Tight = { ...person, room: Infinity };
  const takesOne = (): boolean => tight.room-- > 0;
  const full = err({ type: 'QuotaFull' } as const);
  const limited: Storage = {
    ...storage,
    commit: async (step) => (takesOne() ? storage.commit(step) : full),
    commitAfter: async (log, last, step) => (takesOne() ? storage.commitAfter(log, last, step) : full),
  };
  const verifier = createVerifier(person.environment.subtle);
  const replica = value(await openReplica(limited, person.replica.identity, verifier, person.environment));
  return Object.assign(tight, { replica });
};

const two = async (): Promise<{ alice: Person; bob: Tight; id: DocumentId }> => {
  const alice = await found();
  const id = await paletteOf(alice);
  const bob = await join(alice, 2, 'Bob', 'Farmers');
  await carry(alice, bob);
  await carry(bob, alice);
  return { alice, bob: await onTightDevice(bob), id };
};
const write = async (person: Person, id: DocumentId, words: string): Promise<boolean> => {
  const doc = value(await person.replica.openDocument(id));
  doc.transact(() => doc.getText('text').insert(doc.getText('text').length, words), LOCAL);
  return (await person.replica.flush()).ok;
};

describe('a device without room', () => {
  it('says that what is typed is not saved, keeps it, and saves it by itself once there is room', async () => {
    const { alice, bob, id } = await two();
    expect(await write(bob, id, 'before ')).toBe(true);
    const events: ReplicaEvent[] = [];
    bob.replica.on((event) => events.push(event));
    bob.room = 0;
    expect(await write(bob, id, 'full ')).toBe(false);
    expect(await write(bob, id, 'still full ')).toBe(false);
    expect(events.filter(({ type: name }) => name === 'failed').length).toBeGreaterThan(0);
    expect(events).not.toContainEqual({ type: 'saving', saving: false });
    // nobody else has it before it is stored here
    await carry(bob, alice);
    expect(await textOf(alice, id)).toBe('before ');
    // a process that is killed now loses what was never called saved, and no more
    expect(await textOf(await restart(bob), id)).toBe('before ');

    bob.room = Infinity;
    bob.environment.pass(60_000);
    value(await bob.replica.flush());
    expect(events.at(-1)).toEqual({ type: 'saving', saving: false });
    await carry(bob, alice);
    for (const person of [alice, bob, await restart(bob)])
      expect(await textOf(person, id)).toBe('before full still full ');
  });

  it('asks for what it could not store again, not without end, and has it once there is room', async () => {
    const { alice, bob, id } = await two();
    const network = createMemoryNetwork();
    const people = [goOnline(network, 'a', alice), goOnline(network, 'b', bob)];
    await settleAll(network, people);
    bob.room = 0;
    const { sent } = network;
    await type(alice, id, 'words ');
    for (let minute = 0; minute < 10; minute++) {
      for (const { person } of people) person.environment.pass(60_000);
      await calm(network, people);
    }
    expect(await textOf(bob, id)).toBe('');
    expect(network.sent - sent).toBeLessThan(200);
    bob.room = Infinity;
    for (let turn = 0; turn < 10; turn++) {
      for (const { person } of people) person.environment.pass(60_000);
      await calm(network, people);
    }
    expect(await textOf(bob, id)).toBe('words ');
    expect(await textOf(await restart(bob), id)).toBe('words ');
  });

  it('goes on with an import where its room ended, and takes nothing twice', async () => {
    let { alice } = await two();
    const { bob, id } = await two();
    for (let sitting = 0; sitting < 4; sitting++) {
      for (let at = 0; at < 8; at++) {
        const noise = [...createDice(sitting * 10 + at).random(20_000)];
        await type(alice, id, noise.map((byte) => String.fromCharCode(0x4e00 + byte * 16)).join(''));
      }
      alice = await restart(alice);
    }
    const bundle = await bundleOf(alice);
    const whole = await textOf(alice, id);
    const merge = (room: number) => {
      bob.room = room;
      return mergeBundle(bob.replica, sourceOf(bundle), bob.environment);
    };
    const all = value(await readBundle(bob.replica, sourceOf(bundle), bob.environment)).would.changes;
    expect(await merge(1)).toEqual({ ok: false, error: { type: 'QuotaFull' } });
    expect(await merge(1)).toEqual({ ok: false, error: { type: 'QuotaFull' } });
    const { changes: brought } = value(await merge(Infinity)).receipt;
    // what was stored before is not counted again
    expect(brought).toBeGreaterThan(0);
    expect(brought).toBeLessThan(all);
    bob.room = Infinity;
    for (const person of [bob, await restart(bob)]) expect(await textOf(person, id)).toBe(whole);
  });

  it('loses nothing where a snapshot has no room, and writes it later', async () => {
    const { bob, id } = await two();
    await write(bob, id, 'one ');
    bob.room = 0;
    expect((await bob.replica.snapshot()).ok).toBe(false);
    expect(await textOf(await restart(bob), id)).toBe('one ');
    bob.room = Infinity;
    await write(bob, id, 'two ');
    expect((await bob.replica.snapshot()).ok).toBe(true);
    expect(await textOf(await restart(bob), id)).toBe('one two ');
  });
});
