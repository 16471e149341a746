/**
 * The whole app as one file, opened by a double click with no server. Such a page has no service worker and is never
 * updated by itself, and some browsers give one storage to all files that they open.
 */
export const isFilePage = (): boolean => !/^https?:$/.test(location.protocol);

/** What it is called on a stick, and where the build puts it beside the app. */
export const SINGLE_FILE = 'weft.html';

/** The file as it was opened, taken before the app changes the page: it holds the app and nothing of any space. */
const opened = isFilePage() ? `<!doctype html>\n${document.documentElement.outerHTML}\n` : null;

/** It was fetched once, so that it can be passed on without a network. */
const KEPT = 'weft-single-file';
/** What every such file has, and no page that a server sends in its place. */
const MARK = '<script type="text/plain" id="packed">';

/** To give to somebody else. null: this page is no file, cannot fetch one now, and has not fetched one before. */
export const singleFile = async (): Promise<Blob | null> => {
  const text = opened ?? (await fetched()) ?? (await kept());
  return text === null ? null : new Blob([text], { type: 'text/html' });
};

const fetched = async (): Promise<string | null> => {
  try {
    const response = await fetch(SINGLE_FILE);
    const copy = response.clone();
    const text = await response.text();
    if (!response.ok || !text.includes(MARK)) return null;
    // not there on plain http from another machine
    if ('caches' in globalThis) await (await caches.open(KEPT)).put(SINGLE_FILE, copy).catch(() => undefined);
    return text;
  } catch {
    // no network, or the hub is gone
    return null;
  }
};

const kept = async (): Promise<string | null> => {
  if (!('caches' in globalThis)) return null;
  try {
    const response = await (await caches.open(KEPT)).match(SINGLE_FILE);
    return response === undefined ? null : await response.text();
  } catch {
    return null;
  }
};
