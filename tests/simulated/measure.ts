/** What typing costs in a room of so many. */
import { openRoom, payloadsOf, quantile, type Seat, type SimulatedRoom, type Traffic } from './room.ts';

export interface RoomCosts {
  readonly people: number;
  readonly edits: number;
  /** messages with entries in them, all messages, and bytes as sealed; for each edit, of all devices together */
  readonly payloads: number;
  readonly messages: number;
  readonly bytes: number;
  /** links from the author to the farthest */
  readonly hops: number;
  /** milliseconds from the keystroke until everybody has it */
  readonly median: number;
  readonly p99: number;
  readonly missing: number;
  readonly mostConnections: number;
}

/** Milliseconds between two edits of one who types. */
const PACE = 300;
/** Milliseconds in which what was typed has come, and sums are said. */
const AFTER = 5000;

/** So many type for so long, somewhere in the room, after their trees have grown. */
export const measureTypingIn = async (room: SimulatedRoom, typists: number, edits: number): Promise<RoomCosts> => {
  const step = Math.max(1, Math.floor(room.seats.length / typists));
  const seats = Array.from({ length: typists }, (_, at) => room.seats[(at * step) % room.seats.length] as Seat);
  const typing = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      for (const seat of seats) await room.type(seat, 'a');
      await room.pass(PACE);
    }
  };
  await typing(3);
  await room.pass(AFTER);
  room.traffic();
  room.arrivals();
  await typing(edits);
  await room.pass(AFTER);
  const traffic = room.traffic();
  const { everybody, hops, missing } = room.arrivals();
  const count = everybody.length;
  return {
    people: room.seats.length,
    edits: count,
    payloads: payloadsOf(traffic) / count,
    messages: sumOf(traffic) / count,
    bytes: traffic.bytes / count,
    hops: Math.max(...hops),
    median: quantile(everybody, 0.5),
    p99: quantile(everybody, 0.99),
    missing,
    mostConnections: room.network.mostConnections,
  };
};

/** Milliseconds in which so many have met. */
export const openMet = async (people: number, seed = 1, loss = 0): Promise<SimulatedRoom> => {
  const room = await openRoom({ people, seed, loss });
  await room.pass(30_000);
  return room;
};

const sumOf = ({ messages }: Traffic): number => [...messages.values()].reduce((sum, each) => sum + each, 0);
