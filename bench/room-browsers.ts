/** One room in so many real browsers: Weft, and beside it y-webrtc as it comes. Nothing where there is no browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { startHub } from '../src/hub/server.ts';
import { toHex } from '../src/lib/bytes.ts';
import { encodeIdentity } from '../src/log/identity.ts';
import { emptyVector } from '../src/log/vector.ts';
import { CHROMIUM_FLAGS, findChromium } from '../tests/browser.ts';
import { openRoom, quantile } from '../tests/simulated/room.ts';
import type { Figure } from './measure.ts';
import type { OurSeat } from './room-page.ts';

const BROWSERS = [4, 8, 12];
const WARM_UP = 5;
const EDITS = 40;
const PACE = 300;
/** Milliseconds that a room of them may take to meet, and an edit to come. */
const PATIENCE = 120_000;

export async function* measureBrowsers(): AsyncIterable<Figure> {
  const executablePath = findChromium();
  if (executablePath === undefined) return console.log('left out: real browsers (none was found)');
  const root = mkdtempSync(join(tmpdir(), 'weft-room-'));
  await build({
    entryPoints: ['bench/room-page.ts'],
    outfile: join(root, 'page.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  writeFileSync(join(root, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>');
  const hub = await startHub({ root, host: '127.0.0.1', port: 0 });
  try {
    for (const count of BROWSERS) {
      for (const kind of ['ours', 'plain'] as const) {
        const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
        try {
          yield await measure(browser, hub.url, kind, count);
        } finally {
          await browser.close();
        }
      }
    }
  } finally {
    await hub.close();
    rmSync(root, { recursive: true });
  }
}

const measure = async (browser: Browser, url: string, kind: 'ours' | 'plain', count: number): Promise<Figure> => {
  const pages = await openPages(browser, url, kind, count);
  const [typist] = pages;
  if (typist === undefined) throw new Error('nobody');
  await type(typist, pages, WARM_UP);
  // what follows on typing, and what is said once it is over
  await pause(6000);
  await sentBy(pages);
  const typed = await type(typist, pages, EDITS);
  const { messages, bytes } = await sentBy(pages);
  const seen = await Promise.all(pages.map((each) => each.evaluate(() => weftRoom.seen())));
  const times = typed.map((at, edit) => Math.max(...seen.map((each) => each[WARM_UP + edit] ?? Infinity)) - at);
  const degrees = await Promise.all(pages.map((each) => each.evaluate(() => weftRoom.connections())));
  const name = kind === 'ours' ? 'Weft' : 'y-webrtc as it comes';
  return {
    name: `messages on data channels for each edit, ${count} browsers, ${name}`,
    value: messages / EDITS,
    unit: 'messages',
    target: null,
    method:
      `${(messages / EDITS / (count - 1)).toFixed(2)} × (N−1) of all kinds, ${(bytes / EDITS).toFixed(0)} bytes an edit, all devices together; ` +
      `everybody has it after ${quantile(times, 0.5)} ms (median), ${quantile(times, 0.99)} ms (p99)${
        kind === 'ours' ? ', with the gathering of the typist, signing and storing' : ''
      }; ` +
      `${Math.min(...degrees)} to ${Math.max(...degrees)} connections a device`,
  };
};

const openPages = async (
  browser: Browser,
  url: string,
  kind: 'ours' | 'plain',
  count: number,
): Promise<readonly Page[]> => {
  const signaling = `${url.replace('http', 'ws')}signal`;
  const room = `bench-${kind}-${count}`;
  const seats = kind === 'ours' ? await seatsFor(count, room, signaling) : [];
  const pages: Page[] = [];
  for (let at = 0; at < count; at++) {
    const context = await browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => console.log(error.message));
    await page.goto(url);
    await page.waitForFunction(() => 'weftRoom' in globalThis);
    const seat = seats[at];
    if (seat) await page.evaluate((given) => weftRoom.ours(given), seat);
    else await page.evaluate(([of, hub]) => weftRoom.plain(of, hub), [room, signaling] as const);
    pages.push(page);
  }
  const wanted = Math.min(count - 1, kind === 'ours' ? 3 : count - 1);
  for (const page of pages) await page.waitForFunction((least) => weftRoom.connections() >= least, wanted);
  return pages;
};

/** Members of one space, each with what it takes to be one. */
const seatsFor = async (count: number, room: string, signaling: string): Promise<readonly OurSeat[]> => {
  const { people, document } = await openRoom({ people: count, seed: count });
  const packs: string[] = [];
  const [founder] = people.members;
  if (founder === undefined) throw new Error('nobody');
  for await (const pack of founder.replica.lacking(emptyVector()).packs()) packs.push(toHex(pack));
  return people.members.map(({ replica }) => {
    const identity = toHex(encodeIdentity(replica.identity));
    return { identity, packs, document, room, key: '07'.repeat(32), signaling };
  });
};

/** Gives when each was typed, once everybody has all of them. */
const type = async (typist: Page, pages: readonly Page[], times: number): Promise<readonly number[]> => {
  const typed: number[] = [];
  const before = (await typist.evaluate(() => weftRoom.seen())).length;
  for (let i = 0; i < times; i++) {
    typed.push(await typist.evaluate(() => weftRoom.type()));
    await pause(PACE);
  }
  for (const page of pages) await page.waitForFunction((all) => weftRoom.seen().length >= all, before + times);
  return typed;
};

const sentBy = async (pages: readonly Page[]): Promise<{ readonly messages: number; readonly bytes: number }> => {
  const all = await Promise.all(pages.map((page) => page.evaluate(() => weftRoom.sent())));
  return {
    messages: all.reduce((sum, each) => sum + each.messages, 0),
    bytes: all.reduce((sum, each) => sum + each.bytes, 0),
  };
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
