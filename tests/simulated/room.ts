/** A room of members who type, and what that costs: messages, bytes, ways and time. */
import { createCursors, type Cursors } from '../../src/app/live/cursors.ts';
import { lastOf } from '../../src/log/segment.ts';
import type { DocumentId } from '../../src/log/types.ts';
import { createExchange, type Exchange } from '../../src/sync/exchange.ts';
import { LOCAL } from '../../src/sync/replica-types.ts';
import { MESSAGE } from '../../src/sync/wire.ts';
import { createChance } from '../unit/log/random-space.ts';
import { value } from '../world.ts';
import { createClock, type Clock } from './clock.ts';
import { createRoomNetwork, type RoomNetwork, type Stay } from './network.ts';
import { createPeople, type Member, type People } from './people.ts';

export interface Seat {
  member: Member;
  /** where carets are shown */
  cursors: Cursors | null;
  stay: Stay;
  exchange: Exchange;
}

export interface RoomSetting {
  readonly people: number;
  readonly seed?: number;
  readonly most?: number;
  readonly loss?: number;
  readonly delay?: readonly [number, number];
  /** messages on links in all, past which it fails */
  readonly limit?: number;
  readonly areCaretsShown?: boolean;
}

export interface Traffic {
  /** messages out, by type */
  readonly messages: ReadonlyMap<number, number>;
  readonly bytes: number;
}

/** When and over how many links each edit came to each who was there when it was typed, and still is. */
export interface Arrivals {
  /** milliseconds from the keystroke until the last one had it, of each edit */
  readonly everybody: readonly number[];
  /** links to the farthest, of each edit */
  readonly hops: readonly number[];
  /** edits that somebody has not */
  readonly missing: number;
  /** how many had an edit first from each, by stay */
  readonly passedOn: ReadonlyMap<string, number>;
}

interface EditSeen {
  readonly at: number;
  readonly there: ReadonlySet<string>;
  readonly seen: Map<string, { readonly hops: number; readonly after: number; readonly from: string | null }>;
}

export interface SimulatedRoom {
  readonly clock: Clock;
  readonly network: RoomNetwork;
  readonly people: People;
  readonly seats: readonly Seat[];
  readonly document: DocumentId;
  readonly dropped: readonly string[];
  pass(milliseconds: number): Promise<void>;
  type(seat: Seat, words: string): Promise<void>;
  leave(seat: Seat, how: 'stop' | 'kill'): Promise<void>;
  /** Enters the room again, `isNew`: after a restart of the device. */
  enter(seat: Seat, isNew?: boolean): Promise<void>;
  /** what was sent since the last call */
  traffic(): Traffic;
  /** of what was typed since the last call */
  arrivals(): Arrivals;
  textOf(seat: Seat): Promise<string>;
  isEven(): boolean;
}

export const openRoom = async (setting: RoomSetting): Promise<SimulatedRoom> => {
  const { people: count, seed = 1, most = 8, areCaretsShown = false, ...ways } = setting;
  const clock = createClock();
  const chance = createChance(seed);
  const people = await createPeople(clock, count, seed);
  const network = createRoomNetwork({ clock, chance, most, ...ways });
  const { settle } = people;
  const founder = people.members[0] as Member;
  const owner = founder.replica.me()?.group;
  if (owner === undefined) throw new Error('nobody');
  const document = value(
    await founder.replica.createDocument({ kind: 'talking-points', owner, parent: null, writers: 'members' }),
  );
  const dropped: string[] = [];
  let messages = new Map<number, number>();
  let bytes = 0;
  let edits = new Map<string, EditSeen>();
  let typedAt = 0;

  const follow = (seat: Seat): void => {
    const { replica } = seat.member;
    replica.onFresh(({ segments, from }) => {
      const ends = from === null ? undefined : network.endsOf(from);
      for (const segment of segments) {
        for (let number = segment.from; number <= lastOf(segment); number++) {
          const name = `${segment.session} ${number}`;
          if (from === null && !edits.has(name)) {
            const there = new Set(network.stays().map(({ id }) => id));
            edits.set(name, { at: typedAt, there, seen: new Map() });
          }
          const edit = edits.get(name);
          if (!edit) continue;
          const before = ends === undefined ? -1 : (edit.seen.get(ends.other)?.hops ?? 0);
          edit.seen.set(seat.stay.id, {
            hops: before + 1,
            after: clock.now() - edit.at,
            from: ends?.other ?? null,
          });
        }
      }
    });
  };
  const sit = (member: Member): Pick<Seat, 'stay' | 'exchange' | 'cursors'> => {
    const say = (bytes: Uint8Array, except: string | null): void => exchange.sendPresence(bytes, except);
    const cursors = areCaretsShown
      ? createCursors(
          member.replica,
          member.environment,
          () => true,
          (bytes) => say(bytes, null),
        )
      : null;
    const exchange: Exchange = createExchange(member.replica, member.environment, {
      peers: () => undefined,
      presence: (bytes, from) => void cursors?.take(bytes).then((isGood) => isGood && say(bytes, from)),
      sent: (type, size) => {
        messages.set(type, (messages.get(type) ?? 0) + 1);
        bytes += size;
      },
      dropped: (_device, reason) => {
        if (reason !== 'lost') dropped.push(reason);
      },
    });
    const stay = network.enter();
    stay.transport.start(exchange);
    return { stay, exchange, cursors };
  };

  const seats = people.members.map((member): Seat => ({ member, ...sit(member) }));
  for (const seat of seats) follow(seat);
  const room: SimulatedRoom = {
    clock,
    network,
    people,
    seats,
    document,
    dropped,
    pass: async (milliseconds) => {
      await clock.pass(milliseconds, settle);
      if (network.failure) throw network.failure;
    },
    type: async (seat, words) => {
      typedAt = clock.now();
      const text = value(await seat.member.replica.openDocument(document)).getText('text');
      text.doc?.transact(() => text.insert(text.length, words), LOCAL);
    },
    leave: async (seat, how) => {
      if (how === 'kill') seat.stay.kill();
      seat.cursors?.stop();
      seat.exchange.stop();
      await seat.stay.transport.stop();
      await settle();
    },
    enter: async (seat, isNew = false) => {
      if (isNew) {
        await seat.member.storage.close();
        seat.member = await people.restart(seat.member);
      }
      Object.assign(seat, sit(seat.member));
      if (isNew) follow(seat);
    },
    traffic: () => {
      const out = { messages, bytes };
      messages = new Map();
      bytes = 0;
      return out;
    },
    arrivals: () => {
      const here = new Set(network.stays().map(({ id }) => id));
      const all = [...edits.values()].map(({ there, seen }) =>
        [...there].filter((id) => here.has(id)).map((id) => seen.get(id)),
      );
      const passedOn = new Map<string, number>();
      for (const { seen } of edits.values())
        for (const { from } of seen.values()) if (from !== null) passedOn.set(from, (passedOn.get(from) ?? 0) + 1);
      edits = new Map();
      return {
        passedOn,
        everybody: all.map((each) => Math.max(...each.map((one) => one?.after ?? 0))),
        hops: all.map((each) => Math.max(...each.map((one) => one?.hops ?? 0))),
        missing: all.filter((each) => each.includes(undefined)).length,
      };
    },
    textOf: async (seat) =>
      value(await seat.member.replica.openDocument(document))
        .getText('text')
        .toJSON(),
    isEven: () => {
      const vectors = seats.map(({ member }) => {
        const { records, statements, sessions } = member.replica.vector();
        return JSON.stringify([[...records].sort(), [...statements].sort(), [...sessions].sort()]);
      });
      return new Set(vectors).size === 1;
    },
  };
  return room;
};

/** messages that carry entries, whatever for */
export const payloadsOf = ({ messages }: Traffic): number =>
  (messages.get(MESSAGE.live) ?? 0) + (messages.get(MESSAGE.pack) ?? 0);

export const quantile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};
