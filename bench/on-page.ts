/** Bundles a script, serves it beside some data, and works on it in a real Chromium. Null where there is no browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { startHub } from '../src/hub/server.ts';
import { CHROMIUM_FLAGS, findChromium } from '../tests/browser.ts';

export interface PageFiles {
  /** the script's source; what it imports of CSS is linked */
  readonly script: string;
  readonly data?: Uint8Array;
}

export const onPage = async <T>(files: PageFiles, work: (page: Page) => Promise<T>): Promise<T | null> => {
  const executablePath = findChromium();
  if (executablePath === undefined) return null;
  const root = mkdtempSync(join(tmpdir(), 'weft-bench-'));
  const { metafile } = await build({
    entryPoints: [files.script],
    outfile: join(root, 'page.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    metafile: true,
  });
  const hasStyle = Object.keys(metafile.outputs).some((path) => path.endsWith('.css'));
  const style = hasStyle ? '<link rel="stylesheet" href="page.css">' : '';
  writeFileSync(
    join(root, 'index.html'),
    `<!doctype html>${style}<body></body><script type="module" src="page.js"></script>`,
  );
  if (files.data) writeFileSync(join(root, 'data.bin'), files.data);
  const hub = await startHub({ root, host: '127.0.0.1', port: 0 });
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(300_000);
    await page.goto(hub.url);
    await page.waitForFunction('"weftBench" in globalThis');
    return await work(page);
  } finally {
    await browser.close();
    await hub.close();
    rmSync(root, { recursive: true });
  }
};
