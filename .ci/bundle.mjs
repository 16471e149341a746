/**
 * Bundles what runs in Node, each to one file that needs no node_modules: the hub and the command line. Puts the app as one
 * file beside the app, where it has been built, for whoever serves that to give away.
 */
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { build } from 'esbuild';

// Packages that are still CommonJS (ws) call `require` for Node's own modules.
const REQUIRE = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";
const HASHBANG = '#!/usr/bin/env node';

const bundle = async (entry, outfile, { executable }) => {
  const source = await readFile(entry, 'utf8');
  const banner = executable && !source.startsWith('#!') ? `${HASHBANG}\n${REQUIRE}` : REQUIRE;
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['node', 'import'],
    banner: { js: banner },
    sourcemap: true,
    logLevel: 'warning',
  });
  if (executable) await chmod(outfile, 0o755);
};

const results = await Promise.allSettled([
  bundle('src/hub/main.ts', 'dist/hub/main.js', { executable: false }),
  bundle('src/cli/weft.ts', 'dist/cli/weft.js', { executable: true }),
]);
for (const { reason } of results.filter(({ status }) => status === 'rejected')) {
  console.error(reason.message);
  process.exitCode = 1;
}

// after the app's own build, so that no device stores it together with the app
const SINGLE = 'dist-single/weft.html';
if (existsSync(SINGLE) && existsSync('dist/app')) await copyFile(SINGLE, 'dist/app/weft.html');

// npm links the commands of dependencies, not of the project itself: this makes `npx weft` find the one just built.
await mkdir('node_modules/.bin', { recursive: true });
await rm('node_modules/.bin/weft', { force: true });
await symlink('../../dist/cli/weft.js', 'node_modules/.bin/weft');
