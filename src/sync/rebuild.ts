/** Counting everything anew from the log, where something that counted does not any more. */
import { equalBytes } from '../lib/bytes.ts';
import { ok, type Result } from '../lib/result.ts';
import { deviceOf } from '../log/chain.ts';
import type { SessionId } from '../log/types.ts';
import type { Core } from './core.ts';
import { countLog } from './count-log.ts';
import type { ReplicaError } from './replica-types.ts';
import type { StorageError } from './storage.ts';

export interface Rebuild {
  /** Documents that are open must be opened again. */
  rebuild(): Promise<Result<null, ReplicaError>>;
  /** Does what counts follow the branches that stand? If not, all is counted anew. */
  settleForks(sessions: Iterable<SessionId>): Promise<StorageError | null>;
}

export interface RebuildNeeds {
  readonly flushNow: () => Promise<Result<null, ReplicaError>>;
  /** the clientID of what is typed now */
  readonly client: () => number;
  readonly startAnew: () => Promise<void>;
}

export const createRebuild = (core: Core, needs: RebuildNeeds): Rebuild => {
  const { device, intake, forks, snapshots, open } = core;

  const rebuild = async (): Promise<Result<null, ReplicaError>> => {
    const flushed = await needs.flushNow();
    if (!flushed.ok) return flushed;
    const forgotten = await snapshots.forget();
    if (!forgotten.ok) return forgotten;
    const counted = await countLog(core, intake);
    if (!counted.ok) return counted;
    const mine = [...intake.sessions.values()].filter(({ id }) => deviceOf(id) === device);
    const clients = [...mine.map(({ tables }) => tables.client), needs.client()];
    const lost = open.ids().flatMap((id) => {
      const log = intake.documents.get(id);
      return open.textBeyond(id, clients, (client) => log?.have(client) ?? 0).map((text) => ({ document: id, text }));
    });
    // it goes on from what is not there any more: no session can sign it
    open.takeTyped();
    const documents = open.ids().filter((id) => open.forget(id));
    await needs.startAnew();
    for (const id of intake.documents.keys()) snapshots.touched(id);
    core.tell({ type: 'rebuilt', documents, lost });
    return ok(null);
  };

  return {
    rebuild,
    settleForks: async (sessions) => {
      let isTrue = true;
      for (const id of new Set(sessions)) {
        const standing = await forks.read(id);
        if (!standing.ok) return standing.error;
        const counted = intake.sessions.get(id);
        isTrue &&= !standing.value || (counted !== undefined && equalBytes(counted.head, standing.value.head));
      }
      if (isTrue && !intake.mustRebuild) return null;
      const rebuilt = await rebuild();
      return rebuilt.ok ? null : (rebuilt.error as StorageError);
    },
  };
};
