/** Base32 (RFC 4648, no padding): letters that a QR code holds in 5.5 bits each, and that survive chats and paper. */
import { base32nopad } from '@scure/base';

export const toBase32 = (bytes: Uint8Array): string => base32nopad.encode(bytes);
/** Throws where the text is not unpadded base32 in capitals. */
export const fromBase32 = (text: string): Uint8Array => base32nopad.decode(text);
