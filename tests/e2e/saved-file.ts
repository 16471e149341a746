/**
 * What a page gives out as a file, as it then lies on the device. Playwright tells of each download in Chromium. Of those
 * in Firefox it tells nothing, since Debian's gives them no id: there the folder is watched that they are saved into.
 */
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BrowserContext, expect, type Page } from '@playwright/test';

/** by browser: where it puts what is saved, if only the folder can tell */
const folders = new WeakMap<BrowserContext, string>();

export const savesInto = (context: BrowserContext, folder: string): void => {
  folders.set(context, folder);
};

/** No window of the system asks where to put a file: no test could answer it. */
export const savesAsDownloads = async (context: BrowserContext): Promise<void> => {
  await context.addInitScript(() => {
    for (const picker of ['showSaveFilePicker', 'showDirectoryPicker']) Reflect.deleteProperty(globalThis, picker);
  });
};

export interface SavedFile {
  readonly name: string;
  readonly path: string;
}

/** The file that comes of this act. */
export const savedBy = async (page: Page, act: () => Promise<void>): Promise<SavedFile> => {
  const folder = folders.get(page.context());
  if (folder === undefined) {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), path: await download.path() };
  }
  const before = new Set(readdirSync(folder));
  await act();
  const added = (): readonly string[] => readdirSync(folder).filter((name) => !before.has(name));
  // at first it is empty, and what has come of it lies in a part beside it
  const isWhole = (): boolean => {
    const names = added();
    return (
      names.length === 1 && names.every((name) => !name.endsWith('.part') && statSync(join(folder, name)).size > 0)
    );
  };
  await expect.poll(isWhole, { message: `a whole file in ${basename(folder)}` }).toBe(true);
  const [name = ''] = added();
  return { name, path: join(folder, name) };
};
