/** Tabs of one browser profile. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testTransport, type World } from './transports.ts';
import { openPages, type Pages, probeIn } from './transports/pages.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
}, 60_000);
afterAll(() => pages.close());

const openTabs = async (count: number) => {
  const context = await pages.newContext();
  const tabs = await Promise.all(Array.from({ length: count }, () => pages.open(context)));
  for (const tab of tabs) await tab.evaluate(() => weft.useTabs('a room'));
  return tabs;
};

const createWorld = async (count: number): Promise<World> => {
  const tabs = await openTabs(count);
  const probes = tabs.map(probeIn);
  return {
    probes,
    cut: async (a) => tabs[a]?.evaluate(() => weft.stealLocks()),
    // a tab that the others hold for dead comes back by starting anew
    mend: async (a, b) => {
      await Promise.all([probes[a]?.stop(), probes[b]?.stop()]);
      await Promise.all([probes[a]?.start(), probes[b]?.start()]);
    },
    leftovers: async (index) => (await tabs[index]?.evaluate(() => weft.leftovers())) ?? ['no tab'],
    close: () => pages.closeContexts(),
  };
};

testTransport({ name: 'tabs', kind: 'tabs', createWorld });

test('a tab whose process dies is lost to the others', async () => {
  const [alice, bob] = await openTabs(2);
  if (alice === undefined || bob === undefined) throw new Error('no tabs');
  await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
  await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
  const session = await bob.context().newCDPSession(bob);
  // never answers: the page is gone
  void session.send('Page.crash').catch(() => undefined);
  expect((await probeIn(alice).closes(1)).map(({ reason }) => reason)).toEqual(['lost']);
  await pages.closeContexts();
});

test('a tab that is closed has left, and a reloaded one is met again', async () => {
  const [alice, bob] = await openTabs(2);
  if (alice === undefined || bob === undefined) throw new Error('no tabs');
  await Promise.all([probeIn(alice).start(), probeIn(bob).start()]);
  await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
  await bob.reload();
  await probeIn(alice).closes(1);
  await bob.evaluate(() => weft.useTabs('a room'));
  await probeIn(bob).start();
  await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
  await pages.closeContexts();
});

test('tabs of other rooms are not met', async () => {
  const [alice, bob, charlie] = await openTabs(3);
  if (alice === undefined || bob === undefined || charlie === undefined) throw new Error('no tabs');
  await charlie.evaluate(() => weft.useTabs('another room'));
  await Promise.all([alice, bob, charlie].map((tab) => probeIn(tab).start()));
  await Promise.all([probeIn(alice).links(1), probeIn(bob).links(1)]);
  expect(await probeIn(charlie).openCount()).toBe(0);
  await pages.closeContexts();
});
