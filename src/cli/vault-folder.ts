/**
 * A device in a folder. Commands that only look, and those that are refused, leave every byte of it as it was:
 * only `finish` writes the replica's snapshots.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createVerifier, DEFAULT_COST, prepareHash } from '../crypto/index.ts';
import type { Result } from '../lib/result.ts';
import { openFolderStorage } from '../storage/folder.ts';
import { type FullReplica, openReplica } from '../sync/replica.ts';
import type { Storage } from '../sync/storage.ts';
import { readVault, type VaultContent, writeVault } from '../sync/vault.ts';
import type { Options } from './arguments.ts';
import { environment } from './environment.ts';
import { readPassphrase } from './files.ts';
import { type Problem, refuse } from './outcome.ts';

export interface VaultFolder {
  readonly storage: Storage;
  readonly content: VaultContent;
  write(content: VaultContent): Promise<Result<null, Problem>>;
}

export interface OpenSpace extends VaultFolder {
  readonly replica: FullReplica;
  /** Keeps what was changed, so that the next start is fast. */
  finish(): Promise<void>;
}

export const verifier = createVerifier(environment.subtle);

/** `isNew`: a folder with nothing in it will do. Whatever `work` gives, the folder is closed after it. */
export const withVault = async <T>(
  options: Options,
  isNew: boolean,
  work: (vault: VaultFolder) => Promise<Result<T, Problem>>,
): Promise<Result<T, Problem>> => {
  const folder = options.vault ?? '';
  const passphrase = await readPassphrase(options['passphrase-file']);
  if (!passphrase.ok) return passphrase;
  if (!isNew && !(await isThere(join(folder, 'steps')))) return refuse({ type: 'NoVault' });
  await prepareHash();
  const storage = await openFolderStorage(folder);
  if (!storage.ok) return refuse(storage.error);
  try {
    const content = await readVault(storage.value, passphrase.value, environment.stretch);
    if (!content.ok) return refuse(content.error);
    return await work({
      storage: storage.value,
      content: content.value,
      write: async (next) => {
        const done = await writeVault(
          storage.value,
          next,
          passphrase.value,
          DEFAULT_COST,
          environment.random,
          environment.stretch,
        );
        return done.ok ? done : refuse(done.error);
      },
    });
  } finally {
    await storage.value.close();
  }
};

/** The folder's one space. */
export const withSpace = <T>(
  options: Options,
  work: (space: OpenSpace) => Promise<Result<T, Problem>>,
): Promise<Result<T, Problem>> =>
  withVault(options, false, async (vault) => {
    const [space] = vault.content.spaces;
    if (!space) return refuse({ type: vault.content.pending.length > 0 ? 'NoSpace' : 'NoVault' });
    const replica = await openReplica(vault.storage, space.identity, verifier, environment);
    if (!replica.ok) return refuse(replica.error);
    return work({ ...vault, replica: replica.value, finish: () => replica.value.close() });
  });

export const isEmpty = ({ content }: VaultFolder): boolean =>
  content.spaces.length === 0 && content.pending.length === 0;

export const isThere = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch {
    // not there, or not for us to see: either way there is nothing to open
    return false;
  }
};
