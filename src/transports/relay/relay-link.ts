/**
 * A link through a relay: whole messages in sealed frames, and no more of them under way than the other end has said it
 * took, so that a slow reader holds up its own link and no hub has to keep what is on its way.
 */
import { concat, Reader, Writer } from '../../lib/bytes.ts';
import type { CloseReason, Link, LinkPath } from '../../sync/transport.ts';
import { assertFits, Backlog } from '../backlog.ts';
import { createFrameReader, encodeClose, encodeFrames, FRAME_BYTES } from '../webrtc/frames.ts';
import type { RelayCrypto } from './options.ts';
import { type LinkKeys, WORD } from './words.ts';

/** bytes under way and not yet taken */
const UNDER_WAY = 8 * FRAME_BYTES;
/** bytes taken before it is said */
const SAY_TAKEN = 2 * FRAME_BYTES;

const TYPE = { frame: 0, taken: 1 } as const;

export interface RelayLink extends Link {
  /** a sealed frame of the other end */
  heard(sealed: Uint8Array): void;
  /** the way to the other end is gone */
  lost(): void;
}

export interface RelayLinkOptions {
  readonly id: string;
  readonly path: LinkPath;
  readonly keys: LinkKeys;
  readonly crypto: Pick<RelayCrypto, 'seal' | 'open'>;
  readonly send: (bytes: Uint8Array) => void;
  readonly message: (bytes: Uint8Array) => void;
  /** once */
  readonly closed: (reason: CloseReason) => void;
}

export const createRelayLink = ({ id, path, keys, crypto, ...options }: RelayLinkOptions): RelayLink => {
  let open = true;
  const queue: Uint8Array[] = [];
  let queued = 0;
  let frames: Iterator<Uint8Array, void> | null = null;
  let underWay = 0;
  let taken = 0;
  let [sent, received] = [0, 0];
  const backlog = new Backlog(() => queued + underWay);
  const take = createFrameReader();

  const hand = (type: number, body: Uint8Array): void => {
    const plain = new Uint8Array(body.length + 1);
    plain[0] = type;
    plain.set(body, 1);
    options.send(concat(Uint8Array.of(WORD.frame), crypto.seal(keys.send, nonceOf(sent++), plain)));
  };

  const end = (reason: CloseReason): void => {
    open = false;
    queue.length = 0;
    [queued, underWay] = [0, 0];
    frames = null;
    backlog.end();
    options.closed(reason);
  };

  const pump = (): void => {
    while (open && underWay < UNDER_WAY) {
      const first = queue[0];
      if (first === undefined) return;
      frames ??= encodeFrames(first);
      const next = frames.next();
      if (next.done === true) {
        frames = null;
        queue.shift();
        continue;
      }
      queued -= next.value.length - 1;
      underWay += next.value.length;
      hand(TYPE.frame, next.value);
    }
  };

  const hearFrame = (frame: Uint8Array): void => {
    taken += frame.length;
    if (taken >= SAY_TAKEN) {
      hand(TYPE.taken, new Writer(4).u32(taken).finish());
      taken = 0;
    }
    const heard = take(frame);
    if (heard.type === 'message') options.message(heard.bytes);
    else if (heard.type === 'close') end(heard.reason);
    else if (heard.type === 'bad') link.close(heard.reason);
  };

  const link: RelayLink = {
    id,
    kind: 'relay',
    path,
    binding: keys.binding,
    get backlog() {
      return open ? queued + underWay : 0;
    },
    drained: () => backlog.drained(),
    send: (bytes) => {
      assertFits(bytes);
      if (!open) return;
      queue.push(bytes);
      queued += bytes.length;
      pump();
    },
    close: (reason) => {
      if (!open) return;
      hand(TYPE.frame, encodeClose(reason));
      end(reason);
    },
    heard: (sealed) => {
      if (!open) return;
      const plain = crypto.open(keys.receive, nonceOf(received), sealed);
      // the hub lost, changed or repeated one
      if (plain === null) return link.close('lost');
      received += 1;
      const body = plain.subarray(1);
      if (plain[0] === TYPE.frame) hearFrame(body);
      else if (plain[0] === TYPE.taken && body.length === 4) {
        underWay -= Math.min(underWay, new Reader(body).u32());
        pump();
        backlog.shrank();
      } else link.close('Malformed');
    },
    lost: () => {
      if (open) end('lost');
    },
  };
  return link;
};

const nonceOf = (counter: number): Uint8Array => concat(new Uint8Array(16), new Writer(8).u64(counter).finish());
