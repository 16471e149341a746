/** Time that passes when a test says so, and does at each moment what was planned for it, in order. */
export interface Clock {
  now(): number;
  /** runs later; gives the cancel */
  after(milliseconds: number, run: () => void): () => void;
  /** Lets time pass. `settle` waits for what an event has set off, before the next one. */
  pass(milliseconds: number, settle?: () => Promise<void>): Promise<void>;
  /** the same where nothing has to be waited for */
  passNow(milliseconds: number): void;
}

interface Planned {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

const START = Date.UTC(2026, 10, 23, 9);

export const createClock = (): Clock => {
  /** a heap: the next one first */
  const heap: Planned[] = [];
  let time = START;
  let order = 0;

  const isSooner = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
  const push = (item: Planned): void => {
    let at = heap.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above] as Planned;
      if (!isSooner(item, other)) break;
      heap[at] = other;
      at = above;
    }
    heap[at] = item;
  };
  const pop = (): Planned | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isSooner(heap[below + 1] as Planned, heap[below] as Planned)) below += 1;
      if (!isSooner(heap[below] as Planned, last)) break;
      heap[at] = heap[below] as Planned;
      at = below;
    }
    heap[at] = last;
    return first;
  };
  /** Does what is next, if it is due by then; false: nothing is. */
  const next = (until: number): boolean => {
    while (heap[0]?.run === null) pop();
    const first = heap[0];
    if (first === undefined || first.at > until) return false;
    pop();
    time = Math.max(time, first.at);
    const { run } = first;
    first.run = null;
    run?.();
    return true;
  };

  return {
    now: () => time,
    after: (milliseconds, run) => {
      const item: Planned = { at: time + Math.max(0, milliseconds), order: order++, run };
      push(item);
      return () => {
        item.run = null;
      };
    },
    pass: async (milliseconds, settle = turn) => {
      const until = time + milliseconds;
      await settle();
      while (next(until)) await settle();
      time = until;
    },
    passNow: (milliseconds) => {
      const until = time + milliseconds;
      while (next(until));
      time = until;
    },
  };
};

/** All promises that wait for nothing but each other are through after it. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
