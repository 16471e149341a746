/** Two codes, and no server: real RTCPeerConnections between pages of separate browser profiles that know no hub. */
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PageOptions } from './transports/page.ts';
import { openPages, type Pages } from './transports/pages.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
}, 60_000);
afterAll(() => pages.close());

let rooms = 0;
const open = async <Count extends number>(count: Count, changed: Partial<PageOptions> = {}) => {
  const options = { room: `near-${++rooms}`, password: 'of this epoch', signaling: [], maxConns: 8, ...changed };
  const opened = await Promise.all(
    Array.from({ length: count }, async () => {
      const page = await pages.open();
      await page.evaluate((given) => weft.meetNearby(given), options);
      return page;
    }),
  );
  const [amina, bruno, chen] = opened;
  if (amina === undefined) throw new Error('nobody');
  return { options, opened, amina, bruno: bruno ?? amina, chen: chen ?? amina };
};

afterEach(async () => {
  await pages.closeContexts();
  expect(pages.errors()).toEqual([]);
});

const connect = async (shows: Page, reads: Page): Promise<void> => {
  const offer = await shows.evaluate(() => weft.nearbyOffer());
  const answer = await reads.evaluate((text) => weft.nearbyRead(text), offer);
  expect(answer).toMatch(/^WEFT1N\./);
  await shows.evaluate((text) => weft.nearbyRead(text), answer);
};

const links = (page: Page): Promise<number> => page.evaluate(() => weft.linkCount());
const outcomes = (page: Page): Promise<readonly string[]> => page.evaluate(() => weft.nearbyOutcomes());

test('two codes connect two devices, both codes are short, and no socket is opened', async () => {
  const { amina, bruno } = await open(2);
  const offer = await amina.evaluate(() => weft.nearbyOffer());
  const answer = await bruno.evaluate((text) => weft.nearbyRead(text), offer);
  for (const code of [offer, answer]) {
    expect(code).toMatch(/^WEFT1N\.[A-Z2-7]+$/);
    expect(code.length).toBeLessThanOrEqual(300);
  }
  await amina.evaluate((text) => weft.nearbyRead(text), answer);
  for (const page of [amina, bruno]) {
    await expect.poll(() => links(page)).toBe(1);
    expect(await outcomes(page)).toContain('connected');
    const { connections, sockets } = await page.evaluate(() => weft.made());
    expect(sockets).toEqual([]);
    expect(connections.map(({ config }) => config)).toEqual(['{"iceServers":[],"iceTransportPolicy":"all"}']);
  }
  expect(await amina.evaluate(() => weft.linkBindings())).toEqual(await bruno.evaluate(() => weft.linkBindings()));
  await amina.evaluate(() => weft.say('hello'));
  await expect.poll(() => bruno.evaluate(() => weft.heard())).toEqual(['hello']);
});

test('the answer may be read later than any other connection may take to open', async () => {
  const { amina, bruno } = await open(2, { openWithinMs: 1500 });
  const offer = await amina.evaluate(() => weft.nearbyOffer());
  const answer = await bruno.evaluate((text) => weft.nearbyRead(text), offer);
  await bruno.evaluate(() => new Promise((resolve) => setTimeout(resolve, 4000)));
  expect(await outcomes(bruno)).toEqual([]);
  await amina.evaluate((text) => weft.nearbyRead(text), answer);
  for (const page of [amina, bruno]) await expect.poll(() => links(page)).toBe(1);
});

test('whoever comes to one by codes meets the others by what that one passes on, and stays when it leaves', async () => {
  const { opened, amina, bruno, chen } = await open(4);
  const dalia = opened[3] ?? amina;
  await connect(amina, bruno);
  await expect.poll(() => links(amina)).toBe(1);
  await connect(bruno, chen);
  for (const page of [amina, bruno, chen]) await expect.poll(() => links(page)).toBe(2);
  // any of them can bring in the next one, in either part
  await connect(dalia, chen);
  for (const page of opened) await expect.poll(() => links(page)).toBe(3);
  await bruno.evaluate(() => weft.leave());
  for (const page of [amina, chen, dalia]) await expect.poll(() => links(page)).toBe(2);
  await amina.evaluate(() => weft.say('still here'));
  for (const page of [chen, dalia]) await expect.poll(() => page.evaluate(() => weft.heard())).toEqual(['still here']);
  for (const page of opened) expect((await page.evaluate(() => weft.made())).sockets).toEqual([]);
}, 60_000);

test('two that show each other their codes at once are connected by either', async () => {
  const { amina, bruno } = await open(2);
  const hers = await amina.evaluate(() => weft.nearbyOffer());
  const his = await bruno.evaluate(() => weft.nearbyOffer());
  const [toHis, toHers] = [
    await amina.evaluate((text) => weft.nearbyRead(text), his),
    await bruno.evaluate((text) => weft.nearbyRead(text), hers),
  ];
  await amina.evaluate((text) => weft.nearbyRead(text), toHers);
  for (const page of [amina, bruno]) await expect.poll(() => links(page)).toBe(1);
  // the second scan finds them connected
  await bruno.evaluate((text) => weft.nearbyRead(text), toHis);
  expect(await Promise.all([links(amina), links(bruno)])).toEqual([1, 1]);
});

test('a code is read once and by one: a stranger, a second reader and a late one get nowhere', async () => {
  const { amina, bruno, chen, options } = await open(3);
  const eve = await pages.open();
  await eve.evaluate((given) => weft.meetNearby({ ...given, password: 'of another space' }), options);
  const offer = await amina.evaluate(() => weft.nearbyOffer());
  expect(await eve.evaluate((text) => weft.nearbyRead(text), offer)).toBe('Foreign');
  expect(await eve.evaluate(() => weft.made().connections)).toEqual([]);
  const answer = await bruno.evaluate((text) => weft.nearbyRead(text), offer);
  const second = await chen.evaluate((text) => weft.nearbyRead(text), offer);
  await amina.evaluate((text) => weft.nearbyRead(text), answer);
  await expect.poll(() => links(amina)).toBe(1);
  expect(await amina.evaluate((text) => weft.nearbyRead(text), second)).toBe('Stale');
  expect(await chen.evaluate((text) => weft.nearbyRead(text), answer)).toBe('Stale');
  expect(await amina.evaluate((text) => weft.nearbyRead(text), offer)).toBe('Own');
});

test('a new code ends the one before it, and one that is stopped leaves nothing behind', async () => {
  const { amina, bruno } = await open(2);
  const old = await amina.evaluate(() => weft.nearbyOffer());
  const answer = await bruno.evaluate((text) => weft.nearbyRead(text), old);
  await amina.evaluate(() => weft.nearbyOffer());
  expect(await outcomes(amina)).toEqual(['stopped']);
  expect(await amina.evaluate((text) => weft.nearbyRead(text), answer)).toBe('Stale');
  for (const page of [amina, bruno]) {
    await page.evaluate(() => weft.nearbyStop());
    await page.evaluate(() => weft.leave());
    expect(await page.evaluate(() => weft.leftovers())).toEqual([]);
  }
});

test('where there is no way, it is said once the time for it is over', async () => {
  const { amina, bruno } = await open(2, { openWithinMs: 1500 });
  const offer = await amina.evaluate(() => weft.nearbyOffer());
  const answer = await bruno.evaluate((text) => weft.nearbyRead(text), offer);
  await bruno.evaluate(() => weft.nearbyStop());
  await amina.evaluate((text) => weft.nearbyRead(text), answer);
  await expect.poll(() => outcomes(amina), { timeout: 10_000 }).toContain('noWay');
  expect(await links(amina)).toBe(0);
});

test('a browser that gives no address of the device says so', async () => {
  const { amina } = await open(1, { relayOnly: true });
  expect(await amina.evaluate(() => weft.nearbyOffer())).toBe('NoAddress');
  await amina.evaluate(() => weft.leave());
  expect(await amina.evaluate(() => weft.leftovers())).toEqual([]);
});
