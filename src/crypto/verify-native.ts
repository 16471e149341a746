/** Ed25519 by WebCrypto, where it verifies without the cofactor. Called only with what passed the checks of `verify.ts`. */
import { fromHex, toHex, utf8 } from '../lib/bytes.ts';
import { createRecent } from './recent.ts';

/** Null: WebCrypto failed at this one, ask the slow path. */
export type NativeVerify = (
  publicKey: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
) => Promise<boolean | null>;

/** Null where there is no Ed25519, or one that does not follow the rule. Never rejects. */
export const createNativeVerify = async (subtle: SubtleCrypto | null): Promise<NativeVerify | null> => {
  if (subtle === null) return null;
  const importedByKey = createRecent<string, Promise<CryptoKey>>(MOST_KEYS);

  const imported = (publicKey: Uint8Array<ArrayBuffer>): Promise<CryptoKey> => {
    const name = toHex(publicKey);
    const known = importedByKey.get(name);
    if (known !== undefined) return known;
    const fresh = subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
    importedByKey.set(name, fresh);
    return fresh;
  };

  const verify: NativeVerify = async (publicKey, message, signature) => {
    try {
      return await subtle.verify('Ed25519', await imported(publicKey), signature, message);
    } catch {
      importedByKey.delete(toHex(publicKey));
      // Not an answer but a failure (no such algorithm, out of memory): the slow path gives the same one.
      return null;
    }
  };

  const good = await verify(PROBE_KEY, PROBE_MESSAGE, PROBE_GOOD);
  const cofactored = await verify(PROBE_KEY, PROBE_MESSAGE, PROBE_COFACTORED);
  return good === true && cofactored === false ? verify : null;
};

const MOST_KEYS = 1024;

const PROBE_MESSAGE = utf8('weft1/probe').slice();
const PROBE_KEY = fromHex('abbd48351443c8c66a79a3d8aa27edf1a8b584295ddf7c0cd1a31d949e92ecaa').slice();
const PROBE_GOOD = fromHex(
  '7af5c8378404ef24ebcae0d426ce1fe5f01141d94a2ce77295bc2c177787d74edc0def109185740e7e7153e74f07a3688f5ea3b8b0d6c3175bb5717ed5dd830e',
).slice();
/** R holds a point of order 8: S·B ≠ R + k·A, and eight times each are equal. */
const PROBE_COFACTORED = fromHex(
  'a3988891771d09be99d4483d19367ac743e2b9b5806349794f4d3c6baaa4e145f7bf26ca15043765da9200c9da2fca63a8dde563c7d02f8fe9cc1a728eae9a08',
).slice();
