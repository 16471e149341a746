/** Rooms of many, in virtual time: what an edit costs, that it comes to everybody, and that a room mends itself. */
import { describe, expect, it } from 'vitest';
import { MESSAGE } from '../../../src/sync/wire.ts';
import { playRoom } from '../../simulated/histories.ts';
import { openRoom, payloadsOf, quantile, type Seat, type SimulatedRoom } from '../../simulated/room.ts';

const PEOPLE = 30;
/** What the issue asks for: messages with entries in them, for each edit. */
const MOST_PAYLOADS = 1.5 * (PEOPLE - 1);

/** A room in which all have met; a loop would go past its limit. */
const openFull = async (people = PEOPLE, limit = 200_000): Promise<SimulatedRoom> => {
  const room = await openRoom({ people, limit });
  await room.pass(30_000);
  room.traffic();
  room.arrivals();
  return room;
};
const seatOf = (room: SimulatedRoom, at: number): Seat => room.seats[at % room.seats.length] as Seat;

describe('an edit', () => {
  it('comes to each of thirty soon, once, and in few messages', async () => {
    const room = await openFull();
    for (let i = 0; i < 5; i++) {
      await room.type(seatOf(room, 7), 'a');
      await room.pass(500);
    }
    room.traffic();
    room.arrivals();
    for (let i = 0; i < 20; i++) {
      await room.type(seatOf(room, 7), 'a');
      await room.pass(500);
    }
    const payloads = payloadsOf(room.traffic());
    // the tree has grown: each of the others hears of each edit once, now and then of two at a time
    expect(payloads / 20).toBeLessThanOrEqual(PEOPLE - 1);
    expect(payloads / 20).toBeGreaterThan(PEOPLE - 3);
    const { everybody, hops, missing } = room.arrivals();
    expect(missing).toBe(0);
    expect(everybody.length).toBe(20);
    expect(quantile(everybody, 0.99)).toBeLessThan(1000);
    expect(Math.max(...hops)).toBeLessThan(9);
    expect(room.isEven()).toBe(true);
  });

  it('of anybody in a room of thirty takes few messages, ten typing at a time', async () => {
    const room = await openFull();
    for (let i = 0; i < 6; i++) {
      for (let at = i % 3; at < PEOPLE; at += 3) await room.type(seatOf(room, at), 'a');
      await room.pass(400);
    }
    await room.pass(5000);
    const traffic = room.traffic();
    const { everybody, missing } = room.arrivals();
    expect(missing).toBe(0);
    expect(everybody.length).toBe(60);
    // everybody's first edit goes everywhere, so that its tree can grow
    expect(payloadsOf(traffic) / everybody.length).toBeLessThan(3 * (PEOPLE - 1));
    room.traffic();
    for (let i = 0; i < 3; i++) {
      for (let at = i % 3; at < PEOPLE; at += 3) await room.type(seatOf(room, at), 'b');
      await room.pass(400);
    }
    await room.pass(5000);
    expect(payloadsOf(room.traffic()) / 30).toBeLessThanOrEqual(MOST_PAYLOADS);
    expect(room.isEven()).toBe(true);
  });

  it('goes on to those behind a device that vanishes without a word', async () => {
    const room = await openFull(16);
    const typist = seatOf(room, 0);
    for (let i = 0; i < 5; i++) {
      await room.type(typist, 'a');
      await room.pass(500);
    }
    const { passedOn } = room.arrivals();
    const others = room.seats.filter((seat) => seat !== typist);
    const [middle] = others.sort((a, b) => (passedOn.get(b.stay.id) ?? 0) - (passedOn.get(a.stay.id) ?? 0));
    expect(passedOn.get(middle?.stay.id ?? '')).toBeGreaterThan(4);
    await room.leave(middle as Seat, 'kill');
    room.traffic();
    // before anybody has noticed
    await room.type(typist, 'b');
    await room.pass(5000);
    expect(room.arrivals()).toMatchObject({ missing: 0 });
    // by word of it, where it was not to come
    expect(room.traffic().messages.get(MESSAGE.graft)).toBeGreaterThan(0);
  });
});

describe('a room', () => {
  it.each([
    [1, 2],
    [2, 3],
    [3, 5],
    [4, 8],
    [5, 12],
  ])('of history %i with %i people is one and even again, once it is whole', async (seed, people) => {
    const { room, texts, typed } = await playRoom(seed, people, 40);
    expect(room.network.components().length).toBe(1);
    expect(new Set(texts).size).toBe(1);
    expect(room.dropped).toEqual([]);
    expect(room.isEven()).toBe(true);
    expect(texts[0]?.length).toBeLessThanOrEqual(typed);
    expect(texts[0]?.length).toBeGreaterThan(0);
  });

  it('in which somebody answers for ever fails', async () => {
    await expect(openFull(8, 200)).rejects.toThrow('more than 200 messages');
  });
});

describe('carets', () => {
  it('of thirty who all move them come to all, in a few dozen words a second for each device', async () => {
    const room = await openRoom({ people: PEOPLE, limit: 400_000, areCaretsShown: true });
    await room.pass(20_000);
    const move = async (seconds: number): Promise<void> => {
      for (let tick = 0; tick < seconds * 4; tick++) {
        const at = Uint8Array.of(tick);
        for (const { cursors } of room.seats)
          cursors?.set({ document: room.document, text: 't', anchor: at, head: at });
        await room.pass(250);
      }
    };
    await move(5);
    room.traffic();
    await move(5);
    const words = room.traffic().messages.get(MESSAGE.presence) ?? 0;
    // each of thirty words a second once to everybody, and now and then one to all links
    expect(words / 5 / PEOPLE).toBeLessThan(45);
    expect(words / 5 / PEOPLE).toBeGreaterThan(15);
    const placesAt = ({ cursors }: Seat): readonly (number | undefined)[] =>
      (cursors?.others(room.document) ?? []).map(({ head }) => head[0]);
    await room.pass(3000);
    const last = room.seats.flatMap(placesAt).filter((place) => place === 19);
    expect(last.length / (PEOPLE * (PEOPLE - 1))).toBeGreaterThan(0.9);
    // a branch that is broken is mended by the words that go everywhere now and then
    await room.pass(25_000);
    for (const seat of room.seats) {
      expect(placesAt(seat).length).toBe(PEOPLE - 1);
      expect(new Set(placesAt(seat))).toEqual(new Set([19]));
    }
  });

  it('of whoever is there are shown to a newcomer at once', async () => {
    const room = await openRoom({ people: 8, areCaretsShown: true });
    const [late, ...others] = room.seats;
    if (!late) throw new Error('nobody');
    await room.pass(5000);
    await room.leave(late, 'stop');
    const at = Uint8Array.of(7);
    for (const { cursors } of others) cursors?.set({ document: room.document, text: 't', anchor: at, head: at });
    await room.pass(4000);
    await room.enter(late);
    await room.pass(1500);
    expect(late.cursors?.others(room.document).length).toBe(7);
  });
});
