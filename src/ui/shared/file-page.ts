/**
 * The app as one file, opened by a double click. Such a page has no service worker and is never updated by itself, and
 * some browsers give one storage to all files that they open.
 */
export const isFilePage = (): boolean => location.protocol === 'file:';

/** The file as it was opened, taken before the app changes the page: it holds the app and nothing of any space. */
const opened = isFilePage() ? `<!doctype html>\n${document.documentElement.outerHTML}\n` : null;

/** null: this page is no file. */
export const ownFile = (): Blob | null => (opened === null ? null : new Blob([opened], { type: 'text/html' }));
