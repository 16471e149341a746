/** Pages that meet by real RTCPeerConnections over a hub, opened once for all tests of a file. */
import type { Page } from '@playwright/test';
import { afterAll, beforeAll } from 'vitest';
import type { PageOptions } from './page.ts';
import { openPages, type Pages } from './pages.ts';

export interface WebrtcPages {
  readonly pages: Pages;
  /** a room that nobody was in yet */
  nextOptions(): PageOptions;
  /** each with a profile of its own, and not started yet */
  openPeers(count: number, options: PageOptions): Promise<readonly Page[]>;
}

export const useWebrtcPages = (): WebrtcPages => {
  let pages: Pages | undefined;
  let rooms = 0;
  beforeAll(async () => {
    pages = await openPages();
  }, 60_000);
  afterAll(() => pages?.close());
  const opened = (): Pages => {
    if (pages === undefined) throw new Error('no pages yet');
    return pages;
  };
  return {
    get pages() {
      return opened();
    },
    nextOptions: () => ({
      room: `room-${++rooms}`,
      password: 'of this epoch',
      signaling: [opened().signaling],
      maxConns: 12,
    }),
    openPeers: (count, options) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const page = await opened().open();
          await page.evaluate((given) => weft.useWebrtc(given), options);
          return page;
        }),
      ),
  };
};
