/** Raw DEFLATE (RFC 1951) in memory. Its opposite is in inflate.ts, which bounds what foreign bytes may open to. */
import { deflateSync } from 'fflate';

/** Up to this many bytes the tables that a search needs cost more than there is to find. */
const SMALL = 1024;

export const deflate = (bytes: Uint8Array, level: 6 | 9 = 6): Uint8Array =>
  deflateSync(bytes, { level: bytes.length < SMALL ? 0 : level });
export { inflate } from './inflate.ts';
