/** By what a frozen agreement is named: the words that are signed name this, and the proof is checked against it. */
import { sha256 } from '../crypto/index.ts';
import { LABEL } from '../log/labels.ts';

/** SHA-256("weft1/agreement\0" ‖ canonical bytes), 32 bytes. `prepareHash` has resolved. */
export const hashFrozen = (bytes: Uint8Array): Uint8Array => sha256(LABEL.agreement, bytes);
