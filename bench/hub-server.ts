/** A server in a process of its own, on loopback, with what the system knows of its memory and time (Linux). */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../tests/free-port.ts';

export interface Server {
  /** with a slash at its end */
  readonly address: string;
  /** bytes that it holds now; 0 where the system does not say */
  memory(): number;
  /** seconds of processor so far */
  cpu(): number;
  /** after a moment in which it could have ended */
  lives(): Promise<boolean>;
  stop(): Promise<void>;
}

const START_MS = 10_000;
const MOMENT_MS = 300;
const TICKS_A_SECOND = 100;
/** y-webrtc's own server would listen on every address of this machine. */
const ON_LOOPBACK = `data:text/javascript,${encodeURIComponent(`
  import net from 'node:net';
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function (port, host, ...rest) {
    return listen.call(this, Number(port), '127.0.0.1', ...(typeof host === 'string' ? rest : [host, ...rest]));
  };
`)}`;

export const startServer = async (script: string): Promise<Server> => {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', ON_LOOPBACK, script], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      hasEnded = true;
      resolve();
    });
  });
  const fromSystem = (file: string): string => {
    try {
      return readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  for (const until = Date.now() + START_MS; ; await sleep(50)) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (isUp) break;
    if (hasEnded || Date.now() > until) throw new Error(`${script} does not start`);
  }
  return {
    address: `ws://127.0.0.1:${port}/`,
    memory: () => Number(/^VmRSS:\s+(\d+)/m.exec(fromSystem('status'))?.[1] ?? 0) * 1024,
    cpu: () => {
      const [user = 0, system = 0] = fromSystem('stat').split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
      return (user + system) / TICKS_A_SECOND;
    },
    lives: async () => {
      await sleep(MOMENT_MS);
      return !hasEnded;
    },
    stop: async () => {
      if (!hasEnded) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
};
