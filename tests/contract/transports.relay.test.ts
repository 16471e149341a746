/** Pages of separate browser profiles that reach each other through a real hub's relay, and not otherwise. */
import { afterAll, beforeAll } from 'vitest';
import { testTransport, type World } from './transports.ts';
import type { PageRelayOptions } from './transports/page.ts';
import { openPages, type Pages, probeIn } from './transports/pages.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
}, 60_000);
afterAll(() => pages.close());

let worlds = 0;
const nextOptions = (): PageRelayOptions => ({
  room: `room-of-a-relay-${++worlds}`,
  password: 'of this epoch',
  hubs: [pages.relay],
  reach: 'one',
  degree: 12,
  isDirectToo: false,
});

const createWorld = async (count: number): Promise<World> => {
  const options = nextOptions();
  const peers = await Promise.all(
    Array.from({ length: count }, async () => {
      const page = await pages.open();
      await page.evaluate((given) => weft.useRelay(given), options);
      return page;
    }),
  );
  return {
    probes: peers.map(probeIn),
    cut: () => pages.stopHub(),
    mend: () => pages.restartHub(),
    leftovers: async (index) => (await peers[index]?.evaluate(() => weft.leftovers())) ?? ['no page'],
    close: async () => {
      await pages.closeContexts();
      await pages.restartHub();
      if (pages.errors().length > 0) throw new Error('a page threw');
    },
  };
};

testTransport({ name: 'relay', kind: 'relay', createWorld });
