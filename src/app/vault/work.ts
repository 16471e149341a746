/** Work on the vault: with a passphrase it takes a second or more, and is done in a worker. */
import type { Cost, Random } from '../../crypto/index.ts';
import type { Result } from '../../lib/result.ts';
import type { VaultContent, VaultReadError } from '../../sync/vault.ts';
import { startWorker } from './start-worker.ts';
import { doVaultTask, type VaultOutcome, type VaultTask } from './task.ts';

export const openSealed = async (
  sealed: Uint8Array | null,
  passphrase: string | null,
  random: Random,
): Promise<Result<VaultContent, VaultReadError>> => {
  const outcome = await doWhereItBelongs({ type: 'open', sealed, passphrase }, random);
  if (outcome.type !== 'opened') throw new Error('an answer to another question');
  return outcome.content;
};

export const sealContent = async (
  content: VaultContent,
  passphrase: string | null,
  random: Random,
): Promise<Uint8Array> => {
  const outcome = await doWhereItBelongs({ type: 'seal', content, passphrase }, random);
  if (outcome.type !== 'sealed') throw new Error('an answer to another question');
  return outcome.bytes;
};

export const stretchBeside = async (passphrase: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array> => {
  const outcome = await doInWorker({ type: 'stretch', passphrase, salt, cost });
  if (outcome.type !== 'stretched') throw new Error('an answer to another question');
  return outcome.key;
};

const doWhereItBelongs = (task: VaultTask, random: Random): Promise<VaultOutcome> =>
  task.passphrase === null ? doVaultTask(task, random) : doInWorker(task);

/** A worker for one task: ended after it, so that its memory, with keys and passphrase in it, is given back. */
const doInWorker = (task: VaultTask): Promise<VaultOutcome> =>
  new Promise((resolve, reject) => {
    const worker = startWorker();
    worker.onmessage = ({ data }: MessageEvent<VaultOutcome>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(`the vault's worker failed: ${event.message}`));
    };
    worker.postMessage(task);
  });
