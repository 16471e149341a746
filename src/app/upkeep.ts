/**
 * Keeps an open space's storage in order: stores at once what was typed when the page is left or hidden (a phone may
 * never show it again), and writes snapshots when nobody is busy, so that the next start is fast.
 */
import type { FullReplica } from '../sync/replica.ts';

/** Quiet for this long before a snapshot, and at most this often. */
const QUIET_MS = 20_000;

export const startUpkeep = (replica: FullReplica): (() => void) => {
  let changed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const snapshot = (): void => {
    if (!changed) return;
    changed = false;
    // a failure is told by the replica's own event, and the log has everything
    void replica.snapshot();
  };
  const whenIdle = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(snapshot, { timeout: QUIET_MS });
    else snapshot();
  };
  const stopHearing = replica.on((event) => {
    if (event.type === 'failed') return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(whenIdle, QUIET_MS);
  });
  const hide = (): void => {
    if (document.visibilityState !== 'hidden') return;
    void replica.flush();
    snapshot();
  };
  const leave = (): void => void replica.flush();
  document.addEventListener('visibilitychange', hide);
  window.addEventListener('pagehide', leave);
  return () => {
    clearTimeout(timer);
    stopHearing();
    document.removeEventListener('visibilitychange', hide);
    window.removeEventListener('pagehide', leave);
  };
};
