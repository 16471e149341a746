/** Counts a whole log, from its first row: what stands of forked sessions, and no row that was not taken in yet. */
import { ok, type Result } from '../lib/result.ts';
import type { Intake } from '../log/intake.ts';
import type { Segment } from '../log/segment.ts';
import type { DocumentId } from '../log/types.ts';
import type { Environment } from './environment.ts';
import type { Forks } from './forks.ts';
import { openRow, readableSegmentsOf, type Rows } from './rows.ts';
import type { Storage, StorageError } from './storage.ts';

export interface LogNeeds {
  readonly storage: Storage;
  readonly rows: Rows;
  readonly forks: Forks;
  readonly environment: Environment;
}

/** Rows of the log that are read in one go. */
export const ROWS_AT_ONCE = 64;

/** `begun` hears that it begins, and begins anew. */
export const countLog = async (
  { storage, rows, forks, environment }: LogNeeds,
  intake: Intake,
  begun?: () => void,
): Promise<Result<null, StorageError>> => {
  do {
    intake.reset();
    begun?.();
    let waiting: readonly Segment[] = [];
    for (let after = 0; ;) {
      const found = await storage.rows(rows.log, after, ROWS_AT_ONCE);
      if (!found.ok) return found;
      const last = found.value.at(-1);
      if (!last) break;
      const taken = found.value.filter((row) => rows.has(row.seq));
      const segments = taken.flatMap((row) => readableSegmentsOf(openRow(rows, row.value) ?? []));
      const outcome = await intake.prove([...waiting, ...segments], true);
      waiting = outcome.waiting;
      intake.count(outcome.proven);
      after = last.seq;
      await environment.breathe();
    }
    for (const id of intake.forked.keys()) {
      const standing = await forks.read(id);
      if (!standing.ok) return standing;
      if (standing.value) intake.count([await intake.proveBranch(id, standing.value)]);
    }
  } while (intake.mustRebuild);
  return ok(null);
};

/** One document as the log alone gives it, beside what counts now: `scratch` is an intake of its own. */
export const contentFromLog = async (
  needs: LogNeeds,
  intake: Intake,
  scratch: Intake,
  id: DocumentId,
): Promise<Result<Uint8Array | null, StorageError>> => {
  for (const [session, entries] of intake.forked) scratch.forked.set(session, entries);
  for (const session of intake.voided) scratch.voided.add(session);
  const counted = await countLog(needs, scratch);
  return counted.ok ? ok(scratch.documents.get(id)?.takeUpdate() ?? null) : counted;
};
