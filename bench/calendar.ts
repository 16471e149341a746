/**
 * A calendar of 5,000 actions of 60 groups beside one of 50 actions of 60 groups, in the built app in a real Chromium:
 * opened, a year of it scrolled through, searched, and an action's text written in. Null where there is no browser, or
 * nothing is built.
 */
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { prepareHash } from '../src/crypto/index.ts';
import { startHub } from '../src/hub/server.ts';
import { CHROMIUM_FLAGS, findChromium } from '../tests/browser.ts';
import { ACTIONS, GROUPS } from '../tests/large-calendar.ts';
import type { PlainOpening } from './calendar-page.ts';
import { type CalendarSpace, createCalendarSpace } from './calendar-space.ts';
import { type Figure, median } from './measure.ts';

const APP = 'dist/app';
const FEW = 50;
const OPENINGS = 5;
const SEARCHES = ['harbour', 'dignity', 'nurses w', 'march'];
const KEYS = 60;
/** The clock that the space was made by: the page's own is set to it, so that two runs see the same year. */
const NOW = Date.UTC(2026, 10, 23, 9);
const LAST_MONTH = '2027-11';

interface Times {
  readonly open: readonly number[];
  readonly plain: PlainOpening;
  /** of each screenful of a year: until the second frame after */
  readonly steps: readonly number[];
  /** main-thread work of all of them */
  readonly busy: number;
  readonly rows: number;
  readonly search: readonly number[];
  readonly typing: readonly number[];
  /** the longest task on the main thread, by what was done; 0: none over 50 ms */
  readonly longest: Readonly<Record<'scroll' | 'search' | 'typing', number>>;
}

export const measureCalendar = async (): Promise<readonly Figure[] | null> => {
  const executablePath = findChromium();
  if (executablePath === undefined || !existsSync(join(APP, 'index.html'))) return null;
  await prepareHash();
  const root = mkdtempSync(join(tmpdir(), 'weft-bench-'));
  cpSync(APP, root, { recursive: true });
  await build({
    entryPoints: ['bench/calendar-page.ts'],
    outfile: join(root, 'bench.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  writeFileSync(join(root, 'bench.html'), '<!doctype html><body></body><script type="module" src="bench.js"></script>');
  const hub = await startHub({ root, host: '127.0.0.1', port: 0 });
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    const measure = async (actions: number): Promise<readonly [CalendarSpace, Times]> => {
      const space = await createCalendarSpace(actions, GROUPS);
      writeFileSync(join(root, 'space.bin'), space.bytes);
      return [space, await measureSpace(browser, hub.url, space)];
    };
    const [, small] = await measure(FEW);
    const [space, large] = await measure(ACTIONS);
    return figuresOf(small, large, space);
  } finally {
    await browser.close();
    await hub.close();
    rmSync(root, { recursive: true });
  }
};

const measureSpace = async (browser: Browser, url: string, space: CalendarSpace): Promise<Times> => {
  const context = await browser.newContext({
    ...{ locale: 'en-GB', timezoneId: 'Europe/Rome', viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' },
  });
  await context.addInitScript(`{
    const [now, ahead] = [Date.now, ${NOW} - Date.now()];
    Date.now = () => now() + ahead;
    localStorage.setItem('weft.language', 'en');
  }`);
  const first = await context.newPage();
  first.setDefaultTimeout(300_000);
  await first.goto(`${url}bench.html`);
  await first.waitForFunction('"weftBench" in globalThis');
  await first.evaluate(`weftBench.seed('space.bin')`);
  const plains: PlainOpening[] = [];
  for (let round = 0; round < OPENINGS; round++)
    plains.push(await first.evaluate<PlainOpening>(`weftBench.plain('space.bin')`));
  await first.close();

  const address = `${url}#/calendar/${space.calendar}`;
  const open: number[] = [];
  for (let round = 0; round <= OPENINGS; round++) {
    const page = await openPage(context);
    await page.goto(address, { waitUntil: 'commit' });
    const time = await page.evaluate<number>('weftBench.shown');
    // the first one warms up, and its replica keeps a snapshot for the next
    if (round > 0) open.push(time);
    if (round === 0) await page.waitForTimeout(3000);
    await page.close();
  }
  const page = await openPage(context);
  await page.goto(address);
  await page.evaluate('weftBench.shown');
  const scrolled = await measureScroll(page);
  const searched = await measureSearch(page);
  await page.goto(`${address}/actions/${space.action}`);
  const typed = await measureTyping(page);
  await context.close();
  return {
    ...{
      open,
      plain: { states: plains[0]?.states ?? 0, milliseconds: median(plains.map((each) => each.milliseconds)) },
      steps: scrolled.steps,
      busy: scrolled.busy,
      rows: scrolled.rows,
    },
    ...{ search: searched.times, typing: typed.times },
    longest: { scroll: scrolled.longest, search: searched.longest, typing: typed.longest },
  };
};

/** Told in the page itself: when the first action can be read, what a key takes, and long tasks. */
const WATCH = `{
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(0);
  }));
  const shown = new Promise((done) => {
    const look = async () => {
      if (document.querySelector('section.month li a') === null) return void requestAnimationFrame(look);
      await painted();
      done(performance.now());
    };
    requestAnimationFrame(look);
  });
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)))
    .observe({ type: 'longtask' });
  const times = [];
  let start = 0;
  addEventListener('keydown', () => (start = performance.now()), { capture: true });
  addEventListener('input', () => void painted().then(() => times.push(performance.now() - start)), { capture: true });
  const taken = (list) => list.splice(0);
  globalThis.weftBench = {
    ...{ painted, shown, times: () => taken(times) },
    longest: () => Math.max(0, ...taken(tasks)),
    scroll: async (last) => {
      const steps = [];
      const seen = new Set();
      for (let still = 0; still < 3; ) {
        const from = performance.now();
        const before = scrollY;
        scrollBy(0, innerHeight - 100);
        await painted();
        await painted();
        steps.push(performance.now() - from);
        for (const link of document.querySelectorAll('section.month li a')) seen.add(link.closest('li'));
        still = scrollY === before ? still + 1 : 0;
        const month = document.querySelector('[id*="month-' + last + '"]');
        if (month !== null && month.getBoundingClientRect().top < innerHeight) break;
      }
      return { steps, rows: seen.size };
    },
  };
}`;

const openPage = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  await page.addInitScript(WATCH);
  return page;
};

const measureScroll = async (page: Page) => {
  const work = await page.context().newCDPSession(page);
  await work.send('Performance.enable');
  const busyNow = async (): Promise<number> => {
    const { metrics } = await work.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  await page.waitForTimeout(1000);
  await page.evaluate('weftBench.longest()');
  const before = await busyNow();
  const scrolled = await page.evaluate<{ readonly steps: readonly number[]; readonly rows: number }>(
    `weftBench.scroll('${LAST_MONTH}')`,
  );
  const busy = (await busyNow()) - before;
  await page.waitForTimeout(200);
  return { ...scrolled, busy, longest: await page.evaluate<number>('weftBench.longest()') };
};

const timesOf = async (page: Page, keys: number): Promise<readonly number[]> => {
  const times: number[] = [];
  while (times.length < keys) times.push(...(await page.evaluate<readonly number[]>('weftBench.times()')));
  await page.waitForTimeout(500);
  return times;
};

const measureSearch = async (page: Page) => {
  await page.evaluate('scrollTo(0, 0)');
  const field = page.getByRole('searchbox');
  await field.fill('x');
  await field.fill('');
  await page.waitForTimeout(1000);
  await page.evaluate('[weftBench.longest(), weftBench.times()]');
  let keys = 0;
  for (const words of SEARCHES) {
    for (const key of words) await field.press(key === ' ' ? 'Space' : key);
    await field.press('Control+a');
    await field.press('Backspace');
    keys += words.length + 1;
  }
  return { times: await timesOf(page, keys), longest: await page.evaluate<number>('weftBench.longest()') };
};

const measureTyping = async (page: Page) => {
  const field = page.getByRole('textbox').nth(1);
  await field.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('a');
  await page.waitForTimeout(1000);
  await page.evaluate('[weftBench.longest(), weftBench.times()]');
  for (let key = 0; key < KEYS; key++) await page.keyboard.press(key % 6 === 5 ? 'Space' : 'a', { delay: 20 });
  return { times: await timesOf(page, KEYS), longest: await page.evaluate<number>('weftBench.longest()') };
};

const figuresOf = (small: Times, large: Times, { actions, variations }: CalendarSpace): readonly Figure[] => {
  const both = (of: (times: Times) => number, digits = 0): string =>
    `${of(large).toFixed(digits)} ms ÷ ${of(small).toFixed(digits)} ms`;
  const ratio = (of: (times: Times) => number): number => of(large) / of(small);
  const perStep = ({ busy, steps }: Times): number => busy / steps.length;
  const said = `${actions} actions and ${variations} variations of ${GROUPS} groups ÷ ${FEW} actions`;
  const longest = (name: keyof Times['longest'], what: string): Figure => ({
    ...{ name: `longest main-thread task while ${what}, ${actions} actions`, value: large.longest[name], unit: 'ms' },
    ...{
      target: 100,
      method: `PerformanceObserver; 0: none over 50 ms; with ${FEW} actions ${small.longest[name]} ms`,
    },
  });
  return [
    {
      name: `a calendar opened by its address, to the first action painted: ${said}`,
      ratio: ratio(({ open }) => median(open)),
      target: 6,
      method: `${both(({ open }) => median(open))}, with the app’s own start; medians of ${OPENINGS}`,
    },
    {
      name: `that opening ÷ plain Yjs applying the same states, ${actions} actions`,
      ratio: median(large.open) / large.plain.milliseconds,
      target: null,
      method: `${median(large.open).toFixed(0)} ms ÷ ${large.plain.milliseconds.toFixed(0)} ms for ${large.plain.states} documents; plain shows nothing, keeps nothing and starts no app`,
    },
    {
      name: `main-thread work a screenful, a year of the agenda scrolled through: ${said}`,
      ratio: ratio(perStep),
      target: 2,
      method: `${both(perStep)}; ${large.steps.length} and ${small.steps.length} screenfuls; to the second frame ${both(({ steps }) => median(steps))}, p95 ${both(({ steps }) => percentile(steps))}`,
    },
    longest('scroll', 'scrolling through a year'),
    {
      name: `searching, from the key to the next frame, p95: ${said}`,
      ratio: ratio(({ search }) => percentile(search)),
      target: 2,
      method: `${both(({ search }) => percentile(search))}; medians ${both(({ search }) => median(search))}; ${large.search.length} keys`,
    },
    longest('search', 'searching'),
    {
      name: `writing in an action’s text, from the key to the next frame, p95: ${said}`,
      ratio: ratio(({ typing }) => percentile(typing)),
      target: 1.5,
      method: `${both(({ typing }) => percentile(typing))}; medians ${both(({ typing }) => median(typing))}; ${large.typing.length} keys`,
    },
    longest('typing', 'writing in an action’s text'),
  ];
};

const percentile = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
};
