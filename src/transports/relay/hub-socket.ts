/** The way to one relay: a WebSocket that is opened again, later and later, whenever it is lost. */
import { decodeFromRelay, encodeToRelay, type FromRelay, RELAY_MESSAGE, type ToRelay } from '../../sync/wire-relay.ts';

export interface HubSocket {
  /** Ignored while there is no way. */
  send(message: ToRelay): void;
  /** Resolves when the socket is closed, or will not tell. */
  close(): Promise<void>;
}

export interface HubSocketOptions {
  readonly address: string;
  readonly room: string;
  /** between 0 and 1, so that not all of a room come back at once */
  readonly chance: () => number;
  readonly heard: (message: FromRelay) => void;
  /** there is no way any more; another `entered` may follow */
  readonly lost: () => void;
}

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 20_000;
/** a hub that is there and has no relay, or will not have us */
const REFUSED_WAIT_MS = 60_000;
const PING_MS = 20_000;
const CLOSE_MS = 1000;
/** Node has none */
const hasEvents = typeof addEventListener === 'function';

export const createHubSocket = ({ address, room, chance, heard, lost }: HubSocketOptions): HubSocket => {
  let socket: WebSocket | null = null;
  let wait = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAnswered = true;
  let isEntered = false;
  let isClosed = false;

  const later = (ms: number, run: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };

  const send = (message: ToRelay): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(encodeToRelay(message));
  };

  /** A network that went away says nothing: only a missing answer does. */
  const ping = (): void => {
    if (!isAnswered) return ended();
    isAnswered = false;
    send({ type: 'ping' });
    later(PING_MS, ping);
  };

  const hear = (data: unknown): void => {
    const bytes = data instanceof ArrayBuffer && data.byteLength <= RELAY_MESSAGE ? new Uint8Array(data) : null;
    const message = bytes === null ? null : decodeFromRelay(bytes);
    isAnswered = true;
    if (message === null) return ended();
    if (message.type === 'entered') {
      isEntered = true;
      wait = FIRST_WAIT_MS;
      later(PING_MS, ping);
    }
    if (message.type !== 'pong') heard(message);
  };

  const open = (): void => {
    const opening = new WebSocket(address);
    opening.binaryType = 'arraybuffer';
    isAnswered = true;
    socket = opening;
    opening.onopen = () => send({ type: 'enter', room });
    opening.onmessage = ({ data }: MessageEvent<unknown>) => hear(data);
    opening.onclose = () => ended();
    // `close` follows each error and is enough; Node's sockets throw one that nobody hears
    opening.onerror = () => undefined;
  };

  /** Lets go of the socket at once, however long its browser takes to close it. */
  const ended = (): void => {
    const left = socket;
    if (left === null) return;
    socket = null;
    left.onopen = left.onmessage = left.onclose = null;
    left.close();
    if (isEntered) lost();
    const longest = isEntered ? LONGEST_WAIT_MS : REFUSED_WAIT_MS;
    isEntered = false;
    if (isClosed) return;
    later(wait * (0.75 + chance() / 2), open);
    wait = Math.min(longest, wait * 2);
  };

  const openNow = (): void => {
    if (socket !== null) return;
    wait = FIRST_WAIT_MS;
    later(0, open);
  };
  if (hasEvents) addEventListener('online', openNow);
  open();

  return {
    send,
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      if (hasEvents) removeEventListener('online', openNow);
      const left = socket;
      if (left === null) return;
      left.onopen = left.onmessage = left.onclose = null;
      socket = null;
      await closed(left);
    },
  };
};

const closed = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, CLOSE_MS);
    socket.addEventListener('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close();
  });
