/**
 * `npm run build`: the app, and beside it the same as one file, which are built at once; then what runs in Node.
 */
import { spawn } from 'node:child_process';

const run = (...args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });

const vite = (...args) => run('node_modules/vite/bin/vite.js', 'build', '--logLevel=warn', ...args);

const built = await Promise.all([vite(), vite('--mode=single')]);
if (!built.every(Boolean) || !(await run('.ci/bundle.mjs'))) process.exitCode = 1;
