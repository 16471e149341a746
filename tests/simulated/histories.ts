/** A random history of a room whose members type while they come, go, vanish and are kept apart. */
import { createChance } from '../unit/log/random-space.ts';
import { openRoom, type Seat, type SimulatedRoom } from './room.ts';

export interface RoomHistory {
  readonly room: SimulatedRoom;
  readonly texts: readonly string[];
  readonly typed: number;
}

/** Milliseconds in which a room has come to rest after whatever happened. */
const REST = 180_000;

export const playRoom = async (seed: number, people: number, steps: number): Promise<RoomHistory> => {
  const chance = createChance(seed);
  const room = await openRoom({ people, seed, loss: 0.03, most: 3 + chance.below(6) });
  const { network } = room;
  await room.pass(60_000);
  const away = new Map<Seat, boolean>();
  let typed = 0;
  for (let step = 0; step < steps; step++) {
    const seat = chance.pick(room.seats);
    const isAway = away.has(seat);
    const what = chance.below(12);
    if (what < 6) {
      // at home too: it is passed on later
      await room.type(seat, 'x');
      typed += 1;
    } else if (what < 8 && !isAway) {
      const isKilled = chance.is(0.5);
      await room.leave(seat, isKilled ? 'kill' : 'stop');
      away.set(seat, isKilled);
    } else if (what < 10 && isAway) {
      await room.enter(seat, away.get(seat));
      away.delete(seat);
    } else if (what === 10) network.part(chance.is(0.5) ? null : (id) => Number.parseInt(id.slice(-1), 16) % 2);
    else if (!isAway) for (const other of seat.stay.links()) if (chance.is(0.5)) network.breakLink(seat.stay.id, other);
    await room.pass(chance.below(chance.is(0.2) ? 30_000 : 1500));
  }
  network.part(null);
  for (const [seat, isKilled] of away) await room.enter(seat, isKilled);
  await room.pass(REST);
  const texts: string[] = [];
  for (const seat of room.seats) texts.push(await room.textOf(seat));
  return { room, texts, typed };
};
