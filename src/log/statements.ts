/** The bodies of statements. An approval is the only type so far; unknown ones are kept and passed on. */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { LIMIT } from './limits.ts';
import type { MembershipState } from './membership.ts';
import type { Signed } from './signed.ts';
import type { Approval, DocumentId, Statement } from './types.ts';

export const STATEMENT = { approval: 1 } as const;

export const encodeApproval = (document: DocumentId, approval: Approval): Uint8Array => {
  const to = new Writer();
  to.bytes(fromHex(document)).bytes(fromHex(approval.textHash)).text(approval.language);
  const source = approval.sourceHash === '' ? new Uint8Array(0) : fromHex(approval.sourceHash);
  return to
    .block(source)
    .u8(approval.approved ? 1 : 0)
    .finish();
};

const decodeApproval = (bytes: Uint8Array): { document: DocumentId; approval: Approval } => {
  const from = new Reader(bytes);
  const document = toHex(from.bytes(16)) as DocumentId;
  const textHash = toHex(from.bytes(32));
  const language = from.text(LIMIT.name);
  const sourceHash = toHex(from.block(32));
  const flag = from.u8();
  if (flag > 1 || (sourceHash !== '' && sourceHash.length !== 64)) throw new BytesError('malformed approval');
  from.done();
  return { document, approval: { textHash, language, sourceHash, approved: flag === 1 } };
};

/**
 * A verified statement as its author's view of the space makes it; null where its author was not in that space,
 * or where its body is malformed. Approvals count only from a member or organizer of the group that owns the document.
 */
export const readStatement = (signed: Signed, view: MembershipState, now: MembershipState): Statement | null => {
  const id = view.memberByDevice.get(signed.device);
  const member = id === undefined ? undefined : view.members.get(id);
  if (!member) return null;
  const base = { id: signed.id, device: signed.device, member: member.id, group: member.group, minute: signed.minute };
  if (signed.version !== 1 || signed.type !== STATEMENT.approval || signed.audience.length > 0) return null;
  try {
    const { document, approval } = decodeApproval(signed.body);
    const owner = now.documents.get(document)?.owner;
    if (member.role === 'observer' || owner !== member.group) return null;
    return { ...base, type: 'approval', document, approval };
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};
