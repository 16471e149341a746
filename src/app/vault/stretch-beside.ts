/** A key from a passphrase takes a second or more: it is made in a worker. */
import type { Stretch } from '../../crypto/index.ts';
import { startWorker } from './start-worker.ts';

/** A worker for one key: ended after it, so that its memory, with the passphrase in it, is given back. */
export const stretchBeside: Stretch = (...asked) =>
  new Promise((resolve, reject) => {
    const worker = startWorker();
    worker.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(`the worker failed: ${event.message}`));
    };
    worker.postMessage(asked);
  });
