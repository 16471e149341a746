/**
 * Who is known to have what, and what of this device's own nobody else has yet.
 * That a first own change is unshared is stored in the very step that stores the change. What others were heard to have
 * of this device's own is stored at once too, but at most every few seconds: a killed process forgets no more than
 * that, and asks again when it hears of them next. The rest of what they have is kept with snapshots.
 */
import { BytesError, Reader, Writer } from '../lib/bytes.ts';
import { ok, type Result } from '../lib/result.ts';
import type { SignedVector } from '../log/signed-vectors.ts';
import type { DeviceId, MemberId } from '../log/types.ts';
import { countBeyond, emptyVector, type Vector } from '../log/vector.ts';
import type { Core } from './core.ts';
import { minuteOf } from './environment.ts';
import type { Holding } from './holding.ts';
import { missingHere } from './missing.ts';
import type { Missing, Progress } from './replica-types.ts';
import type { Step, StorageError } from './storage.ts';

export interface Sharing {
  /** What the step says that stores something of this device's own; `stored` once it did. */
  begin(): { readonly step: Step; readonly stored: () => void };
  /** A device said what it has (all of it, or more on top of what it said before). */
  heard(device: DeviceId, vector: Vector, whole: boolean): void;
  /** What devices said and others passed on: newer than what they said before, unless this device has heard them since. */
  learned(many: readonly SignedVector[]): void;
  unshared(): { readonly changes: number; readonly since: number };
  knownVector(member: MemberId): Vector | null;
  progress(): readonly Progress[];
  reached(): ReadonlySet<MemberId>;
  missing(): readonly Missing[];
  /** Stores what was heard; within a step of the queue. */
  store(): Promise<Result<null, StorageError>>;
  /** What was stored after the snapshot that was read before. */
  restore(): Promise<Result<null, StorageError>>;
  stop(): void;
}

/** Milliseconds. */
const STORE_EVERY = 5000;

export const createSharing = (core: Core, holding: Holding): Sharing => {
  const { known, device, environment, rows, storage } = core;
  const { records } = core.ledger;
  const sinceKey = rows.nameOf('unshared since');
  const sharedKey = rows.nameOf('shared');
  /** minutes: since when there has been something unshared; 0: there is nothing */
  let since = 0;
  let storedSince = 0;
  let cancel: (() => void) | null = null;

  const sealed = (write: (to: Writer) => void): Uint8Array => {
    const to = new Writer(64);
    write(to);
    return rows.seal(to.finish());
  };
  const putSince = () => ({ key: sinceKey, value: sealed((to) => to.varuint(since)) });

  const store = async (): Promise<Result<null, StorageError>> => {
    const devices = known.takeChanged();
    const puts = devices.map((each) => ({
      key: `${sharedKey}/${rows.nameOf(`shared ${each}`)}`,
      value: sealed((to) => known.writeShared(to, each)),
    }));
    const now = since;
    if (now !== storedSince) puts.push(putSince());
    if (puts.length === 0) return ok(null);
    const done = await storage.commit({ puts });
    if (!done.ok) {
      known.changed(devices);
      return done;
    }
    storedSince = now;
    return ok(null);
  };
  const storeSoon = (): void => {
    if (cancel) return;
    void core.inTurn(store);
    cancel = environment.after(STORE_EVERY, () => {
      cancel = null;
      if (known.hasChanged || since !== storedSince) storeSoon();
    });
  };

  const noteHeard = (): void => {
    if (known.unshared(holding.ownVector()) === 0) since = 0;
    else if (since === 0) since = minuteOf(environment);
    if (known.hasChanged || since !== storedSince) storeSoon();
    core.tell({ type: 'records' });
  };

  const knownVector = (member: MemberId): Vector | null => {
    const devices = records.membership().members.get(member)?.devices ?? [];
    return devices.map((each) => known.vectorOf(each)).find((each) => each !== null) ?? null;
  };

  return {
    begin: () => {
      if (since === 0) since = minuteOf(environment);
      if (since === storedSince) return { step: {}, stored: () => undefined };
      const now = since;
      return { step: { puts: [putSince()] }, stored: () => (storedSince = now) };
    },
    heard: (from, vector, whole) => {
      // whoever has the space's key can make devices without end
      if (!records.membership().memberByDevice.has(from)) return;
      known.heard(from, vector, minuteOf(environment), whole);
      noteHeard();
    },
    learned: (many) => {
      const now = minuteOf(environment);
      for (const { device: from, vector, minute } of many) {
        // clocks may be off by years: what is not plainly newer than what this device heard itself only adds to it
        known.heard(from, vector, Math.min(minute, now), minute > known.heardAt(from));
      }
      noteHeard();
    },
    unshared: () => {
      const changes = known.unshared(holding.ownVector());
      return { changes, since: changes === 0 ? 0 : since };
    },
    knownVector,
    progress: () => {
      const here = holding.vector();
      const own = holding.ownVector();
      const out: Progress[] = [];
      for (const member of records.membership().members.values()) {
        if (member.devices.includes(device)) continue;
        const theirs = knownVector(member.id) ?? emptyVector();
        const heard = Math.max(0, ...member.devices.map((each) => known.heardAt(each)));
        const lacksOwn = countBeyond(own, theirs);
        out.push({ member: member.id, lacks: countBeyond(here, theirs), lacksOwn, heard });
      }
      return out;
    },
    reached: () => {
      const own = holding.ownVector();
      const found = new Set<MemberId>();
      for (const { id, devices } of records.membership().members.values()) {
        if (devices.includes(device)) continue;
        const hasAll = (each: DeviceId): boolean => {
          const theirs = known.vectorOf(each);
          return theirs !== null && countBeyond(own, theirs) === 0;
        };
        if (devices.some(hasAll)) found.add(id);
      }
      return found;
    },
    missing: () => missingHere(known, holding.vector(), records.membership().memberByDevice),
    store,
    restore: async () => {
      const found = await storage.get(sinceKey);
      if (!found.ok) return found;
      const shared = await storage.list(`${sharedKey}/`);
      if (!shared.ok) return shared;
      read(found.value && rows.open(found.value), (from) => {
        since = storedSince = from.varuint();
      });
      for (const { value } of shared.value) read(rows.open(value), (from) => known.restoreShared(from));
      return ok(null);
    },
    stop: () => cancel?.(),
  };
};

/** What is damaged says nothing; it is heard again. */
const read = (bytes: Uint8Array | null, use: (from: Reader) => void): void => {
  try {
    if (bytes) use(new Reader(bytes));
  } catch (error) {
    if (!(error instanceof BytesError)) throw error;
  }
};
