/**
 * Thirty people typing five keys a second, as one device gets it over one link from somebody who passes it on:
 * the real exchange, sealed, at the real pace.
 */
import * as Y from 'yjs';
import { createSigner, createVerifier } from '../src/crypto/index.ts';
import { captureUpdate } from '../src/log/capture.ts';
import { deriveClient, sessionIdOf } from '../src/log/chain.ts';
import { deviceIdOf } from '../src/log/identity.ts';
import { ITEM, type PackItem } from '../src/log/pack.ts';
import { encodeSegment } from '../src/log/segment.ts';
import type { DocumentId } from '../src/log/types.ts';
import { createMemoryStorage } from '../src/storage/memory.ts';
import { createExchange, type Exchange } from '../src/sync/exchange.ts';
import { createOwnSession } from '../src/sync/own-session.ts';
import { type FullReplica, openReplica } from '../src/sync/replica.ts';
import type { Link } from '../src/sync/transport.ts';
import { createDice, environment, value } from './environment.ts';
import { type Figure, median, TIMES } from './measure.ts';
import type { Workshop } from './workshop.ts';

/** Milliseconds in which somebody who passes things on gathers what comes (exchange.ts). */
const TICK = 80;
const SECONDS_A_ROUND = 3;
const SECONDS = SECONDS_A_ROUND * TIMES;
const KEYS_A_SECOND = 5;
const DOCUMENTS = 5;
/** A transport's own byte on each message (webrtc/frames.ts). */
const FRAME = 1;

/** by tick: what the thirty signed in it */
type Typed = readonly (readonly PackItem[])[];

export const measureTyping = async (workshop: Workshop): Promise<readonly Figure[]> => {
  const typed = await typeAll(workshop);
  const fast = await receive(workshop, typed, true);
  const slow = await receive(workshop, typed, false);
  const method = `${workshop.people.length} people, ${SECONDS} s at their real pace, over one link from one who passes it on, ${DOCUMENTS} documents open`;
  return [
    {
      name: 'typing live: bytes a keystroke on one link',
      value: fast.bytes,
      unit: 'bytes',
      target: 120,
      method: `${method}; sealed messages with their frames`,
    },
    {
      name: 'typing live: receiver’s CPU with WebCrypto',
      value: fast.cpu,
      unit: '% of one core',
      target: 5,
      method: `${method}; process time, all threads, median of ${TIMES} stretches of ${SECONDS_A_ROUND} s`,
    },
    {
      name: 'typing live: receiver’s CPU without WebCrypto',
      value: slow.cpu,
      unit: '% of one core',
      target: 25,
      method: `${method}; the same, signatures checked in JavaScript`,
    },
  ];
};

const typeAll = async ({ people, documents, header, organizer }: Workshop): Promise<Typed> => {
  const ticks: PackItem[][] = Array.from({ length: (SECONDS * 1000) / TICK }, () => []);
  for (const [index, person] of people.entries()) {
    const document = documents[index % DOCUMENTS] as DocumentId;
    const id = sessionIdOf(deviceIdOf(person), createDice(`typing ${index}`)(8));
    const signer = createSigner(person.signing, crypto.subtle);
    const session = createOwnSession(organizer.spaceId, id, await deriveClient(organizer.spaceId, id), signer);
    const doc = new Y.Doc();
    doc.clientID = session.client;
    const text = doc.getText(`text ${index}`);
    const step = 1000 / KEYS_A_SECOND;
    for (let at = (index * step) / people.length; at < SECONDS * 1000; at += step) {
      let update = new Uint8Array(0);
      doc.once('update', (bytes: Uint8Array) => (update = Uint8Array.from(bytes)));
      text.insert(text.length, 'every crew comes home '.charAt(text.length % 22));
      const edits = new Map([[document, [captureUpdate(update, session.client)]]]);
      const signing = await session.sign(edits, () => header, header.minute + Math.floor(at / 60_000));
      if (!signing) throw new Error('nothing was signed');
      session.stored(signing);
      ticks[Math.floor(at / TICK)]?.push({ type: ITEM.segment, bytes: encodeSegment(signing.segment) });
    }
  }
  return ticks;
};

interface Received {
  readonly bytes: number;
  readonly cpu: number;
}

const receive = async (workshop: Workshop, typed: Typed, isNative: boolean): Promise<Received> => {
  const records = workshop.organizer.recordItems();
  const open = async (who: Workshop['newcomer'], subtle: SubtleCrypto | null): Promise<FullReplica> => {
    const here = environment(createDice(who === workshop.newcomer ? 'receiver' : 'sender'), subtle);
    const replica = value(await openReplica(createMemoryStorage(), who, createVerifier(subtle), here));
    value(await replica.takeItems(records, null));
    return replica;
  };
  const sender = await open(workshop.organizer.identity, crypto.subtle);
  const receiver = await open(workshop.newcomer, isNative ? crypto.subtle : null);
  for (const id of workshop.documents.slice(0, DOCUMENTS)) value(await receiver.openDocument(id));
  const dropped = (): void => {
    throw new Error('a peer was dropped');
  };
  const events = { peers: () => undefined, presence: () => undefined, dropped };
  const ends = connect(
    createExchange(sender, environment(createDice('sending')), events),
    createExchange(receiver, environment(createDice('receiving'), isNative ? crypto.subtle : null), events),
  );
  await until(() => ends.sender.peers()[0]?.state === 'even' && ends.receiver.peers()[0]?.state === 'even');

  // all is made and sealed first, so that only the receiver works while the clock runs
  ends.hold();
  const batches: (readonly Uint8Array[])[] = [];
  for (const items of typed) {
    value(await sender.takeItems(items, null));
    batches.push(ends.held());
  }
  const bytes = batches.flat().reduce((sum, message) => sum + message.length + FRAME, 0);
  const shares: number[] = [];
  const start = performance.now();
  let before = process.cpuUsage();
  let since = start;
  for (const [tick, messages] of batches.entries()) {
    await waitUntil(start + tick * TICK);
    for (const message of messages) ends.deliver(message);
    if ((tick + 1) % Math.floor(batches.length / TIMES) !== 0) continue;
    const used = process.cpuUsage(before);
    shares.push((used.user + used.system) / 1000 / (performance.now() - since));
    before = process.cpuUsage();
    since = performance.now();
  }
  const keys = typed.flat().length;
  const entries = (): number => [...receiver.vector().sessions.values()].reduce((sum, count) => sum + count, 0);
  await until(() => entries() === keys);
  ends.sender.stop();
  ends.receiver.stop();
  return { bytes: bytes / keys, cpu: median(shares) * 100 };
};

interface Ends {
  readonly sender: Exchange;
  readonly receiver: Exchange;
  /** From now on what the sender says is kept back. */
  hold(): void;
  /** what was kept back since the last call */
  held(): readonly Uint8Array[];
  deliver(message: Uint8Array): void;
}

const connect = (sender: Exchange, receiver: Exchange): Ends => {
  let isHolding = false;
  let held: Uint8Array[] = [];
  const link = (id: string, send: (message: Uint8Array) => void): Link => ({
    id,
    kind: 'memory',
    binding: new Uint8Array(32),
    backlog: 0,
    send,
    drained: () => Promise.resolve(),
    close: () => undefined,
  });
  const toReceiver = link('out', (message) => {
    const copy = message.slice();
    if (isHolding) held.push(copy);
    else setImmediate(() => receiver.message(toSender, copy));
  });
  const toSender = link('in', (message) => {
    const copy = message.slice();
    setImmediate(() => sender.message(toReceiver, copy));
  });
  sender.opened(toReceiver);
  receiver.opened(toSender);
  return {
    sender,
    receiver,
    hold: () => {
      isHolding = true;
    },
    held: () => {
      const taken = held;
      held = [];
      return taken;
    },
    deliver: (message) => receiver.message(toSender, message),
  };
};

const waitUntil = (time: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));

const until = async (isTrue: () => boolean): Promise<void> => {
  for (let turns = 0; !isTrue(); turns++) {
    if (turns > 3000) throw new Error('waited for something that did not come');
    await waitUntil(performance.now() + 10);
  }
};
