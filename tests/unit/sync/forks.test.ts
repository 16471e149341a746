/** Devices that sign two things for one number: whoever hears of it in whatever order comes to the same. */
import { describe, expect, it } from 'vitest';
import { ITEM } from '../../../src/log/pack.ts';
import { encodeSegment } from '../../../src/log/segment.ts';
import { LOCAL } from '../../../src/log/capture.ts';
import { headerOf, beginChain, type Chain, cutChain, forkOf, pushEdit, wholeChain, type Hand } from '../log/craft.ts';
import { KIND, type Struct } from '../../../src/log/struct.ts';
import type { DocumentId, SignedId } from '../../../src/log/types.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import nacl from 'tweetnacl';
import { createMemoryDisk, createMemoryStorage } from '../../../src/storage/memory.ts';
import { createMemoryNetwork } from '../../../src/transports/memory.ts';
import { goOnline, settleAll } from './online.ts';
import { carry, found, join, paletteOf, type Person, restart, value } from '../../world.ts';
import { craftRecord } from '../log/craft.ts';

const handOf = (person: Person): Hand => {
  const { identity, device } = person.replica;
  const { secretKey } = nacl.sign.keyPair.fromSeed(identity.signing.seed);
  return { keys: identity, device, sign: (message) => nacl.sign.detached(message, secretKey) };
};

const words = (clock: number, text: string, client: number): Struct => ({
  kind: KIND.string,
  clock,
  length: text.length,
  origin: clock === 0 ? null : { client, clock: clock - 1 },
  right: null,
  parent: clock === 0 ? { type: 'root', name: 'text' } : null,
  sub: null,
  typeRef: 0,
  typeName: '',
  content: utf8(text),
});

const say = (chain: Chain, document: DocumentId, text: string): void => {
  const clock = chain.tables.clocks[chain.tables.documents.indexOf(document)] ?? 0;
  pushEdit(chain, document, { structs: [words(clock, text, chain.tables.client)], deletes: [] });
};

/** Mallory's two stories: both begin with "we "; `stands` is the one with the lower head where they part. */
const twoStories = (mallory: Person, document: DocumentId, view: readonly SignedId[]) => {
  const { replica } = mallory;
  const epoch = replica.identity.epochs[0];
  if (!epoch) throw new Error('no epoch');
  const start = beginChain(replica.spaceId, handOf(mallory), new Uint8Array(8).fill(9), headerOf(epoch, view));
  say(start, document, 'we ');
  const one = forkOf(start);
  say(one, document, 'strike');
  say(one, document, ' today');
  const two = forkOf(start);
  say(two, document, 'wait');
  say(two, document, ' a week');
  const heads = [one, two].map((chain) => Buffer.from(chain.heads[2] as Uint8Array).toString('hex'));
  const isOne = (heads[0] as string) < (heads[1] as string);
  return {
    stands: { chain: isOne ? one : two, text: isOne ? 'we strike today' : 'we wait a week' },
    falls: { chain: isOne ? two : one, text: isOne ? 'we wait a week' : 'we strike today' },
  };
};

const take = async (person: Person, ...chains: readonly ReturnType<typeof wholeChain>[]) =>
  value(
    await person.replica.takeItems(
      chains.map((each) => ({ type: ITEM.segment, bytes: encodeSegment(each) })),
      'mallory',
    ),
  );
const read = async (person: Person, id: DocumentId): Promise<string> =>
  value(await person.replica.openDocument(id))
    .getText('text')
    .toJSON();

const world = async () => {
  const alice = await found();
  const id = await paletteOf(alice);
  const bob = await join(alice, 2, 'Bob', 'Farmers');
  const mallory = await join(alice, 3, 'Mallory', 'Port');
  await carry(alice, bob);
  await carry(alice, mallory);
  const last = alice.replica.membership().members.size;
  expect(last).toBe(3);
  const admitted = value(
    await mallory.replica.createDocument({
      kind: 'variant',
      owner: mallory.replica.me()?.group as never,
      parent: id,
      writers: 'members',
    }),
  );
  await carry(mallory, alice);
  await carry(mallory, bob);
  return { alice, bob, mallory, id, other: admitted };
};
/** A view in which Mallory is in: her own first record. */
const viewOf = async (person: Person): Promise<SignedId[]> => {
  const { decodeSigned } = await import('../../../src/log/signed.ts');
  const records = person.replica
    .recordItems()
    .map((item) => decodeSigned(person.replica.spaceId, 'record', item.bytes));
  return [(records.at(-1) as (typeof records)[number]).id];
};

describe('a session with two heads for one number', () => {
  it('reads the same, whichever came first, and after a restart', async () => {
    const { alice, bob, mallory, id } = await world();
    const { stands, falls } = twoStories(mallory, id, await viewOf(mallory));
    await take(alice, wholeChain(stands.chain));
    const { receipt } = await take(alice, wholeChain(falls.chain));
    expect([...receipt.refused]).toEqual([['Fork', 1]]);
    await take(bob, wholeChain(falls.chain));
    expect(await read(bob, id)).toBe(falls.text);
    await take(bob, wholeChain(stands.chain));
    for (const person of [alice, bob]) {
      expect(await read(person, id)).toBe(stands.text);
      expect(await read(await restart(person), id)).toBe(stands.text);
      value(await person.replica.snapshot());
      expect(await read(await restart(person), id)).toBe(stands.text);
    }
  });

  it('is told to the screen when what was open is not true any more', async () => {
    const { bob, mallory, id } = await world();
    const { stands, falls } = twoStories(mallory, id, await viewOf(mallory));
    await take(bob, wholeChain(falls.chain));
    const before = value(await bob.replica.openDocument(id));
    before.transact(() => before.getText('text').insert(0, 'But '), LOCAL);
    value(await bob.replica.flush());
    const rebuilt: DocumentId[] = [];
    bob.replica.on((event) => event.type === 'rebuilt' && rebuilt.push(...event.documents));
    await take(bob, wholeChain(stands.chain));
    expect(rebuilt).toEqual([id]);
    const after = value(await bob.replica.openDocument(id));
    expect(after).not.toBe(before);
    // what Bob wrote hung on "we ", which is in both stories
    expect(after.getText('text').toJSON()).toBe(`But ${stands.text}`);
    after.transact(() => after.getText('text').insert(0, 'No. '), LOCAL);
    value(await bob.replica.flush());
    expect(await read(await restart(bob), id)).toBe(`No. But ${stands.text}`);
  });

  it('gives back to the person what they had written on what fell, and what they typed meanwhile', async () => {
    const { bob, mallory, id, other } = await world();
    const { stands, falls } = twoStories(mallory, id, await viewOf(mallory));
    await take(bob, wholeChain(falls.chain));
    const doc = value(await bob.replica.openDocument(id));
    const beside = value(await bob.replica.openDocument(other));
    const text = doc.getText('text');
    // on the words that fall, on those that both have, and in a document of its own
    doc.transact(() => text.insert(text.length, ', all of us'), LOCAL);
    beside.transact(() => beside.getText('text').insert(0, 'aside'), LOCAL);
    value(await bob.replica.flush());
    doc.transact(() => doc.getText('note').insert(0, 'kept until here, '), LOCAL);
    value(await bob.replica.flush());
    const lost: string[] = [];
    const failed: string[] = [];
    bob.replica.on((event) => {
      if (event.type === 'rebuilt') lost.push(...event.lost.map((each) => each.text));
      if (event.type === 'failed') failed.push(event.error.type);
    });
    const { breathe } = bob.environment;
    let typed = false;
    Object.assign(bob.environment, {
      // the screen gets its turn while everything is counted anew
      breathe: () => {
        if (!typed) beside.transact(() => beside.getText('text').insert(5, ' and on'), LOCAL);
        typed = true;
        return breathe();
      },
    });
    await take(bob, wholeChain(stands.chain));
    expect(typed).toBe(true);
    expect(lost.sort()).toEqual([' and on', ', all of us', 'kept until here, ']);
    const now = value(await bob.replica.openDocument(id));
    expect(now.getText('text').toJSON()).toBe(stands.text);
    expect(await read(bob, other)).toBe('aside');
    // the session goes on
    now.transact(() => now.getText('text').insert(0, 'So: '), LOCAL);
    value(await bob.replica.flush());
    expect(await read(await restart(bob), id)).toBe(`So: ${stands.text}`);
    expect(failed).toEqual([]);
  });

  it('is found where only its end is told, and fetched whole', async () => {
    const { alice, bob, mallory, id } = await world();
    const { stands, falls } = twoStories(mallory, id, await viewOf(mallory));
    await take(alice, wholeChain(stands.chain));
    await take(bob, wholeChain(falls.chain));
    await take(bob, cutChain(stands.chain, 3, 3));
    expect([...bob.replica.suspects]).toEqual([stands.chain.id]);
    expect(bob.replica.vector().sessions.has(stands.chain.id)).toBe(false);
    await carry(alice, bob);
    expect(await read(bob, id)).toBe(stands.text);
    expect(bob.replica.suspects.size).toBe(0);
  });

  it('settles between two who each know one story, live', async () => {
    const { alice, bob, mallory, id } = await world();
    const { stands, falls } = twoStories(mallory, id, await viewOf(mallory));
    await take(alice, wholeChain(stands.chain));
    await take(bob, wholeChain(falls.chain));
    const network = createMemoryNetwork({ limit: 2000 });
    const people = [alice, bob];
    const online = people.map((person, at) => goOnline(network, String(at), person));
    await settleAll(network, online);
    expect(online.flatMap((each) => each.dropped)).toEqual([]);
    for (const person of people) expect(await read(person, id)).toBe(stands.text);
    expect(alice.replica.tips()).toEqual(bob.replica.tips());
  });

  it('does not make honest people drop each other while it goes on, live', async () => {
    const { alice, bob, mallory, id } = await world();
    const { stands, falls } = twoStories(mallory, id, await viewOf(mallory));
    const network = createMemoryNetwork({ limit: 4000 });
    const people = [alice, bob];
    const online = people.map((person, at) => goOnline(network, String(at), person));
    await settleAll(network, online);
    for (const at of [1, 2, 3]) {
      await take(alice, cutChain(stands.chain, at, at));
      await take(bob, cutChain(falls.chain, at, at));
      await settleAll(network, online);
    }
    expect(online.flatMap((each) => each.dropped)).toEqual([]);
    for (const person of people) expect(await read(person, id)).toBe(stands.text);
  });
});

describe('a device with two records after the same one', () => {
  it('says the same to everybody, and loses nobody’s words', async () => {
    const { alice, bob, mallory, id } = await world();
    const { decodeSigned } = await import('../../../src/log/signed.ts');
    const all = mallory.replica
      .recordItems()
      .map((item) => decodeSigned(mallory.replica.spaceId, 'record', item.bytes));
    const own = all.filter((each) => each.device === mallory.replica.device).at(-1) ?? null;
    const parents = [(all.at(-1) as (typeof all)[number]).id];
    const [one, two] = ['Mallory one', 'Mallory two'].map((name) =>
      craftRecord(mallory.replica.spaceId, handOf(mallory), { type: 'profile', name, languages: [] }, own, parents),
    ) as [(typeof all)[number], (typeof all)[number]];
    value(await alice.replica.takeItems([{ type: ITEM.record, bytes: one.bytes }], null));
    value(await bob.replica.takeItems([{ type: ITEM.record, bytes: two.bytes }], null));
    const nameAt = (person: Person): string | undefined => {
      const { members, memberByDevice } = person.replica.membership();
      return members.get(memberByDevice.get(mallory.replica.device) as never)?.name;
    };
    expect(nameAt(alice)).toBe('Mallory one');
    expect(nameAt(bob)).toBe('Mallory two');
    // both hold equally many; only the sums differ, and then all of the device is compared
    alice.replica.suspect(mallory.replica.device);
    bob.replica.suspect(mallory.replica.device);
    await carry(alice, bob);
    await carry(bob, alice);
    const winner = one.id < two.id ? 'Mallory one' : 'Mallory two';
    expect(nameAt(alice)).toBe(winner);
    expect(nameAt(bob)).toBe(winner);
    expect(await read(alice, id)).toBe('');
    for (const person of [alice, bob]) expect(nameAt(await restart(person))).toBe(winner);
  });
});

describe('an honest device', () => {
  it('never looks like a fork after its disk was set back', async () => {
    const { alice, bob, id } = await world();
    const type = async (person: Person, text: string): Promise<void> => {
      const doc = value(await person.replica.openDocument(id));
      doc.transact(() => doc.getText('text').insert(0, text), LOCAL);
      value(await person.replica.flush());
    };
    await type(bob, 'one ');
    const disk = createMemoryDisk();
    for (const entry of bob.storage.disk.entries()) {
      if (entry.type === 'pair') disk.put(entry.key, entry.value);
      else disk.append(entry.log, entry.seq, entry.value);
    }
    await type(bob, 'two ');
    await carry(bob, alice);
    const old = await restart({ ...bob, storage: createMemoryStorage(disk) });
    expect(await read(old, id)).toBe('one ');
    await type(old, 'three ');
    expect((await carry(old, alice)).refused.size).toBe(0);
    expect((await carry(alice, old)).refused.size).toBe(0);
    expect((await read(alice, id)).split(' ').sort()).toEqual(['', 'one', 'three', 'two']);
    expect(await read(old, id)).toBe(await read(alice, id));
  });
});
