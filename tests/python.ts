/**
 * The one place that looks for a Python that can give a second opinion: Debian's python3-icalendar and python3-dateutil.
 * Suites that want it leave themselves out where there is none, and say so.
 */
import { spawnSync } from 'node:child_process';

const find = (): string | undefined =>
  [process.env['WEFT_PYTHON'] ?? '', '/usr/bin/python3', 'python3']
    .filter((path) => path !== '')
    .find((path) => spawnSync(path, ['-c', 'import icalendar, dateutil']).status === 0);

let found: { readonly path: string | undefined } | undefined;

/** undefined: there is none */
export const findPython = (): string | undefined => (found ??= { path: find() }).path;

/** What `script` prints for what it is given, both as JSON. */
export const askPython = (script: string, question: unknown): unknown => {
  const path = findPython();
  if (path === undefined) throw new Error('No Python with icalendar and dateutil: apt-get install python3-icalendar');
  const run = spawnSync(path, [script], { input: JSON.stringify(question), maxBuffer: 2 ** 30, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
};
