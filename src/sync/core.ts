/**
 * What the parts of one replica share: its log and what counts of it, the one queue that all changes go through,
 * and its voice.
 */
import { createCacheSeal, createSigner, type Signer, type Verifier } from '../crypto/index.ts';
import { toHex } from '../lib/bytes.ts';
import { deviceOf, type SessionHeader } from '../log/chain.ts';
import { deviceIdOf, type Identity } from '../log/identity.ts';
import type { Counted } from '../log/counted.ts';
import { createIntake, type Intake, type IntakeNeeds } from '../log/intake.ts';
import type { Signed } from '../log/signed.ts';
import type { DeviceId, DocumentId, SpaceId } from '../log/types.ts';
import { contentFromLog } from './count-log.ts';
import { type Environment, minuteOf } from './environment.ts';
import { createForks, type Forks } from './forks.ts';
import type { Fresh } from './full-replica.ts';
import { createKnown, type Known } from './known.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createOpenDocuments, type OpenDocuments } from './open-documents.ts';
import { readPast } from './read-past.ts';
import { createRecent, type Recent } from './recent.ts';
import type { Replica, ReplicaError, ReplicaEvent } from './replica-types.ts';
import { createRows, type Rows } from './rows.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';
import type { Storage } from './storage.ts';

export interface Core {
  readonly space: SpaceId;
  readonly device: DeviceId;
  /** grows with new epochs */
  identity: Identity;
  readonly storage: Storage;
  readonly environment: Environment;
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly rows: Rows;
  readonly ledger: Ledger;
  readonly intake: Intake;
  readonly known: Known;
  readonly recent: Recent;
  readonly open: OpenDocuments;
  readonly forks: Forks;
  readonly snapshots: Snapshots;
  /** all that counts in these documents, entry by entry */
  readPast(documents: ReadonlySet<DocumentId>): ReturnType<typeof readPast>;
  me: Replica['me'];
  /** records and statements that count and that storage would not take: they go with the next step */
  unstored: readonly Signed[];
  /** how a session that begins now begins */
  header(): SessionHeader;
  /** One step after the other. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** why nothing can be done any more */
  readonly ended: ReplicaError | null;
  end(error: ReplicaError): void;
  noteCounted(counted: readonly Counted[]): void;
  /** Shows what counts now where it is open. */
  applyReady(documents: readonly DocumentId[]): void;
  tell(event: ReplicaEvent): void;
  on: Replica['on'];
  tellFresh(fresh: Fresh): void;
  onFresh(listener: (fresh: Fresh) => void): () => void;
  fallSilent(): void;
}

export interface CoreNeeds {
  /** The person typed. */
  readonly typed: () => void;
  /** A document holds what cannot be logged. */
  readonly broken: () => void;
}

export const createCore = (
  storage: Storage,
  start: Identity,
  verifier: Verifier,
  environment: Environment,
  needs: CoreNeeds,
): Core => {
  const { space } = start;
  const device = deviceIdOf(start);
  const rows = createRows(storage, start.localKey, environment.random);
  const ledger = createLedger(space, verifier);
  const { records } = ledger;
  const intakeNeeds: IntakeNeeds = {
    space,
    records,
    verifier,
    hasEpoch: (epoch) => core.identity.epochs.some((each) => toHex(each.id) === toHex(epoch)),
  };
  const intake = createIntake(intakeNeeds);
  const known = createKnown(device);
  const recent = createRecent();
  const listeners = new Set<(event: ReplicaEvent) => void>();
  const freshListeners = new Set<(fresh: Fresh) => void>();
  let ended: ReplicaError | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const open = createOpenDocuments({
    typed: needs.typed,
    broken: needs.broken,
    refused: (document) => core.tell({ type: 'refused', document }),
  });
  const forks = createForks(space, rows, intake, verifier);
  const cache = createCacheSeal(start.localKey, environment.subtle, environment.random);
  const snapshots = createSnapshots({
    fromLog: (id) => contentFromLog(core, intake, createIntake(intakeNeeds), id),
    storage,
    cache,
    rows,
    ledger,
    intake,
    known,
    recent,
    open,
    forks,
  });

  const core: Core = {
    space,
    device,
    identity: start,
    storage,
    environment,
    signer: createSigner(start.signing, environment.subtle),
    verifier,
    rows,
    ledger,
    intake,
    known,
    recent,
    open,
    forks,
    snapshots,
    readPast: (documents) => readPast(core, intake, (hear) => createIntake({ ...intakeNeeds, hear }), documents),
    unstored: [],
    me: () => {
      const state = records.membership();
      const id = state.memberByDevice.get(device);
      const member = id === undefined ? undefined : state.members.get(id);
      return member ? { member: member.id, role: member.role, group: member.group } : null;
    },
    header: () => ({
      epoch: (core.identity.epochs.at(-1) as Identity['epochs'][number]).id,
      audience: new Uint8Array(0),
      minute: minuteOf(environment),
      view: records.heads(),
    }),
    inTurn: <T>(work: () => Promise<T>): Promise<T> => {
      const next = queue.then(work, work);
      queue = next.catch(() => undefined);
      return next;
    },
    get ended() {
      return ended;
    },
    end: (error) => {
      if (ended) return;
      ended = error;
      core.tell({ type: 'failed', error });
    },
    noteCounted: (counted) => {
      for (const { session, document, minute, entries } of counted) {
        snapshots.touched(document);
        recent.add({ document, device: deviceOf(session), minute, changes: entries });
      }
    },
    applyReady: (documents) => {
      for (const id of new Set(documents)) {
        if (!open.get(id)) continue;
        const update = intake.documents.get(id)?.takeUpdate();
        if (update) open.apply(id, update);
      }
    },
    tell: (event) => listeners.forEach((listener) => listener(event)),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tellFresh: (fresh) => freshListeners.forEach((listener) => listener(fresh)),
    onFresh: (listener) => {
      freshListeners.add(listener);
      return () => freshListeners.delete(listener);
    },
    fallSilent: () => {
      listeners.clear();
      freshListeners.clear();
    },
  };
  storage.onGone(() => core.end({ type: 'StorageGone' }));
  return core;
};
