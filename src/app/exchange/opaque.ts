/** Ids for the shelf, which is kept in clear: they say nothing to whoever has not the vault, and are the same each time. */
import { sha256 } from '../../crypto/index.ts';
import { concat, toHex, utf8 } from '../../lib/bytes.ts';
import type { Identity } from '../../log/identity.ts';

/** `what` names the use, so that the same thing has another id elsewhere. 16 hex digits. */
export const opaqueId = ({ space, localKey }: Identity, what: string, id = ''): string =>
  toHex(sha256(concat(utf8(`shelf ${what} ${space} ${id}`), localKey))).slice(0, 16);
