/**
 * One device's copy of one space. Everything that changes it goes through one queue, and every step is the same:
 * look (prove), store (one strict transaction), then let it count, then tell. So a killed process loses nothing that
 * was acknowledged, and nothing counts, is shown as saved or is passed on before it is stored.
 */
import type * as Y from 'yjs';
import { createSigner, prepareHash, type Signer, type Verifier } from '../crypto/index.ts';
import { BytesError, equalBytes, toHex } from '../lib/bytes.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { deriveClient, deviceOf, type SessionHeader, sessionIdOf } from '../log/chain.ts';
import { deviceIdOf, type Identity } from '../log/identity.ts';
import { type Counted, createIntake, mayWrite } from '../log/intake.ts';
import { decodePack, ITEM, type PackItem } from '../log/pack.ts';
import { encodeSegment, type Segment } from '../log/segment.ts';
import type { Signed } from '../log/signed.ts';
import { copySession, type SessionState } from '../log/session.ts';
import type { DeviceId, DocumentId, MemberId, Receipt, RefusalType, SessionId } from '../log/types.ts';
import { countBeyond, type Vector } from '../log/vector.ts';
import { createAuthor, type Newcomer } from './author.ts';
import { createPause, type Environment, minuteOf } from './environment.ts';
import { createForks } from './forks.ts';
import { createKnown } from './known.ts';
import { createLedger, itemOf } from './ledger.ts';
import { createOpenDocuments } from './open-documents.ts';
import { createOwnSession, type OwnSession } from './own-session.ts';
import { createRecent } from './recent.ts';
import { createReceiptCount, type ReceiptCount } from './receipt.ts';
import type { Progress, Replica, ReplicaError, ReplicaEvent } from './replica-types.ts';
import { createRows, isAllOf, openRow, packAll, type Packed, readableSegmentsOf, segmentsOf } from './rows.ts';
import { lacking, type Lacking } from './serve.ts';
import { createSnapshots } from './snapshots.ts';
import type { Storage, StorageError } from './storage.ts';

/** What is new and stored, for passing on. `from`: who brought it, or null for own. */
export interface Fresh {
  readonly items: readonly PackItem[];
  readonly segments: readonly Segment[];
  readonly from: string | null;
}

export interface TakeOutcome {
  readonly receipt: Receipt;
  readonly refused: readonly RefusalType[];
}

/** A replica with what its transports and bundles need, beside what the app sees. */
export interface FullReplica extends Replica {
  readonly identity: Identity;
  readonly verifier: Verifier;
  readonly signer: Signer;
  admit(newcomer: Newcomer): Promise<Result<MemberId, ReplicaError>>;
  /** all records, in an order in which each finds what it names */
  recordItems(): readonly PackItem[];
  /** how much of each is here; nothing of what must be fetched from its start */
  vector(): Vector;
  /** For each device text that differs where two replicas hold equally much of it, but not the same. */
  tips(): ReadonlyMap<DeviceId, string>;
  /** sessions of which there is another branch, to be fetched from their start */
  readonly suspects: ReadonlySet<SessionId>;
  /** Somebody holds other things of this device under the same numbers: all of it is to be fetched and compared. */
  suspect(device: DeviceId): void;
  /** what is known of a session, as a copy; null: nothing */
  session(id: SessionId): SessionState | null;
  boxKeyOf(device: DeviceId): Uint8Array | null;
  knownVector(member: MemberId): Vector | null;
  heard(device: string, vector: Vector, whole: boolean): void;
  /** Takes one lot of items; `from` names the link that brought it, `packed` is the pack that they came in. */
  takeItems(
    items: readonly PackItem[],
    from: string | null,
    packed?: Uint8Array,
  ): Promise<Result<TakeOutcome, ReplicaError>>;
  /** The same for live entries, which come apart from their packs. */
  takeLive(
    items: readonly PackItem[],
    segments: readonly Segment[],
    from: string,
  ): Promise<Result<TakeOutcome, ReplicaError>>;
  /** Takes in what another tab of this device stored, and tells it on. */
  catchUp(): Promise<Result<null, ReplicaError>>;
  onFresh(listener: (fresh: Fresh) => void): () => void;
  /** what somebody with this vector lacks, as packs */
  lacking(vector: Vector): Lacking;
  /** Writes sealed snapshots, and joins small rows, so that the next start is fast. */
  snapshot(): Promise<Result<null, ReplicaError>>;
  /** Another member's new epoch or a changed vault. */
  adopt(identity: Identity): void;
}

/** Typing is gathered this long (milliseconds) into one entry. */
const FLUSH_AFTER = 150;
/** Where what another tab of this device stored comes from. */
export const OTHER_TAB = 'tab';
/** How many segments may wait for their past. */
const HELD = 2000;
const ROWS_AT_ONCE = 64;

export const openReplica = async (
  storage: Storage,
  start: Identity,
  verifier: Verifier,
  environment: Environment,
): Promise<Result<FullReplica, ReplicaError>> => {
  await prepareHash();
  let identity = start;
  const { space } = identity;
  const device = deviceIdOf(identity);
  const signer = createSigner(identity.signing, environment.subtle);
  const rows = createRows(storage, identity.localKey, environment.random);
  const ledger = createLedger(space, verifier);
  const { records } = ledger;
  const intake = createIntake({
    space,
    records,
    verifier,
    hasEpoch: (epoch) => identity.epochs.some((each) => toHex(each.id) === toHex(epoch)),
  });
  const known = createKnown(device);
  const recent = createRecent();
  const listeners = new Set<(event: ReplicaEvent) => void>();
  const freshListeners = new Set<(fresh: Fresh) => void>();
  const tell = (event: ReplicaEvent): void => listeners.forEach((listener) => listener(event));
  const tellFresh = (fresh: Fresh): void => freshListeners.forEach((listener) => listener(fresh));
  let ended: ReplicaError | null = null;
  let cancelFlush: (() => void) | null = null;
  let unsharedSince = 0;
  let isSaving = false;
  /** segments whose past is not here yet, until it comes; bounded, since they can be asked for again */
  let held: Segment[] = [];
  /** the same of own rows, whose order says nothing once they were joined */
  let heldOwn: readonly Segment[] = [];
  /** records and statements that storage would not take: they go with the next step */
  let unstored: readonly Signed[] = [];
  /** sessions whose rows say more than one thing */
  const unsure = new Set<SessionId>();
  /** what there is another branch of, somewhere: it is asked for from the start, as if nothing of it were here */
  const suspects = new Set<SessionId>();
  const suspectDevices = new Set<DeviceId>();

  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined);
    return next;
  };
  const end = (error: ReplicaError): void => {
    if (ended) return;
    ended = error;
    tell({ type: 'failed', error });
  };

  const newSession = async (): Promise<OwnSession> => {
    const id = sessionIdOf(device, environment.random(8));
    return createOwnSession(space, id, await deriveClient(space, id), signer);
  };
  let own = await newSession();

  const saving = (now: boolean): void => {
    if (now === isSaving) return;
    isSaving = now;
    tell({ type: 'saving', saving: now });
  };
  const open = createOpenDocuments(
    () => {
      saving(true);
      cancelFlush ??= environment.after(FLUSH_AFTER, () => {
        cancelFlush = null;
        void flush();
      });
    },
    () => end({ type: 'SessionEnded' }),
  );
  const forks = createForks(space, rows, intake, verifier);
  const snapshots = createSnapshots({ storage, rows, ledger, intake, known, recent, open, forks });
  storage.onGone(() => end({ type: 'StorageGone' }));

  const me = (): ReturnType<Replica['me']> => {
    const state = records.membership();
    const id = state.memberByDevice.get(device);
    const member = id === undefined ? undefined : state.members.get(id);
    return member ? { member: member.id, role: member.role, group: member.group } : null;
  };
  const header = (): SessionHeader => ({
    epoch: (identity.epochs.at(-1) as Identity['epochs'][number]).id,
    audience: new Uint8Array(0),
    minute: minuteOf(environment),
    view: records.heads(),
  });

  const flushNow = async (): Promise<Result<null, ReplicaError>> => {
    if (ended) return err(ended);
    while (open.hasTyped || own.hasWork) {
      const signing = await own.sign(open.takeTyped(), header, minuteOf(environment));
      if (!signing) break;
      const packs = packAll([{ type: ITEM.segment, bytes: encodeSegment(signing.segment) }]);
      const done = await rows.append(packs);
      if (!done.ok) {
        tell({ type: 'failed', error: done.error });
        if (done.error.type === 'StorageGone') end(done.error);
        else retryLater();
        return done;
      }
      const state = own.stored(signing);
      intake.sessions.set(state.id, state);
      let counts = true;
      for (const { document, edit } of signing.edits) {
        counts = intake.documentLog(document).takeOwn(own.client, edit) && counts;
      }
      noteCounted(
        signing.edits.map(({ document }) => ({ session: own.id, document, minute: state.tables.minute, entries: 1 })),
      );
      applyReady(signing.edits.map(({ document }) => document));
      noteUnshared();
      tellFresh({ items: [], segments: [signing.segment], from: null });
      // nobody will count it, so nobody shall see it here either
      if (!counts) return rebuild();
    }
    saving(open.hasTyped);
    return ok(null);
  };
  const retryLater = (): void => {
    cancelFlush ??= environment.after(2000, () => {
      cancelFlush = null;
      void flush();
    });
  };
  const flush = (): Promise<Result<null, ReplicaError>> => inTurn(flushNow);

  const noteUnshared = (): void => {
    if (unsharedSince === 0) unsharedSince = minuteOf(environment);
  };
  const noteCounted = (counted: readonly Counted[]): void => {
    for (const { session, document, minute, entries } of counted) {
      snapshots.touched(document);
      recent.add({ document, device: deviceOf(session), minute, changes: entries });
    }
  };
  const applyReady = (documents: readonly DocumentId[]): void => {
    for (const id of new Set(documents)) {
      if (!open.get(id)) continue;
      const update = intake.documents.get(id)?.takeUpdate();
      if (update) open.apply(id, update);
    }
  };

  /** `own`: rows of this device's own log; trusted, and stored already. */
  const takeNow = async (
    items: readonly PackItem[],
    live: readonly Segment[],
    from: string | null,
    source: 'others' | 'own' | 'loading',
    packed?: Uint8Array,
  ): Promise<Result<TakeOutcome, ReplicaError>> => {
    if (ended) return err(ended);
    const isTrusted = source !== 'others';
    const before = verifier.count;
    const count = createReceiptCount(records);
    const pause = createPause(environment);
    const ledgerOutcome = await ledger.take(items, isTrusted, pause);
    ledgerOutcome.refused.forEach(count.refuse);
    // what waited may go on now; own rows are trusted, and never mixed with what is not
    let waiting: readonly Segment[] = isTrusted ? heldOwn : held;
    const segments: Segment[] = [...waiting, ...live];
    for (const item of items) {
      if (item.type !== ITEM.segment) continue;
      try {
        segments.push(...segmentsOf([item]));
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
        count.refuse('Malformed');
      }
    }
    if (!isTrusted) {
      for (const segment of segments) if (segment.from === 1) suspects.delete(segment.session);
      for (const start of ledgerOutcome.starts) suspectDevices.delete(start);
    }
    const freshSegments: Segment[] = [];
    const doubtful: Segment[] = [];
    let signed = [...unstored, ...ledgerOutcome.fresh];
    const settle = async (start: readonly Segment[]): Promise<StorageError | null> => {
      for (let next = start; next.length > 0 || signed.length > 0; next = waiting) {
        const outcome = await intake.prove(next, isTrusted, pause);
        for (const { type, session } of outcome.refused) {
          count.refuse(type);
          if (type === 'Fork') suspects.add(session);
        }
        doubtful.push(...outcome.doubtful);
        waiting = isTrusted ? outcome.waiting : outcome.waiting.slice(-HELD);
        if (outcome.proven.length === 0 && signed.length === 0) break;
        const proven = outcome.proven.flatMap((each) => each.segments);
        if (!isTrusted) {
          const stored = await store(signed, proven, packed && isAllOf(items, signed, proven) ? packed : null);
          if (stored) return stored;
        }
        await pause();
        const counted: Counted[] = [];
        for (const each of outcome.proven) {
          counted.push(...intake.count([each]));
          await pause();
        }
        freshSegments.push(...proven);
        count.count(counted);
        count.sign(signed);
        noteCounted(counted);
        signed = [];
      }
      return null;
    };
    const failed = await settle(segments);
    if (failed) return err(failed);
    const branched = isTrusted ? null : await branch(doubtful.splice(0), count, settle);
    if (branched) return err(branched);
    for (const segment of doubtful) if (isTrusted) unsure.add(segment.session);
    if (isTrusted) heldOwn = waiting;
    else held = [...waiting];
    if (ledgerOutcome.hasRecords) noteCounted(intake.recount());
    if (intake.mustRebuild && source === 'others') {
      const rebuilt = await rebuild();
      if (!rebuilt.ok) return rebuilt;
    }
    const documents = [...count.documents()];
    applyReady(documents);
    if (source !== 'loading') announce(ledgerOutcome.fresh, documents, count.members());
    if (source !== 'loading' && (freshSegments.length > 0 || ledgerOutcome.fresh.length > 0)) {
      tellFresh({ items: ledgerOutcome.fresh.map(itemOf), segments: freshSegments, from });
    }
    const receipt = count.finish(verifier.count - before, intake.waiting() + held.length);
    return ok({ receipt, refused: [...receipt.refused.keys()] });
  };

  /** `packed`: a pack that holds just these, so that they need not be packed again. */
  const store = async (
    signed: readonly Signed[],
    segments: readonly Segment[],
    packed: Uint8Array | null = null,
  ): Promise<StorageError | null> => {
    const pack = (): readonly Packed[] =>
      packAll([
        ...signed.map(itemOf),
        ...segments.map((segment) => ({ type: ITEM.segment, bytes: encodeSegment(segment) })),
      ]);
    const stored = await rows.append(packed ? [{ bytes: packed, items: [], segments }] : pack());
    unstored = stored.ok ? [] : signed;
    if (stored.ok) return null;
    if (stored.error.type === 'StorageGone') end(stored.error);
    return stored.error;
  };

  /** What is not on a known chain: kept where it is signed, and everything counted anew where it stands. */
  const branch = async (
    doubtful: readonly Segment[],
    count: ReceiptCount,
    settle: (segments: readonly Segment[]) => Promise<StorageError | null>,
  ): Promise<StorageError | null> => {
    if (doubtful.length === 0) return null;
    const looked = await forks.look(doubtful);
    if (!looked.ok) return looked.error;
    const { branches, again, refused } = looked.value;
    refused.forEach(count.refuse);
    for (const session of looked.value.suspects) suspects.add(session);
    for (const segment of again) {
      const failed = await settle([segment]);
      if (failed) return failed;
    }
    if (branches.length === 0) return null;
    const failed = (await store([], branches)) ?? (await settleForks(branches.map((each) => each.session)));
    // nothing to pass on as it came, but others are told that there is more to ask for
    if (!failed) tellFresh({ items: [], segments: [], from: null });
    return failed;
  };

  /** Does what counts follow the branches that stand? If not, all is counted anew. */
  const settleForks = async (sessions: Iterable<SessionId>): Promise<StorageError | null> => {
    let isTrue = true;
    for (const id of new Set(sessions)) {
      const standing = await forks.read(id);
      if (!standing.ok) return standing.error;
      const counted = intake.sessions.get(id);
      isTrue &&= !standing.value || (counted !== undefined && equalBytes(counted.head, standing.value.head));
    }
    if (isTrue && !intake.mustRebuild) return null;
    const rebuilt = await rebuild();
    return rebuilt.ok ? null : (rebuilt.error as StorageError);
  };

  /** Counts everything anew from the rows. Documents that are open must be opened again. */
  const rebuild = async (): Promise<Result<null, ReplicaError>> => {
    const flushed = await flushNow();
    if (!flushed.ok) return flushed;
    const forgotten = await snapshots.forget();
    if (!forgotten.ok) return forgotten;
    do {
      intake.reset();
      let waiting: readonly Segment[] = [];
      for (let after = 0; ;) {
        const found = await storage.rows(rows.log, after, ROWS_AT_ONCE);
        if (!found.ok) return found;
        const last = found.value.at(-1);
        if (!last) break;
        const segments = found.value.flatMap((row) => readableSegmentsOf(openRow(rows, row.value) ?? []));
        const outcome = await intake.prove([...waiting, ...segments], true);
        waiting = outcome.waiting;
        intake.count(outcome.proven);
        after = last.seq;
        await environment.breathe();
      }
      for (const id of intake.forked.keys()) {
        const standing = await forks.read(id);
        if (!standing.ok) return standing;
        if (standing.value) intake.count([await intake.proveBranch(id, standing.value)]);
      }
    } while (intake.mustRebuild);
    own = await newSession();
    const documents = open.ids().filter((id) => open.forget(id));
    for (const id of intake.documents.keys()) snapshots.touched(id);
    tell({ type: 'rebuilt', documents });
    return ok(null);
  };

  const announce = (fresh: readonly Signed[], documents: readonly DocumentId[], by: readonly MemberId[]): void => {
    if (fresh.some((each) => each.lane === 'record')) void rightsChanged();
    if (fresh.length > 0) tell({ type: 'records' });
    if (fresh.some((each) => each.lane === 'statement')) tell({ type: 'statements', documents: [] });
    if (documents.length > 0) tell({ type: 'documents', documents, by });
  };

  /** A session carries the view it began with: new rights need a new one. */
  let rights = '';
  const rightsChanged = async (): Promise<void> => {
    const now = me();
    const key = now ? `${now.role} ${now.group}` : '';
    if (key === rights) return;
    rights = key;
    if (own.state === null) return;
    await inTurn(async () => {
      const next = await newSession();
      do {
        const flushed = await flushNow();
        if (!flushed.ok) {
          rights = '';
          return;
        }
      } while (open.hasTyped);
      // nothing may come between: an edit carries the clientID of the session that signs it
      own = next;
      open.setClient(next.client);
    });
  };

  const load = async (): Promise<Result<null, StorageError>> => {
    const restored = await snapshots.restore();
    if (!restored.ok) return restored;
    if (restored.value) unsharedSince = restored.value.unsharedSince;
    const caught = await catchUp('loading');
    if (!caught.ok) return caught;
    rights = ((now) => (now ? `${now.role} ${now.group}` : ''))(me());
    return ok(null);
  };

  /** Reads rows that this replica has not seen: since its snapshot, or written by another tab. */
  const catchUp = async (source: 'own' | 'loading'): Promise<Result<null, StorageError>> => {
    for (;;) {
      const found = await storage.rows(rows.log, rows.last, ROWS_AT_ONCE);
      if (!found.ok) return found;
      if (found.value.length === 0) {
        const sessions = [...unsure];
        unsure.clear();
        const failed = sessions.length > 0 || intake.mustRebuild ? await settleForks(sessions) : null;
        return failed ? err(failed) : ok(null);
      }
      const items: PackItem[] = [];
      for (const row of found.value) {
        if (rows.has(row.seq)) continue;
        const opened = openRow(rows, row.value) ?? [];
        rows.index(row.seq, readableSegmentsOf(opened));
        items.push(...opened);
      }
      rows.readTo(found.value.at(-1)?.seq ?? 0);
      const taken = await takeNow(items, [], OTHER_TAB, source);
      if (!taken.ok) return err(taken.error as StorageError);
      await environment.breathe();
    }
  };

  const loaded = await load();
  if (!loaded.ok) return loaded;

  const openDocument = (id: DocumentId): Promise<Result<Y.Doc, ReplicaError>> =>
    inTurn(async () => {
      if (ended) return err(ended);
      const live = open.get(id);
      if (live) return ok(live);
      if (!records.membership().documents.has(id)) return err({ type: 'UnknownDocument' });
      const stored = await snapshots.readDocument(id);
      if (!stored.ok) return stored;
      const update = intake.documents.get(id)?.takeUpdate();
      const updates = [stored.value, update].filter((each) => each !== null && each !== undefined);
      return ok(open.open(id, own.client, updates));
    });

  const vector = (): Vector => ({
    records: ledger.recordNumbers(),
    statements: ledger.statementNumbers(),
    sessions: new Map([...intake.sessions].map(([id, session]) => [id, intake.forked.get(id) ?? session.number])),
  });
  /** What is said to others, so that they send the whole of what may have another branch. */
  const askedVector = (): Vector => {
    const all = vector();
    if (suspects.size === 0 && suspectDevices.size === 0) return all;
    const sure = (map: ReadonlyMap<DeviceId, number>): Map<DeviceId, number> =>
      new Map([...map].filter(([of]) => !suspectDevices.has(of)));
    return {
      records: sure(all.records),
      statements: sure(all.statements),
      sessions: new Map([...all.sessions].filter(([id]) => !suspects.has(id))),
    };
  };
  const tips = (): Map<DeviceId, string> => {
    const heads = new Map<DeviceId, string[]>();
    for (const { id, head } of intake.sessions.values()) {
      const of = deviceOf(id);
      const list = heads.get(of);
      const line = `${id} ${toHex(head)}`;
      if (list) list.push(line);
      else heads.set(of, [line]);
    }
    const devices = new Set([...heads.keys(), ...records.devices()]);
    return new Map([...devices].map((of) => [of, (heads.get(of) ?? []).sort().join() + ledger.tipsOf(of)]));
  };
  const ownVector = (): Vector => {
    const all = vector();
    const mine = <K extends string>(map: ReadonlyMap<K, number>): Map<K, number> =>
      new Map([...map].filter(([key]) => key.startsWith(device)));
    return { records: mine(all.records), statements: mine(all.statements), sessions: mine(all.sessions) };
  };
  const knownVector = (member: MemberId): Vector | null => {
    const devices = records.membership().members.get(member)?.devices ?? [];
    return devices.map((each) => known.vectorOf(each)).find((each) => each !== null) ?? null;
  };

  const author = createAuthor({
    space,
    identity: () => identity,
    device,
    signer,
    ledger,
    rows,
    environment,
    me,
    inTurn,
    ended: () => ended,
    catchUp: () => catchUp('own'),
    done: (signed) => {
      noteUnshared();
      announce([signed], [], []);
      tellFresh({ items: [itemOf(signed)], segments: [], from: null });
    },
  });

  const replica: FullReplica = {
    spaceId: space,
    device,
    get identity() {
      return identity;
    },
    verifier,
    signer,
    me,
    membership: () => records.membership(),
    statements: (document) => ledger.statements(document),
    signed: () => ({ records: records.all(), statements: ledger.allStatements() }),
    openDocument,
    mayWrite: (id) => mayWrite(device, records.membership(), records.membership(), id) === true,
    ...author,
    flush,
    take: (packs) => takeAll(packs),
    takeItems: (items, from, packed) => inTurn(() => takeNow(items, [], from, 'others', packed)),
    takeLive: (items, segments, from) => inTurn(() => takeNow(items, segments, from, 'others')),
    catchUp: () => inTurn(() => catchUp('own')),
    progress: (): readonly Progress[] => {
      const mine = vector();
      const out: Progress[] = [];
      for (const member of records.membership().members.values()) {
        if (member.devices.includes(device)) continue;
        const theirs = knownVector(member.id);
        const heard = Math.max(0, ...member.devices.map((each) => known.heardAt(each)));
        const all = { records: new Map(), statements: new Map(), sessions: new Map() };
        out.push({ member: member.id, lacks: countBeyond(mine, theirs ?? all), heard });
      }
      return out;
    },
    unshared: () => {
      const changes = known.unshared(ownVector());
      if (changes === 0) unsharedSince = 0;
      return { changes, since: unsharedSince };
    },
    recent: (limit) => {
      const { memberByDevice } = records.membership();
      return recent.list(limit).flatMap((change) => {
        const member = memberByDevice.get(change.device);
        return member === undefined ? [] : [{ ...change, member }];
      });
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onFresh: (listener) => {
      freshListeners.add(listener);
      return () => freshListeners.delete(listener);
    },
    recordItems: () => records.all().map(itemOf),
    vector: askedVector,
    tips,
    suspects,
    suspect: (of) => {
      suspectDevices.add(of);
      for (const id of intake.sessions.keys()) if (deviceOf(id) === of) suspects.add(id);
    },
    session: (id) => {
      const found = intake.sessions.get(id);
      return found ? copySession(found) : null;
    },
    boxKeyOf: (of) => records.membership().boxKeyByDevice.get(of) ?? null,
    knownVector,
    heard: (from, theirs, whole) => {
      known.heard(from as typeof device, theirs, minuteOf(environment), whole);
      tell({ type: 'records' });
    },
    lacking: (theirs) =>
      lacking({ space, rows, ledger, vector: vector(), isForked: (session) => intake.forked.has(session) }, theirs),
    snapshot: () =>
      inTurn(async () => {
        for (let tries = 0; tries < 5; tries++) {
          const flushed = await flushNow();
          if (!flushed.ok) return flushed;
          const caught = await catchUp('own');
          if (!caught.ok) return caught;
          const written = await snapshots.write({ unsharedSince });
          if (!written.ok) return written;
          if (written.value === 'written') break;
        }
        return ok(null);
      }),
    adopt: (next) => {
      identity = next;
    },
    close: async () => {
      cancelFlush?.();
      await replica.snapshot();
      listeners.clear();
      freshListeners.clear();
      await inTurn(async () => {
        end({ type: 'SessionEnded' });
        open.close();
      });
    },
  };

  const takeAll = async (
    packs: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<Result<Receipt, ReplicaError>> => {
    const count = createReceiptCount(records);
    for await (const pack of packs) {
      let items: readonly PackItem[] = [];
      try {
        items = decodePack(pack);
      } catch (error) {
        if (!(error instanceof BytesError)) throw error;
        count.refuse('Malformed');
      }
      const taken = await replica.takeItems(items, null, pack);
      if (!taken.ok) return taken;
      count.add(taken.value.receipt);
      await environment.breathe();
    }
    return ok(count.sum(intake.waiting() + held.length));
  };

  return ok(replica);
};
