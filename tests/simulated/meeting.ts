/** A random history of a room in which people come, go and vanish, ways break and the hub goes and comes. */
import { createChance } from '../unit/log/random-space.ts';
import { createClock } from './clock.ts';
import { createRoomNetwork, type RoomNetwork, type Stay } from './network.ts';

export interface Meeting {
  readonly network: RoomNetwork;
  readonly people: number;
  readonly components: number;
  /** the fewest connections that somebody has at the end */
  readonly fewest: number;
  readonly most: number;
  /** steps from one to the farthest other, at the most */
  readonly across: number;
}

const QUIET = { opened: () => undefined, message: () => undefined, closed: () => undefined };

/** Milliseconds in which a room has come to rest after whatever happened. */
const REST = 240_000;

export const playMeeting = (seed: number, steps: number, { most = 8, people = 40, loss = 0.05 } = {}): Meeting => {
  const chance = createChance(seed);
  const clock = createClock();
  const network = createRoomNetwork({ clock, chance, most, loss });
  const stays: Stay[] = [];
  const come = (): void => {
    const stay = network.enter();
    stay.transport.start(QUIET);
    stays.push(stay);
  };
  const one = (): Stay | undefined => stays.splice(chance.below(stays.length), 1)[0];
  for (let i = 1 + chance.below(people); i > 0; i--) come();
  for (let step = 0; step < steps; step++) {
    const what = chance.below(10);
    if (what < 3 && stays.length < people) come();
    else if (what === 3 && stays.length > 2) void one()?.transport.stop();
    else if (what === 4 && stays.length > 2) one()?.kill();
    else if (what === 5) {
      const from = chance.pick(stays);
      for (const to of from.links()) if (chance.is(0.5)) network.breakLink(from.id, to);
    } else if (what === 6) network.part((id) => Number.parseInt(id.slice(-2), 16) % 2);
    else if (what === 7) network.part(null);
    else if (what === 8) network.hub(chance.is(0.5));
    // half of a room at once: a bus leaves, the light goes out
    else if (chance.is(0.2)) for (let i = stays.length >> 1; i > 1; i--) one()?.kill();
    clock.passNow(chance.below(chance.is(0.3) ? 60_000 : 2000));
  }
  network.part(null);
  network.hub(true);
  clock.passNow(REST);
  const degrees = network.stays().map((stay) => stay.links().length);
  return {
    network,
    people: degrees.length,
    components: network.components().length,
    fewest: Math.min(...degrees),
    most: network.mostConnections,
    across: acrossOf(network),
  };
};

const acrossOf = (network: RoomNetwork): number => {
  const linksOf = new Map(network.stays().map((stay) => [stay.id, stay.links()]));
  let across = 0;
  for (const start of linksOf.keys()) {
    const steps = new Map([[start, 0]]);
    for (const [id, step] of steps)
      for (const other of linksOf.get(id) ?? []) if (!steps.has(other)) steps.set(other, step + 1);
    across = Math.max(across, ...steps.values());
  }
  return across;
};
