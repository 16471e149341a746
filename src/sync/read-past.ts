/** All that counts in some documents, entry by entry: read from the stored log, beside what counts now. */
import { ok, type Result } from '../lib/result.ts';
import { deviceOf } from '../log/chain.ts';
import type { Intake, IntakeNeeds } from '../log/intake.ts';
import { inOrder, type PastEdit } from '../log/past.ts';
import type { Edit } from '../log/struct.ts';
import type { DocumentId } from '../log/types.ts';
import { countLog, type LogNeeds } from './count-log.ts';
import type { StorageError } from './storage.ts';

/** By document, in order; what does not count is not in it. `create` makes an intake that hears. */
export const readPast = async (
  needs: LogNeeds,
  intake: Intake,
  create: (hear: NonNullable<IntakeNeeds['hear']>) => Intake,
  wanted: ReadonlySet<DocumentId>,
): Promise<Result<ReadonlyMap<DocumentId, readonly PastEdit[]>, StorageError>> => {
  let routed = new Map<Edit, PastEdit>();
  let byDocument = new Map<DocumentId, PastEdit[]>();
  const scratch = create({
    routed: ({ id, tables }, number, entry) => {
      if (!wanted.has(entry.document)) return;
      routed.set(entry, { ...entry, session: id, device: deviceOf(id), client: tables.client, number });
    },
    counted: (entry) => {
      const edit = routed.get(entry);
      if (!edit) return;
      routed.delete(entry);
      const list = byDocument.get(edit.document);
      if (list) list.push(edit);
      else byDocument.set(edit.document, [edit]);
    },
  });
  for (const [session, entries] of intake.forked) scratch.forked.set(session, entries);
  for (const session of intake.voided) scratch.voided.add(session);
  const counted = await countLog(needs, scratch, () => {
    routed = new Map();
    byDocument = new Map();
  });
  if (!counted.ok) return counted;
  return ok(new Map([...byDocument].map(([id, edits]) => [id, inOrder(edits)])));
};
