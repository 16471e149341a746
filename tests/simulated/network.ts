/**
 * A room as devices meet in it, in virtual time: a hub that passes on what is said, and connections that take time to make,
 * break, and lose packets. Whom a device connects with is decided by the very neighbours of the WebRTC transport. It
 * fails past a number of messages, so that a loop shows instead of running for ever.
 */
import { Writer } from '../../src/lib/bytes.ts';
import type { CloseReason, Link, LinkEvents, Transport } from '../../src/sync/transport.ts';
import { createNeighbours, type Neighbours } from '../../src/transports/webrtc/neighbours.ts';
import type { Clock } from './clock.ts';

export interface Chance {
  below(limit: number): number;
  is(probability: number): boolean;
}

export interface RoomOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  /** connections of one device at the most */
  readonly most: number;
  /** milliseconds on the way, from and up to */
  readonly delay?: readonly [number, number];
  /** of packets; what is lost on a link comes later, what is lost on its way to or from the hub never does */
  readonly loss?: number;
  /** messages on links in all, past which nothing is sent any more */
  readonly limit?: number;
}

export interface Stay {
  readonly id: string;
  readonly transport: Transport;
  /** Vanishes without a word. */
  kill(): void;
  /** ids of those whom it has an open link with */
  links(): readonly string[];
  /** open, opening, or closing with a last word */
  readonly connections: number;
}

export interface RoomNetwork {
  enter(): Stay;
  stays(): readonly Stay[];
  /** Nobody reaches anybody of another number, and what was connected breaks; null: all reach all. */
  part(sideOf: ((id: string) => number) | null): void;
  /** Two who can never connect, whatever the hub says. */
  forbid(canConnect: (a: string, b: string) => boolean): void;
  hub(isUp: boolean): void;
  /** Breaks the connection of two, if there is one. */
  breakLink(a: string, b: string): void;
  /** whose link it is, and who is at its other end */
  endsOf(link: string): { readonly own: string; readonly other: string } | undefined;
  /** groups of those who are connected, over however many */
  components(): readonly (readonly string[])[];
  /** that there were too many messages */
  readonly failure: Error | null;
  readonly sent: { readonly messages: number; readonly bytes: number; readonly words: number };
  /** the most connections that any device has had at one time */
  readonly mostConnections: number;
}

/** Milliseconds until a vanished device or a broken way is noticed, until a call that comes to nothing is given up, between two looks. */
const NOTICED = 8000;
const GIVEN_UP = 20_000;
const LOOK_EVERY = 1000;
/** Milliseconds until a lost packet has been sent again. */
const SENT_AGAIN = 200;

interface Member extends Stay {
  readonly neighbours: Neighbours;
  readonly events: LinkEvents | null;
  readonly wires: Map<string, End>;
  /** by whom it calls or is called; each with a number of its own */
  readonly calls: Map<string, number>;
  hear(word: Word): void;
  /** Does what its neighbours say now. */
  act(): void;
}

type Word = { readonly from: string; readonly to: string | null } & (
  | { readonly type: 'announce'; readonly near: readonly string[] }
  | { readonly type: 'ask' | 'offer'; readonly isNear: boolean }
  | { readonly type: 'answer' | 'full' }
);

/** One end of a link. */
interface End extends Link {
  finish(reason: CloseReason): void;
}

export const createRoomNetwork = (options: RoomOptions): RoomNetwork => {
  const { clock, chance, most, delay: [least, longest] = [5, 40], loss = 0, limit = 10_000_000 } = options;
  const members = new Map<string, Member>();
  const ends = new Map<string, { readonly own: string; readonly other: string }>();
  let sideOf: ((id: string) => number) | null = null;
  let canConnect: (a: string, b: string) => boolean = () => true;
  let isHubUp = true;
  let messages = 0;
  let bytes = 0;
  let words = 0;
  let failure: Error | null = null;
  let connections = 0;
  let callsMade = 0;
  let mostConnections = 0;

  const way = (): number => least + chance.below(longest - least + 1);
  const canReach = (a: string, b: string): boolean => sideOf === null || sideOf(a) === sideOf(b);

  const publish = (word: Word): void => {
    if (!isHubUp || chance.is(loss)) return;
    const up = way();
    for (const member of members.values()) {
      if (member.id === word.from || !canReach(word.from, member.id) || chance.is(loss)) continue;
      // everybody gets it, and all but one pass it over
      words += 1;
      if (word.to === null || word.to === member.id) clock.after(up + way(), () => member.hear(word));
    }
  };

  const connect = (a: Member, b: Member): void => {
    connections += 1;
    const binding = new Writer(32).u64(0).u64(0).u64(0).u64(connections).finish();
    const both: End[] = [];
    const end = (own: Member, other: Member, at: number): End => {
      let free = 0;
      let queued = 0;
      /** something was lost for good: nothing comes after it */
      let isCut = false;
      let waiting: (() => void)[] = [];
      const deliver = (run: () => void): void => {
        // in order, so what is lost holds up what is behind it
        free = Math.max(free, clock.now() + way() + (chance.is(loss) ? SENT_AGAIN : 0));
        clock.after(free - clock.now(), run);
      };
      const link: End = {
        id: `simulated-${connections}-${at}`,
        kind: 'memory',
        binding,
        get backlog() {
          return queued;
        },
        drained: () => (queued < 262_144 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
        send: (message) => {
          if (own.wires.get(other.id) !== link) return;
          messages += 1;
          bytes += message.length;
          if (messages > limit) {
            failure ??= new Error(`more than ${limit} messages: somebody answers for ever`);
            return;
          }
          const copy = message.slice();
          queued += copy.length;
          const { length } = copy;
          deliver(() => {
            queued -= length;
            if (queued < 262_144) for (const resolve of waiting.splice(0)) resolve();
            const there = both[1 - at];
            isCut ||= !canReach(own.id, other.id);
            if (there && !isCut && other.wires.get(own.id) === there) other.events?.message(there, copy);
          });
        },
        close: (reason) => {
          if (own.wires.get(other.id) !== link) return;
          link.finish(reason);
          deliver(() => both[1 - at]?.finish(reason));
        },
        finish: (reason) => {
          if (own.wires.get(other.id) !== link) return;
          own.wires.delete(other.id);
          for (const resolve of waiting) resolve();
          waiting = [];
          own.neighbours.ended(other.id, reason === 'left' ? 'left' : 'lost', clock.now());
          own.events?.closed(link, reason);
          clock.after(0, () => own.act());
        },
      };
      return link;
    };
    both.push(end(a, b, 0), end(b, a, 1));
    for (const [at, own, other] of [
      [0, a, b],
      [1, b, a],
    ] as const) {
      const link = both[at] as End;
      ends.set(link.id, { own: own.id, other: other.id });
      own.calls.delete(other.id);
      own.wires.set(other.id, link);
      own.neighbours.opened(other.id, clock.now());
    }
    for (const [at, own] of [a, b].entries()) own.events?.opened(both[at] as End);
    a.act();
    b.act();
  };

  const note = (member: Member): void => {
    mostConnections = Math.max(mostConnections, member.connections);
  };

  const begin = (own: Member, other: string): void => {
    const call = ++callsMade;
    own.calls.set(other, call);
    clock.after(GIVEN_UP, () => {
      if (own.calls.get(other) !== call) return;
      own.calls.delete(other);
      own.neighbours.ended(other, 'failed', clock.now());
      own.act();
    });
  };

  const enter = (): Stay => {
    const id = Array.from({ length: 8 }, () => chance.below(65_536).toString(16).padStart(4, '0')).join('');
    let events: LinkEvents | null = null;
    let isHere = false;
    const neighbours = createNeighbours({
      ownId: id,
      most,
      part: 'equal',
      random: () => chance.below(1_000_000) / 1_000_000,
    });
    const wires = new Map<string, End>();
    const calls = new Map<string, number>();

    const act = (): void => {
      if (!isHere) return;
      for (const deed of neighbours.step(clock.now())) {
        if (deed.type === 'announce') publish({ type: 'announce', from: id, to: null, near: deed.near });
        else if (deed.type === 'drop') {
          calls.delete(deed.id);
          wires.get(deed.id)?.close('left');
        } else {
          publish({ type: deed.type === 'call' ? 'offer' : 'ask', from: id, to: deed.id, isNear: deed.near });
          if (deed.type === 'call') begin(member, deed.id);
        }
      }
      note(member);
    };
    const look = (): void => {
      if (!isHere) return;
      act();
      clock.after(LOOK_EVERY, look);
    };
    const offer = (to: string): void => {
      begin(member, to);
      publish({ type: 'offer', from: id, to, isNear: false });
    };
    const hear = (word: Word): void => {
      if (!isHere) return;
      const { from } = word;
      const isTied = wires.has(from) || calls.has(from);
      const now = clock.now();
      if (word.type === 'announce') neighbours.heard(from, 'equal', word.near, now);
      else if (word.type === 'full') {
        calls.delete(from);
        neighbours.full(from, now);
      } else if (word.type === 'answer') {
        const other = members.get(from);
        if (calls.has(from) && other?.calls.has(id) && canReach(id, from) && canConnect(id, from))
          connect(member, other);
      } else if (!isTied && 'isNear' in word) {
        if (!neighbours.welcomes(from, 'equal', word.isNear, now)) publish({ type: 'full', from: id, to: from });
        else {
          if (word.type === 'ask') offer(from);
          else {
            begin(member, from);
            publish({ type: 'answer', from: id, to: from });
          }
        }
      }
      act();
    };

    const leave = (isKilled: boolean): void => {
      if (!isHere) return;
      isHere = false;
      members.delete(id);
      for (const [other, wire] of [...wires]) {
        if (isKilled) {
          wires.delete(other);
          const there = members.get(other)?.wires.get(id);
          clock.after(NOTICED, () => there?.finish('lost'));
        } else wire.close('left');
      }
      calls.clear();
    };

    const member: Member = {
      id,
      neighbours,
      wires,
      calls,
      hear,
      act,
      get events() {
        return events;
      },
      transport: {
        start: (listener) => {
          events = listener;
          isHere = true;
          members.set(id, member);
          look();
        },
        stop: () => {
          leave(false);
          return Promise.resolve();
        },
      },
      kill: () => leave(true),
      links: () => [...wires.keys()],
      get connections() {
        return wires.size + calls.size;
      },
    };
    return member;
  };

  const breakLink = (a: string, b: string): void => {
    const [one, two] = [members.get(a)?.wires.get(b), members.get(b)?.wires.get(a)];
    clock.after(chance.below(NOTICED), () => one?.finish('lost'));
    clock.after(chance.below(NOTICED), () => two?.finish('lost'));
  };

  return {
    enter,
    stays: () => [...members.values()],
    part: (sides) => {
      sideOf = sides;
      for (const { id, wires } of members.values())
        for (const other of wires.keys()) if (id < other && !canReach(id, other)) breakLink(id, other);
    },
    forbid: (can) => {
      canConnect = can;
    },
    hub: (isUp) => {
      const isBack = isUp && !isHubUp;
      isHubUp = isUp;
      if (!isBack) return;
      for (const member of members.values()) {
        clock.after(chance.below(3000), () => {
          member.neighbours.announceSoon(clock.now());
          member.act();
        });
      }
    },
    breakLink,
    endsOf: (link) => ends.get(link),
    components: () => {
      const left = new Set(members.keys());
      const out: string[][] = [];
      for (const start of members.keys()) {
        if (!left.delete(start)) continue;
        const group = [start];
        for (const id of group)
          for (const other of members.get(id)?.wires.keys() ?? []) if (left.delete(other)) group.push(other);
        out.push(group);
      }
      return out;
    },
    get failure() {
      return failure;
    },
    get sent() {
      return { messages, bytes, words };
    },
    get mostConnections() {
      return mostConnections;
    },
  };
};
