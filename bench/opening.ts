/** Opening the workshop's space: a second start, and a newcomer's whole log, in order and out of it. */
import * as Y from 'yjs';
import { createVerifier, type Verifier } from '../src/crypto/index.ts';
import { ITEM, type PackItem } from '../src/log/pack.ts';
import { encodeSegment } from '../src/log/segment.ts';
import { createMemoryDisk, createMemoryStorage, type MemoryDisk } from '../src/storage/memory.ts';
import { type FullReplica, openReplica } from '../src/sync/replica.ts';
import { packAll } from '../src/sync/rows.ts';
import type { Storage } from '../src/sync/storage.ts';
import { createDice, environment, value } from './environment.ts';
import { type Figure, milliseconds, type Pair, sideBySide } from './measure.ts';
import type { SessionKind, Workshop } from './workshop.ts';

const NAMES: Record<SessionKind, string> = { sitting: 'a session a sitting', person: 'a session a person' };
const NEWCOMER: Record<SessionKind, number> = { sitting: 2, person: 1.5 };

export const measureOpening = async (workshop: Workshop, kind: SessionKind): Promise<readonly Figure[]> => {
  const sessions = `${NAMES[kind]} (${workshop.segments.length})`;
  const packs = packsOf(workshop, workshop.segments);
  const disk = createMemoryDisk();
  const first = await openOn(createMemoryStorage(disk), workshop);
  value(await first.take(packs));
  await checkTexts(first, workshop);
  value(await first.snapshot());

  const second = await sideBySide(
    async () => openAll(await openOn(createMemoryStorage(disk), workshop), workshop),
    () => workshop.plain.forEach(({ state }) => Y.applyUpdate(new Y.Doc(), state)),
  );
  const newcomer = await sideBySide(
    () => arrive(workshop, packs),
    () => workshop.plain.forEach(openLog),
  );
  const shuffled = packsOf(workshop, shuffle(workshop.segments));
  const order = await sideBySide(
    () => arrive(workshop, shuffled),
    () => arrive(workshop, packs),
  );
  return [
    ratio(
      `second start from sealed snapshots, ${sessions} ÷ plain applyUpdate`,
      second,
      1.1,
      'all documents opened; the plain side applies each V1 state to a new Y.Doc',
    ),
    ratio(
      `newcomer opens the full log, ${sessions} ÷ plain update log`,
      newcomer,
      NEWCOMER[kind],
      'packs in, everything checked and stored (memory), all documents opened; plain: updates of 50 merged single edits, one transaction a document',
    ),
    ratio(
      `import in shuffled order ÷ causal order, ${sessions}`,
      order,
      1.2,
      'records first, segments in random order, all documents opened',
    ),
    ...(await measureChecks(workshop, packs, sessions)),
  ];
};

/** Signatures looked at, and steps written. */
const measureChecks = async (
  workshop: Workshop,
  packs: readonly Uint8Array[],
  sessions: string,
): Promise<readonly Figure[]> => {
  const verifier = createVerifier(crypto.subtle);
  const memory = createMemoryStorage();
  let commits = 0;
  const storage: Storage = {
    ...memory,
    commit: (step) => {
      commits += 1;
      return memory.commit(step);
    },
  };
  const replica = await openOn(storage, workshop, verifier);
  const records = workshop.organizer.recordItems().length;
  const taken = value(await replica.take(packs));
  const before = commits;
  const again = value(await replica.take(packs));
  return [
    {
      name: `signatures verified on import for each session chain, ${sessions}`,
      value: (taken.verified - records) / workshop.segments.length,
      unit: 'a chain',
      target: 1,
      method: `${taken.verified} in all, of which ${records} records, each verified singly`,
    },
    {
      name: `signatures verified and steps written on re-import, ${sessions}`,
      value: again.verified + commits - before,
      unit: 'in all',
      target: 0,
      method: 'the same packs again',
    },
  ];
};

export const packsOf = (workshop: Workshop, segments: Workshop['segments']): readonly Uint8Array[] => {
  const items: PackItem[] = [...workshop.organizer.recordItems()];
  for (const segment of segments) items.push({ type: ITEM.segment, bytes: encodeSegment(segment) });
  return packAll(items).map((pack) => pack.bytes);
};

export const openOn = async (
  storage: Storage,
  workshop: Workshop,
  verifier: Verifier = createVerifier(crypto.subtle),
): Promise<FullReplica> =>
  value(await openReplica(storage, workshop.newcomer, verifier, environment(createDice('newcomer'))));

/** A replica that has everything. */
export const openFull = async (workshop: Workshop): Promise<FullReplica> => {
  const replica = await openOn(createMemoryStorage(), workshop);
  value(await replica.take(packsOf(workshop, workshop.segments)));
  return replica;
};

const arrive = async (workshop: Workshop, packs: readonly Uint8Array[], disk?: MemoryDisk): Promise<void> => {
  const replica = await openOn(createMemoryStorage(disk), workshop);
  value(await replica.take(packs));
  await openAll(replica, workshop);
};

const openAll = async (replica: FullReplica, { documents }: Workshop): Promise<void> => {
  for (const id of documents) value(await replica.openDocument(id));
};

const openLog = ({ log }: Workshop['plain'][number]): void => {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of log) Y.applyUpdate(doc, update);
  });
};

/** A bench of something that gives wrong texts would say nothing. */
const checkTexts = async (replica: FullReplica, { documents, plain }: Workshop): Promise<void> => {
  for (const [index, id] of documents.entries()) {
    const doc = value(await replica.openDocument(id));
    if (doc.getText('text').toJSON() !== plain[index]?.text) throw new Error('a document that is not what was typed');
  }
};

const shuffle = <T>(items: readonly T[]): readonly T[] => {
  const dice = createDice('shuffle');
  const keyed = items.map((item) => ({ item, key: new DataView(dice(8).buffer).getUint32(0) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
};

const ratio = (name: string, pair: Pair, target: number, method: string): Figure => ({
  name,
  ratio: pair.ratio,
  target,
  method: `${milliseconds(pair)}; ${method}`,
});
