/** A worker that does one task on the vault. */
import { doVaultTask, type VaultTask } from './task.ts';

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

addEventListener('message', ({ data }: MessageEvent<VaultTask>) => {
  doVaultTask(data, random).then(
    (outcome) => postMessage(outcome),
    // out of the promise, so that the page's `onerror` hears of it
    (error: unknown) => setTimeout(() => reportError(error)),
  );
});
