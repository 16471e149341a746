/** Node's randomness, clock and cryptography, for a replica. */
import { randomBytes, webcrypto } from 'node:crypto';
import { stretch } from '../crypto/index.ts';
import type { Environment } from '../sync/environment.ts';

export const environment: Environment = {
  random: (length) => new Uint8Array(randomBytes(length)),
  subtle: webcrypto.subtle as SubtleCrypto,
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  stretch,
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
};
