/**
 * Stories in real browsers, against the built app on the built hub. No retries: a flake is a bug.
 * Stories that stop the hub start one of their own.
 */
import { defineConfig } from '@playwright/test';
import { requireChromium } from '../browser.ts';
import { STORY_FLAGS } from './flags.ts';
import { freePort } from '../free-port.ts';

// Workers read this file again and must find the same port: they inherit the environment.
process.env['WEFT_E2E_PORT'] ??= String(await freePort());
const port = process.env['WEFT_E2E_PORT'];
const address = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: 'specs',
  outputDir: '../../test-results',
  retries: 0,
  // people wait for one another more than they work
  workers: 3,
  // stories have nothing in common, and some files hold the long ones
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: address,
    // what waits for ever would be told as the whole story's end
    actionTimeout: 60_000,
    // a quarter of the time of a run goes into traces, so they are taken where somebody looks for a fault
    trace: process.env['WEFT_TRACE'] === undefined ? 'off' : 'retain-on-failure',
    launchOptions: { executablePath: requireChromium(), args: [...STORY_FLAGS] },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: {
    command: 'node dist/hub/main.js',
    cwd: '../..',
    url: address,
    env: { PORT: port },
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
