/** The bodies of statements: approvals, and words of any kind. Unknown types are kept and passed on. */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { canonicalText } from '../lib/canonical-text.ts';
import { LIMIT } from './limits.ts';
import type { MembershipState } from './membership-state.ts';
import type { Signed } from './signed.ts';
import type { Approval, DocumentId, Statement } from './types.ts';
import { readValue, writeValue, type Value } from './value.ts';

export const STATEMENT = { approval: 1, word: 2 } as const;

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

/** Throws BytesError where a text in it is not in its canonical form, or the whole is longer than a statement may be. */
export const encodeWord = (document: DocumentId, kind: string, value: Value): Uint8Array => {
  const to = new Writer().bytes(fromHex(document)).text(kind);
  writeValue(to, value);
  const bytes = to.finish();
  if (bytes.length > LIMIT.word) throw new BytesError('over its limit');
  decodeWord(bytes);
  return bytes;
};

const decodeWord = (bytes: Uint8Array): { document: DocumentId; kind: string; value: Value } => {
  const from = new Reader(bytes);
  const document = toHex(from.bytes(16)) as DocumentId;
  const kind = from.text(LIMIT.name);
  const value = readValue(from);
  from.done();
  if (!isCanonical(kind) || !isCanonical(value)) throw new BytesError('a text that is not canonical');
  return { document, kind, value };
};

/** The word in a statement, whoever said it; null where it is none, or not well made. */
export const readWord = (signed: Signed): ReturnType<typeof decodeWord> | null => {
  if (signed.version !== 1 || signed.type !== STATEMENT.word || signed.audience.length > 0) return null;
  try {
    return decodeWord(signed.body);
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};

/** What is signed is what is read: nothing invisible in it, one form for each letter. */
const isCanonical = (value: Value): boolean => {
  if (typeof value === 'string') return canonicalText(value) === value;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true;
  return Array.isArray(value)
    ? value.every((item: Value) => isCanonical(item))
    : Object.entries(value).every(([key, item]) => isCanonical(key) && isCanonical(item));
};

/**
 * A verified statement as its author's view of the space makes it; null where its author was not in that space,
 * or where its body is malformed. Approvals count only from a member or organizer of the group that owns the document;
 * words from anybody, about a document that there is.
 */
export const readStatement = (signed: Signed, view: MembershipState, now: MembershipState): Statement | null => {
  const id = view.memberByDevice.get(signed.device);
  const member = id === undefined ? undefined : view.members.get(id);
  if (!member) return null;
  const base = { id: signed.id, device: signed.device, member: member.id, group: member.group, minute: signed.minute };
  if (signed.version !== 1 || signed.audience.length > 0) return null;
  try {
    if (signed.type === STATEMENT.word) {
      const { document, kind, value } = decodeWord(signed.body);
      if (!now.documents.has(document)) return null;
      return { ...base, type: 'word', role: member.role, number: signed.number, document, kind, value };
    }
    if (signed.type !== STATEMENT.approval) return null;
    const { document, approval } = decodeApproval(signed.body);
    const owner = now.documents.get(document)?.owner;
    if (member.role === 'observer' || owner !== member.group) return null;
    return { ...base, type: 'approval', document, approval };
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};
