/** hash-wasm's one ES module cannot be divided, so that argon2 would be loaded with the first hash; these two can. */
declare module 'hash-wasm/dist/sha256.umd.min.js' {
  import type { createSHA256 } from 'hash-wasm';
  const hashWasm: { readonly createSHA256: typeof createSHA256 };
  export default hashWasm;
}

declare module 'hash-wasm/dist/argon2.umd.min.js' {
  import type { argon2id } from 'hash-wasm';
  const hashWasm: { readonly argon2id: typeof argon2id };
  export default hashWasm;
}
