/**
 * The one place that knows where a Chromium is. Tests and benches ask here and install nothing themselves.
 */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** What every Chromium of ours is started with; Playwright adds `--headless` itself. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--allow-loopback-in-peer-connection',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

const HOW_TO_GET_ONE =
  'No browser found: install Chromium (Debian: apt-get install chromium), or run "npx playwright install chromium", or set WEFT_CHROMIUM to the path of one.';

/** The path of a Chromium, or undefined. */
export const findChromium = (): string | undefined => {
  const chosen = process.env['WEFT_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : undefined;
  return ['/usr/bin/chromium', chromium.executablePath()].find((path) => existsSync(path));
};

/** The path of a Chromium; throws one sentence that says how to get one. */
export const requireChromium = (): string => {
  const path = findChromium();
  if (path === undefined) throw new Error(HOW_TO_GET_ONE);
  return path;
};

/** Debian's Firefox, which Playwright drives by `channel: 'moz-firefox'`; undefined where there is none. */
export const findFirefox = (): string | undefined =>
  [process.env['WEFT_FIREFOX'] ?? '', '/usr/bin/firefox-esr'].find((path) => path !== '' && existsSync(path));
