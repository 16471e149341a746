/** The outside world as a bench gives it, with dice that a name decides, so that two runs measure the same bytes. */
import { createHash } from 'node:crypto';
import type { Result } from '../src/lib/result.ts';
import { type Random, stretch } from '../src/crypto/index.ts';
import type { Environment } from '../src/sync/environment.ts';

export const createDice = (name: string): Random => {
  let count = 0;
  return (length) => {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      const block = createHash('sha256').update(`${name}/${count++}`).digest();
      out.set(block.subarray(0, length - at), at);
    }
    return out;
  };
};

export const environment = (random: Random, subtle: SubtleCrypto | null = crypto.subtle): Environment => ({
  random,
  subtle,
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  stretch,
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
});

export const value = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(`expected success: ${JSON.stringify(result.error)}`);
  return result.value;
};
