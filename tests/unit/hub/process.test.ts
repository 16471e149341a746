import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { encodeToRelay } from '../../../src/sync/wire-relay.ts';

let root: string;
let main: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'weft-hub-process-'));
  main = join(root, 'hub', 'main.js');
  mkdirSync(join(root, 'app'));
  writeFileSync(join(root, 'app', 'index.html'), '<!doctype html>');
  await build({
    entryPoints: [join(import.meta.dirname, '../../../src/hub/main.ts')],
    outfile: main,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'error',
  });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterAll(() => rmSync(root, { recursive: true }));

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

interface Running {
  readonly url: string;
  printed(): string;
  stop(signal: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
}

const run = async (...args: readonly string[]): Promise<Running> => {
  const started = spawn(process.execPath, [main, '--port', '0', ...args]);
  child = started;
  let printed = '';
  const ended = new Promise<number | null>((resolve) => started.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (data: Buffer) => {
        printed += data.toString();
        const found = /^Weft: (\S+)\n/m.exec(printed)?.[1];
        if (found !== undefined) resolve(found);
      });
    void ended.then(() => reject(new Error(`ended, saying ${printed}`)));
  });
  return { url, printed: () => printed, stop: (signal) => started.kill(signal), ended };
};

const open = async (url: string, path: string): Promise<{ readonly closed: Promise<number> }> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { rejectUnauthorized: false });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  if (path === 'signal') socket.send('{"type":"subscribe","topics":["secret-room-of-some-epoch"]}');
  else socket.send(encodeToRelay({ type: 'enter', room: 'secret-room-of-some-epoch' }));
  return { closed };
};

test.each(['SIGTERM', 'SIGINT'] as const)(
  'at %s it takes its leave of everybody and ends in seconds',
  async (signal) => {
    const hub = await run();
    const guests = await Promise.all([open(hub.url, 'signal'), open(hub.url, 'relay')]);
    const start = performance.now();
    hub.stop(signal);
    expect(await Promise.all(guests.map(({ closed }) => closed))).toEqual([1001, 1001]);
    expect(await hub.ended).toBe(0);
    expect(performance.now() - start).toBeLessThan(5000);
  },
);

test('it prints where it is, and nothing of who comes or what room they are in', async () => {
  const hub = await run();
  const guests = await Promise.all([open(hub.url, 'signal'), open(hub.url, 'relay')]);
  hub.stop('SIGTERM');
  await Promise.all(guests.map(({ closed }) => closed));
  await hub.ended;
  expect(hub.printed()).toBe(`Weft: ${hub.url}\n`);
});

test('with --https it says the fingerprint of the certificate that it made', async () => {
  const hub = await run('--https');
  await open(hub.url, 'signal');
  expect(hub.url).toMatch(/^https:/);
  expect(hub.printed()).toMatch(/^Certificate: (?:[0-9A-F]{2}:){31}[0-9A-F]{2}\nWeft: https:/);
});

test.each([
  [['--cert', 'nowhere.crt'], 'A certificate is two files'],
  [['--cert', '/nowhere/a.crt', '--key', '/nowhere/a.key'], 'cannot be written: ENOENT'],
  [['--open'], 'Unknown argument: --open'],
])('%j ends with 2 and a sentence', async (args, sentence) => {
  const started = spawn(process.execPath, [main, ...args]);
  child = started;
  let said = '';
  started.stderr.on('data', (data: Buffer) => (said += data.toString()));
  expect(await new Promise((resolve) => started.once('close', resolve))).toBe(2);
  expect(said).toContain(sentence);
});
