/** Whom devices of one room connect with: the very rule of the WebRTC transport, in virtual time. */
import { describe, expect, it, test } from 'vitest';
import { createNeighbours } from '../../../src/transports/webrtc/neighbours.ts';
import { createClock } from '../../simulated/clock.ts';
import { playMeeting } from '../../simulated/meeting.ts';
import { createRoomNetwork } from '../../simulated/network.ts';
import { createChance } from '../log/random-space.ts';

const QUIET = { opened: () => undefined, message: () => undefined, closed: () => undefined };

const createRoom = (people: number, most: number, seed = 1) => {
  const clock = createClock();
  const network = createRoomNetwork({ clock, chance: createChance(seed), most });
  const stays = Array.from({ length: people }, () => network.enter());
  for (const stay of stays) stay.transport.start(QUIET);
  return { clock, network, stays };
};

describe('a room', () => {
  it.each([2, 3, 5, 7])('of %i is connected each with each', (people) => {
    const { clock, network, stays } = createRoom(people, 8);
    clock.passNow(15_000);
    for (const stay of stays) expect(stay.links().length).toBe(people - 1);
    expect(network.mostConnections).toBeLessThanOrEqual(8);
  });

  it.each([8, 12, 30, 60, 200])('of %i is one, and nobody has more than eight connections', (people) => {
    const { clock, network, stays } = createRoom(people, 8);
    clock.passNow(60_000);
    expect(network.components().length).toBe(1);
    expect(network.mostConnections).toBeLessThanOrEqual(8);
    for (const stay of stays) expect(stay.links().length).toBeGreaterThan(2);
  });

  it.each([2, 3])('of thirty with room for %i connections each is one all the same', (most) => {
    const { clock, network } = createRoom(30, most);
    clock.passNow(180_000);
    expect(network.components().length).toBe(1);
    expect(network.mostConnections).toBeLessThanOrEqual(most);
  });

  it('in which all have as many as they want takes in whoever comes, at once', () => {
    const { clock, network } = createRoom(40, 8);
    clock.passNow(120_000);
    const late = network.enter();
    late.transport.start(QUIET);
    clock.passNow(1000);
    expect(late.links().length).toBeGreaterThan(0);
    clock.passNow(30_000);
    expect(late.links().length).toBeGreaterThan(2);
    expect(network.components().length).toBe(1);
  });

  it('of two halves that only a few can cross between is one', () => {
    const { clock, network } = createRoom(40, 8);
    const half = (id: string): number => Number.parseInt(id.slice(0, 2), 16) % 2;
    const isBridge = (id: string): boolean => id.endsWith('0');
    network.forbid((a, b) => half(a) === half(b) || isBridge(a) || isBridge(b));
    expect(network.stays().filter(({ id }) => isBridge(id)).length).toBeGreaterThan(0);
    clock.passNow(300_000);
    expect(network.components().length).toBe(1);
    expect(network.mostConnections).toBeLessThanOrEqual(8);
  });

  it('comes to rest: once it is whole, nobody lets anybody go', () => {
    const { clock, network, stays } = createRoom(30, 8);
    clock.passNow(240_000);
    const before = stays.map((stay) => stay.links().join());
    clock.passNow(600_000);
    expect(stays.map((stay) => stay.links().join())).toEqual(before);
    expect(network.sent.messages).toBe(0);
  });
});

test('after any coming and going, parting and silence of the hub a room is one again, within the bound', () => {
  const bad: string[] = [];
  for (let seed = 1; seed <= 25; seed++) {
    const { components, most, people } = playMeeting(seed, 60);
    if (components !== 1 || most > 8) bad.push(`seed ${seed}: ${people} people in ${components}, at most ${most}`);
  }
  expect(bad).toEqual([]);
});

describe('a device', () => {
  const create = (most = 4, part: 'equal' | 'keeper' | 'newcomer' = 'equal') =>
    createNeighbours({ ownId: 'm', most, part, random: () => 0 });
  const calls = (deeds: ReturnType<ReturnType<typeof create>['step']>) =>
    deeds.flatMap((deed) => (deed.type === 'announce' ? [] : [`${deed.type} ${deed.id}`]));

  it('calls those below it and asks those above for a call, so both never call at once', () => {
    const one = create();
    one.heard('b', 'equal', null, 0);
    one.heard('z', 'equal', null, 0);
    expect(calls(one.step(0)).sort()).toEqual(['ask z', 'call b']);
    expect(calls(one.step(10))).toEqual([]);
  });

  it('lets one by chance go for a neighbour on the ring, and never the other way', () => {
    const one = create(3);
    for (const id of ['a', 'l', 'n']) {
      expect(one.welcomes(id, 'equal', false, 0)).toBe(true);
      one.opened(id, 0);
    }
    expect(one.welcomes('b', 'equal', false, 1)).toBe(false);
    expect(one.welcomes('m5', 'equal', false, 1)).toBe(true);
    // "a" is no neighbour: "l" and "m5" stand on both sides, and "n" is loose beside it
    const [dropped, ...rest] = calls(one.step(1)).filter((deed) => deed.startsWith('drop'));
    expect(['drop a', 'drop n']).toContain(dropped);
    expect(rest).toEqual([]);
  });

  it('is let in by whoever says that it is its neighbour', () => {
    const one = create(3);
    for (const id of ['l', 'n', 'z']) {
      one.welcomes(id, 'equal', false, 0);
      one.opened(id, 0);
    }
    expect(one.welcomes('c', 'equal', false, 1)).toBe(false);
    expect(one.welcomes('c', 'equal', true, 1)).toBe(true);
    expect(calls(one.step(1))).toEqual(['drop z']);
  });

  it('goes past a neighbour that does not answer, and tries it again later', () => {
    const one = create(2);
    for (const id of ['k', 'l']) one.heard(id, 'equal', null, 0);
    one.step(0);
    one.ended('l', 'failed', 20_000);
    one.heard('k', 'equal', null, 20_000);
    expect(calls(one.step(20_000))).not.toContain('call l');
    one.heard('l', 'equal', null, 36_000);
    one.ended('k', 'failed', 36_000);
    expect(calls(one.step(36_000))).toContain('call l');
  });

  it('who knocks meets those who keep the door and nobody else, and who keeps it all who knock', () => {
    const newcomer = create(8, 'newcomer');
    newcomer.heard('a', 'newcomer', null, 0);
    newcomer.heard('b', 'keeper', null, 0);
    expect(calls(newcomer.step(0))).toEqual(['call b']);
    expect(newcomer.welcomes('c', 'newcomer', false, 0)).toBe(false);
    const keeper = create(60, 'keeper');
    keeper.heard('b', 'keeper', null, 0);
    for (let i = 0; i < 40; i++) keeper.heard(`a${i}`, 'newcomer', null, 0);
    expect(calls(keeper.step(0)).length).toBe(40);
  });
});
