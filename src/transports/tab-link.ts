/**
 * One link between two tabs, on a BroadcastChannel that only these two use. A message says when it has been taken,
 * because the channel itself would queue without end for a tab that is frozen.
 */
import { type CloseReason, type Link, type LinkEvents, MAX_MESSAGE } from '../sync/transport.ts';
import { assertFits, Backlog } from './backlog.ts';

/** bytes that may be under way to the other tab, not yet taken */
const UNDER_WAY = MAX_MESSAGE;

/** `open`: I listen. `ready`: I listen and know that you do. */
type Frame =
  | { readonly type: 'open' | 'ready' }
  | { readonly type: 'message'; readonly bytes: Uint8Array }
  | { readonly type: 'taken'; readonly count: number }
  | { readonly type: 'close'; readonly reason: CloseReason };

export interface TabLink extends Link {
  /** the other tab is gone */
  lost(): void;
}

export interface TabLinkOptions {
  readonly id: string;
  readonly channel: BroadcastChannel;
  readonly binding: Uint8Array;
  readonly events: LinkEvents;
  readonly ended: () => void;
}

export const createTabLink = ({ id, channel, binding, events, ended }: TabLinkOptions): TabLink => {
  let state: 'opening' | 'open' | 'closed' = 'opening';
  const queue: Uint8Array[] = [];
  let queued = 0;
  let underWay = 0;
  const backlog = new Backlog(() => queued + underWay);
  const post = (frame: Frame): void => channel.postMessage(frame);

  const pump = (): void => {
    for (let bytes = queue[0]; bytes !== undefined; bytes = queue[0]) {
      if (underWay > 0 && underWay + bytes.length > UNDER_WAY) return;
      queue.shift();
      queued -= bytes.length;
      underWay += bytes.length;
      post({ type: 'message', bytes });
    }
  };

  const end = (reason: CloseReason): void => {
    const wasOpen = state === 'open';
    state = 'closed';
    channel.close();
    queue.length = 0;
    backlog.end();
    ended();
    if (wasOpen) events.closed(link, reason);
  };

  const opened = (): void => {
    if (state !== 'opening') return;
    state = 'open';
    events.opened(link);
  };

  const take = (frame: Frame): void => {
    switch (frame.type) {
      case 'open':
        post({ type: 'ready' });
        return opened();
      case 'ready':
        return opened();
      case 'message':
        if (frame.bytes.length > MAX_MESSAGE) return link.close('TooLarge');
        post({ type: 'taken', count: frame.bytes.length });
        return events.message(link, frame.bytes);
      case 'taken':
        underWay -= Math.min(underWay, frame.count);
        pump();
        return backlog.shrank();
      case 'close':
        return end(frame.reason);
    }
  };

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (state === 'closed') return;
    const frame = parseFrame(data);
    if (frame === null) link.close('Malformed');
    else take(frame);
  };

  const link: TabLink = {
    id,
    kind: 'tabs',
    binding,
    get backlog() {
      return state === 'closed' ? 0 : queued + underWay;
    },
    drained: () => backlog.drained(),
    send: (message) => {
      assertFits(message);
      if (state !== 'open') return;
      queue.push(message);
      queued += message.length;
      pump();
    },
    close: (reason) => {
      if (state === 'closed') return;
      post({ type: 'close', reason });
      end(reason);
    },
    lost: () => {
      if (state !== 'closed') end('lost');
    },
  };
  post({ type: 'open' });
  return link;
};

const REASONS: readonly CloseReason[] = ['left', 'refused', 'TooLarge', 'Malformed', 'lost'];

/** The other tab may run another version of the app. */
const parseFrame = (data: unknown): Frame | null => {
  if (typeof data !== 'object' || data === null || !('type' in data)) return null;
  const { type } = data;
  if (type === 'open' || type === 'ready') return { type };
  if (type === 'message' && 'bytes' in data && data.bytes instanceof Uint8Array) return { type, bytes: data.bytes };
  if (type === 'taken' && 'count' in data && typeof data.count === 'number') return { type, count: data.count };
  if (type !== 'close' || !('reason' in data)) return null;
  const reason = REASONS.find((known) => known === data.reason);
  return reason === undefined ? null : { type, reason };
};
