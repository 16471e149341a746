/** Signaling over links, in meshes of many shapes: it arrives, and nothing goes round. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openRandom, sealRandom } from '../../../src/crypto/index.ts';
import { concat, utf8 } from '../../../src/lib/bytes.ts';
import { createPassing, type SignalPassing } from '../../../src/transports/webrtc/passing.ts';
import { openSignal, sealSignal } from '../../../src/transports/webrtc/seal.ts';
import { createDice } from '../../world.ts';

const KEY = new Uint8Array(32).fill(1);
const { random, below } = createDice(7);
const open = (sealed: Uint8Array): Uint8Array | null => openRandom(KEY, sealed);
const seal = (signal: unknown): string => sealSignal(signal, (plain) => sealRandom(KEY, plain, random));
const announce = (from: string): string => seal({ type: 'announce', from });
const offerTo = (from: string, to: string): string =>
  seal({ type: 'signal', from, to, signal: { type: 'offer', sdp: 'm=application 9 x\r\n' } });

interface Device {
  readonly passing: SignalPassing;
  readonly heard: string[];
}

/** Devices by name, with these links; a message costs one of `limit`. */
const createMesh = (count: number, links: readonly (readonly [number, number])[], limit: number) => {
  const queue: (() => void)[] = [];
  let sent = 0;
  const run = (): void => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) next();
  };
  const devices: Device[] = Array.from({ length: count }, (_, id) => {
    const heard: string[] = [];
    const passing = createPassing({
      ownId: () => `d${id}`,
      openSignal: open,
      hash: (bytes) => createHash('sha256').update(bytes).digest(),
      send: (link, bytes) => {
        sent += 1;
        if (sent > limit) throw new Error('somebody passes on for ever');
        queue.push(() => devices[Number(link)]?.passing.hear(String(id), bytes));
      },
      deliver: (sealed) => {
        const said = openSignal(sealed, open);
        heard.push(typeof said === 'object' && said !== null && 'from' in said ? String(said.from) : '');
      },
      announce: () => undefined,
    });
    return { passing, heard };
  });
  for (const [a, b] of links) {
    devices[a]?.passing.met(String(b));
    devices[b]?.passing.met(String(a));
  }
  const device = (id: number): Device => devices[id] ?? { passing: createNobody(), heard: [] };
  return { device, devices, run, sent: () => sent };
};
const createNobody = (): SignalPassing => {
  throw new Error('nobody');
};

const line = (count: number): (readonly [number, number])[] =>
  Array.from({ length: count - 1 }, (_, at) => [at, at + 1] as const);
const everybody = (count: number): (readonly [number, number])[] =>
  Array.from({ length: count }, (_, a) => Array.from({ length: a }, (_unused, b) => [a, b] as const)).flat();

test('a call to all is heard once by each, and goes over each link at most twice', () => {
  for (let round = 0; round < 50; round++) {
    const count = 2 + below(20);
    const links = [...line(Math.min(count, 6)), ...everybody(count).filter(() => below(3) === 0)];
    const mesh = createMesh(count, links, links.length * 2);
    mesh.device(0).passing.say(announce('d0'), null);
    mesh.run();
    for (const { heard } of mesh.devices) expect(heard.length).toBeLessThanOrEqual(1);
    expect(mesh.device(0).heard).toEqual([]);
    expect(mesh.device(1).heard).toEqual(['d0']);
  }
});

test('an answer goes back the way by which its asker was heard, past nobody else', () => {
  const mesh = createMesh(
    6,
    everybody(6).filter(([a, b]) => a - b === 1 || (a === 5 && b === 2)),
    100,
  );
  mesh.device(0).passing.say(announce('d0'), null);
  mesh.run();
  const before = mesh.sent();
  mesh.device(5).passing.say(offerTo('d5', 'd0'), 'd0');
  mesh.run();
  // 5 to 2, 1, 0
  expect(mesh.sent() - before).toBe(3);
  expect(mesh.device(0).heard).toEqual(['d5']);
  expect([1, 2, 3, 4].flatMap((id) => mesh.device(id).heard)).toEqual(['d0', 'd0', 'd0', 'd0']);
});

test('one to somebody who was never heard goes to all, and is given to nobody but them', () => {
  const mesh = createMesh(7, line(7), 100);
  mesh.device(0).passing.say(offerTo('d0', 'd6'), 'd6');
  mesh.run();
  expect(mesh.devices.map(({ heard }) => heard.length)).toEqual([0, 0, 0, 0, 0, 0, 1]);
});

test('where a way is gone another is found', () => {
  const mesh = createMesh(4, [...line(4), [0, 3]], 100);
  mesh.device(0).passing.say(announce('d0'), null);
  mesh.run();
  mesh.device(3).passing.closed('0');
  mesh.device(3).passing.say(offerTo('d3', 'd0'), 'd0');
  mesh.run();
  expect(mesh.device(0).heard).toEqual(['d3']);
});

test('nothing goes further than it may, and nobody can say that it may go further', () => {
  const mesh = createMesh(20, line(20), 100);
  mesh.device(1).passing.hear('0', concat(Uint8Array.of(255), utf8(announce('d0'))));
  mesh.run();
  expect(mesh.devices.filter(({ heard }) => heard.length > 0).length).toBe(7);
});

test('a heap of the same is passed on once', () => {
  const mesh = createMesh(3, line(3), 1);
  const sealed = announce('d0');
  for (let i = 0; i < 100; i++) mesh.device(1).passing.hear('0', concat(Uint8Array.of(6), utf8(sealed)));
  mesh.run();
  expect(mesh.device(2).heard).toEqual(['d0']);
});

test.each([
  ['nothing', () => new Uint8Array(0)],
  ['no signal', () => concat(Uint8Array.of(3), utf8(seal({ type: 'dance', from: 'd0' })))],
  ['text that does not open', () => concat(Uint8Array.of(3), utf8('A'.repeat(80)))],
  ['bytes that are no text', () => Uint8Array.of(3, 255, 254)],
  ['more than a signal can be', () => concat(Uint8Array.of(3), utf8(announce('d0') + ' '.repeat(30_000)))],
  ['what this device itself said', () => concat(Uint8Array.of(3), utf8(announce('d1')))],
])('%s goes no further', (_, bytes) => {
  const mesh = createMesh(3, line(3), 0);
  mesh.device(1).passing.hear('0', bytes());
  mesh.run();
  expect(mesh.device(1).heard).toEqual([]);
});

test('a link whose other side is not known to be of the space is not heard, and is given nothing', () => {
  const mesh = createMesh(3, [[1, 2]], 1);
  mesh.device(1).passing.hear('0', concat(Uint8Array.of(3), utf8(announce('d0'))));
  mesh.device(1).passing.say(announce('d1'), null);
  mesh.run();
  expect([mesh.device(0).heard, mesh.device(2).heard]).toEqual([[], ['d1']]);
});
