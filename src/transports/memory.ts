/**
 * A network in memory: every started transport has a link to every other, and everything arrives, later and in order.
 * It fails past a number of messages, so that a loop shows instead of running for ever.
 */
import { Writer } from '../lib/bytes.ts';
import type { CloseReason, Link, LinkEvents, Transport } from '../sync/transport.ts';
import { assertFits, Backlog } from './backlog.ts';

export interface MemoryNetwork {
  /** `name` is for `cut` and `mend` only */
  createTransport(name: string): Transport;
  /** Resolves when nothing is on its way and nobody sends anything in a turn of the event loop; rejects past the limit. */
  settle(): Promise<void>;
  /** Breaks the link between two transports; what was on its way is lost. */
  cut(a: string, b: string): void;
  mend(a: string, b: string): void;
  /** messages sent so far, over all links */
  readonly sent: number;
}

export interface MemoryNetworkOptions {
  /** messages in all, past which `send` throws */
  readonly limit?: number;
  /** which of `count` links delivers next, in order of waiting: for random schedules. Without it the oldest message does. */
  readonly choose?: (count: number) => number;
}

export const createMemoryNetwork = ({ limit = 100_000, choose }: MemoryNetworkOptions = {}): MemoryNetwork => {
  const eventsByName = new Map<string, LinkEvents>();
  const wires = new Map<string, Wire>();
  const cuts = new Set<string>();
  /** one item for each delivery that waits, oldest first */
  const order: End[] = [];
  let delivering = false;
  let sent = 0;
  let connections = 0;
  let failure: Error | null = null;

  const next = (): End | undefined => {
    if (choose === undefined) return order.shift();
    const waiting = [...new Set(order)];
    const end = waiting[choose(waiting.length)];
    if (end !== undefined) order.splice(order.indexOf(end), 1);
    return end;
  };

  const deliver = (): void => {
    const end = failure === null ? next() : undefined;
    delivering = end !== undefined;
    if (end === undefined) return;
    // before the delivery, which may throw
    queueMicrotask(deliver);
    end.take();
  };

  const wake = (end: End): void => {
    order.push(end);
    if (delivering) return;
    delivering = true;
    queueMicrotask(deliver);
  };

  const count = (): void => {
    sent += 1;
    if (sent > limit) failure ??= new Error(`more than ${limit} messages: somebody answers for ever`);
    if (failure !== null) throw failure;
  };

  const connect = (...names: readonly [string, string]): void => {
    const [a, b] = sorted(...names);
    const [first, second] = [eventsByName.get(a), eventsByName.get(b)];
    const key = pair(a, b);
    if (first === undefined || second === undefined || cuts.has(key) || wires.has(key)) return;
    connections += 1;
    const number = connections;
    const onEnd = (): void => {
      if (wires.get(key)?.number === number) wires.delete(key);
    };
    wires.set(key, createWire({ number, first, second, wake, count, onEnd }));
  };

  return {
    createTransport: (name) => ({
      start: (events) => {
        if (eventsByName.has(name)) throw new Error('started twice');
        eventsByName.set(name, events);
        for (const other of eventsByName.keys()) if (other !== name) connect(name, other);
      },
      stop: () => {
        eventsByName.delete(name);
        for (const [key, wire] of [...wires]) if (key.split('|').includes(name)) wire.leave(key.startsWith(`${name}|`));
        return Promise.resolve();
      },
    }),
    settle: async () => {
      let quiet = false;
      while (!quiet) {
        const before = sent;
        await turn();
        if (failure !== null) throw failure;
        quiet = order.length === 0 && sent === before;
      }
    },
    cut: (a, b) => {
      cuts.add(pair(a, b));
      wires.get(pair(a, b))?.tear();
    },
    mend: (a, b) => {
      cuts.delete(pair(a, b));
      connect(a, b);
    },
    get sent() {
      return sent;
    },
  };
};

interface Wire {
  readonly number: number;
  leave(first: boolean): void;
  tear(): void;
}

interface WireOptions {
  readonly number: number;
  readonly first: LinkEvents;
  readonly second: LinkEvents;
  readonly wake: (end: End) => void;
  readonly count: () => void;
  readonly onEnd: () => void;
}

const createWire = ({ number, first, second, wake, count, onEnd }: WireOptions): Wire => {
  const binding = new Writer(32).u64(0).u64(0).u64(0).u64(number).finish();
  const left = new End(`memory-${number}-1`, binding, first, wake, count, onEnd);
  const right = new End(`memory-${number}-2`, binding, second, wake, count, onEnd);
  left.other = right;
  right.other = left;
  for (const end of [left, right]) end.expect(() => end.open());
  return {
    number,
    leave: (isFirst) => (isFirst ? left : right).close('left'),
    tear: () => {
      onEnd();
      for (const end of [left, right]) end.finish('lost');
    },
  };
};

/** One end of a link, with what is on its way to it. */
class End implements Link {
  readonly kind = 'memory';
  other: End | null = null;
  private readonly inbox: (() => void)[] = [];
  private state: 'opening' | 'open' | 'closed' = 'opening';
  private incoming = 0;
  private readonly outgoing = new Backlog(() => this.backlog);

  constructor(
    readonly id: string,
    readonly binding: Uint8Array,
    private readonly events: LinkEvents,
    private readonly wake: (end: End) => void,
    private readonly count: () => void,
    private readonly onEnd: () => void,
  ) {}

  get backlog(): number {
    return this.other?.incoming ?? 0;
  }

  drained(): Promise<void> {
    return this.outgoing.drained();
  }

  send(message: Uint8Array): void {
    assertFits(message);
    const { other } = this;
    if (this.state !== 'open' || other === null) return;
    this.count();
    const copy = message.slice();
    other.incoming += copy.length;
    other.expect(() => {
      other.incoming -= copy.length;
      this.outgoing.shrank();
      if (other.state === 'open') other.events.message(other, copy);
    });
  }

  close(reason: CloseReason): void {
    if (this.state === 'closed') return;
    const { other } = this;
    this.onEnd();
    this.finish(reason);
    other?.expect(() => other.finish(reason));
  }

  /** Something will happen at this end, after everything that is already on its way to it. */
  expect(event: () => void): void {
    this.inbox.push(event);
    this.wake(this);
  }

  take(): void {
    this.inbox.shift()?.();
  }

  open(): void {
    if (this.state !== 'opening') return;
    this.state = 'open';
    this.events.opened(this);
  }

  finish(reason: CloseReason): void {
    const wasOpen = this.state === 'open';
    this.state = 'closed';
    this.outgoing.end();
    if (wasOpen) this.events.closed(this, reason);
  }
}

const sorted = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a]);

const pair = (a: string, b: string): string => sorted(a, b).join('|');

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
