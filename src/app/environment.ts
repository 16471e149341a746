/** The outside world as this page has it, for replicas. */
import type { Environment } from '../sync/environment.ts';
import { stretchBeside } from './vault/stretch-beside.ts';

export const createBrowserEnvironment = (): Environment => ({
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  // not there on plain http from another machine, whatever the types say
  subtle: isSecureContext ? crypto.subtle : null,
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  stretch: stretchBeside,
  breathe,
});

/** A turn of the event loop. A timer would wait for four milliseconds, and for a second in a tab in the background. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
