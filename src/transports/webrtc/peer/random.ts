/** randombytes for simple-peer, in little (see stream.ts): it asks for names, as hex. */
import { toHex } from '../../../lib/bytes.ts';

const named = (length: number): { readonly toString: () => string } => {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return { toString: () => toHex(bytes) };
};

// simple-peer takes the module itself for the function
export { named as 'module.exports' };
