/**
 * One document's part of the log: which entries count, in an order that Yjs can take.
 * Each session's entries of this document are taken in the session's order, each as soon as what it names is here.
 * What counts is decided here, from the entries alone; the Y.Doc only follows.
 */
import { Reader, type Writer } from '../lib/bytes.ts';
import { createShape, readShape } from './shape.ts';
import type { Edit, Id } from './struct.ts';
import { createGathered } from './update.ts';

export interface DocumentLog {
  /** Takes a session's next entry of this document; gives how many entries (of anybody) now count. */
  take(client: number, entry: Edit): number;
  /** What counts and the Y.Doc has not had yet, as one update; null: nothing. */
  takeUpdate(): Uint8Array | null;
  /** An entry of this device's own, which its Y.Doc has already; false: it does not count, like a crafted one. */
  takeOwn(client: number, entry: Edit): boolean;
  readonly hasUpdate: boolean;
  /** entries that wait for something that is not here */
  readonly waiting: number;
  /** clients with entries waiting */
  waitingClients(): readonly number[];
  /** clients whose entries stopped counting at a crafted struct */
  readonly stopped: ReadonlySet<number>;
  /** next clock by client */
  have(client: number): number;
  write(to: Writer): void;
}

/** A session's entries that wait, from `at` on. */
interface Queue {
  readonly entries: Edit[];
  at: number;
}

/** `counted` hears of each entry that counts, when it does. */
export const createDocumentLog = (counted?: (entry: Edit) => void): DocumentLog => openDocumentLog(null, counted);

/** From this device's own sealed snapshot, opened when first asked of: at a start nobody writes in most documents. */
export const openDocumentLogLater = (snapshot: () => Uint8Array): DocumentLog => {
  let opened: DocumentLog | null = null;
  const log = (): DocumentLog => (opened ??= openDocumentLog(new Reader(snapshot())));
  return {
    take: (client, entry) => log().take(client, entry),
    takeUpdate: () => opened?.takeUpdate() ?? null,
    takeOwn: (client, entry) => log().takeOwn(client, entry),
    get hasUpdate() {
      return opened?.hasUpdate ?? false;
    },
    get waiting() {
      return opened?.waiting ?? 0;
    },
    waitingClients: () => opened?.waitingClients() ?? [],
    get stopped() {
      return log().stopped;
    },
    have: (client) => log().have(client),
    write: (to) => log().write(to),
  };
};

/** From this device's own sealed snapshot, or empty. */
const openDocumentLog = (snapshot: Reader | null, hear?: (entry: Edit) => void): DocumentLog => {
  const clocks = new Map<number, number>();
  const stopped = new Set<number>();
  const queues = new Map<number, Queue>();
  /** by the client that is waited for: who waits */
  const waiters = new Map<number, Set<number>>();
  const gathered = createGathered();
  let waiting = 0;
  if (snapshot) {
    for (let i = snapshot.varuint(); i > 0; i--) clocks.set(snapshot.varuint(), snapshot.varuint());
    for (let i = snapshot.varuint(); i > 0; i--) stopped.add(snapshot.varuint());
  }
  const shape = snapshot ? readShape(snapshot) : createShape();

  const lacks = (client: number, id: Id | null): boolean =>
    id !== null && id.client !== client && (clocks.get(id.client) ?? 0) <= id.clock;

  /** The client that an entry waits for, or null where all its needs are met. */
  const neededClient = (client: number, entry: Edit): number | null => {
    for (const struct of entry.structs) {
      if (lacks(client, struct.origin)) return (struct.origin as Id).client;
      if (lacks(client, struct.right)) return (struct.right as Id).client;
      if (struct.parent?.type === 'item' && lacks(client, struct.parent.id)) return struct.parent.id.client;
    }
    for (const range of entry.deletes) {
      if (range.client !== client && (clocks.get(range.client) ?? 0) < range.clock + range.length) return range.client;
    }
    return null;
  };

  /** false: crafted; nothing of the entry counts, nor of this client here from now on */
  const learn = (client: number, entry: Edit): boolean => {
    const before = clocks.get(client) ?? 0;
    if ((entry.structs[0]?.clock ?? before) > before) throw new Error('entries of a session out of order');
    // what counts already (a session read again after a restart) is not learnt twice
    const structs =
      (entry.structs[0]?.clock ?? before) < before
        ? entry.structs.filter((each) => each.clock >= before)
        : entry.structs;
    const isWell = shape.learn(client, structs);
    const last = structs.at(-1);
    if (!isWell) stopped.add(client);
    else if (last) clocks.set(client, last.clock + last.length);
    return isWell;
  };

  /** Others that wait for a client look again, now that more of it counts. */
  const wake = (client: number): number => {
    const others = waiters.get(client);
    if (!others) return 0;
    waiters.delete(client);
    return drain([...others]);
  };

  const drain = (ready: number[]): number => {
    let counted = 0;
    for (let client = ready.pop(); client !== undefined; client = ready.pop()) {
      const queue = queues.get(client);
      if (!queue) continue;
      const before = queue.at;
      for (; queue.at < queue.entries.length; queue.at++) {
        const entry = queue.entries[queue.at] as Edit;
        if (stopped.has(client)) continue;
        const needed = neededClient(client, entry);
        if (needed !== null) {
          const others = waiters.get(needed);
          if (others) others.add(client);
          else waiters.set(needed, new Set([client]));
          break;
        }
        if (!learn(client, entry)) continue;
        gathered.add(client, entry);
        hear?.(entry);
        counted += 1;
      }
      waiting -= queue.at - before;
      if (queue.at === queue.entries.length) queues.delete(client);
      if (queue.at > before) {
        const others = waiters.get(client);
        waiters.delete(client);
        if (others) ready.push(...others);
      }
    }
    return counted;
  };

  return {
    take: (client, entry) => {
      const queue = queues.get(client);
      if (queue) {
        waiting += 1;
        queue.entries.push(entry);
        return 0;
      }
      if (stopped.has(client)) return 0;
      if (neededClient(client, entry) === null) {
        // nearly every entry: nothing to wait for, and nobody waits
        if (!learn(client, entry)) {
          stopped.add(client);
          return 0;
        }
        gathered.add(client, entry);
        hear?.(entry);
        return waiters.size === 0 ? 1 : 1 + wake(client);
      }
      waiting += 1;
      queues.set(client, { entries: [entry], at: 0 });
      return drain([client]);
    },
    takeUpdate: () => gathered.take(),
    takeOwn: (client, entry) => {
      if (stopped.has(client)) return false;
      if (!learn(client, entry)) return false;
      wake(client);
      return true;
    },
    get hasUpdate() {
      return !gathered.isEmpty;
    },
    get waiting() {
      return waiting;
    },
    waitingClients: () => [...queues.keys()],
    stopped,
    have: (client) => clocks.get(client) ?? 0,
    write: (to) => {
      to.varuint(clocks.size);
      for (const [client, clock] of clocks) to.varuint(client).varuint(clock);
      to.varuint(stopped.size);
      for (const client of stopped) to.varuint(client);
      shape.write(to);
    },
  };
};
