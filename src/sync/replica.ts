/**
 * One device's copy of one space. Everything that changes it goes through one queue, and every step is the same:
 * look (prove), store (one strict transaction), then let it count, then tell. So a killed process loses nothing that
 * was acknowledged, and nothing counts, is shown as saved or is passed on before it is stored.
 */
import type * as Y from 'yjs';
import { createSigner, type Signer, type Verifier } from '../crypto/index.ts';
import { BytesError, toHex } from '../lib/bytes.ts';
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
import { type Environment, minuteOf } from './environment.ts';
import { createKnown } from './known.ts';
import { createLedger, itemOf } from './ledger.ts';
import { createOpenDocuments } from './open-documents.ts';
import { createOwnSession, type OwnSession } from './own-session.ts';
import { createRecent } from './recent.ts';
import { createReceiptCount } from './receipt.ts';
import type { Progress, Replica, ReplicaError, ReplicaEvent } from './replica-types.ts';
import { createRows, openRow, packAll, segmentsOf } from './rows.ts';
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
  vector(): Vector;
  /** what is known of a session, as a copy; null: nothing */
  session(id: SessionId): SessionState | null;
  boxKeyOf(device: DeviceId): Uint8Array | null;
  knownVector(member: MemberId): Vector | null;
  heard(device: string, vector: Vector, whole: boolean): void;
  /** Takes one lot of items; `from` names the link that brought it. */
  takeItems(items: readonly PackItem[], from: string | null): Promise<Result<TakeOutcome, ReplicaError>>;
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
  const snapshots = createSnapshots({ storage, rows, ledger, intake, known, recent, open });
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
    while (open.hasTyped || own.hasUnstored) {
      const typed = own.hasUnstored ? new Map<DocumentId, never[]>() : open.takeTyped();
      const signing = await own.sign(typed, header, minuteOf(environment));
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
      for (const { document, edit } of signing.edits) intake.documentLog(document).takeOwn(own.client, edit);
      noteCounted(
        signing.edits.map(({ document }) => ({ session: own.id, document, minute: state.tables.minute, entries: 1 })),
      );
      applyReady(signing.edits.map(({ document }) => document));
      noteUnshared();
      tellFresh({ items: [], segments: [signing.segment], from: null });
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
  ): Promise<Result<TakeOutcome, ReplicaError>> => {
    if (ended) return err(ended);
    const isTrusted = source !== 'others';
    const before = verifier.count;
    const count = createReceiptCount(records);
    const ledgerOutcome = await ledger.take(items, isTrusted);
    ledgerOutcome.refused.forEach(count.refuse);
    // what waited may go on now; own rows are trusted, and never mixed with what is not
    let waiting: readonly Segment[] = isTrusted ? [] : held;
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
    const freshSegments: Segment[] = [];
    let signed = ledgerOutcome.fresh;
    for (let next: readonly Segment[] = segments; next.length > 0 || signed.length > 0; next = waiting) {
      const outcome = await intake.prove(next, isTrusted);
      for (const { type } of outcome.refused) count.refuse(type);
      waiting = outcome.waiting.slice(-HELD);
      if (outcome.proven.length === 0 && signed.length === 0) break;
      const proven = outcome.proven.flatMap((each) => each.segments);
      if (!isTrusted) {
        const segmentItems = proven.map((segment) => ({ type: ITEM.segment, bytes: encodeSegment(segment) }));
        const stored = await rows.append(packAll([...signed.map(itemOf), ...segmentItems]));
        if (!stored.ok) {
          if (stored.error.type === 'StorageGone') end(stored.error);
          return stored;
        }
      }
      const counted = intake.count(outcome.proven);
      freshSegments.push(...proven);
      count.count(counted);
      count.sign(signed);
      noteCounted(counted);
      signed = [];
    }
    if (!isTrusted) held = [...waiting];
    if (ledgerOutcome.hasRecords) noteCounted(intake.recount());
    const documents = [...count.documents()];
    applyReady(documents);
    if (source !== 'loading') announce(ledgerOutcome.fresh, documents, count.members());
    if (source !== 'loading' && (freshSegments.length > 0 || ledgerOutcome.fresh.length > 0)) {
      tellFresh({ items: ledgerOutcome.fresh.map(itemOf), segments: freshSegments, from });
    }
    const receipt = count.finish(verifier.count - before, intake.waiting() + held.length);
    return ok({ receipt, refused: [...receipt.refused.keys()] });
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
      if (found.value.length === 0) return ok(null);
      const items: PackItem[] = [];
      for (const row of found.value) {
        if (rows.has(row.seq)) continue;
        const opened = openRow(rows, row.value) ?? [];
        rows.index(row.seq, segmentsOf(opened));
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
    sessions: new Map([...intake.sessions].map(([id, session]) => [id, session.number])),
  });
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
    openDocument,
    mayWrite: (id) => mayWrite(device, records.membership(), records.membership(), id) === true,
    ...author,
    flush,
    take: (packs) => takeAll(packs),
    takeItems: (items, from) => inTurn(() => takeNow(items, [], from, 'others')),
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
    vector,
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
    lacking: (theirs) => lacking({ space, rows, ledger, vector: vector() }, theirs),
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
      const taken = await replica.takeItems(items, null);
      if (!taken.ok) return taken;
      count.add(taken.value.receipt);
      await environment.breathe();
    }
    return ok(count.sum(intake.waiting() + held.length));
  };

  return ok(replica);
};
