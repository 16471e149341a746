/**
 * The words of the log as types: ids, roles, what membership says, what a pack may hold.
 * The bytes behind them are in FORMAT.md.
 */
import type { Brand } from '../lib/brand.ts';
import type { Value } from './value.ts';

/** hex of the 32-byte hash of the genesis record */
export type SpaceId = Brand<string, 'SpaceId'>;
/** hex of a device's 32-byte ed25519 public key */
export type DeviceId = Brand<string, 'DeviceId'>;
/** hex of 16 bytes: the start of the hash of the record that first named the member, group or document */
export type MemberId = Brand<string, 'MemberId'>;
export type GroupId = Brand<string, 'GroupId'>;
export type DocumentId = Brand<string, 'DocumentId'>;
/** hex of the 32-byte hash of a record or statement */
export type SignedId = Brand<string, 'SignedId'>;
/** device hex + ':' + 8 session bytes as hex */
export type SessionId = Brand<string, 'SessionId'>;
/** hex of 16 bytes: an invite or door, by the hash of its secret */
export type InviteId = Brand<string, 'InviteId'>;

export type Role = 'organizer' | 'member' | 'observer';
/** Who may write a document's Yjs content. `statements`: nobody; only signed statements belong to it. */
export type Writers = 'members' | 'group' | 'statements';

export interface Group {
  readonly id: GroupId;
  readonly name: string;
  readonly region: string;
  /** BCP 47 tags */
  readonly languages: readonly string[];
  /** IANA name, or empty */
  readonly timeZone: string;
}

export interface Member {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly group: GroupId;
  /** BCP 47 tags the person reads, own first; may be empty */
  readonly languages: readonly string[];
  readonly devices: readonly DeviceId[];
}

export interface DocumentEntry {
  readonly id: DocumentId;
  /** a folder of src/documents: 'talking-points', 'agreement', 'calendar', …; unknown kinds are kept and not shown */
  readonly kind: string;
  readonly owner: GroupId;
  readonly parent: DocumentId | null;
  readonly writers: Writers;
  readonly author: MemberId;
  /** a minute of the author's clock, for display only: minutes since 1970 */
  readonly minute: number;
}

export interface Door {
  readonly id: InviteId;
  readonly role: Role;
  /** minutes since 1970; 0: no end */
  readonly until: number;
  /** how many it may admit at most */
  readonly most: number;
  readonly admitted: number;
  readonly author: DeviceId;
  readonly revoked: boolean;
}

/** What the accepted records say. A pure function of their set. */
export interface Membership {
  readonly spaceName: string;
  readonly groups: ReadonlyMap<GroupId, Group>;
  readonly members: ReadonlyMap<MemberId, Member>;
  readonly memberByDevice: ReadonlyMap<DeviceId, MemberId>;
  readonly documents: ReadonlyMap<DocumentId, DocumentEntry>;
  readonly doors: ReadonlyMap<InviteId, Door>;
}

/** A statement, verified and understood. */
export type Statement = ApprovalStatement | WordStatement;

interface Said {
  readonly id: SignedId;
  readonly device: DeviceId;
  /** member and group of its author as its author saw the space when signing */
  readonly member: MemberId;
  readonly group: GroupId;
  readonly document: DocumentId;
  readonly minute: number;
}

export interface ApprovalStatement extends Said {
  readonly type: 'approval';
  readonly approval: Approval;
}

/**
 * A word about a document that is no approval: a position, a comment, a closing. What its kind and value mean, and
 * who may say it, is the business of the document's kind.
 */
export interface WordStatement extends Said {
  readonly type: 'word';
  /** its author's role as its author saw the space */
  readonly role: Role;
  /** from 1, in its device's chain of statements */
  readonly number: number;
  readonly kind: string;
  readonly value: Value;
}

/** A signed approval of one variant's text by somebody of the group that owns it. */
export interface Approval {
  /** hex SHA-256 of the canonical text approved (NFC, without bidi controls and zero-width tricks) */
  readonly textHash: string;
  /** BCP 47 */
  readonly language: string;
  /** hex hash of the source text it was approved against, or empty */
  readonly sourceHash: string;
  /** false takes an earlier approval back */
  readonly approved: boolean;
}

/** What one taking-in brought. */
export interface Receipt {
  /** entries, records and statements that were new and are now stored */
  readonly changes: number;
  readonly changesByMember: ReadonlyMap<MemberId, number>;
  readonly changesByDocument: ReadonlyMap<DocumentId, number>;
  /** signatures checked */
  readonly verified: number;
  /** entries kept but still waiting for something that they need */
  readonly waiting: number;
  /** entries, records or statements refused for ever, by reason */
  readonly refused: ReadonlyMap<RefusalType, number>;
}

export type RefusalType =
  'Malformed' | 'BadSignature' | 'OtherSpace' | 'UnknownDevice' | 'NotAllowed' | 'Fork' | 'BadStructs' | 'OverLimit';
