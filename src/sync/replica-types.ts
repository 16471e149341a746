/**
 * A replica: one device's copy of one space, on a Storage and without a browser.
 * The app and the command line see a space only through this.
 */
import type * as Y from 'yjs';
import type { Result } from '../lib/result.ts';
import type {
  Approval,
  DeviceId,
  DocumentId,
  GroupId,
  InviteId,
  Membership,
  MemberId,
  Receipt,
  Role,
  SignedId,
  SpaceId,
  Statement,
  Writers,
} from '../log/types.ts';
import type { PastEdit } from '../log/past.ts';
import type { Signed } from '../log/signed.ts';
import type { Value } from '../log/value.ts';
import type { StorageError } from './storage.ts';

/** Transactions of this origin are the person's own edits: `doc.transact(change, LOCAL)`. Undo managers count too. */
export { LOCAL } from '../log/capture.ts';

export type ReplicaError =
  | StorageError
  | { readonly type: 'NotAllowed' }
  | { readonly type: 'UnknownDocument' }
  | { readonly type: 'SessionEnded' };

export type ReplicaEvent =
  /** membership, groups, documents, doors */
  | { readonly type: 'records' }
  | { readonly type: 'statements'; readonly documents: readonly DocumentId[] }
  /** content of documents changed by others (open ones are already up to date) */
  | { readonly type: 'documents'; readonly documents: readonly DocumentId[]; readonly by: readonly MemberId[] }
  /** what is here is put together for somebody who lacks it */
  | { readonly type: 'passed' }
  /** `saving` is false once all local edits are acknowledged by storage */
  | { readonly type: 'saving'; readonly saving: boolean }
  /** A value that somebody here put into this document is too large to be kept, and is out of it again. */
  | { readonly type: 'refused'; readonly document: DocumentId }
  /**
   * A fork changed what stands. These documents were open: their docs are dead, and must be opened again. `lost`: what
   * the person had written there and does not stand, for it hung on what fell or was not stored yet.
   */
  | { readonly type: 'rebuilt'; readonly documents: readonly DocumentId[]; readonly lost: readonly LostText[] }
  | { readonly type: 'failed'; readonly error: ReplicaError };

export interface LostText {
  readonly document: DocumentId;
  readonly text: string;
}

/** How far a member (any of its devices) is known to be, from hellos, bundles and receipts. */
export interface Progress {
  readonly member: MemberId;
  /** changes of this replica that the member is not known to have */
  readonly lacks: number;
  /** of these, this device's own */
  readonly lacksOwn: number;
  /** minutes since 1970 when last heard of; 0 never */
  readonly heard: number;
}

/** What somebody wrote and others are known to have, and this replica has not. */
export interface Missing {
  /** who wrote it */
  readonly member: MemberId;
  readonly changes: number;
  /** who has some of it, or all */
  readonly holders: readonly MemberId[];
}

export interface Replica {
  readonly spaceId: SpaceId;
  readonly device: DeviceId;
  /** null until the admit record has arrived */
  me(): { readonly member: MemberId; readonly role: Role; readonly group: GroupId } | null;
  membership(): Membership;
  statements(document: DocumentId): readonly Statement[];

  /** The same live Y.Doc each time, opened from its snapshot and log. Its clientID belongs to this session. */
  openDocument(id: DocumentId): Promise<Result<Y.Doc, ReplicaError>>;
  /** May this device write this document's content now? */
  mayWrite(id: DocumentId): boolean;
  /** Who writes, or wrote, under a Yjs clientID; null: nobody known here. */
  writerOf(client: number): MemberId | null;

  createGroup(group: {
    readonly name: string;
    readonly region: string;
    readonly languages: readonly string[];
    readonly timeZone: string;
  }): Promise<Result<GroupId, ReplicaError>>;
  changeGroup(
    id: GroupId,
    group: {
      readonly name: string;
      readonly region: string;
      readonly languages: readonly string[];
      readonly timeZone: string;
    },
  ): Promise<Result<null, ReplicaError>>;
  changeProfile(profile: {
    readonly name: string;
    readonly languages: readonly string[];
  }): Promise<Result<null, ReplicaError>>;
  /** raises a role or moves somebody to another group; organizers only */
  changeRole(member: MemberId, role: Role, group: GroupId): Promise<Result<null, ReplicaError>>;
  createDocument(options: {
    readonly kind: string;
    readonly owner: GroupId;
    readonly parent: DocumentId | null;
    readonly writers: Writers;
  }): Promise<Result<DocumentId, ReplicaError>>;
  approve(document: DocumentId, approval: Approval): Promise<Result<null, ReplicaError>>;
  /**
   * Signs a word about a document: what its kind and value mean is the document kind's business. Throws where a text
   * in it is not canonical (`canonicalText`), or the whole is over 14,000 bytes: a bug of the caller.
   */
  say(document: DocumentId, kind: string, value: Value): Promise<Result<SignedId, ReplicaError>>;
  openDoor(options: {
    readonly invite: InviteId;
    readonly role: Role;
    readonly until: number;
    readonly most: number;
  }): Promise<Result<null, ReplicaError>>;
  closeDoor(invite: InviteId): Promise<Result<null, ReplicaError>>;

  /** All records and statements that are here, as they are signed: what a proof is made from. */
  signed(): { readonly records: readonly Signed[]; readonly statements: readonly Signed[] };

  /** Everything that counts in these documents, entry by entry, in an order that is the same on every device. */
  past(documents: Iterable<DocumentId>): Promise<Result<ReadonlyMap<DocumentId, readonly PastEdit[]>, ReplicaError>>;

  /** Everything typed so far is stored when this resolves. */
  flush(): Promise<Result<null, ReplicaError>>;
  /** Takes packs in (from a bundle or a file), all checks included; nothing changes for what is refused. */
  take(packs: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Result<Receipt, ReplicaError>>;
  progress(): readonly Progress[];
  /** members other than this device's own who are known to have all that was written on this device */
  reached(): ReadonlySet<MemberId>;
  /** gaps: whose changes are somewhere and not here, most first */
  missing(): readonly Missing[];
  /** changes of this space that no other device is known to have, and since when (minutes; 0 none) */
  unshared(): { readonly changes: number; readonly since: number };
  /** The newest changes, for "what changed since": newest first, at most `limit`. */
  recent(limit: number): readonly {
    readonly document: DocumentId;
    readonly member: MemberId;
    readonly device: DeviceId;
    readonly minute: number;
    readonly changes: number;
  }[];
  on(listener: (event: ReplicaEvent) => void): () => void;
  /** Flushes, writes snapshots, forgets keys and documents. */
  close(): Promise<void>;
}
