/** Brings a random space into a replica in a random order and packing, and compares with the twin. */
import { createVerifier } from '../../../src/crypto/index.ts';
import { ITEM, type PackItem } from '../../../src/log/pack.ts';
import { encodeSegment, type Segment } from '../../../src/log/segment.ts';
import type { DocumentId } from '../../../src/log/types.ts';
import { createMemoryStorage } from '../../../src/storage/memory.ts';
import { type FullReplica, openReplica } from '../../../src/sync/replica.ts';
import { itemOf } from '../../../src/sync/ledger.ts';
import { createEnvironment, value } from '../../world.ts';
import { createHand, cutChain } from './craft.ts';
import { type Chance, createChance, type RandomSpace } from './random-space.ts';
import { contentOf, type TwinState } from './twin.ts';

const segmentItem = (segment: Segment): PackItem => ({ type: ITEM.segment, bytes: encodeSegment(segment) });

/** Everything, cut at random, some of it twice, in random order. */
const scatter = (random: RandomSpace, chance: Chance): PackItem[] => {
  const items: PackItem[] = random.signed.map(itemOf);
  for (const chain of random.chains) {
    const end = chain.entries.length;
    for (let from = 1; from <= end;) {
      const to = Math.min(end, from + chance.below(6));
      items.push(segmentItem(cutChain(chain, chance.is(0.3) ? Math.max(1, from - chance.below(4)) : from, to)));
      from = to + 1;
    }
    if (chance.is(0.3)) items.push(segmentItem(cutChain(chain, 1, end)));
  }
  // most of the time in an order that was possible, so that things get through on the way
  const late = chance.is(0.5) ? items.length : 6;
  const keyed = items.map((item, at) => ({ item, at: at + chance.below(late) }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
};

export const playInto = async (random: RandomSpace, seed: number): Promise<FullReplica> => {
  const chance = createChance(seed);
  const { founded } = random;
  const reader = createHand(seed + 99_000_000);
  const identity = { space: founded.space, ...reader.keys, epochs: [founded.epoch] };
  const environment = createEnvironment(seed);
  const verifier = createVerifier(crypto.subtle);
  const storage = createMemoryStorage();
  const open = async (): Promise<FullReplica> =>
    value(await openReplica(createMemoryStorage(storage.disk), identity, verifier, environment));
  let replica = await open();
  const opened = async (): Promise<void> => {
    const documents = [...replica.membership().documents.keys()];
    if (documents.length > 0) value(await replica.openDocument(chance.pick(documents)));
  };
  const items = scatter(random, chance);
  while (items.length > 0) {
    value(await replica.takeItems(items.splice(0, 1 + chance.below(12)), 'link'));
    if (chance.is(0.3)) await opened();
    if (chance.is(0.15)) value(await replica.snapshot());
    if (chance.is(0.12)) replica = await open();
  }
  // at last all of it once more, as somebody who is asked for everything sends it
  const whole = [
    ...random.signed.map(itemOf),
    ...random.chains.map((chain) => segmentItem(cutChain(chain, 1, chain.entries.length))),
  ];
  value(await replica.takeItems(whole, 'link'));
  if (chance.is(0.3)) value(await replica.snapshot());
  if (chance.is(0.5)) replica = await open();
  return replica;
};

const stateText = (state: TwinState): object => ({
  name: state.name,
  groups: [...state.groups].sort(),
  people: [...state.people].map(([id, { name, role, group, device }]) => [id, name, role, group, device].join()).sort(),
  papers: [...state.papers]
    .map(([id, paper]) => [id, paper.kind, paper.owner, paper.parent, paper.writers, paper.author].join())
    .sort(),
  doors: [...state.doors]
    .map(([id, door]) => [id, door.role, door.most, door.until, door.admitted, door.author, door.revoked].join())
    .sort(),
});

export const expectedOf = (random: RandomSpace): object => ({
  ...stateText(random.outcome.state),
  documents: [...random.outcome.documents].map(([id, doc]) => [id, contentOf(doc)]).sort(),
});

export const actualOf = async (replica: FullReplica): Promise<object> => {
  const { spaceName, groups, members, documents, doors } = replica.membership();
  const contents: [DocumentId, string][] = [];
  for (const id of documents.keys()) contents.push([id, contentOf(value(await replica.openDocument(id)))]);
  return {
    name: spaceName,
    groups: [...groups].map(([id, { id: _id, ...group }]) => [id, JSON.stringify(group)]).sort(),
    people: [...members.values()]
      .map(({ id, name, role, group, devices }) => [id, name, role, group, ...devices].join())
      .sort(),
    papers: [...documents.values()]
      .map(({ id, kind, owner, parent, writers, author }) => [id, kind, owner, parent, writers, author].join())
      .sort(),
    doors: [...doors.values()]
      .map(({ id, role, most, until, admitted, author, revoked }) =>
        [id, role, most, until, admitted, author, revoked].join(),
      )
      .sort(),
    documents: contents.sort(),
  };
};
