/** The page of `calendar.ts`: puts a space where the app looks for one, and times what plain Yjs does with its calendar. */
import * as Y from 'yjs';
import { createBrowserEnvironment } from '../src/app/environment.ts';
import { createVerifier, DEFAULT_COST, prepareHash } from '../src/crypto/index.ts';
import { Reader } from '../src/lib/bytes.ts';
import type { Result } from '../src/lib/result.ts';
import { decodeIdentity } from '../src/log/identity.ts';
import { openDexieStorage } from '../src/storage/dexie.ts';
import { openReplica } from '../src/sync/replica.ts';
import { writeVault } from '../src/sync/vault.ts';

export interface PlainOpening {
  readonly states: number;
  readonly milliseconds: number;
}

const value = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const read = async (name: string) => {
  const from = new Reader(new Uint8Array(await (await fetch(name)).arrayBuffer()));
  const block = (): Uint8Array => from.block(from.left).slice();
  return {
    identity: decodeIdentity(block()),
    states: Array.from({ length: from.varuint() }, block),
    packs: Array.from({ length: from.varuint() }, block),
  };
};

const seed = async (name: string): Promise<void> => {
  await prepareHash();
  const { identity, packs } = await read(name);
  const environment = createBrowserEnvironment();
  const storage = value(await openDexieStorage('weft'));
  const vault = { spaces: [{ identity, name: 'Bench' }], pending: [] };
  value(await writeVault(storage, vault, null, DEFAULT_COST, environment.random, environment.stretch));
  const replica = value(await openReplica(storage, identity, createVerifier(environment.subtle), environment));
  if (value(await replica.take(packs)).waiting > 0) throw new Error('not all was taken');
  await replica.close();
  await storage.close();
};

/** Milliseconds for the calendar and all variations, from what plain Yjs would keep of them. */
const plain = async (name: string): Promise<PlainOpening> => {
  const { states } = await read(name);
  const start = performance.now();
  for (const state of states) Y.applyUpdate(new Y.Doc(), state);
  return { states: states.length, milliseconds: performance.now() - start };
};

Object.assign(globalThis, { weftBench: { seed, plain } });
