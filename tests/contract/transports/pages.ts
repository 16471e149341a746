/** Real pages in a real Chromium, served by the hub, each with a probe. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { type Hub, startHub } from '../../../src/hub/server.ts';
import { CHROMIUM_FLAGS, requireChromium } from '../../browser.ts';
import type { RemoteProbe } from '../transports.ts';

export interface Pages {
  readonly url: string;
  /** the hub's signaling address */
  readonly signaling: string;
  /** and that of its relay */
  readonly relay: string;
  /** A page of its own browser profile, or of one that is given. The first may be one that an earlier test has left. */
  open(context?: BrowserContext): Promise<Page>;
  /** A page as from another machine over plain http: the same hub under a name that is no secure context. */
  openInsecure(): Promise<Page>;
  readonly insecureSignaling: string;
  newContext(): Promise<BrowserContext>;
  stopHub(): Promise<void>;
  /** at the same address as before */
  restartHub(): Promise<void>;
  /** what the pages threw or failed at, since the last call */
  errors(): readonly string[];
  /** Leaves the pages of their own profiles, for others to come, and closes all else. */
  closeContexts(): Promise<void>;
  close(): Promise<void>;
}

/** A name that Chromium is told to find on this machine, and does not know to be this machine. */
const ELSEWHERE = 'weft.test';

export const openPages = async (): Promise<Pages> => {
  const root = mkdtempSync(join(tmpdir(), 'weft-pages-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'page.ts')],
    outfile: join(root, 'page.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  writeFileSync(join(root, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>');
  const browser: Browser = await chromium.launch({
    executablePath: requireChromium(),
    args: [...CHROMIUM_FLAGS, `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`],
  });
  let hub: Hub | null = await startHub({ root, host: '127.0.0.1', port: 0 });
  const { url } = hub;
  let errors: string[] = [];
  const contexts = new Set<BrowserContext>();

  const newContext = async (): Promise<BrowserContext> => {
    const context = await browser.newContext({ permissions: ['microphone'] });
    contexts.add(context);
    return context;
  };

  // a page goes to what its address gives, whatever it was before; a new one costs a process
  const used = new Set<Page>();
  const left: Page[] = [];

  const show = async (page: Page, address: string): Promise<Page> => {
    await page.goto(address);
    await page.waitForFunction(() => 'weft' in globalThis);
    return page;
  };
  const open = async (context: BrowserContext, address: string): Promise<Page> => {
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    return show(page, address);
  };
  const openOwn = async (): Promise<Page> => {
    const page = left.pop();
    const shown = page === undefined ? await open(await newContext(), url) : await show(page, url);
    used.add(shown);
    return shown;
  };
  const insecureUrl = url.replace('127.0.0.1', ELSEWHERE);

  return {
    url,
    signaling: signalingOf(url),
    relay: `${url.replace('http', 'ws')}relay`,
    insecureSignaling: signalingOf(insecureUrl),
    newContext,
    open: (context) => (context === undefined ? openOwn() : open(context, url)),
    openInsecure: async () => open(await newContext(), insecureUrl),
    stopHub: async () => {
      await hub?.close();
      hub = null;
    },
    restartHub: async () => {
      hub ??= await startHub({ root, host: '127.0.0.1', port: Number(new URL(url).port) });
    },
    errors: () => {
      const seen = errors;
      errors = [];
      return seen;
    },
    closeContexts: async () => {
      const kept = [...used].filter((page) => !page.isClosed());
      used.clear();
      const ofKept = new Set([...kept, ...left].map((page) => page.context()));
      await Promise.all([
        ...kept.map((page) => page.goto('about:blank')),
        ...[...contexts].filter((context) => !ofKept.has(context)).map((context) => context.close()),
      ]);
      left.push(...kept);
    },
    close: async () => {
      await browser.close();
      await hub?.close();
      rmSync(root, { recursive: true });
    },
  };
};

const signalingOf = (url: string): string => `${url.replace('http', 'ws')}signal`;

export const probeIn = (page: Page): RemoteProbe => ({
  start: () => page.evaluate(() => weft.probe().start()),
  stop: () => page.evaluate(() => weft.probe().stop()),
  links: (count) => page.evaluate((n) => weft.probe().links(n), count),
  openCount: () => page.evaluate(() => weft.probe().openCount()),
  open: () => page.evaluate(() => weft.probe().open()),
  messages: (count) => page.evaluate((n) => weft.probe().messages(n), count),
  closes: (count) => page.evaluate((n) => weft.probe().closes(n), count),
  send: (...args) => page.evaluate((given) => weft.probe().send(...given), args),
  sendSlowly: (...args) => page.evaluate((given) => weft.probe().sendSlowly(...given), args),
  drain: (link) => page.evaluate((id) => weft.probe().drain(id), link),
  backlog: (link) => page.evaluate((id) => weft.probe().backlog(id), link),
  sendTooLarge: (link) => page.evaluate((id) => weft.probe().sendTooLarge(id), link),
  close: (...args) => page.evaluate((given) => weft.probe().close(...given), args),
  echo: () => page.evaluate(() => weft.probe().echo()),
});
