/** A device in a folder writes so much that its bundle comes in three files. */
import { writeFileSync } from 'node:fs';
import { environment } from '../../../src/cli/environment.ts';
import { createVerifier, prepareHash } from '../../../src/crypto/index.ts';
import { openFolderStorage } from '../../../src/storage/folder.ts';
import { makeBundle } from '../../../src/sync/bundles.ts';
import { LOCAL } from '../../../src/sync/replica-types.ts';
import { type FullReplica, openReplica } from '../../../src/sync/replica.ts';
import { readVault } from '../../../src/sync/vault.ts';
import { collect } from '../../unit/sync/bundle-file.ts';
import { createDice, value } from '../../world.ts';

export const writeParts = async (folder: string, pathOf: (number: number) => string): Promise<readonly string[]> => {
  // each sitting is large enough for a file of its own
  for (let sitting = 0; sitting < 3; sitting++) await inFolder(folder, (replica) => write(replica, sitting));
  return inFolder(folder, async (replica) => {
    const wish = { recipients: 'space' as const, base: null, most: 2 ** 18 };
    const paths: string[] = [];
    for await (const file of value(await makeBundle(replica, wish, environment)).files()) {
      const path = pathOf(paths.length + 1);
      writeFileSync(path, await collect(file));
      paths.push(path);
    }
    return paths;
  });
};

const write = async (replica: FullReplica, sitting: number): Promise<void> => {
  const [document] = replica.membership().documents.keys();
  if (document === undefined) throw new Error('no document');
  const doc = value(await replica.openDocument(document));
  for (let at = 0; at < 7; at++) {
    // words that do not deflate
    const noise = [...createDice(sitting * 100 + at).random(20_000)];
    const words = noise.map((byte) => String.fromCharCode(0x4e00 + byte * 16)).join('');
    doc.transact(() => doc.getText('noise').insert(0, words), LOCAL);
    value(await replica.flush());
  }
};

const inFolder = async <T>(folder: string, work: (replica: FullReplica) => Promise<T>): Promise<T> => {
  await prepareHash();
  const storage = value(await openFolderStorage(folder));
  const [space] = value(await readVault(storage, null, environment.stretch)).spaces;
  if (!space) throw new Error('no space');
  const verifier = createVerifier(environment.subtle);
  const replica = value(await openReplica(storage, space.identity, verifier, environment));
  const done = await work(replica);
  await replica.close();
  await storage.close();
  return done;
};
