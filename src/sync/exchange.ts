/**
 * The exchange between replicas that can reach each other: greet → hello (who, and a digest for each device) →
 * have (numbers, where digests differ) → want → packs → live entries. It speaks over any Transport and touches the
 * world only through its arguments. Each new thing is passed on once, and never back to where it came from.
 *
 * What a peer has is believed only by its own digest: an entry sent is not an entry kept.
 */
import { BytesError, concat, equalBytes, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { deviceOf } from '../log/chain.ts';
import { LABEL } from '../log/labels.ts';
import { decodePack, type PackItem } from '../log/pack.ts';
import type { Segment } from '../log/segment.ts';
import type { DeviceId, SessionId } from '../log/types.ts';
import { beyond, countBeyond, emptyVector, mergeVectors, readVector, type Vector, writeVector } from '../log/vector.ts';
import { devicesOf, differing, type Digests, digestsOf, readDigests, restrict, writeDigests } from './digests.ts';
import type { Environment } from './environment.ts';
import { createLiveReader, createLiveWriter, type LiveReader, type LiveWriter } from './live-entries.ts';
import type { Fresh, FullReplica } from './replica.ts';
import type { CloseReason, Link, LinkEvents, LinkKind } from './transport.ts';
import { createWire, decodeGreeting, encodeGreeting, MESSAGE, type Wire } from './wire.ts';

export interface Peer {
  readonly link: string;
  readonly kind: LinkKind;
  /** null until its hello was checked */
  readonly device: DeviceId | null;
  readonly state: 'greeting' | 'receiving' | 'sending' | 'even' | 'uneven';
  /** changes still to come from it, and to go to it, as far as known */
  readonly incoming: number;
  readonly outgoing: number;
}

export interface ExchangeEvents {
  peers(): void;
  /** a presence message, as it came */
  presence(bytes: Uint8Array, from: string): void;
  /** somebody broke the rules and was dropped; the device where it is known */
  dropped(device: DeviceId | null, reason: CloseReason): void;
}

export interface Exchange extends LinkEvents {
  peers(): readonly Peer[];
  sendPresence(bytes: Uint8Array, except: string | null): void;
  /** Resolves when all that has arrived so far was taken in and answered. */
  settled(): Promise<void>;
  stop(): void;
}

interface Side {
  readonly link: Link;
  readonly nonce: Uint8Array;
  wire: Wire | null;
  theirNonce: Uint8Array | null;
  device: DeviceId | null;
  digests: Digests | null;
  /** what they are known to have: their numbers where they said them, ours where the digests agreed */
  theirs: Vector;
  readonly writer: LiveWriter;
  readonly reader: LiveReader;
  /** numbers asked for and not yet all here */
  wanted: Vector | null;
  /** what it gave when asked and this replica would not take: not asked for again until membership changes */
  pointless: Vector;
  /** devices and sessions that were compared whole on this link because of a fork */
  readonly suspected: Map<DeviceId, string>;
  readonly refetched: Set<SessionId>;
  isSending: boolean;
  /** messages of one link are taken strictly one after the other */
  turn: Promise<void>;
}

/** Milliseconds: how long live entries are gathered before they are taken in, with and without fast signatures. */
const GATHER = { fast: 40, slow: 1000 } as const;
/** Milliseconds of quiet after which both say again what they have. */
const QUIET = 1500;
/** Bytes that go live in one message; what is more is asked for. */
const LIVE_MOST = 200_000;
/** Milliseconds that somebody may take to say hello. */
const GREETING_TIME = 20_000;

export const createExchange = (replica: FullReplica, environment: Environment, events: ExchangeEvents): Exchange => {
  const sides = new Map<string, Side>();
  const cancels = new Set<() => void>();
  let gathered: { items: PackItem[]; segments: Segment[]; from: string }[] = [];
  let gathering: (() => void) | null = null;
  let quiet: (() => void) | null = null;
  let stopped = false;
  const working = new Set<Promise<unknown>>();
  /** Work that nobody waits for, remembered until it ends. */
  const inBackground = (work: Promise<unknown>): void => {
    const done = work.finally(() => working.delete(done));
    working.add(done);
  };

  const after = (milliseconds: number, run: () => void): (() => void) => {
    const cancel = environment.after(milliseconds, () => {
      cancels.delete(cancel);
      run();
    });
    cancels.add(cancel);
    return () => {
      cancels.delete(cancel);
      cancel();
    };
  };
  const send = (side: Side, type: number, body: Uint8Array): void => {
    if (side.wire) side.link.send(side.wire.seal(type, body));
  };
  const drop = (side: Side, reason: CloseReason): void => {
    if (!sides.has(side.link.id)) return;
    events.dropped(side.device, reason);
    side.link.close(reason);
    forget(side.link.id);
  };
  const forget = (id: string): void => {
    sides.delete(id);
    // what was asked of the one who left is asked of others
    for (const side of sides.values()) ask(side);
    events.peers();
  };

  const helloMessage = (mine: Uint8Array, theirs: Uint8Array, device: DeviceId, binding: Uint8Array): Uint8Array =>
    concat(LABEL.hello, fromHex(replica.spaceId), mine, theirs, binding, fromHex(device));

  const sayHello = async (side: Side): Promise<void> => {
    const message = helloMessage(side.nonce, side.theirNonce as Uint8Array, replica.device, side.link.binding);
    const to = new Writer().bytes(fromHex(replica.device)).bytes(await replica.signer.sign(message));
    writeDigests(to, digestsOf(replica.vector(), replica.tips()));
    send(side, MESSAGE.hello, to.finish());
  };

  const greet = async (side: Side, bytes: Uint8Array): Promise<void> => {
    const greeting = decodeGreeting(bytes);
    const epoch = greeting && replica.identity.epochs.find((each) => equalBytes(each.id, greeting.epoch));
    if (!greeting || !epoch) return drop(side, 'refused');
    side.theirNonce = greeting.nonce;
    side.wire = createWire(epoch, side.nonce, greeting.nonce, side.link.binding);
    if (!side.wire) return drop(side, 'refused');
    await sayHello(side);
  };

  const takeHello = async (side: Side, body: Uint8Array): Promise<void> => {
    const from = new Reader(body);
    const device = toHex(from.bytes(32)) as DeviceId;
    const signature = from.bytes(64);
    const digests = readDigests(from);
    from.done();
    const message = helloMessage(side.theirNonce as Uint8Array, side.nonce, device, side.link.binding);
    const isProven = await replica.verifier.verify(fromHex(device), message, signature);
    if (!isProven || side.device !== null) return drop(side, 'refused');
    side.device = device;
    takeDigests(side, digests);
  };

  /** Where the sums agree, theirs are ours; gives the devices for which they do not. */
  const compare = (side: Side, mine: Vector, sums: Digests): Set<DeviceId> => {
    if (!side.digests) return new Set();
    const devices = differing(sums, side.digests);
    const same = new Set([...side.digests.keys()].filter((device) => !devices.has(device)));
    side.theirs = mergeVectors(side.theirs, restrict(mine, same));
    return devices;
  };
  /** What was taken in may have made this replica even with what others said before. */
  const compareAll = (): void => {
    const mine = replica.vector();
    const sums = digestsOf(mine, replica.tips());
    for (const side of sides.values()) if (compare(side, mine, sums).size === 0) note(side, true);
    events.peers();
  };

  /** Says numbers where sums differ; where they agree, theirs are ours. */
  const takeDigests = (side: Side, digests: Digests): void => {
    const mine = replica.vector();
    side.digests = digests;
    const devices = compare(side, mine, digestsOf(mine, replica.tips()));
    if (devices.size > 0) {
      const to = new Writer();
      writeVector(to, restrict(mine, devices));
      // of the same moment, so that equal numbers with other sums mean a fork
      writeDigests(to, new Map([...digestsOf(mine, replica.tips())].filter(([device]) => devices.has(device))));
      send(side, MESSAGE.have, to.finish());
    } else note(side, true);
    events.peers();
  };

  const note = (side: Side, whole: boolean): void => {
    if (side.device !== null) replica.heard(side.device, side.theirs, whole);
  };

  const takeHave = (side: Side, body: Uint8Array): void => {
    const from = new Reader(body);
    const numbers = readVector(from);
    const sums = readDigests(from);
    from.done();
    suspectForks(side, numbers, sums);
    // a restored disk may say less than before: for the devices it speaks of, what it says now holds
    const devices = devicesOf(numbers);
    const others = new Set([...devicesOf(side.theirs)].filter((device) => !devices.has(device)));
    side.theirs = mergeVectors(restrict(side.theirs, others), numbers);
    note(side, true);
    ask(side);
    events.peers();
  };

  /** Equally much of a device and yet not the same: it signed twice for one number, and all of it is compared. */
  const suspectForks = (side: Side, numbers: Vector, sums: Digests): void => {
    const mine = replica.vector();
    const own = digestsOf(mine, replica.tips());
    const other = differing(own, sums);
    for (const device of sums.keys()) {
      const of = new Set([device]);
      const isEqual = countBeyond(restrict(numbers, of), mine) + countBeyond(restrict(mine, of), numbers) === 0;
      const difference = `${own.get(device) ?? ''} ${sums.get(device) ?? ''}`;
      // once for each difference: it is all compared, and if that did not help it will not help again
      if (!isEqual || !other.has(device) || side.suspected.get(device) === difference) continue;
      side.suspected.set(device, difference);
      for (const session of [...side.refetched]) if (deviceOf(session) === device) side.refetched.delete(session);
      replica.suspect(device);
    }
  };

  /** What need not be asked for: what is here, and what this link gave in vain (but for a fork it is asked once more). */
  const settledWith = (side: Side): Vector => {
    const again = [...replica.suspects].filter((session) => !side.refetched.has(session));
    for (const session of again) if (side.theirs.sessions.has(session)) side.refetched.add(session);
    const { pointless } = side;
    const sessions = new Map(pointless.sessions);
    for (const session of again) sessions.delete(session);
    return mergeVectors(replica.vector(), { ...pointless, sessions });
  };

  /** Asks for what the other has and nobody was asked for yet. */
  const ask = (side: Side): void => {
    if (side.device === null || side.wanted || stopped) return;
    let have = settledWith(side);
    for (const other of sides.values()) if (other.wanted) have = mergeVectors(have, other.wanted);
    const more = beyond(side.theirs, have);
    if (countBeyond(more, emptyVector()) === 0) return;
    side.wanted = more;
    const to = new Writer();
    // "after these numbers": for what is wanted, what is here
    const here = replica.vector();
    const base = (map: ReadonlyMap<string, number>, of: ReadonlyMap<string, number>): Map<never, number> =>
      new Map([...map.keys()].map((key) => [key as never, of.get(key) ?? 0]));
    writeVector(to, more);
    writeVector(to, {
      records: base(more.records, here.records),
      statements: base(more.statements, here.statements),
      sessions: base(more.sessions, here.sessions),
    });
    send(side, MESSAGE.want, to.finish());
    events.peers();
  };

  const serve = async (side: Side, body: Uint8Array): Promise<void> => {
    const from = new Reader(body);
    const wanted = readVector(from);
    const base = readVector(from);
    from.done();
    // everything but what is wanted counts as known to them
    const mine = replica.vector();
    const known = mergeVectors(mine, emptyVector());
    const lower = <K>(
      of: ReadonlyMap<K, number>,
      at: ReadonlyMap<K, number>,
      want: ReadonlyMap<K, number>,
    ): Map<K, number> => new Map([...of].map(([key, number]) => [key, want.has(key) ? (at.get(key) ?? 0) : number]));
    const lacks: Vector = {
      records: lower(known.records, base.records, wanted.records),
      statements: lower(known.statements, base.statements, wanted.statements),
      sessions: lower(known.sessions, base.sessions, wanted.sessions),
    };
    side.isSending = true;
    events.peers();
    for await (const pack of replica.lacking(lacks).packs()) {
      if (!sides.has(side.link.id)) return;
      send(side, MESSAGE.pack, pack);
      await side.link.drained();
    }
    send(side, MESSAGE.done, new Uint8Array(0));
    side.isSending = false;
    events.peers();
  };

  const takePack = async (side: Side, body: Uint8Array): Promise<void> => {
    const taken = await replica.takeItems(decodePack(body), side.link.id, body);
    if (taken.ok && taken.value.refused.some((type) => type === 'BadSignature' || type === 'Malformed')) {
      drop(side, 'Malformed');
    }
    events.peers();
  };

  const takeLive = (side: Side, body: Uint8Array): void => {
    const { items, segments } = side.reader.decode(body);
    gathered.push({ items: [...items], segments: [...segments], from: side.link.id });
    gathering ??= after(replica.verifier.native ? GATHER.fast : GATHER.slow, () => {
      gathering = null;
      inBackground(takeGathered());
    });
  };

  /** One step for all that came meanwhile: one transaction, and one signature for each session. */
  const takeGathered = async (): Promise<void> => {
    const lots = gathered;
    gathered = [];
    const byLink = new Map<string, { items: PackItem[]; segments: Segment[] }>();
    for (const lot of lots) {
      const known = byLink.get(lot.from) ?? { items: [], segments: [] };
      known.items.push(...lot.items);
      known.segments.push(...lot.segments);
      byLink.set(lot.from, known);
    }
    for (const [from, { items, segments }] of byLink) {
      const taken = await replica.takeLive(items, segments, from);
      const side = sides.get(from);
      if (!side || !taken.ok) continue;
      const { refused, receipt } = taken.value;
      if (refused.some((type) => type === 'BadSignature' || type === 'Malformed')) drop(side, 'Malformed');
      else if (receipt.waiting > 0) sayDigests();
    }
    compareAll();
    sayDigestsLater();
  };

  const sayDigests = (): void => {
    const to = new Writer();
    writeDigests(to, digestsOf(replica.vector(), replica.tips()));
    const body = to.finish();
    for (const side of sides.values()) if (side.device !== null) send(side, MESSAGE.digests, body);
  };
  const sayDigestsLater = (): void => {
    quiet ??= after(QUIET, () => {
      quiet = null;
      sayDigests();
    });
  };

  const passOn = ({ items, segments, from }: Fresh): void => {
    if (items.length > 0) for (const side of sides.values()) side.pointless = emptyVector();
    for (const side of sides.values()) {
      if (side.device === null || side.link.id === from) continue;
      // a large lot goes by want and packs, where it is deflated and paced
      const size = sizeOf(items, segments);
      if (size > 0 && size <= LIVE_MOST) send(side, MESSAGE.live, side.writer.encode(items, segments));
    }
    sayDigestsLater();
  };

  const takeMessage = async (side: Side, bytes: Uint8Array): Promise<void> => {
    if (!side.wire) return greet(side, bytes);
    const message = side.wire.open(bytes);
    if (!message) return drop(side, 'Malformed');
    if (side.device === null && message.type !== MESSAGE.hello) return drop(side, 'refused');
    switch (message.type) {
      case MESSAGE.hello:
        return takeHello(side, message.body);
      case MESSAGE.have:
        return takeHave(side, message.body);
      case MESSAGE.want:
        // not waited for: who asks may be answering us at the same time
        inBackground(serve(side, message.body).catch((error: unknown) => failed(side, error)));
        return;
      case MESSAGE.pack:
        return takePack(side, message.body);
      case MESSAGE.done:
        if (side.wanted) side.pointless = mergeVectors(side.pointless, beyond(side.wanted, replica.vector()));
        side.wanted = null;
        compareAll();
        for (const other of sides.values()) ask(other);
        sayDigestsLater();
        return;
      case MESSAGE.live:
        return takeLive(side, message.body);
      case MESSAGE.presence:
        events.presence(message.body.slice(), side.link.id);
        return;
      case MESSAGE.digests: {
        const from = new Reader(message.body);
        const digests = readDigests(from);
        from.done();
        return takeDigests(side, digests);
      }
      default:
        // a newer version's message: not ours to understand, no reason to part
        return;
    }
  };

  const failed = (side: Side, error: unknown): void => {
    if (error instanceof BytesError) return drop(side, 'Malformed');
    throw error;
  };

  const stopFresh = replica.onFresh(passOn);

  return {
    opened: (link) => {
      if (stopped) return;
      const epoch = replica.identity.epochs.at(-1);
      if (!epoch) return link.close('refused');
      const side: Side = {
        link,
        nonce: environment.random(32),
        wire: null,
        theirNonce: null,
        device: null,
        digests: null,
        theirs: emptyVector(),
        writer: createLiveWriter(),
        reader: createLiveReader(),
        wanted: null,
        pointless: emptyVector(),
        suspected: new Map(),
        refetched: new Set(),
        isSending: false,
        turn: Promise.resolve(),
      };
      sides.set(link.id, side);
      link.send(encodeGreeting(epoch.id, side.nonce));
      after(GREETING_TIME, () => {
        if (side.device === null) drop(side, 'lost');
      });
      events.peers();
    },
    message: (link, bytes) => {
      const side = sides.get(link.id);
      if (!side) return;
      side.turn = side.turn.then(() => takeMessage(side, bytes)).catch((error: unknown) => failed(side, error));
    },
    closed: (link) => forget(link.id),
    peers: () =>
      [...sides.values()].map((side) => {
        const mine = replica.vector();
        const incoming = countBeyond(side.theirs, mine);
        const outgoing = countBeyond(mine, side.theirs);
        const state =
          side.device === null
            ? 'greeting'
            : side.wanted
              ? 'receiving'
              : side.isSending
                ? 'sending'
                : incoming === 0 && outgoing === 0
                  ? 'even'
                  : 'uneven';
        return { link: side.link.id, kind: side.link.kind, device: side.device, state, incoming, outgoing };
      }),
    sendPresence: (bytes, except) => {
      for (const side of sides.values()) {
        if (side.device !== null && side.link.id !== except) send(side, MESSAGE.presence, bytes);
      }
    },
    settled: async () => {
      await Promise.all([...sides.values()].map((side) => side.turn));
      await Promise.all(working);
    },
    stop: () => {
      stopped = true;
      stopFresh();
      for (const cancel of [...cancels]) cancel();
      for (const side of [...sides.values()]) side.link.close('left');
      sides.clear();
    },
  };
};

const sizeOf = (items: readonly PackItem[], segments: readonly Segment[]): number => {
  let size = 0;
  for (const { bytes } of items) size += bytes.length;
  for (const { entries } of segments) {
    for (const { skeleton, content } of entries) size += skeleton.length + content.length + 100;
  }
  return size;
};
