/** A receipt as the command line gives it, in numbers and by name. */
import type { Membership, Receipt } from '../log/types.ts';
import type { Incomplete } from '../sync/bundles.ts';
import type { Done } from './outcome.ts';

export const receiptOf = (receipt: Receipt, { members, documents }: Membership, incomplete: Incomplete | null) => ({
  changes: receipt.changes,
  people: receipt.changesByMember.size,
  documents: receipt.changesByDocument.size,
  verified: receipt.verified,
  incomplete: incomplete !== null || receipt.waiting > 0,
  waiting: receipt.waiting,
  stopped: incomplete && { type: incomplete.type, atPart: incomplete.atPart },
  refused: Object.fromEntries(receipt.refused),
  byPerson: [...receipt.changesByMember].map(([id, changes]) => ({ id, name: members.get(id)?.name ?? '', changes })),
  byDocument: [...receipt.changesByDocument].map(([id, changes]) => ({
    id,
    kind: documents.get(id)?.kind ?? '',
    changes,
  })),
});

/** What a person should do about a bundle that was not read to its end. */
export const noteOf = ({ waiting }: Receipt, incomplete: Incomplete | null): Pick<Done, 'note'> => {
  if (incomplete) return { note: { type: incomplete.type, values: { atPart: incomplete.atPart } } };
  return waiting > 0 ? { note: { type: 'Waiting', values: { waiting } } } : {};
};
