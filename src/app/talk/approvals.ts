/** Approvals of a variant: by which hash a text is named, and what the signed statements say of the present one. */
import { canonicalText } from '../../documents/text/index.ts';
import { sha256 } from '../../crypto/index.ts';
import { toHex, utf8 } from '../../lib/bytes.ts';
import type { ApprovalStatement, MemberId, Statement } from '../../log/types.ts';

/** The text as it is read and signed, by its SHA-256 in hex. */
export const textHash = (text: string): string => toHex(sha256(utf8(canonicalText(text))));

export interface ApprovalState {
  readonly type: 'none' | 'present' | 'past';
  /** who signed last, and when (minutes since 1970); null for 'none' */
  readonly by: { readonly member: MemberId; readonly minute: number } | null;
}

/** 'past': an earlier text was approved, and the present one is another. `statements` of one document. */
export const approvalOf = (statements: readonly Statement[], text: string): ApprovalState => {
  const hash = textHash(text);
  const newest = statements.filter((each) => each.type === 'approval').sort(oldestFirst);
  const present = newest.filter(({ approval }) => approval.textHash === hash).at(-1);
  if (present?.approval.approved) return { type: 'present', by: signed(present) };
  const lastByHash = new Map(newest.map((statement) => [statement.approval.textHash, statement]));
  const past = [...lastByHash.values()].filter(({ approval }) => approval.approved).at(-1);
  return past === undefined ? { type: 'none', by: null } : { type: 'past', by: signed(past) };
};

const signed = ({ member, minute }: ApprovalStatement): ApprovalState['by'] => ({ member, minute });

/** The same on every device, whatever came first. */
const oldestFirst = (a: Statement, b: Statement): number => a.minute - b.minute || (a.id < b.id ? -1 : 1);
