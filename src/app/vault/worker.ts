/** A worker that makes one key from a passphrase, and has nothing else to do with the vault. */
import { stretch } from '../../crypto/passphrase.ts';

addEventListener('message', ({ data }: MessageEvent<Parameters<typeof stretch>>) => {
  stretch(...data).then(
    (key) => postMessage(key),
    // out of the promise, so that the page's `onerror` hears of it
    (error: unknown) => setTimeout(() => reportError(error)),
  );
});
