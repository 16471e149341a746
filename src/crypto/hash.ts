/**
 * SHA-256, made for very many short inputs: a chain of entries hashes each entry three times.
 * hash-wasm takes about 0.9 µs for 100 bytes where noble takes 2; both give the same bytes, so a browser
 * that has no WebAssembly (or a policy against it) is slower and nothing else.
 */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import type { IHasher } from 'hash-wasm';
import hashWasm from 'hash-wasm/dist/sha256.umd.min.js';

/** Loads the fast SHA-256 once. Never rejects; safe to call many times, and not to call at all. */
export const prepareHash = (): Promise<void> => (preparing ??= load());

/** SHA-256 of the parts one after the other: 32 bytes. */
export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const joined = join(parts);
  if (hasher !== null) {
    hasher.init();
    if (joined !== null) hasher.update(joined);
    else for (const part of parts) hasher.update(part);
    return hasher.digest('binary');
  }
  if (joined !== null) return nobleSha256(joined);
  const slow = nobleSha256.create();
  for (const part of parts) slow.update(part);
  return slow.digest();
};

let hasher: IHasher | null = null;
let preparing: Promise<void> | null = null;

const load = async (): Promise<void> => {
  try {
    hasher = await hashWasm.createSHA256();
  } catch {
    // No WebAssembly here: sha256 stays on noble, which is the same function.
    hasher = null;
  }
};

/** Each update crosses into WebAssembly, which costs more than copying a few short parts together. */
const scratch = new Uint8Array(1024);
/** its beginnings, by length: a view costs as much as the hash's own start */
const beginnings: Uint8Array[] = [];

const join = (parts: readonly Uint8Array[]): Uint8Array | null => {
  if (parts.length === 1) return parts[0] as Uint8Array;
  let length = 0;
  for (const part of parts) {
    if (length + part.length > scratch.length) return null;
    scratch.set(part, length);
    length += part.length;
  }
  return (beginnings[length] ??= scratch.subarray(0, length));
};
