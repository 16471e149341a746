/**
 * `npm test`: everything, in order, cheapest first. A step that fails does not stop the next ones.
 * The last line counts the tests of all suites; a failed step without tests counts as one failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { findFirefox, requireChromium } from './browser.ts';
import { dataFolder } from './data.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Step {
  readonly heading: string;
  readonly run: () => Count;
}

/** Longer than any step may take: one that hangs fails, and the next ones run. */
const MOST_MILLISECONDS = 15 * 60_000;

const REPORTS = resolve('dist/tests/reports');

/** Runs one of the project's own tools, its output passed through; true if it succeeded. */
const succeeds = (tool: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean =>
  spawnSync(resolve('node_modules/.bin', tool), args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: MOST_MILLISECONDS,
    env: { ...process.env, ...env },
  }).status === 0;

/** A check that counts no tests: silent in the sum unless it fails. */
const check = (heading: string, tool: string, ...args: readonly string[]): Step => ({
  heading,
  run: () => ({ passed: 0, failed: succeeds(tool, args) ? 0 : 1 }),
});

const script = (heading: string, file: string): Step => ({
  heading,
  run: () => ({
    passed: 0,
    failed: spawnSync(process.execPath, [file], { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0 ? 0 : 1,
  }),
});

/** A run that ended badly has failed at least once, whatever its report says, and one that ran nothing has failed. */
const settle = (succeeded: boolean, { passed, failed }: Count): Count => ({
  passed,
  failed: failed === 0 && (!succeeded || passed === 0) ? 1 : failed,
});

const readReport = (path: string): Readonly<Record<string, unknown>> => {
  if (!existsSync(path)) return {};
  const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof report === 'object' && report !== null ? { ...report } : {};
};

const numberIn = (report: Readonly<Record<string, unknown>>, key: string): number => {
  const value = report[key];
  return typeof value === 'number' ? value : 0;
};

const vitest = (heading: string, ...projects: readonly string[]): Step => ({
  heading,
  run: () => {
    const path = resolve(REPORTS, `${projects.join('+')}.json`);
    const succeeded = succeeds('vitest', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${path}`,
      ...projects.map((project) => `--project=${project}`),
    ]);
    const report = readReport(path);
    return settle(succeeded, {
      passed: numberIn(report, 'numPassedTests'),
      failed: numberIn(report, 'numFailedTests'),
    });
  },
});

const playwright = (heading: string): Step => ({
  heading,
  run: () => {
    const path = resolve(REPORTS, 'e2e.json');
    const succeeded = succeeds(
      'playwright',
      ['test', '--config=tests/e2e/playwright.config.ts', '--reporter=list,json'],
      {
        PLAYWRIGHT_JSON_OUTPUT_FILE: path,
      },
    );
    const stats = readReport(path)['stats'];
    const report = typeof stats === 'object' && stats !== null ? { ...stats } : {};
    return settle(succeeded, { passed: numberIn(report, 'expected'), failed: numberIn(report, 'unexpected') });
  },
});

const STEPS: readonly Step[] = [
  check('Layout of the code (prettier)', 'prettier', '--check', '--log-level=warn', '.'),
  check('Types (tsc)', 'tsc', '-p', '.'),
  check(
    'Types in components (svelte-check)',
    'svelte-check',
    '--tsconfig=tsconfig.json',
    '--fail-on-warnings',
    '--output=human',
  ),
  check('Lint (eslint)', 'eslint', '--max-warnings=0', '.'),
  check(
    'Who imports whom (dependency-cruiser)',
    'depcruise',
    '--config=.dependency-cruiser.cjs',
    '--output-type=err-long',
    'src',
    'tests',
    'bench',
  ),
  check('Nothing unused (knip)', 'knip'),
  script('Paths named in the docs', '.ci/dead-paths.mjs'),
  vitest('Unit tests', 'unit', 'unit-browser'),
  vitest('Contract tests', 'contract', 'contract-browser'),
  vitest('Vectors', 'vectors'),
  check('Build: the app (vite)', 'vite', 'build', '--logLevel=warn'),
  script('Build: hub and command line (esbuild)', '.ci/bundle.mjs'),
  check('Sizes (size-limit)', 'size-limit', '--config', '.ci/size-limit.config.mjs'),
  playwright('Stories in real browsers (playwright)'),
];

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(0)} s`;

const main = (): number => {
  try {
    console.log(`Browser: ${requireChromium()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
  if (dataFolder === undefined)
    console.log('Left out: suites that read ../shared/data, which is not beside this clone.');
  if (findFirefox() === undefined) console.log('Left out: stories with Firefox, which is not installed.');
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });

  const began = Date.now();
  const results = STEPS.map(({ heading, run }) => {
    console.log(`\n== ${heading}`);
    const start = Date.now();
    const count = run();
    console.log(`-- ${count.failed === 0 ? 'passed' : 'FAILED'}, ${seconds(start)}`);
    return { heading, ...count };
  });
  const failed = results.filter((result) => result.failed > 0);
  const sum = (key: 'passed' | 'failed'): number => results.reduce((total, result) => total + result[key], 0);

  console.log(`\n== All, ${seconds(began)}`);
  for (const { heading } of failed) console.log(`failed: ${heading}`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return failed.length === 0 ? 0 : 1;
};

process.exitCode = main();
