/**
 * The app as one file, to be given to somebody who has none: this page itself where it is that file, else from where the
 * app was served, else as it was fetched before. It is not kept with the rest of the app, which most people never give.
 */
import { ownFile } from './file-page.ts';

export const APP_FILE = 'weft.html';

/** null: this page is no such file, none was ever fetched, and whoever serves the app cannot be reached or has none. */
export const fetchAppFile = async (): Promise<Blob | null> => ownFile() ?? (await fromServer()) ?? (await asKept());

const fromServer = async (): Promise<Blob | null> => {
  try {
    const response = await fetch(address(), { cache: 'no-cache' });
    const text = response.ok ? await response.text() : '';
    // where a server has none, it may answer with the app's own page
    if (!text.includes(MARK)) return null;
    const file = new Blob([text], { type: 'text/html' });
    await keep(file);
    return file;
  } catch (error) {
    // no network
    if (error instanceof TypeError) return null;
    throw error;
  }
};

const MARK = 'id="packed"';
const KEPT = 'weft-app-file';
const address = (): URL => new URL(APP_FILE, document.baseURI);

/** Only pages that browsers trust may keep files so. */
const keep = async (file: Blob): Promise<void> => {
  if (!('caches' in globalThis)) return;
  try {
    await (await caches.open(KEPT)).put(address(), new Response(file));
  } catch (error) {
    // full, private, or switched off: it is here now all the same
    if (!(error instanceof DOMException)) throw error;
  }
};

const asKept = async (): Promise<Blob | null> => {
  if (!('caches' in globalThis)) return null;
  const found = await caches.match(address(), { cacheName: KEPT }).catch(() => undefined);
  return found ? found.blob() : null;
};
