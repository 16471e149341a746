/** A replica with what its transports and bundles need, beside what the app sees. */
import type { Signer, Verifier } from '../crypto/index.ts';
import type { Result } from '../lib/result.ts';
import type { Identity } from '../log/identity.ts';
import type { PackItem } from '../log/pack.ts';
import type { Segment } from '../log/segment.ts';
import type { SessionState } from '../log/session.ts';
import type { DeviceId, GroupId, InviteId, MemberId, Receipt, RefusalType, Role, SessionId } from '../log/types.ts';
import type { Vector } from '../log/vector.ts';
import type { HeldVectors } from './held-vectors.ts';
import type { Replica, ReplicaError } from './replica-types.ts';
import type { Lacking } from './serve.ts';

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

/** A newcomer as an organizer's device admits it. */
export interface Newcomer {
  readonly device: DeviceId;
  readonly boxKey: Uint8Array;
  readonly name: string;
  readonly group: GroupId;
  readonly role: Role;
  readonly invite: InviteId;
}

/** Where what another tab of this device stored comes from. */
export const OTHER_TAB = 'tab';

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
  heard(device: DeviceId, vector: Vector, whole: boolean): void;
  /** what devices said that they have, signed and passed on */
  readonly signedVectors: HeldVectors;
  /** Signs what is here, where that is another than was said last. */
  signVector(): Promise<void>;
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
