/** What takes a passphrase, as a task that a worker can do: opening and sealing the vault's bytes, and a key for a bundle. */
import { type Cost, DEFAULT_COST, type Random, stretch } from '../../crypto/index.ts';
import type { Result } from '../../lib/result.ts';
import { readVault, type VaultContent, type VaultReadError, writeVault } from '../../sync/vault.ts';
import { createOneValue } from './one-value.ts';

export type VaultTask =
  | { readonly type: 'open'; readonly sealed: Uint8Array | null; readonly passphrase: string | null }
  | { readonly type: 'seal'; readonly content: VaultContent; readonly passphrase: string | null }
  | { readonly type: 'stretch'; readonly passphrase: string; readonly salt: Uint8Array; readonly cost: Cost };

export type VaultOutcome =
  | { readonly type: 'opened'; readonly content: Result<VaultContent, VaultReadError> }
  | { readonly type: 'sealed'; readonly bytes: Uint8Array }
  | { readonly type: 'stretched'; readonly key: Uint8Array };

export const doVaultTask = async (task: VaultTask, random: Random): Promise<VaultOutcome> => {
  if (task.type === 'open') {
    return { type: 'opened', content: await readVault(createOneValue(task.sealed), task.passphrase) };
  }
  if (task.type === 'stretch') {
    return { type: 'stretched', key: await stretch(task.passphrase, task.salt, task.cost) };
  }
  const storage = createOneValue(null);
  await writeVault(storage, task.content, task.passphrase, DEFAULT_COST, random);
  if (!storage.value) throw new Error('nothing was sealed');
  return { type: 'sealed', bytes: storage.value };
};
