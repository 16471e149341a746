/** A link on a data channel: whole messages in frames, no more handed to the browser than it sends in a moment. */
import type { CloseReason, Link, LinkPath } from '../../sync/transport.ts';
import { assertFits, Backlog } from '../backlog.ts';
import { createFrameReader, encodeClose, encodeFrames, FRAME_BYTES } from './frames.ts';

/** bytes that the browser may hold of ours; at 16 MB Chromium would close the channel */
const HANDED_OVER = 8 * FRAME_BYTES;
const REFILL_BELOW = 2 * FRAME_BYTES;

export interface ChannelLink extends Link {
  /** what the channel gave */
  heard(data: unknown): void;
  /** the connection is gone */
  lost(): void;
}

export interface ChannelLinkOptions {
  readonly id: string;
  readonly channel: RTCDataChannel;
  readonly binding: Uint8Array;
  readonly path: () => LinkPath | undefined;
  readonly message: (bytes: Uint8Array) => void;
  /** once: by whose word it closed, and why */
  readonly closed: (reason: CloseReason, by: 'us' | 'them' | 'nobody') => void;
}

export const createChannelLink = ({ id, channel, binding, path, message, closed }: ChannelLinkOptions): ChannelLink => {
  let open = true;
  const queue: Uint8Array[] = [];
  let queued = 0;
  /** the frames of the first message of the queue that are still to be sent */
  let frames: Iterator<Uint8Array<ArrayBuffer>, void> | null = null;
  const backlog = new Backlog(() => queued + channel.bufferedAmount);
  const take = createFrameReader();

  const end = (reason: CloseReason, by: 'us' | 'them' | 'nobody'): void => {
    open = false;
    queue.length = 0;
    queued = 0;
    frames = null;
    backlog.end();
    closed(reason, by);
  };

  const pump = (): void => {
    while (open && channel.bufferedAmount < HANDED_OVER) {
      const first = queue[0];
      if (first === undefined) return;
      frames ??= encodeFrames(first);
      const next = frames.next();
      if (next.done === true) {
        frames = null;
        queue.shift();
      } else {
        queued -= next.value.length - 1;
        if (!hand(channel, next.value)) end('lost', 'nobody');
      }
    }
  };

  channel.bufferedAmountLowThreshold = REFILL_BELOW;
  channel.addEventListener('bufferedamountlow', () => {
    pump();
    backlog.shrank();
  });

  const link: ChannelLink = {
    id,
    kind: 'webrtc',
    get path() {
      return path();
    },
    binding,
    get backlog() {
      return open ? queued + channel.bufferedAmount : 0;
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
      hand(channel, encodeClose(reason));
      end(reason, 'us');
    },
    heard: (data) => {
      if (!open) return;
      if (!(data instanceof ArrayBuffer)) return link.close('Malformed');
      const taken = take(new Uint8Array(data));
      if (taken.type === 'message') message(taken.bytes);
      else if (taken.type === 'close') end(taken.reason, 'them');
      else if (taken.type === 'bad') link.close(taken.reason);
    },
    lost: () => {
      if (open) end('lost', 'nobody');
    },
  };
  return link;
};

/** false where the channel is closing, or the browser will not take more */
const hand = (channel: RTCDataChannel, frame: Uint8Array<ArrayBuffer>): boolean => {
  try {
    channel.send(frame);
    return true;
  } catch {
    return false;
  }
};
