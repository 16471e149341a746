/** Reads rows that this replica has not seen: since its snapshot, or written by another tab of this device. */
import { err, ok, type Result } from '../lib/result.ts';
import type { PackItem } from '../log/pack.ts';
import type { Core } from './core.ts';
import { ROWS_AT_ONCE } from './count-log.ts';
import { OTHER_TAB } from './full-replica.ts';
import type { Rebuild } from './rebuild.ts';
import { openRow, readableSegmentsOf } from './rows.ts';
import type { StorageError } from './storage.ts';
import type { Taking } from './taking.ts';

export type CatchUp = (source: 'own' | 'loading') => Promise<Result<null, StorageError>>;

export const createCatchUp = (core: Core, taking: Taking, { settleForks }: Rebuild): CatchUp => {
  const { storage, rows, intake, environment } = core;
  return async (source) => {
    for (;;) {
      const found = await storage.rows(rows.log, rows.last, ROWS_AT_ONCE);
      if (!found.ok) return found;
      if (found.value.length === 0) {
        const sessions = taking.takeUnsure();
        const failed = sessions.length > 0 || intake.mustRebuild ? await settleForks(sessions) : null;
        return failed ? err(failed) : ok(null);
      }
      const items: PackItem[] = [];
      for (const row of found.value) {
        if (rows.has(row.seq)) continue;
        const opened = openRow(rows, row.value) ?? [];
        rows.index(row.seq, readableSegmentsOf(opened));
        items.push(...opened);
      }
      rows.readTo(found.value.at(-1)?.seq ?? 0);
      const taken = await taking.take({ items, from: OTHER_TAB, source });
      if (!taken.ok) return err(taken.error as StorageError);
      await environment.breathe();
    }
  };
};
