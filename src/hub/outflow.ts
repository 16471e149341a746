/** What is on its way out to one reader: counted, so that those who write to it can wait, and so can all together. */
import { WebSocket } from 'ws';

export interface Outflow {
  /** 'full': whoever writes more is to wait for room first */
  send(message: Uint8Array): 'sent' | 'full';
  /** Calls it once there is room again, or the reader has gone. */
  whenRoom(run: () => void): void;
  /** the reader has gone */
  end(): void;
}

interface OutflowLimits {
  readonly backlogBytes: number;
  readonly stallMs: number;
}

/** what a message takes beside its bytes */
const COST = 128;

export const createOutflow = (
  socket: WebSocket,
  limits: OutflowLimits,
  inAll: { waiting: number; readonly most: number },
): Outflow => {
  let waiting = 0;
  let writers: (() => void)[] = [];
  let ended = false;
  let stall: ReturnType<typeof setTimeout> | undefined;

  const letOn = (): void => {
    clearTimeout(stall);
    const woken = writers;
    writers = [];
    for (const run of woken) run();
  };
  const watch = (): void => {
    clearTimeout(stall);
    stall = setTimeout(() => socket.terminate(), limits.stallMs);
  };
  const left = (cost: number): void => {
    if (ended) return;
    waiting -= cost;
    inAll.waiting -= cost;
    if (writers.length === 0) return;
    if (waiting <= limits.backlogBytes / 2) letOn();
    else watch();
  };

  return {
    send: (message) => {
      if (socket.readyState !== WebSocket.OPEN) return 'sent';
      const cost = message.length + COST;
      waiting += cost;
      inAll.waiting += cost;
      socket.send(message, () => left(cost));
      // the hub's own memory comes before any one reader; and nobody waits for one that takes nothing at all
      if ((inAll.waiting > inAll.most && waiting > limits.backlogBytes / 2) || waiting > 4 * limits.backlogBytes) {
        socket.terminate();
        return 'sent';
      }
      return waiting > limits.backlogBytes ? 'full' : 'sent';
    },
    whenRoom: (run) => {
      writers.push(run);
      if (writers.length === 1) watch();
    },
    end: () => {
      ended = true;
      inAll.waiting -= waiting;
      letOn();
    },
  };
};
