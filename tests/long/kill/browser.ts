/** A person's browser: a process with a profile folder, which is killed and started again on the same profile. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, requireChromium } from '../../browser.ts';
import { savesAsDownloads } from '../../e2e/saved-file.ts';
import { NOTHING_SEEN, type Screen, watchScreen } from './screen.ts';

export interface Who {
  readonly name: string;
  readonly group: string;
  page: Page;
  /** what the screen has said, also of a browser that is gone */
  screen: Screen;
  /** complaints of the page */
  readonly errors: string[];
  /** Ends all of its processes at once. */
  kill(): Promise<void>;
  /** Another start on the same profile, up to an empty page. `isAlone`: it reaches no hub until `meetOthers`. */
  start(isAlone?: boolean): Promise<void>;
  meetOthers(): Promise<void>;
  /** Breaks its live connections, as a network that goes away does. */
  cut(): Promise<void>;
  /** Killed for good, with its profile. */
  end(): Promise<void>;
}

export const createWho = async (name: string, group: string, baseURL: string): Promise<Who> => {
  const profile = mkdtempSync(join(tmpdir(), 'weft-killed-'));
  let context: BrowserContext | null = null;
  const errors: string[] = [];
  const start = async (isAlone = false): Promise<void> => {
    context = await chromium.launchPersistentContext(profile, {
      baseURL,
      locale: 'en-GB',
      viewport: { width: 1000, height: 800 },
      reducedMotion: 'reduce',
      executablePath: requireChromium(),
      args: [...CHROMIUM_FLAGS],
    });
    context.setDefaultTimeout(30_000);
    await savesAsDownloads(context);
    who.screen = NOTHING_SEEN;
    await watchScreen(context, isAlone, (screen) => (who.screen = screen));
    who.page = context.pages()[0] ?? (await context.newPage());
    who.page.on('pageerror', ({ message }) => void (isOfNoNetwork(message) || errors.push(message)));
    who.page.on('console', (said) => {
      if (said.type() === 'error' && !isOfNoNetwork(said.text())) errors.push(said.text());
    });
  };
  const kill = async (): Promise<void> => {
    endProcesses(profile);
    await context?.close().catch(() => undefined);
    context = null;
  };
  const tell = (event: string): Promise<void> =>
    who.page.evaluate((type) => void dispatchEvent(new Event(type)), event);
  const who: Who = {
    name,
    group,
    page: undefined as unknown as Page,
    screen: NOTHING_SEEN,
    errors,
    start,
    kill,
    meetOthers: () => tell('weft-test-meet'),
    cut: () => tell('weft-test-cut'),
    end: async () => {
      await kill();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await start();
  return who;
};

const isOfNoNetwork = (text: string): boolean => /net::|NetworkError|WebSocket|Failed to load resource/.test(text);

/** Every process that was started with this profile, and no other. */
const endProcesses = (profile: string): void => {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // gone meanwhile
    }
  }
};
