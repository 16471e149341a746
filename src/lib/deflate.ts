/** Raw DEFLATE (RFC 1951) in memory. Its opposite is in inflate.ts, which bounds what foreign bytes may open to. */
import { deflateSync } from 'fflate';

export const deflate = (bytes: Uint8Array, level: 6 | 9 = 6): Uint8Array => deflateSync(bytes, { level });
export { inflate } from './inflate.ts';
