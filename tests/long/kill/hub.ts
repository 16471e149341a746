/** The hub as a process of its own, on one port for as long as a world lasts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../free-port.ts';

const script = join(import.meta.dirname, '../../../dist/hub/main.js');

export interface HubProcess {
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<void>;
}

export const createHubProcess = async (): Promise<HubProcess> => {
  const port = await freePort();
  let running: ChildProcess | null = null;
  return {
    url: `http://127.0.0.1:${port}/`,
    start: async () => {
      const child = spawn(process.execPath, [script, '--port', `${port}`], { stdio: ['ignore', 'pipe', 'inherit'] });
      running = child;
      for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('Weft: ')) return;
      throw new Error('the hub did not start');
    },
    kill: async () => {
      if (!running) return;
      const ended = once(running, 'exit');
      running.kill('SIGKILL');
      running = null;
      await ended;
    },
  };
};
