/** The built command line as a process, and folders to run it in. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Weft {
  readonly folder: string;
  run(...args: readonly string[]): Promise<Ended>;
  /** what it prints; throws where it fails */
  text(...args: readonly string[]): Promise<string>;
  json(...args: readonly string[]): Promise<Record<string, unknown>>;
  path(name: string): string;
  /** one sum over all files of a vault */
  sumOf(vault: string): string;
  close(): void;
}

export const buildWeft = async (): Promise<Weft> => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-cli-'));
  const program = join(folder, 'weft.mjs');
  await build({
    entryPoints: [resolve('src/cli/weft.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['node', 'import'],
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const run = (...args: readonly string[]): Promise<Ended> =>
    new Promise((done) => {
      execFile(process.execPath, [program, ...args], { cwd: folder, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
  const text = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(...args);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${code} ${stderr}`);
    return stdout.trim();
  };
  return {
    folder,
    run,
    text,
    json: async (...args) => JSON.parse(await text(...args, '--json')) as Record<string, unknown>,
    path: (name) => join(folder, name),
    sumOf: (vault) => {
      const hash = createHash('sha256');
      for (const name of readdirSync(join(folder, vault)).sort()) {
        hash.update(`${name}\0`).update(readFileSync(join(folder, vault, name)));
      }
      return hash.digest('hex');
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};
