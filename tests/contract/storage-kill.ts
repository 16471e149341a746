/** Processes that write to a folder and are killed at any moment. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect } from 'vitest';
import { openFolderStorage } from '../../src/storage/folder.ts';
import { value } from './storage.ts';
import { createRandom, expectExactly, stepsIn } from './storage-steps.ts';

export interface Workshop {
  readonly folder: string;
  /** Starts a writer; `limit` is the most that a file may grow to, in the shell's blocks. */
  start(seed: number, compactOver: number, limit?: number): Writer;
  clean(): Promise<void>;
}

export interface Writer {
  readonly process: ChildProcess;
  /** what it says, line by line */
  readonly lines: AsyncIterator<string>;
  /** once it has ended; its last line comes before that */
  readonly ended: Promise<unknown>;
  /** Ends it at once; gives what else it had said. */
  kill(): Promise<string[]>;
}

export const createWorkshop = async (): Promise<Workshop> => {
  const parent = await mkdtemp(join(tmpdir(), 'weft-kill-'));
  const script = join(parent, 'writer.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('storage-writer.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const folder = join(parent, 'vault');
  return {
    folder,
    start: (seed, compactOver, limit) => {
      const given = [script, folder, `${seed}`, `${compactOver}`];
      const child =
        limit === undefined
          ? spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'inherit'] })
          : spawn('sh', ['-c', `ulimit -f ${limit}; exec "$@"`, 'sh', process.execPath, ...given], {
              stdio: ['ignore', 'pipe', 'inherit'],
            });
      const ended = once(child, 'exit');
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return {
        process: child,
        lines,
        ended,
        kill: async () => {
          child.kill('SIGKILL');
          await ended;
          const rest: string[] = [];
          for (let line = await lines.next(); !line.done; line = await lines.next()) rest.push(line.value);
          return rest;
        },
      };
    },
    clean: () => rm(parent, { recursive: true }),
  };
};

/** Kills a writer `count` times in one folder, each time at another moment, and looks at what is left. */
export const killAndLook = async (workshop: Workshop, count: number, seed: number): Promise<void> => {
  const random = createRandom(seed);
  for (let round = 0; round < count; round++) {
    const writer = workshop.start(seed, 200_000);
    // 0: while it opens what the last one left
    const wanted = Math.floor(random() * 30);
    let acknowledged = 0;
    expect((await writer.lines.next()).value).toBe('ready');
    for (let seen = 0; seen < wanted; seen++) acknowledged = Number((await writer.lines.next()).value);
    await new Promise((resolve) => setTimeout(resolve, random() * 8));
    for (const line of await writer.kill()) acknowledged = Number(line);

    const storage = value(await openFolderStorage(workshop.folder, { compactOver: 200_000 }));
    const steps = await stepsIn(storage);
    const say = `seed ${seed}, kill ${round + 1}`;
    expect(steps, say).toBeGreaterThanOrEqual(acknowledged);
    // one more may have been written and not yet told
    if (acknowledged > 0) expect(steps, say).toBeLessThanOrEqual(acknowledged + 1);
    await expectExactly(storage, seed, steps);
    await storage.close();
  }
};
