/** What somebody pastes, scans or opens: found in the text around it, and told apart from what it might be instead. */
import { err, ok, type Result } from '../lib/result.ts';
import { decodeInvite, fromText, type Invite } from '../log/invite.ts';

export type PassedKind = 'invite' | 'request' | 'answer';

export type PassedError =
  | { readonly type: 'NotOne' }
  /** one of ours, but another of the three */
  | { readonly type: 'OtherKind'; readonly kind: PassedKind }
  | { readonly type: 'NewerVersion' };

export const readPassed = (kind: PassedKind, text: string): Result<Uint8Array, PassedError> => {
  const bytes = fromText(kind, text);
  if (bytes) return ok(bytes);
  const other = KINDS.find((each) => fromText(each, text) !== null);
  if (other) return err({ type: 'OtherKind', kind: other });
  // an app of later years may begin its texts otherwise
  return err({ type: /weft(?!1)\d+[a-z]\./.test(text) ? 'NewerVersion' : 'NotOne' });
};

export const readInvite = (text: string): Result<Invite, PassedError> => {
  const bytes = readPassed('invite', text);
  if (!bytes.ok) return bytes;
  const invite = decodeInvite(bytes.value);
  if (invite.ok) return invite;
  return err({ type: invite.error.type === 'NewerVersion' ? 'NewerVersion' : 'NotOne' });
};

const KINDS: readonly PassedKind[] = ['invite', 'request', 'answer'];
