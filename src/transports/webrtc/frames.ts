/**
 * Frames of the log's data channel. One byte says what it is; a message longer than a frame goes in full frames and a
 * last one, so each message has one encoding and a peer cannot make us keep millions of tiny pieces.
 * No browser loses a frame of this size; over 256 KB some do, without a word.
 */
import { concat } from '../../lib/bytes.ts';
import { type CloseReason, MAX_MESSAGE } from '../../sync/transport.ts';

export const FRAME_BYTES = 65_536;
const PIECE = FRAME_BYTES - 1;

const LAST = 0;
const MORE = 1;
const CLOSE = 2;

/** Their places are what is sent: append only. */
const REASONS: readonly CloseReason[] = ['left', 'refused', 'TooLarge', 'Malformed', 'lost'];

/** The frames of one message, made one at a time. */
export function* encodeFrames(message: Uint8Array): Generator<Uint8Array<ArrayBuffer>, void> {
  let at = 0;
  do {
    const piece = message.subarray(at, at + PIECE);
    at += piece.length;
    const frame = new Uint8Array(piece.length + 1);
    frame[0] = at < message.length ? MORE : LAST;
    frame.set(piece, 1);
    yield frame;
  } while (at < message.length);
}

export const encodeClose = (reason: CloseReason): Uint8Array<ArrayBuffer> =>
  Uint8Array.of(CLOSE, REASONS.indexOf(reason));

export type Taken =
  | { readonly type: 'message'; readonly bytes: Uint8Array }
  | { readonly type: 'more' }
  | { readonly type: 'close'; readonly reason: CloseReason }
  | { readonly type: 'bad'; readonly reason: 'TooLarge' | 'Malformed' };

const MALFORMED: Taken = { type: 'bad', reason: 'Malformed' };

/** Puts the messages of one channel together again; never holds more than one of MAX_MESSAGE bytes. */
export const createFrameReader = (): ((frame: Uint8Array) => Taken) => {
  let pieces: Uint8Array[] = [];
  let length = 0;
  return (frame) => {
    const piece = frame.subarray(1);
    switch (frame[0]) {
      case CLOSE: {
        const reason = REASONS[piece[0] ?? REASONS.length];
        return reason === undefined || piece.length !== 1 ? MALFORMED : { type: 'close', reason };
      }
      case MORE:
        if (piece.length !== PIECE) return MALFORMED;
        break;
      case LAST:
        if (piece.length > PIECE || (piece.length === 0 && length > 0)) return MALFORMED;
        break;
      default:
        return MALFORMED;
    }
    length += piece.length;
    // a full frame that is not the last promises at least one byte more
    if (length > MAX_MESSAGE || (frame[0] === MORE && length === MAX_MESSAGE))
      return { type: 'bad', reason: 'TooLarge' };
    pieces.push(piece);
    if (frame[0] === MORE) return { type: 'more' };
    const bytes = concat(...pieces);
    pieces = [];
    length = 0;
    return { type: 'message', bytes };
  };
};
