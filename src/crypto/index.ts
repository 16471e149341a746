export { type CacheSeal, createCacheSeal } from './cache-seal.ts';
export { prepareHash, sha256 } from './hash.ts';
export { createPbkdf2, hkdf, hmac, isHmac, pbkdf2, pbkdf2Sync } from './kdf.ts';
export { agree, createBoxKeys, createSigningKeys, isGoodBoxKey, type BoxKeys, type SigningKeys } from './keys.ts';
export { acceptsCost, DEFAULT_COST, stretch, type Cost, type Stretch } from './passphrase.ts';
export type { Random } from './random.ts';
export {
  boxOpen,
  BOX_OVERHEAD,
  boxSeal,
  open,
  openRandom,
  seal,
  SEAL_OVERHEAD,
  sealRandom,
  SEAL_RANDOM_OVERHEAD,
} from './seal.ts';
export { createSigner, type Signer } from './sign.ts';
export { CHUNK, createOpenStream, createSealStream, SEALED_CHUNK, type OpenStream, type SealStream } from './stream.ts';
export { isLocked, openVault, sealVault, type VaultError } from './vault.ts';
export { createVerifier, isGoodKey, prepareVerifier, type Verifier } from './verify.ts';
