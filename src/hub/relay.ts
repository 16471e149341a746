/**
 * The relay: passes what devices of one room have sealed from one to another, and can read none of it. It knows rooms
 * by meaningless names, tells nobody of a room whose name they do not know, and keeps nothing beyond the life of a
 * socket. Who is too fast is read more slowly, who does not read is let go, and who breaks a rule loses this one socket.
 */
import { WebSocket } from 'ws';
import { decodeToRelay, encodeFromRelay, KNOCK_BYTES, RELAY_MESSAGE, type ToRelay } from '../sync/wire-relay.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { createOutflow, type Outflow } from './outflow.ts';
import { BROKE_A_RULE, FULL, type SocketLimits, type SocketPath } from './sockets.ts';

export const RELAY_PATH = '/relay';

export interface RelayLimits extends SocketLimits {
  /** sockets in one room */
  readonly room: number;
  /** for a socket to say which room it enters */
  readonly enterMs: number;
  /** messages and bytes that one socket may have passed on: at once, and a second for long */
  readonly messageBurst: number;
  readonly messageRate: number;
  readonly byteBurst: number;
  readonly byteRate: number;
  /** words for all of a room: what is beyond that waits, and only the last of it is told */
  readonly sayBurst: number;
  readonly sayRate: number;
  /** bytes that may wait for one reader before those who write to it wait too, and for all readers */
  readonly backlogBytes: number;
  readonly backlogInAll: number;
  /** a reader that takes nothing for so long, while others wait for it, is let go */
  readonly stallMs: number;
}

const MB = 1_048_576;
const LIMITS: RelayLimits = {
  frameBytes: RELAY_MESSAGE,
  socketsPerAddress: 512,
  sockets: 4096,
  comingBurst: 512,
  comingRate: 8,
  heartbeatMs: 30_000,
  room: 256,
  enterMs: 10_000,
  messageBurst: 8000,
  messageRate: 2000,
  byteBurst: 64 * MB,
  byteRate: 16 * MB,
  sayBurst: 30,
  sayRate: 1,
  backlogBytes: 2 * MB,
  backlogInAll: 256 * MB,
  stallMs: 20_000,
};

interface Guest {
  readonly socket: WebSocket;
  readonly out: Outflow;
  readonly messages: Allowance;
  readonly bytes: Allowance;
  readonly says: Allowance;
  readonly timers: { slow?: ReturnType<typeof setTimeout>; saying?: ReturnType<typeof setTimeout> };
  /** what came in one packet with what made it wait */
  readonly inbox: Buffer[];
  readonly muted: Set<number>;
  /** whom it has sent anything: they may send as much as they like */
  readonly met: Set<number>;
  /** bytes that it sent to those who have not sent it anything */
  readonly knocked: Map<number, number>;
  room: Room | null;
  number: number;
  said: Uint8Array | null;
  /** why it is not read from at this moment */
  holds: number;
}

interface Room {
  readonly name: string;
  readonly guests: Map<number, Guest>;
  last: number;
}

export const createRelay = (changed: Partial<RelayLimits> = {}): SocketPath => {
  const limits = { ...LIMITS, ...changed };
  const rooms = new Map<string, Room>();
  const inAll = { waiting: 0, most: limits.backlogInAll };

  /** Not read from until what is given back is called. */
  const hold = (guest: Guest): (() => void) => {
    guest.holds += 1;
    guest.socket.pause();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      guest.holds -= 1;
      if (guest.holds > 0) return;
      guest.socket.resume();
      for (let data = guest.inbox.shift(); data !== undefined; data = guest.inbox.shift()) {
        hear(guest, data);
        if (guest.holds > 0) return;
      }
    };
  };

  const pay = (guest: Guest, bytes: number): void => {
    guest.messages.take(1);
    guest.bytes.take(bytes);
    const wait = Math.max(guest.messages.wait(), guest.bytes.wait());
    if (wait > 0) guest.timers.slow = setTimeout(hold(guest), wait);
  };

  const pass = (to: Guest, message: Uint8Array, from: Guest): void => {
    if (to.out.send(message) === 'full') to.out.whenRoom(hold(from));
  };

  const enter = (guest: Guest, name: string): number | null => {
    const room = rooms.get(name) ?? { name, guests: new Map<number, Guest>(), last: 0 };
    if (room.guests.size >= limits.room) return FULL;
    rooms.set(name, room);
    room.last += 1;
    guest.room = room;
    guest.number = room.last;
    guest.out.send(encodeFromRelay({ type: 'entered', peer: guest.number }));
    for (const { number, said } of room.guests.values())
      if (said !== null) guest.out.send(encodeFromRelay({ type: 'said', peer: number, bytes: said }));
    room.guests.set(guest.number, guest);
    return null;
  };

  const leave = ({ room, number }: Guest): void => {
    if (room === null) return;
    room.guests.delete(number);
    if (room.guests.size === 0) rooms.delete(room.name);
    const left = encodeFromRelay({ type: 'left', peer: number });
    for (const other of room.guests.values()) {
      other.met.delete(number);
      other.knocked.delete(number);
      other.muted.delete(number);
      other.out.send(left);
    }
  };

  const send = (guest: Guest, room: Room, peer: number, bytes: Uint8Array): number | null => {
    const other = room.guests.get(peer);
    // it may have left meanwhile
    if (other === undefined || other === guest || other.muted.has(guest.number)) return null;
    guest.met.add(peer);
    if (!other.met.has(guest.number)) {
      const knocked = (guest.knocked.get(peer) ?? 0) + bytes.length;
      guest.knocked.set(peer, knocked);
      if (knocked > KNOCK_BYTES) return BROKE_A_RULE;
    }
    pass(other, encodeFromRelay({ type: 'sent', peer: guest.number, bytes }), guest);
    return null;
  };

  const tellAll = ({ number, said }: Guest, room: Room): void => {
    if (said === null) return;
    const message = encodeFromRelay({ type: 'said', peer: number, bytes: said });
    for (const other of room.guests.values())
      if (other.number !== number && !other.muted.has(number)) other.out.send(message);
  };

  /** The code that its socket is to be closed with, where it broke a rule or there is no room. */
  const take = (guest: Guest, message: ToRelay, size: number): number | null => {
    const { room } = guest;
    if (room === null) return message.type === 'enter' ? enter(guest, message.room) : BROKE_A_RULE;
    pay(guest, size);
    switch (message.type) {
      case 'enter':
        return BROKE_A_RULE;
      case 'say':
        guest.said = message.bytes.slice();
        if (guest.timers.saying !== undefined) return null;
        if (guest.says.take(1) >= 0) tellAll(guest, room);
        else
          guest.timers.saying = setTimeout(() => {
            delete guest.timers.saying;
            tellAll(guest, room);
          }, guest.says.wait());
        return null;
      case 'send':
        return send(guest, room, message.peer, message.bytes);
      case 'ping':
        guest.out.send(encodeFromRelay({ type: 'pong' }));
        return null;
      case 'mute':
        if (room.guests.has(message.peer)) guest.muted.add(message.peer);
        return null;
    }
  };

  const hear = (guest: Guest, data: Buffer): void => {
    if (guest.socket.readyState !== WebSocket.OPEN) return;
    const message = decodeToRelay(data);
    const code = message === null ? BROKE_A_RULE : take(guest, message, data.length);
    if (code !== null) guest.socket.close(code);
  };

  const welcome = (socket: WebSocket): void => {
    const guest: Guest = {
      socket,
      out: createOutflow(socket, limits, inAll),
      messages: createAllowance(limits.messageBurst, limits.messageRate),
      bytes: createAllowance(limits.byteBurst, limits.byteRate),
      says: createAllowance(limits.sayBurst, limits.sayRate),
      timers: {},
      inbox: [],
      muted: new Set(),
      met: new Set(),
      knocked: new Map(),
      room: null,
      number: 0,
      said: null,
      holds: 0,
    };
    const entering = setTimeout(() => {
      if (guest.room === null) socket.terminate();
    }, limits.enterMs);
    socket.on('message', (data, isBinary) => {
      if (!isBinary || !Buffer.isBuffer(data)) socket.close(BROKE_A_RULE);
      else if (guest.holds > 0) guest.inbox.push(data);
      else hear(guest, data);
    });
    socket.on('close', () => {
      for (const timer of [entering, guest.timers.slow, guest.timers.saying]) clearTimeout(timer);
      guest.inbox.length = 0;
      guest.out.end();
      leave(guest);
    });
  };

  return { path: RELAY_PATH, limits, welcome };
};
