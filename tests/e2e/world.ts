/**
 * People in stories: each has a profile of their own, and everything that their browser asks of a network is written
 * down. Their profiles stand in one browser, but for those who say so. A story has a hub of its own, which it may stop.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, firefox, type Page, test as base } from '@playwright/test';
import { startHub } from '../../src/hub/server.ts';
import { findFirefox, requireChromium } from '../browser.ts';
import { ELSEWHERE, STORY_FLAGS } from './flags.ts';
import { watchSockets } from './offline.ts';
import { savesAsDownloads, savesInto } from './saved-file.ts';

export interface PersonOptions {
  readonly browser?: 'chromium' | 'firefox';
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** a browser of their own, whose profile lies on the disk: it can be killed */
  readonly own?: boolean;
  /** their browser keeps the app: it opens with no network. Where it need not, a story is the faster. */
  readonly kept?: boolean;
  /** a Y4M or MJPEG file that the camera shows */
  readonly camera?: string;
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** where the device's clock is; as this machine's unless said (Chromium only) */
  readonly timezoneId?: string;
  /** where they open the app; at the hub's own address unless said */
  readonly at?: string;
  /** false: no packet gets through from device to device, as in a guest network: their browser finds no way to try */
  readonly direct?: boolean;
}

/** What a browser asked of the network. */
export interface Seen {
  readonly hosts: Set<string>;
  readonly sockets: Set<string>;
  /** each RTCPeerConnection's ICE servers, as JSON */
  readonly iceServers: Set<string>;
  /** complaints of the page: uncaught errors and console errors */
  readonly errors: string[];
}

export interface Person {
  readonly name: string;
  readonly context: BrowserContext;
  page: Page;
  readonly seen: Seen;
  /** Breaks all live connections of the page, as a network that goes away does. */
  cut(): Promise<void>;
  /** Ends the process of a browser of their own as a crash would; gives the same profile in a new one. */
  kill(): Promise<Person>;
  /** Closes the browser as a person does, and opens it again with the same profile. */
  restart(): Promise<Person>;
  close(): Promise<void>;
}

export interface StoryHub {
  readonly url: string;
  /** the same as from another machine, over plain http: no secure context (Chromium only) */
  readonly urlElsewhere: string;
  stop(): Promise<void>;
}

export interface World {
  readonly hub: StoryHub;
  person(name: string, options?: PersonOptions): Promise<Person>;
  /** another start of the hub on the same port */
  restartHub(): Promise<void>;
}

const root = process.env['WEFT_E2E_ROOT'] ?? join(import.meta.dirname, '../../dist/app');

/** A stopped hub, or no network: what some stories are about. Firefox gives some of it as errors of the page. */
const isOfNoNetwork = (text: string): boolean =>
  /net::|NetworkError|WebSocket|Failed to load resource|can’t establish/.test(text);

const watch = (page: Page, seen: Seen): void => {
  page.on('websocket', (socket) => seen.sockets.add(new URL(socket.url()).host));
  page.on('pageerror', ({ message }) => {
    if (!isOfNoNetwork(message)) seen.errors.push(message);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !isOfNoNetwork(message.text())) seen.errors.push(message.text());
  });
};

/** The app is never done with coming onto the device, as in the first seconds: a third of a short story's work. */
const keepNoApp = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    if ('serviceWorker' in navigator) navigator.serviceWorker.register = () => new Promise(() => undefined);
  });

const hasOwnBrowser = ({ own, browser, camera, at }: PersonOptions): boolean =>
  own === true || browser === 'firefox' || camera !== undefined || at?.startsWith('file:') === true;

const launch = async (
  baseURL: string,
  profile: string,
  options: PersonOptions,
  inCommon: Browser,
): Promise<BrowserContext> => {
  const shared = {
    baseURL,
    locale: options.locale ?? 'en-GB',
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'no-preference',
    acceptDownloads: true,
  } as const;
  if (options.browser === 'firefox') {
    const executablePath = findFirefox();
    if (executablePath === undefined) throw new Error('no Firefox here');
    const saved = join(profile, 'saved');
    mkdirSync(saved, { recursive: true });
    const context = await firefox.launchPersistentContext(profile, {
      ...shared,
      channel: 'moz-firefox',
      downloadsPath: saved,
      executablePath,
      firefoxUserPrefs: {
        // as people have it: a file's storage is its own there, which automation would change
        'security.fileuri.strict_origin_policy': true,
        'media.peerconnection.ice.loopback': true,
        'media.peerconnection.ice.obfuscate_host_addresses': false,
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
      },
    });
    savesInto(context, saved);
    return context;
  }
  const inChromium = {
    ...shared,
    ...(options.timezoneId === undefined ? {} : { timezoneId: options.timezoneId }),
    permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
  };
  if (!hasOwnBrowser(options)) return inCommon.newContext(inChromium);
  const camera = options.camera === undefined ? [] : [`--use-file-for-fake-video-capture=${options.camera}`];
  return chromium.launchPersistentContext(profile, {
    ...inChromium,
    executablePath: requireChromium(),
    args: [...STORY_FLAGS, ...camera],
  });
};

/** Ends every process that was started with this profile, and no other. */
const endProcesses = (profile: string): void => {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // gone meanwhile
    }
  }
};

export const test = base.extend<{ world: World }>({
  context: async ({ context }, use) => {
    await keepNoApp(context);
    await use(context);
  },
  world: async ({ browser }, use) => {
    let hub = await startHub({ root, host: '127.0.0.1', port: 0 });
    const { url } = hub;
    const port = Number(new URL(url).port);
    const people = new Set<Person>();
    const profiles: string[] = [];

    const enter = async (name: string, profile: string, options: PersonOptions): Promise<Person> => {
      const context = await launch(options.at ?? url, profile, options, browser);
      const seen: Seen = { hosts: new Set(), sockets: new Set(), iceServers: new Set(), errors: [] };
      context.on('request', (request) => {
        if (/^https?:/.test(request.url())) seen.hosts.add(new URL(request.url()).host);
      });
      await savesAsDownloads(context);
      await watchSockets(context);
      if (options.kept !== true) await keepNoApp(context);
      await context.exposeFunction('weftTestSawIce', (servers: string) => void seen.iceServers.add(servers));
      await context.addInitScript((isAlone) => {
        const Original = globalThis.RTCPeerConnection;
        globalThis.RTCPeerConnection = class extends Original {
          constructor(configuration?: RTCConfiguration) {
            super(isAlone ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
            const tell = (globalThis as unknown as { weftTestSawIce(text: string): void }).weftTestSawIce;
            tell(JSON.stringify(configuration?.iceServers ?? []));
            connections.add(this);
          }
        };
        const connections = new Set<RTCPeerConnection>();
        addEventListener('weft-test-cut', () => {
          for (const connection of connections) connection.close();
          connections.clear();
        });
      }, options.direct === false);
      context.on('page', (page) => watch(page, seen));
      const page = context.pages()[0] ?? (await context.newPage());
      watch(page, seen);
      const person: Person = {
        name,
        context,
        page,
        seen,
        cut: () => person.page.evaluate(() => void dispatchEvent(new Event('weft-test-cut'))),
        kill: async () => {
          if (!hasOwnBrowser(options)) throw new Error(`${name} shares a browser with others`);
          people.delete(person);
          endProcesses(profile);
          await context.close().catch(() => undefined);
          return enter(name, profile, options);
        },
        restart: async () => {
          await person.close();
          return enter(name, profile, options);
        },
        close: async () => {
          people.delete(person);
          await context.close();
        },
      };
      people.add(person);
      return person;
    };

    await use({
      hub: { url, urlElsewhere: url.replace('127.0.0.1', ELSEWHERE), stop: () => hub.close() },
      restartHub: async () => {
        hub = await startHub({ root, host: '127.0.0.1', port });
      },
      person: (name, options = {}) => {
        const profile = mkdtempSync(join(tmpdir(), 'weft-story-'));
        profiles.push(profile);
        return enter(name, profile, options);
      },
    });
    for (const person of people) await person.context.close().catch(() => undefined);
    await hub.close();
    for (const profile of profiles) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  },
});

export { expect } from '@playwright/test';
