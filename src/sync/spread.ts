/**
 * How what is new goes through a room in which nobody is connected with all: along a tree for each device whose entries
 * they are, after Plumtree (Leitão, Pereira and Rodrigues, "Epidemic Broadcast Trees", 2007). Beginning with all links, a
 * link that brings a device's entries a second time is cut off from its tree (prune). There go only notices of
 * what is here, some together; who learns from one of an entry that does not come fetches it there and takes the link into
 * the tree again (graft). So an entry takes each link of a tree once, and a broken tree mends itself.
 * Records and statements, which are few, have one tree together.
 */
import { BytesError, fromHex, Reader, toHex, Writer } from '../lib/bytes.ts';
import { deviceOf } from '../log/chain.ts';
import { lastOf, type Segment } from '../log/segment.ts';
import type { DeviceId, SessionId } from '../log/types.ts';
import { beyond, countBeyond, emptyVector, mergeVectors, type Vector } from '../log/vector.ts';
import type { Fresh, FullReplica } from './full-replica.ts';
import type { Side, Sides } from './side.ts';
import { MESSAGE } from './wire.ts';

export interface Spread {
  /** Something new is stored: to those who are not known to have it, and never back. */
  pass(fresh: Fresh): void;
  /** What a link brought, before it is taken in: what of it is known already. */
  weigh(side: Side, segments: readonly Segment[]): readonly DeviceId[];
  /** The link brought these devices' entries, and all of them were here. `by`: the link that brought them first, or had to. */
  prune(side: Side, devices: readonly DeviceId[], by?: string): void;
  /** From now on the link brings these devices' entries. */
  graft(side: Side, devices: readonly DeviceId[]): void;
  /** Live entries were taken in, or wait for what is before them. */
  taken(side: Side, segments: readonly Segment[]): void;
  takeHolds(side: Side, body: Uint8Array): void;
  takePrune(side: Side, body: Uint8Array): void;
  takeGraft(side: Side, body: Uint8Array): void;
  /** A link is gone, and with it a branch of some trees. */
  lost(link: string): void;
}

export interface SpreadNeeds {
  now(): number;
  after(milliseconds: number, run: () => void): void;
  /** Asks a side for what it has and nobody was asked for yet. */
  ask(side: Side): void;
  /** A side said what it has. */
  said(side: Side): void;
}

/** Stands for all records and statements. */
export const SIGNED = '00'.repeat(32) as DeviceId;

/** Milliseconds in which notices are gathered where no entries go, and, for each link that there is, where they do. */
const NOTICE = 600;
const THANKS = { least: 1500, forEachLink: 500 };
/** Milliseconds that an entry may take longer than word of it, with and without fast signatures. */
const LATE = { fast: 800, slow: 3000 } as const;
/** Bytes that go live in one message; of what is more there is only word. */
const LIVE_MOST = 200_000;
/** Devices that a peer may speak of. */
const DEVICES_MOST = 10_000;

interface Missing {
  readonly number: number;
  readonly since: number;
  readonly side: Side;
}

export const createSpread = (replica: FullReplica, sides: Sides, needs: SpreadNeeds): Spread => {
  /** by which link the last of a device's entries came */
  const branches = new Map<DeviceId, string>();
  const missing = new Map<SessionId, Missing>();
  let isNoticePlanned = false;
  let areThanksPlanned = false;
  let isLookPlanned = false;
  const late = (): number => (replica.verifier.native ? LATE.fast : LATE.slow);
  const open = (): Side[] => [...sides.all()].filter(({ device }) => device !== null);
  const sendDevices = (side: Side, type: number, devices: readonly DeviceId[]): void => {
    const to = new Writer(32 * devices.length);
    for (const device of devices) to.bytes(fromHex(device));
    sides.send(side, type, to.finish());
  };

  const notice = (isForAll: boolean): void => {
    const mine = replica.vector();
    for (const side of open()) {
      const { records, statements } = beyond(mine, side.told);
      const due = new Map<SessionId, number>();
      let isDue = side.isSignedDue;
      for (const [session, when] of side.due) {
        const number = mine.sessions.get(session) ?? 0;
        if (number > 0) due.set(session, number);
        // who has it already can wait to hear that it is here too
        if (when === 'soon' && (side.theirs.sessions.get(session) ?? 0) < number) isDue = true;
      }
      if ((!isDue && !isForAll) || (due.size === 0 && !side.isSignedDue)) continue;
      side.due.clear();
      const signed = side.isSignedDue ? { records, statements } : emptyVector();
      side.isSignedDue = false;
      side.told = mergeVectors(side.told, { ...signed, sessions: new Map() });
      sides.send(side, MESSAGE.holds, side.writer.encodeHolds({ ...signed, sessions: due }));
    }
  };
  const noticeSoon = (): void => {
    if (isNoticePlanned) return;
    isNoticePlanned = true;
    needs.after(NOTICE, () => {
      isNoticePlanned = false;
      notice(false);
    });
  };
  const thankLater = (): void => {
    if (areThanksPlanned) return;
    areThanksPlanned = true;
    needs.after(Math.max(THANKS.least, THANKS.forEachLink * open().length), () => {
      areThanksPlanned = false;
      notice(true);
    });
  };

  const graft = (side: Side, devices: readonly DeviceId[]): void => {
    for (const device of devices) side.lazy.delete(device);
    sendDevices(side, MESSAGE.graft, devices);
  };

  /** What was noticed a while ago and has not come is fetched where it is. */
  const lookForMissing = (): void => {
    const mine = replica.vector();
    const grafts = new Map<Side, Set<DeviceId>>();
    for (const [session, { number, since, side }] of missing) {
      if ((mine.sessions.get(session) ?? 0) >= number) missing.delete(session);
      else if (needs.now() - since >= late()) {
        missing.delete(session);
        const isFetched = open().some(({ wanted }) => (wanted?.sessions.get(session) ?? 0) >= number);
        if (!isFetched && sides.has(side)) grafts.set(side, (grafts.get(side) ?? new Set()).add(deviceOf(session)));
      }
    }
    for (const [side, devices] of grafts) {
      const pruned = [...devices].filter((device) => side.lazy.has(device));
      if (pruned.length > 0) graft(side, pruned);
      needs.ask(side);
    }
    if (missing.size > 0) lookLater();
  };
  const lookLater = (): void => {
    if (isLookPlanned) return;
    isLookPlanned = true;
    needs.after(late() / 2, () => {
      isLookPlanned = false;
      lookForMissing();
    });
  };
  const miss = (side: Side, sessions: ReadonlyMap<SessionId, number>): void => {
    const mine = replica.vector();
    for (const [session, number] of sessions) {
      if ((mine.sessions.get(session) ?? 0) >= number || missing.has(session)) continue;
      missing.set(session, { number, since: needs.now(), side });
      lookLater();
    }
  };
  const endsOf = (segments: readonly Segment[]): Map<SessionId, number> =>
    new Map(segments.map((segment) => [segment.session, lastOf(segment)]));

  return {
    pass: ({ items, segments, from }) => {
      for (const { session } of segments) {
        if (from === null) branches.delete(deviceOf(session));
        else branches.set(deviceOf(session), from);
      }
      for (const side of open()) {
        const live: Segment[] = [];
        for (const segment of segments) {
          const { session } = segment;
          const isKnown = side.link.id === from || (side.theirs.sessions.get(session) ?? 0) >= lastOf(segment);
          if (isKnown || !side.lazy.has(deviceOf(session))) {
            if (!side.due.has(session)) side.due.set(session, 'later');
          } else side.due.set(session, 'soon');
          if (!isKnown && !side.lazy.has(deviceOf(session))) live.push(segment);
        }
        const isSignedLazy = side.lazy.has(SIGNED);
        if (isSignedLazy && items.length > 0) side.isSignedDue = true;
        const signed = isSignedLazy || side.link.id === from ? [] : items;
        const size = sizeOf(signed, live);
        if (size > LIVE_MOST) {
          for (const { session } of live) side.due.set(session, 'soon');
          if (signed.length > 0) side.isSignedDue = true;
        } else if (size > 0) sides.send(side, MESSAGE.live, side.writer.encode(signed, live));
      }
      noticeSoon();
      thankLater();
    },
    weigh: (side, segments) => {
      const mine = replica.vector();
      const stale = new Set(segments.map(({ session }) => deviceOf(session)));
      for (const segment of segments)
        if ((mine.sessions.get(segment.session) ?? 0) < lastOf(segment)) stale.delete(deviceOf(segment.session));
      // what was sent was stored there
      side.theirs = mergeVectors(side.theirs, { ...emptyVector(), sessions: endsOf(segments) });
      return [...stale];
    },
    prune: (side, devices, by) => {
      // nothing is cut off but what stands beside a branch that is whole
      const isElsewhere = (device: DeviceId): boolean => {
        const branch = by ?? (device === SIGNED ? undefined : branches.get(device));
        return open().some(
          (other) => other !== side && !other.lazy.has(device) && (branch === undefined || other.link.id === branch),
        );
      };
      const isOurs = (device: DeviceId): boolean => device === replica.device;
      const pruned = devices.filter((device) => !side.lazy.has(device) && (isOurs(device) || isElsewhere(device)));
      if (pruned.length === 0) return;
      for (const device of pruned) side.lazy.add(device);
      sendDevices(side, MESSAGE.prune, pruned);
    },
    graft,
    taken: (side, segments) => miss(side, endsOf(segments)),
    takeHolds: (side, body) => {
      const holds = side.reader.decodeHolds(body);
      side.theirs = mergeVectors(side.theirs, holds);
      miss(side, holds.sessions);
      const signed: Vector = { ...holds, sessions: new Map() };
      if (countBeyond(signed, replica.vector()) > 0) needs.after(late(), () => sides.has(side) && needs.ask(side));
      needs.said(side);
    },
    takePrune: (side, body) => {
      for (const device of readDevices(body)) side.lazy.add(device);
      if (side.lazy.size > DEVICES_MOST) sides.drop(side, 'TooLarge');
    },
    takeGraft: (side, body) => {
      for (const device of readDevices(body)) side.lazy.delete(device);
    },
    lost: (link) => {
      const grafts = new Map<Side, DeviceId[]>();
      let turn = 0;
      for (const [device, branch] of branches) {
        if (branch !== link) continue;
        branches.delete(device);
        const cut = open().filter(({ lazy }) => lazy.has(device));
        const side = cut[turn++ % Math.max(1, cut.length)];
        if (side) grafts.set(side, [...(grafts.get(side) ?? []), device]);
      }
      for (const [side, devices] of grafts) graft(side, devices);
    },
  };
};

/** Throws BytesError. */
export const readDevices = (body: Uint8Array): DeviceId[] => {
  if (body.length === 0 || body.length % 32 !== 0) throw new BytesError('no list of devices');
  const from = new Reader(body);
  const devices: DeviceId[] = [];
  while (from.left > 0) devices.push(toHex(from.bytes(32)) as DeviceId);
  return devices;
};

const sizeOf = (items: readonly { readonly bytes: Uint8Array }[], segments: readonly Segment[]): number => {
  let size = 0;
  for (const { bytes } of items) size += bytes.length;
  for (const { entries } of segments) {
    for (const { skeleton, content } of entries) size += skeleton.length + content.length + 100;
  }
  return size;
};
