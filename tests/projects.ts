/**
 * The vitest projects. A file named `*.browser.test.ts` runs in Chromium, every other `*.test.ts` in Node.
 * The long runs exist only where `npm run test:long` has set WEFT_COUNT and WEFT_SEED.
 */
import { playwright } from '@vitest/browser-playwright';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { CHROMIUM_FLAGS, findChromium } from './browser.ts';

/** Generous, for old machines with other work to do; a test that waits for nothing never comes near it. */
const PATIENCE = { testTimeout: 30_000, hookTimeout: 30_000 };

const IN_BROWSER = '**/*.browser.test.ts';

const inNode = (name: string): TestProjectInlineConfiguration => ({
  extends: true,
  test: { ...PATIENCE, name, environment: 'node', include: [`tests/${name}/**/*.test.ts`], exclude: [IN_BROWSER] },
});

const inBrowser = (name: string): TestProjectInlineConfiguration => {
  const executablePath = findChromium();
  return {
    extends: true,
    test: {
      ...PATIENCE,
      name: `${name}-browser`,
      include: [`tests/${name}/${IN_BROWSER}`],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: { args: [...CHROMIUM_FLAGS], ...(executablePath === undefined ? {} : { executablePath }) },
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
};

const long: TestProjectInlineConfiguration = {
  extends: true,
  test: { name: 'long', environment: 'node', include: ['tests/long/**/*.test.ts'], testTimeout: 0, hookTimeout: 0 },
};

export const testProjects: TestProjectInlineConfiguration[] =
  process.env['WEFT_COUNT'] === undefined
    ? [inNode('unit'), inNode('contract'), inNode('vectors'), inBrowser('unit'), inBrowser('contract')]
    : [long];
