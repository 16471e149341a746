/**
 * What each device was heard to say that it has, signed by it, so that others can pass it on: two who never meet learn
 * of each other through a third, or by a bundle. Of each device the newest is kept.
 */
import { BytesError, fromHex, Reader } from '../lib/bytes.ts';
import { ok, type Result } from '../lib/result.ts';
import { decodeSignedVectors, encodeSignedVectors, type SignedVector, vectorMessage } from '../log/signed-vectors.ts';
import type { DeviceId } from '../log/types.ts';
import { countBeyond, emptyVector, type Vector } from '../log/vector.ts';
import type { Core } from './core.ts';
import { minuteOf } from './environment.ts';
import type { HeldVectors, Numbers } from './held-vectors.ts';
import type { Sharing } from './sharing.ts';
import type { StorageError } from './storage.ts';

export interface SignedVectors extends HeldVectors {
  /** Says what this device has, where that is another than it said last. */
  sign(vector: Vector): Promise<void>;
  /** Within a step of the queue. */
  store(): Promise<Result<null, StorageError>>;
  restore(): Promise<Result<null, StorageError>>;
}

const EVERYTHING = 16_000_000;

export const createSignedVectors = (core: Core, sharing: Sharing): SignedVectors => {
  const { device: self, space, rows, storage, environment } = core;
  const key = rows.nameOf('signed vectors');
  const byDevice = new Map<DeviceId, SignedVector>();
  /** the highest number of this device's own that was ever seen: after its disk was restored others know higher ones */
  let highest = 0;
  let isStored = true;

  const numbers = (): Numbers => new Map([...byDevice].map(([device, { number }]) => [device, number]));

  const beyond = (known: Numbers, most: number): Uint8Array | null => {
    const rank = ({ device, minute }: SignedVector): number => (device === self ? Infinity : minute);
    const newer = [...byDevice.values()].filter(({ device, number }) => number > (known.get(device) ?? 0));
    if (newer.length === 0) return null;
    return encodeSignedVectors(
      newer.sort((a, b) => rank(b) - rank(a)),
      most,
    );
  };

  const isTrue = async (each: SignedVector): Promise<boolean> =>
    core.verifier.verify(fromHex(each.device), vectorMessage(space, each), each.signature);

  return {
    numbers,
    beyond,
    take: async (bytes) => {
      const from = new Reader(bytes);
      const all = decodeSignedVectors(from);
      from.done();
      const inside = new Map<DeviceId, number>();
      const fresh: SignedVector[] = [];
      let isGenuine = true;
      for (const each of all) {
        const { device, number } = each;
        inside.set(device, Math.max(number, inside.get(device) ?? 0));
        if (!core.ledger.records.membership().memberByDevice.has(device)) continue;
        if (number <= (device === self ? highest : (byDevice.get(device)?.number ?? 0))) continue;
        if (!(await isTrue(each))) {
          isGenuine = false;
          continue;
        }
        if (device === self) highest = number;
        else {
          byDevice.set(device, each);
          fresh.push(each);
        }
      }
      if (fresh.length > 0) {
        isStored = false;
        sharing.learned(fresh);
      }
      return { inside, isGenuine, isNews: fresh.length > 0 };
    },
    sign: async (all) => {
      const vector = withoutZeros(all);
      const last = byDevice.get(self);
      const said = last?.vector ?? emptyVector();
      if (last && countBeyond(vector, said) + countBeyond(said, vector) === 0) return;
      const minute = minuteOf(environment);
      highest = Math.max(minute, highest + 1);
      const about = { device: self, number: highest, minute, vector };
      const signature = await core.signer.sign(vectorMessage(space, about));
      byDevice.set(self, { ...about, signature });
      isStored = false;
    },
    store: async () => {
      if (isStored) return ok(null);
      const bytes = encodeSignedVectors([...byDevice.values()], EVERYTHING);
      isStored = true;
      const done = await storage.commit({ puts: [{ key, value: rows.seal(bytes) }] });
      if (!done.ok) isStored = false;
      return done.ok ? ok(null) : done;
    },
    restore: async () => {
      const found = await storage.get(key);
      if (!found.ok) return found;
      const bytes = found.value && rows.open(found.value);
      try {
        // what this device sealed it has verified before
        for (const each of bytes ? decodeSignedVectors(new Reader(bytes)) : []) byDevice.set(each.device, each);
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
      }
      highest = byDevice.get(self)?.number ?? 0;
      return ok(null);
    },
  };
};

/** One form for each vector: a session of which nothing is here yet is not in it. */
const withoutZeros = ({ records, statements, sessions }: Vector): Vector => {
  const some = <K>(map: ReadonlyMap<K, number>): Map<K, number> => new Map([...map].filter(([, number]) => number > 0));
  return { records: some(records), statements: some(statements), sessions: some(sessions) };
};
