/**
 * The exchange between replicas that can reach each other: greet → hello (who, and a digest for each device) →
 * have (numbers, where digests differ) → want → packs → live entries. It speaks over any Transport and touches the
 * world only through its arguments. Each new thing is passed on once, and never back to where it came from.
 *
 * What a peer can make this device do (it is a member's device, or somebody who has the space's key):
 *
 *   any        at most MAX_MESSAGE bytes; those not looked at yet PENDING_MOST bytes, beyond that it is dropped
 *   greeting   one, then hello within GREETING_TIME
 *   1 hello    one; one signature
 *   2 have     a question; what it says of itself SAID_MOST numbers in all; forks are looked for among known devices
 *   3 want     a question; one is answered at a time, at its own pace, and one may wait
 *   4 pack     only while it was asked; opens to LIMIT.pack; past bounds: HELD segments and bytes, POOL records
 *   5 done     only while it was asked; a question
 *   6 live     linear in its bytes; GATHER_MOST bytes may wait, one lot is taken in at a time
 *   7 presence LIMIT.signed bytes; too many are passed over
 *   8 digests  a question
 *   9 signal   LIMIT.signal bytes; too many are passed over
 *  10 holds    as 2 have, and no question: what is lacking then is asked for later
 *  11 prune    12 graft: DEVICES_MOST devices
 *  14 numbers  a question
 *  15 vectors  a question; one signature for each that is newer than what is here, LIMIT of signed-vectors.ts in memory
 *   others     opened and passed over
 *
 * A question costs a look at all that is here: so many at once and a second (side.ts), beyond that it is dropped.
 */
import { BytesError, Reader } from '../lib/bytes.ts';
import { LIMIT } from '../log/limits.ts';
import { deviceOf } from '../log/chain.ts';
import { decodePack } from '../log/pack.ts';
import type { DeviceId, RefusalType } from '../log/types.ts';
import { emptyVector, sizeOfVector } from '../log/vector.ts';
import { createAskingAgain } from './asking-again.ts';
import { createAnswering } from './answering.ts';
import { createComparing } from './comparing.ts';
import { readDigests } from './digests.ts';
import type { Environment } from './environment.ts';
import type { Exchange, ExchangeEvents } from './exchange-types.ts';
import type { Fresh, FullReplica } from './full-replica.ts';
import { createHandshake } from './handshake.ts';
import { createLiveGather } from './live-gather.ts';
import { createPassVectors } from './pass-vectors.ts';
import { createSide, peerOf, type Side, type Sides } from './side.ts';
import { createSpread, SIGNED } from './spread.ts';
import type { Link } from './transport.ts';
import { encodeGreeting, MESSAGE } from './wire.ts';
import { createWords } from './words.ts';

export type { Exchange } from './exchange-types.ts';

/** Milliseconds for which nothing of a device has come when sums are said again. */
const QUIET = 1500;
/** Milliseconds after which it is looked at who is even, while things come in live: that asks after all that is here. */
const COMPARE = 500;
/** Bytes of one link that came and were not looked at yet, and what each message takes beside its own. */
const PENDING_MOST = 64_000_000;
const MESSAGE_COST = 256;
/** Numbers that one peer may say of what it has. */
const SAID_MOST = 200_000;
/** What makes this device compare all that it has. */
const QUESTIONS: ReadonlySet<number> = new Set([
  MESSAGE.have,
  MESSAGE.want,
  MESSAGE.done,
  MESSAGE.digests,
  MESSAGE.numbers,
  MESSAGE.vectors,
]);
/** Milliseconds that somebody may take to say hello. */
const GREETING_TIME = 20_000;

export const createExchange = (replica: FullReplica, environment: Environment, events: ExchangeEvents): Exchange => {
  const byLink = new Map<string, Side>();
  const cancels = new Set<() => void>();
  const working = new Set<Promise<unknown>>();
  /** when something of a device last came */
  const movedAt = new Map<DeviceId, number>();
  let isQuietPlanned = false;
  let isComparePlanned = false;
  let stopped = false;
  /** Work that nobody waits for, remembered until it ends. */
  const inBackground = (work: Promise<unknown>): void => {
    const done = work.finally(() => working.delete(done));
    working.add(done);
  };
  const after = (milliseconds: number, run: () => void): void => {
    const cancel = environment.after(milliseconds, () => {
      cancels.delete(cancel);
      run();
    });
    cancels.add(cancel);
  };

  const sides: Sides = {
    all: () => byLink.values(),
    has: (side) => byLink.has(side.link.id),
    send: (side, type, body) => {
      if (!side.wire) return;
      const sealed = side.wire.seal(type, body);
      events.sent?.(type, sealed.length);
      side.link.send(sealed);
    },
    drop: (side, reason) => {
      if (!sides.has(side)) return;
      events.dropped(side.device, reason);
      side.link.close(reason);
      forget(side.link.id);
    },
  };
  const forget = (id: string): void => {
    byLink.delete(id);
    if (!stopped) spread.lost(id);
    // what was asked of the one who left is asked of others
    if (!stopped) for (const side of byLink.values()) comparing.ask(side);
    events.peers();
  };
  const handshake = createHandshake(replica, sides);
  const comparing = createComparing(replica, sides, () => events.peers());
  const now = (): number => environment.now();
  const spread = createSpread(replica, sides, {
    now,
    after,
    ask: (side) => comparing.ask(side),
    said: (side) => {
      side.hasSpoken = true;
      compareLater();
    },
  });
  const askingAgain = createAskingAgain(after, () => {
    for (const side of byLink.values()) {
      // it was not in vain, and who hears all sums again says what we lack
      side.pointless = emptyVector();
      side.toldSums.clear();
    }
    comparing.sayDigests(() => true);
  });
  const words = createWords(sides, { now, after, prune: spread.prune, graft: spread.graft });
  const vectors = createPassVectors(replica, sides, { now, after, inBackground });
  const live = createLiveGather(replica, {
    now,
    after,
    inBackground,
    take: async (from, items, segments) => {
      const side = byLink.get(from);
      const stale = side ? spread.weigh(side, segments) : [];
      const taken = await replica.takeLive(items, segments, from);
      if (!taken.ok) return askingAgain.failed(taken.error);
      if (!side || !sides.has(side)) return;
      const { refused, receipt } = taken.value;
      if (refused.some(isBroken)) return sides.drop(side, 'Malformed');
      const isStale = items.length > 0 && segments.length === 0 && receipt.changes === 0;
      spread.prune(side, isStale ? [SIGNED] : stale);
      spread.taken(side, segments);
    },
    done: () => {
      compareLater();
      sayDigestsLater();
    },
  });
  const compareLater = (): void => {
    if (isComparePlanned) return;
    isComparePlanned = true;
    after(COMPARE, () => {
      isComparePlanned = false;
      comparing.compareAll();
    });
  };

  const sayDigestsLater = (): void => {
    if (isQuietPlanned) return;
    isQuietPlanned = true;
    after(QUIET, () => {
      isQuietPlanned = false;
      const isStill = (device: DeviceId): boolean => now() - (movedAt.get(device) ?? 0) >= QUIET;
      if (comparing.sayDigests(isStill)) sayDigestsLater();
      vectors.quiet();
    });
  };

  const answer = createAnswering(replica, sides, () => events.peers());
  const takePack = async (side: Side, body: Uint8Array): Promise<void> => {
    if (!side.wanted) return sides.drop(side, 'Malformed');
    const taken = await replica.takeItems(decodePack(body), side.link.id, body);
    if (!taken.ok) askingAgain.failed(taken.error);
    else if (taken.value.refused.some(isBroken)) sides.drop(side, 'Malformed');
    else askingAgain.stored();
    events.peers();
  };

  const passOn = (fresh: Fresh): void => {
    for (const { session } of fresh.segments) movedAt.set(deviceOf(session), now());
    if (fresh.items.length > 0) for (const side of byLink.values()) side.pointless = emptyVector();
    spread.pass(fresh);
    sayDigestsLater();
  };

  const takeMessage = async (side: Side, bytes: Uint8Array): Promise<void> => {
    if (!side.wire) return handshake.greet(side, bytes);
    const message = side.wire.open(bytes);
    if (!message) return sides.drop(side, 'Malformed');
    const { type, body } = message;
    if (side.device === null && type !== MESSAGE.hello) return sides.drop(side, 'refused');
    if (QUESTIONS.has(type) && !side.questions.take()) return sides.drop(side, 'Malformed');
    switch (type) {
      case MESSAGE.hello: {
        const digests = await handshake.takeHello(side, body);
        if (!digests) return;
        comparing.takeDigests(side, digests, true);
        words.greet(side);
        vectors.greet(side);
        if (side.device !== null) events.greeted?.(side.link.id, side.device);
        return sayDigestsLater();
      }
      case MESSAGE.have:
        comparing.takeHave(side, body);
        return boundSaid(side);
      case MESSAGE.want:
        // not waited for: who asks may be answering us at the same time
        inBackground(answer(side, body).catch((error: unknown) => failed(side, error)));
        return;
      case MESSAGE.pack:
        return takePack(side, body);
      case MESSAGE.done:
        if (!side.wanted) return;
        comparing.answered(side);
        return sayDigestsLater();
      case MESSAGE.live: {
        const { items, segments } = side.reader.decode(body);
        if (!live.add(side.link.id, items, segments, body.length)) sides.drop(side, 'TooLarge');
        return;
      }
      case MESSAGE.presence:
        if (body.length > LIMIT.signed) return sides.drop(side, 'TooLarge');
        if (side.presences.take() && words.isNews(side, body)) events.presence(body.slice(), side.link.id);
        return;
      case MESSAGE.signal:
        if (body.length > LIMIT.signal) return sides.drop(side, 'TooLarge');
        if (side.signals.take()) events.signal?.(body.slice(), side.link.id);
        return;
      case MESSAGE.digests: {
        const from = new Reader(body);
        const digests = readDigests(from);
        from.done();
        return comparing.takeDigests(side, digests, false);
      }
      case MESSAGE.holds:
        spread.takeHolds(side, body);
        return boundSaid(side);
      case MESSAGE.prune:
        return spread.takePrune(side, body);
      case MESSAGE.graft:
        return spread.takeGraft(side, body);
      case MESSAGE.numbers:
        return vectors.takeNumbers(side, body);
      case MESSAGE.vectors:
        return vectors.takeVectors(side, body);
      default:
        // a newer version's message: not ours to understand, no reason to part
        return;
    }
  };

  const boundSaid = (side: Side): void => {
    if (sizeOfVector(side.theirs) > SAID_MOST) sides.drop(side, 'TooLarge');
  };
  const failed = (side: Side, error: unknown): void => {
    if (error instanceof BytesError) return sides.drop(side, 'Malformed');
    throw error;
  };

  const stopFresh = replica.onFresh(passOn);

  return {
    opened: (link: Link) => {
      if (stopped) return;
      const epoch = replica.identity.epochs.at(-1);
      if (!epoch) return link.close('refused');
      const side = createSide(link, environment.random(32), () => environment.now());
      byLink.set(link.id, side);
      link.send(encodeGreeting(epoch.id, side.nonce));
      after(GREETING_TIME, () => {
        if (side.device === null) sides.drop(side, 'lost');
      });
      events.peers();
    },
    message: (link, bytes) => {
      const side = byLink.get(link.id);
      if (!side) return;
      const cost = bytes.length + MESSAGE_COST;
      if (side.pending + cost > PENDING_MOST) return sides.drop(side, 'TooLarge');
      side.pending += cost;
      side.turn = side.turn
        .then(() => (sides.has(side) ? takeMessage(side, bytes) : undefined))
        .catch((error: unknown) => failed(side, error))
        .finally(() => (side.pending -= cost));
    },
    closed: (link) => forget(link.id),
    peers: () => {
      const mine = replica.vector();
      return [...byLink.values()].map((side) => peerOf(side, mine));
    },
    sendPresence: words.pass,
    sendSignal: (link, bytes) => {
      const side = byLink.get(link);
      if (side && side.device !== null) sides.send(side, MESSAGE.signal, bytes);
    },
    settled: async () => {
      await Promise.all([...byLink.values()].map((side) => side.turn));
      await Promise.all(working);
    },
    stop: () => {
      stopped = true;
      stopFresh();
      for (const cancel of [...cancels]) cancel();
      for (const side of [...byLink.values()]) side.link.close('left');
      byLink.clear();
    },
  };
};

/** What only somebody who broke the rules sends. */
const isBroken = (type: RefusalType): boolean => type === 'BadSignature' || type === 'Malformed';
