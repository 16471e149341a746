/** The same where the app is one file: the worker's code is in it (`vite.config.ts` puts this in place of the other). */
import VaultWorker from './worker.ts?worker&inline';

export const startWorker = (): Worker => new VaultWorker();
