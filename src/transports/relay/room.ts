/**
 * One stay in a room at the relays, from entering it until nothing is left of it: tells the others who this is and which
 * direct links it has, calls those without whom the room would not hold together, and answers who calls.
 */
import { toHex } from '../../lib/bytes.ts';
import type { CloseReason, LinkEvents } from '../../sync/transport.ts';
import type { FromRelay } from '../../sync/wire-relay.ts';
import { createHubSocket, type HubSocket } from './hub-socket.ts';
import type { RelayOptions } from './options.ts';
import { pathOf } from './path.ts';
import { neededLinks, partsOf, type Present } from './plan.ts';
import { createRelayLink, type RelayLink } from './relay-link.ts';
import { type Call, type Card, createStay, type LinkKeys, type Pair, WORD } from './words.ts';

export interface RelayRoom {
  /** the bindings of all direct links that are open now */
  setDirect(bindings: readonly Uint8Array[]): void;
  close(): Promise<void>;
}

/** that direct connections are waited for */
const PATIENCE_MS = 5000;
/** that a link is kept beside a direct one that has just come, or after it is no longer needed */
const GIVES_WAY_MS = 3000;
const UNNEEDED_MS = 15_000;
const ANSWER_WITHIN_MS = 8000;
const REFUSED_FOR_MS = 60_000;
/** after a link was closed, before the same one is called again */
const REST_MS = 1000;
/** direct links come many at a time */
const TELL_AFTER_MS = 200;
const MOST_LINKS = 64;

/** Another device at one of the hubs, by the number that it has there. */
interface Seat {
  readonly hub: Hub;
  readonly number: number;
  card: Card;
  pair: Pair | null;
}

interface Hub {
  readonly address: string;
  readonly socket: HubSocket;
  number: number | null;
}

/** Another device, wherever it is met. */
interface Other {
  /** since when we know of no way to it but the relay */
  apartSince: number | null;
  /** since when a link has been of no use */
  uselessSince: number | null;
  notBefore: number;
  call: { readonly seat: Seat; readonly call: Call; readonly until: number } | null;
  link: { readonly seat: Seat; readonly link: RelayLink; readonly isCaller: boolean } | null;
}

let rooms = 0;

export const openRelayRoom = (options: RelayOptions, events: LinkEvents): RelayRoom => {
  const { crypto, reach, degree, isDirectToo, patienceMs = PATIENCE_MS, givesWayMs = GIVES_WAY_MS } = options;
  const stay = createStay(options.room, options.key, crypto);
  const seats = new Map<string, Seat>();
  const others = new Map<string, Other>();
  const roomNumber = ++rooms;
  let links = 0;
  let tags: readonly Uint8Array[] = [];
  let looking: ReturnType<typeof setTimeout> | undefined;
  let telling: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  const otherOf = (id: string): Other => {
    const known = others.get(id);
    if (known !== undefined) return known;
    const other: Other = { apartSince: null, uselessSince: null, notBefore: 0, call: null, link: null };
    others.set(id, other);
    return other;
  };
  const lookIn = (ms: number): void => {
    clearTimeout(looking);
    if (!isClosed) looking = setTimeout(look, ms);
  };
  const tell = ({ socket, number }: Hub): void => {
    if (number !== null) socket.send({ type: 'say', bytes: stay.sealCard(number, isDirectToo, tags) });
  };

  const join = (seat: Seat, keys: LinkKeys, isCaller: boolean): void => {
    const other = otherOf(seat.card.stay);
    other.link?.link.lost();
    const { socket, address } = seat.hub;
    const link = createRelayLink({
      id: `relay-${roomNumber}-${++links}`,
      path: pathOf(address),
      keys,
      crypto,
      send: (bytes) => socket.send({ type: 'send', peer: seat.number, bytes }),
      message: (bytes) => events.message(link, bytes),
      closed: (reason) => {
        other.link = null;
        other.notBefore = performance.now() + (isOrderly(reason) ? REST_MS : REFUSED_FOR_MS);
        lookIn(0);
        events.closed(link, reason);
      },
    });
    other.call = null;
    other.uselessSince = null;
    other.link = { seat, link, isCaller };
    events.opened(link);
  };

  /** gives when it will have waited long enough for an answer */
  const call = (other: Other, seat: Seat): number => {
    seat.pair ??= stay.pairWith(seat.card.publicKey);
    if (seat.pair === null) return Infinity;
    const made = seat.pair.call();
    const until = performance.now() + ANSWER_WITHIN_MS;
    other.call = { seat, call: made, until };
    seat.hub.socket.send({ type: 'send', peer: seat.number, bytes: made.said });
    return until;
  };

  const hearCall = (seat: Seat, bytes: Uint8Array): void => {
    const other = otherOf(seat.card.stay);
    // of two that call each other at once the lower id's call stands
    if (other.call !== null && stay.id < seat.card.stay) return;
    const isRefused = other.notBefore > performance.now() + REST_MS;
    const open = [...others.values()].filter(({ link }) => link !== null).length;
    if (isRefused || open >= Math.max(MOST_LINKS, degree)) return;
    seat.pair ??= stay.pairWith(seat.card.publicKey);
    const answer = seat.pair?.answer(bytes);
    if (!answer) return;
    seat.hub.socket.send({ type: 'send', peer: seat.number, bytes: answer.said });
    join(seat, answer.keys, false);
  };

  const hearSent = (hub: Hub, number: number, bytes: Uint8Array): void => {
    const seat = seats.get(nameOf(hub, number));
    // a stranger, who knows the room's name and not its key
    if (seat === undefined) return hub.socket.send({ type: 'mute', peer: number });
    const other = otherOf(seat.card.stay);
    const body = bytes.subarray(1);
    if (bytes[0] === WORD.call) hearCall(seat, body);
    else if (bytes[0] === WORD.answer && other.call?.seat === seat) {
      const keys = other.call.call.take(body);
      if (keys !== null) join(seat, keys, true);
    } else if (bytes[0] === WORD.frame && other.link?.seat === seat) other.link.link.heard(body);
  };

  const hearSaid = (hub: Hub, number: number, bytes: Uint8Array): void => {
    const card = stay.openCard(number, bytes);
    const name = nameOf(hub, number);
    const known = seats.get(name);
    if (card === null || card.stay === stay.id || (known !== undefined && known.card.stay !== card.stay)) {
      if (card === null) hub.socket.send({ type: 'mute', peer: number });
      return;
    }
    if (known === undefined) seats.set(name, { hub, number, card, pair: null });
    else known.card = card;
    lookIn(0);
  };

  const leave = (name: string, seat: Seat): void => {
    seats.delete(name);
    const other = others.get(seat.card.stay);
    if (other?.call?.seat === seat) other.call = null;
    if (other?.link?.seat === seat) other.link.link.lost();
    if (![...seats.values()].some(({ card }) => card.stay === seat.card.stay)) others.delete(seat.card.stay);
    lookIn(0);
  };

  const hear = (hub: Hub, message: FromRelay): void => {
    switch (message.type) {
      case 'entered':
        hub.number = message.peer;
        return tell(hub);
      case 'said':
        return hearSaid(hub, message.peer, message.bytes);
      case 'sent':
        return hearSent(hub, message.peer, message.bytes);
      case 'left': {
        const seat = seats.get(nameOf(hub, message.peer));
        return seat === undefined ? undefined : leave(nameOf(hub, message.peer), seat);
      }
      case 'pong':
        return undefined;
    }
  };

  const lost = (hub: Hub): void => {
    hub.number = null;
    for (const [name, seat] of [...seats]) if (seat.hub === hub) leave(name, seat);
  };

  /** Calls whom it is time to call, lets go of what it is time to let go, and looks again when it will be. */
  const look = (): void => {
    const now = performance.now();
    let next = Infinity;
    const due = (at: number): boolean => {
      if (at > now) next = Math.min(next, at);
      return at <= now;
    };
    const ownTags = tags.map(toHex);
    const seatByStay = new Map([...seats.values()].map((seat) => [seat.card.stay, seat]));
    const cards = [...seatByStay.values()].map(({ card }): Present => card);
    const parts = partsOf([{ stay: stay.id, tags: ownTags }, ...cards]);
    const isLinked = (id: string): boolean =>
      seatByStay.get(id)?.card.tags.some((tag) => ownTags.includes(tag)) === true;
    const isApart = (id: string): boolean => (reach === 'one' ? parts.get(id) !== parts.get(stay.id) : !isLinked(id));
    const needed = new Set(reach === 'one' ? neededLinks(stay.id, parts, degree) : seatByStay.keys());

    for (const [id, seat] of seatByStay) {
      const other = otherOf(id);
      other.apartSince = isApart(id) ? (other.apartSince ?? now) : null;
      if (other.call !== null && due(other.call.until)) other.call = null;
      const isWanted = reach !== 'none' && other.apartSince !== null && needed.has(id);
      if (other.link !== null) {
        const { link, isCaller } = other.link;
        // who called it holds it, and lets it go
        other.uselessSince = isCaller && !isWanted ? (other.uselessSince ?? now) : null;
        const after = isLinked(id) ? givesWayMs : UNNEEDED_MS;
        if (other.uselessSince !== null && due(other.uselessSince + after)) link.close('left');
      } else if (isWanted && other.call === null && other.apartSince !== null) {
        const wait = isDirectToo && seat.card.isDirectToo ? patienceMs : 0;
        if (due(Math.max(other.apartSince + wait, other.notBefore))) due(call(other, seat));
      }
    }
    if (next < Infinity) lookIn(Math.max(1, next - now));
  };

  const hubs = options.hubs.map((address): Hub => {
    const hub: Hub = {
      address,
      number: null,
      socket: createHubSocket({
        address,
        room: options.room,
        chance: () => (crypto.random(1)[0] ?? 0) / 256,
        heard: (message) => hear(hub, message),
        lost: () => lost(hub),
      }),
    };
    return hub;
  });
  const nameOf = (hub: Hub, number: number): string => `${hubs.indexOf(hub)}/${number}`;

  return {
    setDirect: (bindings) => {
      tags = bindings.map((binding) => stay.tagOf(binding));
      lookIn(0);
      telling ??= setTimeout(() => {
        telling = undefined;
        hubs.forEach(tell);
      }, TELL_AFTER_MS);
    },
    close: async () => {
      isClosed = true;
      clearTimeout(looking);
      clearTimeout(telling);
      for (const { link } of [...others.values()]) link?.link.close('left');
      await Promise.all(hubs.map(({ socket }) => socket.close()));
    },
  };
};

const isOrderly = (reason: CloseReason): boolean => reason === 'left' || reason === 'lost';
