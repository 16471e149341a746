/**
 * What a device and a hub's relay say to each other: binary WebSocket messages of one type byte and a body. The hub
 * knows a room by its meaningless name and the devices in it by numbers; all else is sealed by the devices.
 *
 *   to the hub      1 enter  room's name, ASCII          once, and first
 *                   2 say    bytes                       what others in the room are told of this device, now and when they come
 *                   3 send   to u32 ‖ bytes              to one other
 *                   4 ping
 *                   5 mute   from u32                    nothing more of that one
 *   from the hub    1 entered  own number u32
 *                   2 said     from u32 ‖ bytes
 *                   3 sent     from u32 ‖ bytes
 *                   4 pong
 *                   5 left     number u32
 *
 * A device that has never been sent anything by another may be sent KNOCK_BYTES by it and no more: a stranger who knows
 * the name of a room and not its key can knock, and not flood.
 */
import { BytesError, Reader } from '../lib/bytes.ts';

/** one full frame of a link, sealed, and its header */
export const RELAY_MESSAGE = 66_000;
export const SAID_BYTES = 2048;
export const KNOCK_BYTES = 1024;

const TYPE = { enter: 1, say: 2, send: 3, ping: 4, mute: 5 } as const;

export type ToRelay =
  | { readonly type: 'enter'; readonly room: string }
  | { readonly type: 'say'; readonly bytes: Uint8Array }
  | { readonly type: 'send'; readonly peer: number; readonly bytes: Uint8Array }
  | { readonly type: 'ping' }
  | { readonly type: 'mute'; readonly peer: number };

export type FromRelay =
  | { readonly type: 'entered'; readonly peer: number }
  | { readonly type: 'said' | 'sent'; readonly peer: number; readonly bytes: Uint8Array }
  | { readonly type: 'pong' }
  | { readonly type: 'left'; readonly peer: number };

type Bytes = Uint8Array<ArrayBuffer>;

const encode = (type: number, peer: number | null, bytes: Uint8Array | null): Bytes => {
  const out = new Uint8Array(1 + (peer === null ? 0 : 4) + (bytes?.length ?? 0));
  out[0] = type;
  if (peer !== null) new DataView(out.buffer).setUint32(1, peer);
  if (bytes !== null) out.set(bytes, out.length - bytes.length);
  return out;
};

export const encodeToRelay = (message: ToRelay): Bytes => {
  switch (message.type) {
    case 'enter':
      return encode(TYPE.enter, null, ascii(message.room));
    case 'say':
      return encode(TYPE.say, null, message.bytes);
    case 'send':
      return encode(TYPE.send, message.peer, message.bytes);
    case 'ping':
      return encode(TYPE.ping, null, null);
    case 'mute':
      return encode(TYPE.mute, message.peer, null);
  }
};

export const encodeFromRelay = (message: FromRelay): Bytes => {
  switch (message.type) {
    case 'entered':
      return encode(TYPE.enter, message.peer, null);
    case 'said':
      return encode(TYPE.say, message.peer, message.bytes);
    case 'sent':
      return encode(TYPE.send, message.peer, message.bytes);
    case 'pong':
      return encode(TYPE.ping, null, null);
    case 'left':
      return encode(TYPE.mute, message.peer, null);
  }
};

/** null for everything that is none of the above; the bytes are views */
export const decodeToRelay = (bytes: Uint8Array): ToRelay | null =>
  decoded(bytes, (type, from) => {
    switch (type) {
      case TYPE.enter: {
        const room = String.fromCharCode(...from.bytes(Math.min(from.left, 65)));
        return /^[\w-]{16,64}$/.test(room) ? { type: 'enter', room } : null;
      }
      case TYPE.say:
        return from.left > SAID_BYTES ? null : { type: 'say', bytes: from.bytes(from.left) };
      case TYPE.send:
        return { type: 'send', peer: from.u32(), bytes: from.bytes(from.left) };
      case TYPE.ping:
        return { type: 'ping' };
      case TYPE.mute:
        return { type: 'mute', peer: from.u32() };
      default:
        return null;
    }
  });

export const decodeFromRelay = (bytes: Uint8Array): FromRelay | null =>
  decoded(bytes, (type, from) => {
    switch (type) {
      case TYPE.enter:
        return { type: 'entered', peer: from.u32() };
      case TYPE.say:
        return { type: 'said', peer: from.u32(), bytes: from.bytes(from.left) };
      case TYPE.send:
        return { type: 'sent', peer: from.u32(), bytes: from.bytes(from.left) };
      case TYPE.ping:
        return { type: 'pong' };
      case TYPE.mute:
        return { type: 'left', peer: from.u32() };
      default:
        return null;
    }
  });

const decoded = <T>(bytes: Uint8Array, read: (type: number, from: Reader) => T | null): T | null => {
  try {
    const from = new Reader(bytes);
    const value = read(from.u8(), from);
    from.done();
    return value;
  } catch (error) {
    if (error instanceof BytesError) return null;
    throw error;
  }
};

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0x7f);
