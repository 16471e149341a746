/** The outside world as this page has it, for replicas. */
import type { Environment } from '../sync/environment.ts';

export const createBrowserEnvironment = (): Environment => ({
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  // not there on plain http from another machine, whatever the types say
  subtle: (crypto.subtle as SubtleCrypto | undefined) ?? null,
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  breathe,
});

interface Yielding {
  readonly yield?: () => Promise<void>;
}

/** A turn of the event loop. A timer would wait for four milliseconds, and for a second in a tab in the background. */
const breathe = (): Promise<void> => {
  const scheduler: Yielding | undefined = 'scheduler' in globalThis ? (globalThis.scheduler as Yielding) : undefined;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
};
