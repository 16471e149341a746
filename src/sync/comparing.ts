/**
 * Who has what: sums for each device, numbers where they differ, and asking for what the other has and nobody was asked
 * for yet. What a peer has is believed only by its own digest: an entry sent is not an entry kept.
 */
import { Reader, Writer } from '../lib/bytes.ts';
import { deviceOf } from '../log/chain.ts';
import type { DeviceId } from '../log/types.ts';
import { beyond, countBeyond, emptyVector, mergeVectors, readVector, type Vector, writeVector } from '../log/vector.ts';
import { devicesOf, differing, type Digests, digestsOf, readDigests, restrict, writeDigests } from './digests.ts';
import type { FullReplica } from './full-replica.ts';
import type { Side, Sides } from './side.ts';
import { MESSAGE } from './wire.ts';

export interface Comparing {
  /** Their sums, or those that have changed: says numbers where they differ; where they agree, theirs are ours. */
  takeDigests(side: Side, digests: Digests, areAll: boolean): void;
  /** Their numbers. Throws BytesError. */
  takeHave(side: Side, body: Uint8Array): void;
  /** What was taken in may have made this replica even with what others said before. */
  compareAll(): void;
  /** Asks for what the other has and nobody was asked for yet. */
  ask(side: Side): void;
  /** All that was asked of it has come. */
  answered(side: Side): void;
  /** Says the sums that have changed since they were last said, but not of those who are still at it; true: there are such. */
  sayDigests(isStill: (device: DeviceId) => boolean): boolean;
}

/** Sums that one peer may say. */
const SUMS_MOST = 100_000;

export const createComparing = (replica: FullReplica, sides: Sides, changed: () => void): Comparing => {
  const note = (side: Side): void => {
    if (side.device !== null) replica.heard(side.device, side.theirs, true);
  };

  /** Where the sums agree, theirs are ours; gives the devices for which they do not. */
  const compare = (side: Side, mine: Vector, sums: Digests): Set<DeviceId> => {
    if (!side.digests) return new Set();
    const devices = differing(sums, side.digests);
    const same = new Set([...side.digests.keys()].filter((device) => !devices.has(device)));
    side.theirs = mergeVectors(side.theirs, restrict(mine, same));
    return devices;
  };

  /** Equally much of a device and yet not the same: it signed twice for one number, and all of it is compared. */
  const suspectForks = (side: Side, numbers: Vector, sums: Digests): void => {
    const mine = replica.vector();
    const own = digestsOf(mine, replica.tips());
    const other = differing(own, sums);
    // a device that is not known here is no fork, and a peer may name as many of them as fit into a message
    for (const device of own.keys()) {
      const difference = `${own.get(device) ?? ''} ${sums.get(device) ?? ''}`;
      // once for each difference: it is all compared, and if that did not help it will not help again
      if (!sums.has(device) || !other.has(device) || side.suspected.get(device) === difference) continue;
      const of = new Set([device]);
      const isEqual = countBeyond(restrict(numbers, of), mine) + countBeyond(restrict(mine, of), numbers) === 0;
      if (!isEqual) continue;
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

  const ask = (side: Side): void => {
    if (side.device === null || side.wanted) return;
    let have = settledWith(side);
    for (const other of sides.all()) if (other.wanted) have = mergeVectors(have, other.wanted);
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
    sides.send(side, MESSAGE.want, to.finish());
    changed();
  };

  const compareAll = (): void => {
    const mine = replica.vector();
    const sums = digestsOf(mine, replica.tips());
    for (const side of sides.all()) {
      const isEven = compare(side, mine, sums).size === 0;
      if (isEven || side.hasSpoken) note(side);
      side.hasSpoken = false;
    }
    changed();
  };

  return {
    takeDigests: (side, digests, areAll) => {
      const mine = replica.vector();
      const sums = digestsOf(mine, replica.tips());
      side.digests = areAll ? digests : new Map([...(side.digests ?? []), ...digests]);
      if (side.digests.size > SUMS_MOST) return sides.drop(side, 'TooLarge');
      const differ = compare(side, mine, sums);
      // of those that it did not speak of now it says something when they are still
      const devices = areAll ? differ : new Set([...differ].filter((device) => digests.has(device)));
      if (devices.size > 0) {
        const to = new Writer();
        writeVector(to, restrict(mine, devices));
        // of the same moment, so that equal numbers with other sums mean a fork
        writeDigests(to, new Map([...sums].filter(([device]) => devices.has(device))));
        sides.send(side, MESSAGE.have, to.finish());
      } else if (differ.size === 0) note(side);
      changed();
    },
    takeHave: (side, body) => {
      const from = new Reader(body);
      const numbers = readVector(from);
      const sums = readDigests(from);
      from.done();
      suspectForks(side, numbers, sums);
      // a restored disk may say less than before: for the devices it speaks of, what it says now holds
      const devices = devicesOf(numbers);
      const others = new Set([...devicesOf(side.theirs)].filter((device) => !devices.has(device)));
      side.theirs = mergeVectors(restrict(side.theirs, others), numbers);
      note(side);
      ask(side);
      changed();
    },
    compareAll,
    ask,
    answered: (side) => {
      if (side.wanted) side.pointless = mergeVectors(side.pointless, beyond(side.wanted, replica.vector()));
      side.wanted = null;
      compareAll();
      for (const other of sides.all()) ask(other);
    },
    sayDigests: (isStill) => {
      const sums = digestsOf(replica.vector(), replica.tips());
      let areSomeMoving = false;
      for (const side of sides.all()) {
        if (side.device === null) continue;
        const news = new Map<DeviceId, string>();
        for (const [device, sum] of sums) {
          if (side.toldSums.get(device) === sum) continue;
          if (isStill(device)) news.set(device, sum);
          else areSomeMoving = true;
        }
        if (news.size === 0) continue;
        for (const [device, sum] of news) side.toldSums.set(device, sum);
        const to = new Writer();
        writeDigests(to, news);
        sides.send(side, MESSAGE.digests, to.finish());
      }
      return areSomeMoving;
    },
  };
};
