/** Argon2id (RFC 9106). A file of its own, so that it is loaded only where a passphrase is. */
import { argon2idAsync } from '@noble/hashes/argon2.js';
import hashWasm from 'hash-wasm/dist/argon2.umd.min.js';

export interface Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** 32 bytes, after a second or more. */
export const argon2 = async (password: Uint8Array, salt: Uint8Array, cost: Cost): Promise<Uint8Array> => {
  const { memoryKiB, passes, lanes } = cost;
  if (typeof WebAssembly === 'undefined') {
    // Ten times slower, but a browser in lockdown can still be unlocked.
    return argon2idAsync(password, salt, { m: memoryKiB, t: passes, p: lanes, dkLen: 32 });
  }
  return hashWasm.argon2id({
    password,
    salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: lanes,
    hashLength: 32,
    outputType: 'binary',
  });
};
