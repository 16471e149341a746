/** Ed25519 signatures (RFC 8032), 64 bytes, by the browser where it can and by tweetnacl where it cannot. */
import nacl from 'tweetnacl';
import { concat } from '../lib/bytes.ts';
import { isPair, type SigningKeys } from './keys.ts';

export interface Signer {
  /** 64 bytes. Some browsers add randomness: signing twice may give two signatures, both good. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Throws where the public key is not the seed's: signing under a foreign public key gives the seed away. */
export const createSigner = (keys: SigningKeys, subtle: SubtleCrypto | null): Signer => {
  if (!isPair(keys)) throw new Error('the public key is not of this seed');
  // as tweetnacl writes a private key
  const secretKey = concat(keys.seed, keys.publicKey);
  const importing = subtle === null ? Promise.resolve(null) : importSeed(keys.seed, subtle);
  return {
    async sign(message) {
      // Copied at once: the caller may reuse its buffer while we wait.
      const copy = message.slice();
      const native = await importing;
      if (native === null || subtle === null) return nacl.sign.detached(copy, secretKey);
      return new Uint8Array(await subtle.sign('Ed25519', native, copy));
    },
  };
};

/** RFC 8410: version 0, algorithm 1.3.101.112, and the seed as an octet string in an octet string. */
const PKCS8_PREFIX = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20);

const importSeed = async (seed: Uint8Array, subtle: SubtleCrypto): Promise<CryptoKey | null> => {
  try {
    const key = await subtle.importKey('pkcs8', concat(PKCS8_PREFIX, seed).slice(), 'Ed25519', false, ['sign']);
    // Some builds import the key and only then refuse to use it.
    await subtle.sign('Ed25519', key, new Uint8Array(1));
    return key;
  } catch {
    // No Ed25519 in this browser's WebCrypto. tweetnacl signs as well, only slower (4 ms).
    return null;
  }
};
