/** A signal on its way through the hub: JSON, sealed under a key of the room's, as text. */
import { fromBase64url, toBase64url, utf8 } from '../../lib/bytes.ts';

/** the hub's limit of a frame; nothing larger can be honest */
const MAX_SEALED = 65_536;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

export const sealSignal = (signal: unknown, seal: (plain: Uint8Array) => Uint8Array): string =>
  toBase64url(seal(utf8(JSON.stringify(signal))));

/** null for what does not open, or holds no JSON */
export const openSignal = (text: string, open: (sealed: Uint8Array) => Uint8Array | null): unknown => {
  if (text.length > MAX_SEALED) return null;
  try {
    const plain = open(fromBase64url(text));
    return plain === null ? null : JSON.parse(strictUtf8.decode(plain));
  } catch {
    // no base64url, no UTF-8 or no JSON: all the same to us
    return null;
  }
};
