/**
 * The first look at a bundle: who made it, when, for whom, and what merging it would bring. A dry run through all
 * parts with all checks, beside the replica: nothing is stored, nothing changes, and no document is opened.
 */
import { BytesError, equalBytes } from '../lib/bytes.ts';
import { ok, type Result } from '../lib/result.ts';
import { createContents } from '../log/bundle-contents.ts';
import type { ByteSource } from '../log/bundle-read.ts';
import { deviceOf } from '../log/chain.ts';
import { decodeEntry } from '../log/entry.ts';
import { createIntake, type Intake, mayWrite } from '../log/intake.ts';
import type { Proven } from '../log/proving.ts';
import { ITEM, type PackItem } from '../log/pack.ts';
import { decodeSegment, type Segment } from '../log/segment.ts';
import type { SessionState } from '../log/session.ts';
import type { DeviceId, DocumentId, MemberId, Membership, Receipt, RefusalType } from '../log/types.ts';
import { itemsOf } from './bundle-merge.ts';
import { type Failed, type Missing, openAll } from './bundle-batch.ts';
import { type BundleError, type Incomplete, type Maker, type Opened, overBound } from './bundle-open.ts';
import type { Environment } from './environment.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { FullReplica } from './full-replica.ts';

export interface Preview {
  readonly maker: Maker;
  /** null: made by a device that is no member, even by what is in the bundle */
  readonly member: MemberId | null;
  /** what merging would bring */
  readonly would: Receipt;
  /** the space as it would be: names of people and documents that come with the bundle are in it */
  readonly membership: Membership;
  readonly parts: number;
  /** those of all files, in the order in which they are read; `maker` is the first */
  readonly makers: readonly Maker[];
  readonly failed: readonly Failed[];
  readonly missing: readonly Missing[];
  /** null: whole. For `TooLarge`, ask, and merge with `acceptsLarge`. */
  readonly incomplete: Incomplete | null;
}

export const readBundle = async (
  replica: FullReplica,
  source: ByteSource,
  environment: Environment,
  passphrase?: string,
): Promise<Result<Preview, BundleError>> => readBundles(replica, [source], environment, { passphrase });

export interface ReadOptions {
  readonly passphrase?: string | undefined;
  /** Changes that have been read, of those that the files say are in them. */
  readonly onprogress?: (changes: number, of: number) => void;
}

/** The same for several files at once, in any order. */
export const readBundles = async (
  replica: FullReplica,
  sources: readonly ByteSource[],
  environment: Environment,
  { passphrase, onprogress }: ReadOptions = {},
): Promise<Result<Preview, BundleError>> => {
  const batch = await openAll(replica, sources, environment, passphrase);
  if (!batch.ok) return batch;
  const { opened, failed, missing, changes } = batch.value;
  const trial = await createTrial(replica);
  let incomplete: Incomplete | null = null;
  let parts = 0;
  let read = 0;
  for (const { next } of opened) {
    const contents = createContents(replica.spaceId);
    for (let here = 0; ; here++) {
      const step = await next();
      if (step.type === 'stopped') incomplete ??= step.stop;
      if (step.type !== 'part') break;
      parts += 1;
      const items = itemsOf(step.pack);
      if (items === null) {
        trial.refuse('Malformed');
        continue;
      }
      const before = contents.changes;
      contents.add(items);
      const tooLarge = overBound(contents, false, here);
      if (tooLarge) {
        parts -= 1;
        incomplete ??= tooLarge;
        break;
      }
      await trial.take(items);
      read += contents.changes - before;
      onprogress?.(read, changes);
      await environment.breathe();
    }
  }
  const [{ maker }] = opened as readonly [Opened];
  const membership = trial.membership();
  const member = membership.memberByDevice.get(maker.device) ?? null;
  const makers = opened.map((each) => each.maker);
  return ok({ maker, makers, member, would: trial.receipt(), membership, parts, failed, missing, incomplete });
};

interface Trial {
  take(items: readonly PackItem[]): Promise<void>;
  refuse(type: RefusalType): void;
  membership(): Membership;
  receipt(): Receipt;
}

/** A ledger and sessions beside the replica's, and counters where the replica has documents. */
const createTrial = async (replica: FullReplica): Promise<Trial> => {
  const { spaceId: space, verifier, identity } = replica;
  const ledger = createLedger(space, verifier);
  await ledger.take(await signedItems(replica), true);
  const intake = createIntake({
    space,
    records: ledger.records,
    verifier,
    hasEpoch: (epoch) => identity.epochs.some((each) => equalBytes(each.id, epoch)),
  });
  const before = verifier.count;
  const byDevice = new Map<DeviceId, number>();
  const byDocument = new Map<DocumentId, number>();
  const refused = new Map<RefusalType, number>();
  const plus = <K>(map: Map<K, number>, key: K): void => void map.set(key, (map.get(key) ?? 0) + 1);
  const count = (session: SessionState, document: DocumentId): void => {
    plus(byDevice, deviceOf(session.id));
    plus(byDocument, document);
  };
  /** segments whose past may come in a later part: as many as a replica would hold */
  let held: readonly Segment[] = [];

  const take = async (items: readonly PackItem[]): Promise<void> => {
    const signed = await ledger.take(items, false);
    for (const each of signed.fresh) plus(byDevice, each.device);
    for (const type of signed.refused) plus(refused, type);
    const segments: Segment[] = [...held];
    for (const item of items) {
      if (item.type !== ITEM.segment) continue;
      try {
        segments.push(decodeSegment(item.bytes));
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
        plus(refused, 'Malformed');
      }
    }
    for (const { session } of segments) {
      if (intake.sessions.has(session)) continue;
      const known = replica.session(session);
      if (known) intake.restoreSession(known);
    }
    const outcome = await intake.prove(segments);
    for (const { type } of outcome.refused) plus(refused, type);
    for (const each of outcome.proven) walk(intake, ledger, each, count);
    held = outcome.waiting.slice(-HELD);
  };

  return {
    take,
    refuse: (type) => plus(refused, type),
    membership: () => ledger.records.membership(),
    receipt: () => {
      const { memberByDevice } = ledger.records.membership();
      const byMember = new Map<MemberId, number>();
      let changes = 0;
      for (const [device, some] of byDevice) {
        changes += some;
        const member = memberByDevice.get(device);
        if (member !== undefined) byMember.set(member, (byMember.get(member) ?? 0) + some);
      }
      const waiting = held.reduce((sum, segment) => sum + segment.entries.length, 0);
      const verified = verifier.count - before;
      return { changes, changesByMember: byMember, changesByDocument: byDocument, verified, waiting, refused };
    },
  };
};

const HELD = 2000;

/** Moves a session on by what was proven, as `count` of the intake does, and keeps no content. */
const walk = (
  intake: Intake,
  { records }: Ledger,
  proven: Proven,
  count: (session: SessionState, document: DocumentId) => void,
): void => {
  const session = intake.sessions.get(proven.session) ?? proven.created;
  if (!session) throw new Error('proven entries of a session that nobody made');
  intake.restoreSession(session);
  const view = records.membershipAt(session.header.view);
  for (const { entries } of proven.segments) {
    for (const bytes of entries) {
      session.number += 1;
      if (session.spoiltFrom > 0) continue;
      try {
        const { document } = decodeEntry(session.tables, bytes);
        if (view && mayWrite(deviceOf(session.id), view, records.membership(), document)) count(session, document);
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
        session.spoiltFrom = session.number;
      }
    }
  }
  session.head = proven.head;
  session.signature = proven.signature;
};

/** The replica's own records and statements, of which the trial knows already. */
const signedItems = async (replica: FullReplica): Promise<readonly PackItem[]> => {
  const items: PackItem[] = [];
  const { sessions } = replica.vector();
  for await (const pack of replica.lacking({ records: new Map(), statements: new Map(), sessions }).packs()) {
    items.push(...(itemsOf(pack) ?? []));
  }
  return items;
};
