/** The page of `chromium.ts`: takes the workshop in, as the app does, and beside it what plain Yjs and Dexie do. */
import { Dexie } from 'dexie';
import * as Y from 'yjs';
import { createVerifier, prepareHash } from '../src/crypto/index.ts';
import { Reader } from '../src/lib/bytes.ts';
import { decodeIdentity } from '../src/log/identity.ts';
import type { DocumentId } from '../src/log/types.ts';
import { createBrowserEnvironment } from '../src/app/environment.ts';
import { deleteDexieStorage, openDexieStorage } from '../src/storage/dexie.ts';
import { openReplica } from '../src/sync/replica.ts';

export interface Round {
  readonly ours: number;
  readonly plain: number;
  /** the longest task of ours on the main thread, in milliseconds; 0: none over 50 */
  readonly longest: number;
}

const read = async () => {
  const from = new Reader(new Uint8Array(await (await fetch('data.bin')).arrayBuffer()));
  const list = <T>(each: () => T): T[] => Array.from({ length: from.varuint() }, each);
  const block = (): Uint8Array => from.block(from.left).slice();
  return {
    identity: decodeIdentity(block()),
    packs: list(block),
    documents: list(() => from.text(100) as DocumentId),
    logs: list(() => list(block)),
  };
};

type Data = Awaited<ReturnType<typeof read>>;

const importOurs = async ({ identity, packs, documents }: Data, name: string): Promise<void> => {
  const storage = await openDexieStorage(name);
  if (!storage.ok) throw new Error('no storage');
  const environment = createBrowserEnvironment();
  const replica = await openReplica(storage.value, identity, createVerifier(environment.subtle), environment);
  if (!replica.ok) throw new Error('no replica');
  const taken = await replica.value.take(packs);
  if (!taken.ok || taken.value.waiting > 0) throw new Error('not taken');
  for (const id of documents) {
    if (!(await replica.value.openDocument(id)).ok) throw new Error('no document');
    await environment.breathe();
  }
  await storage.value.close();
};

const importPlain = async ({ packs, logs }: Data, name: string): Promise<void> => {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' });
  database.version(1).stores({ rows: '++seq' });
  await database.table('rows').bulkAdd(packs.map((value) => ({ value })));
  for (const log of logs) {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const update of log) Y.applyUpdate(doc, update);
    });
  }
  database.close();
};

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

const measure = async (data: Data, number: number): Promise<Round> => {
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)));
  await turn();
  observer.observe({ type: 'longtask' });
  let start = performance.now();
  await importOurs(data, `ours ${number}`);
  const ours = performance.now() - start;
  await turn();
  observer.disconnect();
  start = performance.now();
  await importPlain(data, `plain ${number}`);
  const plain = performance.now() - start;
  await deleteDexieStorage(`ours ${number}`);
  await Dexie.delete(`plain ${number}`);
  return { ours, plain, longest: Math.max(0, ...tasks) };
};

const run = async (times: number): Promise<readonly Round[]> => {
  await prepareHash();
  const data = await read();
  const rounds: Round[] = [];
  for (let number = 0; number <= times; number++) rounds.push(await measure(data, number));
  // the first one warms up, and does not count
  return rounds.slice(1);
};

Object.assign(globalThis, { weftBench: run });
