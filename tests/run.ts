/**
 * `npm test`: everything, in order, cheapest first. A step that fails does not stop the next ones. Checks that look only
 * at the code, and the builds, run two at a time; each says what it found when it has ended.
 * The last line counts the tests of all suites; a failed step without tests counts as one failure.
 */
import { spawn, spawnSync } from 'node:child_process';
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

/** It counts no tests, and may run beside another. */
interface Check {
  readonly heading: string;
  readonly command: string;
  readonly args: readonly string[];
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

const tool = (heading: string, name: string, ...args: readonly string[]): Check => ({
  heading,
  command: resolve('node_modules/.bin', name),
  args,
});

/** A step that counts no tests: silent in the sum unless it fails. */
const build = (heading: string, name: string, ...args: readonly string[]): Step => ({
  heading,
  run: () => ({ passed: 0, failed: succeeds(name, args) ? 0 : 1 }),
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
    const path = resolve(REPORTS, 'vitest.json');
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

/** The one that takes longest first, so that the others fit beside it. */
const CHECKS: readonly Check[] = [
  tool('Lint of the scripts (eslint)', 'eslint', '--max-warnings=0', '--ignore-pattern=**/*.svelte', '.'),
  tool('Lint of the components (eslint)', 'eslint', '--max-warnings=0', '**/*.svelte'),
  // of components and of all else that tsconfig.json includes
  tool('Types (svelte-check)', 'svelte-check', '--tsconfig=tsconfig.json', '--fail-on-warnings', '--output=human'),
  tool('Layout of the code (prettier)', 'prettier', '--check', '--log-level=warn', '.'),
  tool(
    'Who imports whom (dependency-cruiser)',
    'depcruise',
    '--config=.dependency-cruiser.cjs',
    '--output-type=err-long',
    'src',
    'tests',
    'bench',
  ),
  tool('Nothing unused (knip)', 'knip'),
  {
    heading: 'Build: the app, the same as one file, hub and command line',
    command: process.execPath,
    args: ['.ci/build.mjs'],
  },
  { heading: 'Paths named in the docs', command: process.execPath, args: ['.ci/dead-paths.mjs'] },
];

const STEPS: readonly Step[] = [
  vitest('Unit tests, contract tests, vectors', 'unit', 'unit-browser', 'contract', 'contract-browser', 'vectors'),
  build('Sizes (size-limit)', 'size-limit', '--config', '.ci/size-limit.config.mjs'),
  playwright('Stories in real browsers (playwright)'),
];

interface Outcome extends Count {
  readonly heading: string;
}

const verdict = ({ failed }: Count, start: number): string =>
  `-- ${failed === 0 ? 'passed' : 'FAILED'}, ${seconds(start)}`;

const runCheck = ({ heading, command, args }: Check): Promise<Outcome> =>
  new Promise((resolved) => {
    const start = Date.now();
    const parts: Buffer[] = [];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: MOST_MILLISECONDS });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => parts.push(part));
    const end = (succeeded: boolean): void => {
      const outcome = { heading, passed: 0, failed: succeeded ? 0 : 1 };
      console.log(`\n== ${heading}\n${Buffer.concat(parts).toString()}${verdict(outcome, start)}`);
      resolved(outcome);
    };
    child.once('error', (error) => {
      parts.push(Buffer.from(`${error.message}\n`));
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });

/** As many lanes, each taking the next check when it is free. */
const runChecks = async (lanes: number): Promise<readonly Outcome[]> => {
  const waiting = [...CHECKS];
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) outcomes.push(await runCheck(next));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
};

const runStep = ({ heading, run }: Step): Outcome => {
  console.log(`\n== ${heading}`);
  const start = Date.now();
  const count = run();
  console.log(verdict(count, start));
  return { heading, ...count };
};

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(0)} s`;

const main = async (): Promise<number> => {
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
  const results = [...(await runChecks(2)), ...STEPS.map(runStep)];
  const failed = results.filter((result) => result.failed > 0);
  const sum = (key: 'passed' | 'failed'): number => results.reduce((total, result) => total + result[key], 0);

  console.log(`\n== All, ${seconds(began)}`);
  for (const { heading } of failed) console.log(`failed: ${heading}`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return failed.length === 0 ? 0 : 1;
};

process.exitCode = await main();
