/** y-webrtc's own sealing of signaling messages (its crypto.js, which it does not export): AES-GCM under the room's key. */
import * as buffer from 'lib0/buffer';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const ALGORITHM = 'AES-GCM';
const IV_BYTES = 12;
/** hub's limit of a frame; nothing larger can be honest */
const MAX_SEALED = 65_536;

/** null for what was not sealed under this key, or holds anything but lib0's own values */
export const openSignal = async (sealed: string, key: CryptoKey): Promise<unknown> => {
  if (sealed.length > MAX_SEALED) return null;
  try {
    const decoder = decoding.createDecoder(buffer.fromBase64(sealed));
    if (decoding.readVarString(decoder) !== ALGORITHM) return null;
    const iv = decoding.readVarUint8Array(decoder).slice();
    const box = decoding.readVarUint8Array(decoder).slice();
    const opened = await crypto.subtle.decrypt({ name: ALGORITHM, iv }, key, box);
    return decoding.readAny(decoding.createDecoder(new Uint8Array(opened)));
  } catch {
    // sealed for another epoch, tampered with, or nested too deep: all the same to us
    return null;
  }
};

export const sealSignal = async (
  signal: Readonly<Record<string, string>>,
  key: CryptoKey,
  random: (length: number) => Uint8Array,
): Promise<string> => {
  const plain = encoding.createEncoder();
  encoding.writeAny(plain, signal);
  const iv = random(IV_BYTES).slice();
  const box = await crypto.subtle.encrypt({ name: ALGORITHM, iv }, key, encoding.toUint8Array(plain).slice());
  const sealed = encoding.createEncoder();
  encoding.writeVarString(sealed, ALGORITHM);
  encoding.writeVarUint8Array(sealed, iv);
  encoding.writeVarUint8Array(sealed, new Uint8Array(box));
  return buffer.toBase64(encoding.toUint8Array(sealed));
};
