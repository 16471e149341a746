import { expect, test } from 'vitest';
import type { Link } from '../../src/sync/transport.ts';
import { createMemoryNetwork } from '../../src/transports/memory.ts';
import { type RemoteProbe, testTransport, type World } from './transports.ts';
import { createProbe, type Probe } from './transports/probe.ts';

const remote = (probe: Probe): RemoteProbe => ({
  start: async () => probe.start(),
  stop: () => probe.stop(),
  links: (count) => probe.links(count),
  openCount: async () => probe.openCount(),
  open: async () => probe.open(),
  messages: (count) => probe.messages(count),
  closes: (count) => probe.closes(count),
  send: async (...args) => probe.send(...args),
  sendSlowly: (...args) => probe.sendSlowly(...args),
  drain: (link) => probe.drain(link),
  backlog: async (link) => probe.backlog(link),
  sendTooLarge: async (link) => probe.sendTooLarge(link),
  close: async (...args) => probe.close(...args),
  echo: async () => probe.echo(),
});

const createWorld = async (count: number): Promise<World> => {
  const network = createMemoryNetwork();
  const names = Array.from({ length: count }, (_, i) => `probe-${i}`);
  return {
    probes: names.map((name) => remote(createProbe(network.createTransport(name)))),
    cut: async (a, b) => network.cut(`probe-${a}`, `probe-${b}`),
    mend: async (a, b) => network.mend(`probe-${a}`, `probe-${b}`),
    leftovers: async () => [],
    close: async () => undefined,
  };
};

testTransport({ name: 'memory', kind: 'memory', createWorld });

const answering = {
  opened: () => undefined,
  message: (link: Link, bytes: Uint8Array) => link.send(bytes),
  closed: () => undefined,
};

test('a loop of answers shows as an error past the limit', async () => {
  const network = createMemoryNetwork({ limit: 50 });
  const thrown: unknown[] = [];
  const careful = {
    ...answering,
    message: (link: Link, bytes: Uint8Array): void => {
      try {
        link.send(bytes);
      } catch (error) {
        thrown.push(error);
      }
    },
  };
  network.createTransport('a').start(careful);
  network.createTransport('b').start({ ...careful, opened: (link) => link.send(new Uint8Array(1)) });
  await expect(network.settle()).rejects.toThrow('more than 50 messages');
  expect(thrown).toHaveLength(1);
  expect(network.sent).toBe(51);
});

test('settle() resolves when all has arrived, and not before', async () => {
  const network = createMemoryNetwork();
  let arrived = 0;
  const quiet = { opened: () => undefined, message: () => void (arrived += 1), closed: () => undefined };
  network.createTransport('a').start(quiet);
  network.createTransport('b').start({
    ...quiet,
    opened: (link) => {
      for (let i = 0; i < 100; i++) link.send(new Uint8Array(10));
    },
  });
  expect(arrived).toBe(0);
  await network.settle();
  expect(arrived).toBe(100);
});

test('a chosen schedule changes who comes first, and never the order on one link', async () => {
  const run = async (choose?: (count: number) => number): Promise<readonly string[]> => {
    const network = createMemoryNetwork(choose === undefined ? {} : { choose });
    const log: string[] = [];
    const speaker = (name: string) => ({
      opened: (link: Link) => [1, 2, 3].forEach((n) => link.send(new TextEncoder().encode(`${name}${n}`))),
      message: () => undefined,
      closed: () => undefined,
    });
    const heard = {
      opened: () => undefined,
      message: (_: Link, bytes: Uint8Array) => void log.push(new TextDecoder().decode(bytes)),
      closed: () => undefined,
    };
    network.createTransport('listener').start(heard);
    network.createTransport('a').start(speaker('a'));
    network.createTransport('b').start(speaker('b'));
    network.cut('a', 'b');
    await network.settle();
    return log;
  };
  const usual = await run();
  const other = await run((count) => count - 1);
  expect(other).not.toEqual(usual);
  expect([...other].sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
  for (const name of ['a', 'b']) {
    const mine = other.filter((item) => item.startsWith(name));
    expect(mine).toEqual([...mine].sort());
  }
});

test('what was on its way when a link was cut is lost', async () => {
  const network = createMemoryNetwork();
  let arrived = 0;
  let toB: Link | undefined;
  network.createTransport('a').start({ ...answering, opened: (link) => (toB = link) });
  network.createTransport('b').start({ ...answering, message: () => void (arrived += 1) });
  await network.settle();
  toB?.send(new Uint8Array(10));
  network.cut('a', 'b');
  await network.settle();
  expect(arrived).toBe(0);
});
