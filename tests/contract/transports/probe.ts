/**
 * Drives one transport and remembers what it did. Everything goes in and out as JSON, so that the suite can speak to a
 * probe in this process and to one in a page alike.
 */
import { toHex } from '../../../src/lib/bytes.ts';
import { type CloseReason, type Link, MAX_MESSAGE, type Transport } from '../../../src/sync/transport.ts';

export interface LinkSeen {
  readonly id: string;
  readonly kind: string;
  readonly binding: string;
}

export interface MessageSeen {
  readonly link: string;
  readonly size: number;
  readonly digest: number;
}

export interface CloseSeen {
  readonly link: string;
  readonly reason: CloseReason;
}

export interface Probe {
  start(): void;
  stop(): Promise<void>;
  /** waits until exactly this many links are open */
  links(count: number): Promise<readonly LinkSeen[]>;
  openCount(): number;
  open(): readonly LinkSeen[];
  /** waits until at least this many messages have come in since the start */
  messages(count: number): Promise<readonly MessageSeen[]>;
  /** waits until at least this many links have closed since the start */
  closes(count: number): Promise<readonly CloseSeen[]>;
  /** messages made from the seeds `seed`, `seed + 1`, … */
  send(link: string, seed: number, count: number, size: number): void;
  /** as `send`, and waits until drained after each; gives the largest backlog seen */
  sendSlowly(link: string, seed: number, count: number, size: number): Promise<number>;
  /** resolves when the link has drained or closed, with what is left */
  drain(link: string): Promise<number>;
  backlog(link: string): number;
  /** the name of what a message too large by one throws */
  sendTooLarge(link: string): string;
  close(link: string, reason: CloseReason): void;
  /** from now on answers each message with the same bytes */
  echo(): void;
}

export const createProbe = (transport: Transport): Probe => {
  const linkById = new Map<string, Link>();
  const open = new Set<string>();
  const messages: MessageSeen[] = [];
  const closes: CloseSeen[] = [];
  let waiting: (() => void)[] = [];
  let echoes = false;

  const changed = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const linkOf = (id: string): Link => {
    const link = linkById.get(id);
    if (link === undefined) throw new Error(`no link ${id}`);
    return link;
  };

  const seen = (): readonly LinkSeen[] =>
    [...open].map(linkOf).map(({ id, kind, binding }) => ({ id, kind, binding: toHex(binding) }));

  return {
    start: () => {
      transport.start({
        opened: (link) => {
          if (linkById.has(link.id) && open.has(link.id)) throw new Error('opened twice');
          linkById.set(link.id, link);
          open.add(link.id);
          changed();
        },
        message: (link, bytes) => {
          if (!open.has(link.id)) throw new Error('a message of a link that is not open');
          messages.push({ link: link.id, size: bytes.length, digest: digestOf(bytes) });
          if (echoes) link.send(bytes);
          changed();
        },
        closed: (link, reason) => {
          if (!open.delete(link.id)) throw new Error('closed without being open');
          closes.push({ link: link.id, reason });
          changed();
        },
      });
    },
    stop: () => transport.stop(),
    links: async (count) => {
      await until(() => open.size === count);
      return seen();
    },
    openCount: () => open.size,
    open: seen,
    messages: async (count) => {
      await until(() => messages.length >= count);
      return messages;
    },
    closes: async (count) => {
      await until(() => closes.length >= count);
      return closes;
    },
    send: (id, seed, count, size) => {
      for (let i = 0; i < count; i++) linkOf(id).send(createMessage(seed + i, size));
    },
    sendSlowly: async (id, seed, count, size) => {
      const link = linkOf(id);
      let most = 0;
      for (let i = 0; i < count; i++) {
        link.send(createMessage(seed + i, size));
        most = Math.max(most, link.backlog);
        await link.drained();
      }
      return most;
    },
    drain: async (id) => {
      await linkOf(id).drained();
      return linkOf(id).backlog;
    },
    backlog: (id) => linkOf(id).backlog,
    sendTooLarge: (id) => {
      try {
        linkOf(id).send(new Uint8Array(MAX_MESSAGE + 1));
        return 'nothing';
      } catch (error) {
        return error instanceof Error ? error.name : 'no error';
      }
    },
    close: (id, reason) => linkOf(id).close(reason),
    echo: () => {
      echoes = true;
    },
  };
};

/** Bytes that differ from seed to seed and from place to place. */
export const createMessage = (seed: number, size: number): Uint8Array => {
  const bytes = new Uint8Array(size);
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
};

/** FNV-1a: tells messages apart, and that is all it is for. */
export const digestOf = (bytes: Uint8Array): number => {
  let state = 0x811c9dc5;
  for (const byte of bytes) state = Math.imul(state ^ byte, 0x01000193);
  return state >>> 0;
};
