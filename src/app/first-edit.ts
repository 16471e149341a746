/** Tells once, when something that the person wrote has been stored for the first time. */
import type { FullReplica } from '../sync/replica.ts';

export const afterFirstEdit = (replica: FullReplica, tell: () => void): void => {
  const stop = replica.on((event) => {
    if (event.type !== 'saving' || event.saving) return;
    stop();
    tell();
  });
};
