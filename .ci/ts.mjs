/**
 * Runs a TypeScript file: `node .ci/ts.mjs FILE [ARGUMENTS]`.
 * It is bundled under dist/ first, since Node 20 does not read types; packages stay where they are.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [, , file] = process.argv;
if (file === undefined) throw new Error('Which file?');
const outfile = resolve('dist', file.replace(/\.ts$/, '.mjs'));
await build({
  entryPoints: [file],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
});
process.setSourceMapsEnabled(true);
process.argv.splice(1, 2, outfile);
await import(pathToFileURL(outfile).href);
