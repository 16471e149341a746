/** Who is in which text of a document now. Implemented over the network; every field of others is checked before it comes here. */
import type { DocumentId, MemberId } from '../log/types.ts';

/** A caret or a selection, each end as the bytes of `relativeCaret`. `text` names a text within the document. */
export interface Place {
  readonly document: DocumentId;
  readonly text: string;
  readonly anchor: Uint8Array;
  readonly head: Uint8Array;
}

export interface OtherCursor {
  readonly session: string;
  readonly member: MemberId;
  readonly name: string;
  /** index of an allow-listed dye, 0 to 7 */
  readonly colour: number;
  readonly text: string;
  readonly anchor: Uint8Array;
  readonly head: Uint8Array;
}

export interface Presence {
  /** where this person is; null: in no text */
  set(at: Place | null): void;
  others(document: DocumentId): readonly OtherCursor[];
  subscribe(listener: () => void): () => void;
}

/** Without connections there is nobody to see. */
export const alone: Presence = { set: () => undefined, others: () => [], subscribe: () => () => undefined };
