/**
 * The signed words about an agreement: what each says, how it is written into a statement, and how it is read back.
 * Who may say which is in ./decision/admissible.ts. Ids are hex; the brands are those that the log gives them.
 */
import type { Brand } from '../../lib/brand.ts';
import { utf8 } from '../../lib/bytes.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import type { ClauseId, RedLineId } from '../shape/ids.ts';
import {
  bytes,
  count,
  day,
  flag,
  hexOf,
  language,
  list,
  minute,
  oneOf,
  optional,
  partId,
  record,
  rule,
  sizeOf,
  text,
} from './fields.ts';
import type { Field, Fields, Plain, TooLong } from './fields.ts';
import type { Rule } from './rule.ts';
import { LIFTERS } from './schema.ts';
import type { Lifter } from './schema.ts';

export type WordId = Brand<string, 'SignedId'>;
export type DeviceId = Brand<string, 'DeviceId'>;
export type MemberId = Brand<string, 'MemberId'>;
export type GroupId = Brand<string, 'GroupId'>;
export type DocumentId = Brand<string, 'DocumentId'>;

/** A word as it was said: by whom, as its author saw the space. */
export interface Said<W extends Word = Word> {
  readonly id: WordId;
  readonly member: MemberId;
  readonly group: GroupId;
  readonly role: 'organizer' | 'member' | 'observer';
  readonly device: DeviceId;
  /** from 1, in its device's chain of statements */
  readonly number: number;
  /** a minute of its author's clock, for display only: minutes since 1970 */
  readonly minute: number;
  readonly word: W;
}

export type Word =
  | TextPiece
  | Proposal
  | Position
  | Closing
  | Comment
  | Suggestion
  | Settled
  | Endorsement
  | Leaving
  | Lifted
  | Superseded;
export type WordKind = Word['kind'];
export type WordOf<K extends WordKind> = Extract<Word, { readonly kind: K }>;

/** A piece of a frozen text: see ./frozen.ts. */
export interface TextPiece {
  readonly kind: 'text';
  /** hex SHA-256 of the whole text */
  readonly hash: string;
  /** from 0 */
  readonly part: number;
  readonly parts: number;
  /** bytes of the whole text, opened */
  readonly size: number;
  readonly bytes: Uint8Array;
}

export interface Proposal {
  readonly kind: 'proposal';
  /** one for each authoritative language */
  readonly texts: readonly { readonly language: string; readonly hash: string }[];
  readonly parties: readonly GroupId[];
  /** the words of leaving by which parties of the amended agreement have no say any more; the others keep it */
  readonly left: readonly WordId[];
  /** holds once the text is adopted; decides on it only if it amends nothing, else the rule in force does */
  readonly rule: Rule;
  readonly change: 'new' | 'minor' | 'major';
  /** the adopted proposal that this one changes; null if, and only if, it is new */
  readonly amends: WordId | null;
  /** the round before this one, if there was one */
  readonly previous: WordId | null;
  /** from 1 */
  readonly round: number;
  /** minutes since 1970; it prompts people, and decides nothing */
  readonly deadline: number | null;
  /** may it be closed by the emergency rule? */
  readonly emergency: boolean;
  readonly dates: { readonly effective: string | null; readonly review: string | null; readonly expiry: string | null };
  readonly redLines: readonly {
    readonly id: RedLineId;
    /** null: all parties hold it */
    readonly holder: GroupId | null;
    /** its holder alone, every party together, or the agreement's own rule: an amendment without it */
    readonly lift: Lifter;
  }[];
}

export const POSITIONS = ['agree', 'reservations', 'stand-aside', 'abstain', 'objection', 'block'] as const;
export type PositionName = (typeof POSITIONS)[number];

export interface Position {
  readonly kind: 'position';
  readonly proposal: WordId;
  /** the text that was read, and its language */
  readonly hash: string;
  readonly language: string;
  /** for whom it is said */
  readonly group: GroupId;
  readonly position: PositionName;
  /** how and when the group gave it: 'assembly of all members', '2026-03-07' */
  readonly mandate: { readonly how: string; readonly when: string | null };
  /** the reservations, the objection, or why */
  readonly reason: string;
  readonly conditions: string;
  /** how the group's word came to who signs this, and who gave it there */
  readonly recorded: { readonly way: 'paper' | 'phone' | 'spoken'; readonly name: string } | null;
  readonly replaces: readonly WordId[];
}

/** Ends a round. */
export interface Closing {
  readonly kind: 'closing';
  readonly proposal: WordId;
  /** the positions that it counts */
  readonly counted: readonly WordId[];
  /** by the emergency rule */
  readonly emergency: boolean;
  /** an earlier closing of the same round that this one puts right */
  readonly replaces: WordId | null;
}

/**
 * Where in the text, as Yjs names it: ids of its items in numbers, so that no foreign bytes reach its decoder.
 * `item` null: the end of `type`. Each is what Y.createRelativePositionFromJSON takes.
 */
export interface Anchor {
  readonly from: AnchorPoint;
  readonly to: AnchorPoint;
}
export interface AnchorPoint {
  readonly item: ItemId | null;
  readonly type: ItemId | null;
  /** sticks to the character after it (0) or before (-1) */
  readonly assoc: number;
}
export interface ItemId {
  readonly client: number;
  readonly clock: number;
}

interface Place {
  /** null: about the whole */
  readonly clause: ClauseId | null;
  /** which of its texts: 'heading', 'body', or a field's name; '' for none of them */
  readonly part: string;
  readonly anchor: Anchor | null;
  /** the words there as they were */
  readonly quote: string;
}

export interface Comment extends Place {
  readonly kind: 'comment';
  readonly text: string;
  /** the first comment of the thread that this belongs to */
  readonly answers: WordId | null;
  /** an earlier form of this comment, by the same member */
  readonly replaces: WordId | null;
}

export interface Suggestion extends Place {
  readonly kind: 'suggestion';
  /** what should stand there; '' takes the quoted words out */
  readonly text: string;
  readonly note: string;
}

export interface Settled {
  readonly kind: 'settled';
  readonly what: WordId;
  readonly how: 'accepted' | 'rejected' | 'resolved' | 'reopened' | 'withdrawn';
}

export interface Endorsement {
  readonly kind: 'endorsement';
  readonly proposal: WordId;
  /** null: the member alone */
  readonly group: GroupId | null;
  readonly text: string;
  readonly withdrawn: boolean;
}

export interface Leaving {
  readonly kind: 'leaving';
  readonly proposal: WordId;
  readonly group: GroupId;
  readonly reason: string;
  readonly effective: string | null;
}

export interface Lifted {
  readonly kind: 'lifted';
  readonly proposal: WordId;
  readonly redLine: RedLineId;
  readonly reason: string;
}

/** Another agreement takes its place, once every party has said so of the same one. */
export interface Superseded {
  readonly kind: 'superseded';
  readonly proposal: WordId;
  /** the other agreement's document */
  readonly by: DocumentId;
  readonly reason: string;
}

/** The word of a statement of this kind; null for what is none of ours, or not well made. */
export const parseWord = (kind: string, value: unknown): Word | null =>
  Object.hasOwn(FIELDS, kind) ? (FIELDS[kind as WordKind].read(value)?.value ?? null) : null;

/** The value to sign as a statement of kind `word.kind`. Refused where texts are too long, with all that are. */
export const createWordValue = (word: Word): Result<Plain, readonly TooLong[]> => {
  const tooLong: TooLong[] = [];
  // each kind's field writes words of that kind, which the type of an index by a union cannot say
  const value = (FIELDS[word.kind] as Field<Word>).write(word, '', tooLong);
  const over = sizeOf(value) + utf8(word.kind).length + 1 - MOST_VALUE;
  if (tooLong.length === 0 && over > 0) tooLong.push({ type: 'TooLong', field: '', over });
  return tooLong.length > 0 ? err(tooLong) : ok(value);
};

/** A statement's word is at most 14,000 bytes, 16 of them for the document's id. */
const MOST_VALUE = 14_000 - 16;
/** What is said about an agreement at most, in bytes of UTF-8: screens show how much room is left. */
export const MOST = {
  comment: 8_000,
  quote: 2_000,
  suggestion: 6_000,
  note: 2_000,
  reason: 5_000,
  conditions: 4_000,
  mandate: 1_000,
  name: 400,
} as const;
const MOST_PARTIES = 200;
const MOST_COUNTED = 300;
const MOST_LANGUAGES = 12;
const MOST_RED_LINES = 100;
const MOST_REPLACED = 20;
export const MOST_PIECES = 400;
export const MOST_PIECE = 13_600;
export const MOST_FROZEN = 2_000_000;

const as = <K extends WordKind>(kind: K, fields: Fields<Omit<WordOf<K>, 'kind'>>): Field<WordOf<K>> => {
  const all = record(fields);
  return {
    read: (value) => {
      const read = all.read(value);
      return read === null ? null : { value: { ...read.value, kind } as WordOf<K> };
    },
    write: all.write,
  };
};

const wordId = hexOf<WordId>(32);
const hash = hexOf<string>(32);
const groupId = hexOf<GroupId>(16);
const documentId = hexOf<DocumentId>(16);
const same = (id: string): string => id;

const itemId = record<ItemId>({ client: count(0, Number.MAX_SAFE_INTEGER), clock: count(0, Number.MAX_SAFE_INTEGER) });
const anchorPoint = record<AnchorPoint>({ item: optional(itemId), type: optional(itemId), assoc: count(-1, 0) });
const place: Fields<Place> = {
  clause: optional(partId<ClauseId>()),
  part: text(100),
  anchor: optional(record<Anchor>({ from: anchorPoint, to: anchorPoint })),
  quote: text(MOST.quote),
};

const FIELDS: { readonly [K in WordKind]: Field<WordOf<K>> } = {
  text: as('text', {
    hash,
    part: count(0, MOST_PIECES - 1),
    parts: count(1, MOST_PIECES),
    size: count(0, MOST_FROZEN),
    bytes: bytes(1, MOST_PIECE),
  }),
  proposal: as('proposal', {
    texts: list(record({ language, hash }), 1, MOST_LANGUAGES, (each) => each.language),
    parties: list(groupId, 1, MOST_PARTIES, same),
    left: list(wordId, 0, 50, same),
    rule,
    change: oneOf(['new', 'minor', 'major']),
    amends: optional(wordId),
    previous: optional(wordId),
    round: count(1, 1_000),
    deadline: optional(minute),
    emergency: flag,
    dates: record({ effective: optional(day), review: optional(day), expiry: optional(day) }),
    redLines: list(
      record({ id: partId<RedLineId>(), holder: optional(groupId), lift: oneOf(LIFTERS) }),
      0,
      MOST_RED_LINES,
      (each) => each.id,
    ),
  }),
  position: as('position', {
    proposal: wordId,
    hash,
    language,
    group: groupId,
    position: oneOf(POSITIONS),
    mandate: record({ how: text(MOST.mandate), when: optional(day) }),
    reason: text(MOST.reason),
    conditions: text(MOST.conditions),
    recorded: optional(record({ way: oneOf(['paper', 'phone', 'spoken']), name: text(MOST.name) })),
    replaces: list(wordId, 0, MOST_REPLACED, same),
  }),
  closing: as('closing', {
    proposal: wordId,
    counted: list(wordId, 0, MOST_COUNTED, same),
    emergency: flag,
    replaces: optional(wordId),
  }),
  comment: as('comment', {
    ...place,
    text: text(MOST.comment),
    answers: optional(wordId),
    replaces: optional(wordId),
  }),
  suggestion: as('suggestion', { ...place, text: text(MOST.suggestion), note: text(MOST.note) }),
  settled: as('settled', {
    what: wordId,
    how: oneOf(['accepted', 'rejected', 'resolved', 'reopened', 'withdrawn']),
  }),
  endorsement: as('endorsement', {
    proposal: wordId,
    group: optional(groupId),
    text: text(MOST.conditions),
    withdrawn: flag,
  }),
  leaving: as('leaving', { proposal: wordId, group: groupId, reason: text(MOST.reason), effective: optional(day) }),
  superseded: as('superseded', { proposal: wordId, by: documentId, reason: text(MOST.reason) }),
  lifted: as('lifted', { proposal: wordId, redLine: partId<RedLineId>(), reason: text(MOST.reason) }),
};
