/**
 * A document's operations between their two codecs: our own entry codec (entry.ts) and Yjs (capture.ts, update.ts).
 * Kinds are Yjs's content references. What Yjs would call JSON (2), a subdocument (9) or a Skip (10) has no place in a log.
 */
export const KIND = { gc: 0, deleted: 1, binary: 3, string: 4, embed: 5, format: 6, type: 7, any: 8 } as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** Yjs's references of shared types; 5 (XmlHook) is refused. */
export const TYPE = { array: 0, map: 1, text: 2, xmlElement: 3, xmlFragment: 4, xmlText: 6 } as const;

export interface Id {
  readonly client: number;
  readonly clock: number;
}

export type Parent = { readonly type: 'root'; readonly name: string } | { readonly type: 'item'; readonly id: Id };

export interface Struct {
  readonly kind: Kind;
  readonly clock: number;
  readonly length: number;
  readonly origin: Id | null;
  readonly right: Id | null;
  /** only where neither origin nor right is given */
  readonly parent: Parent | null;
  readonly sub: string | null;
  /** for `type`: which shared type, and an XML element's name */
  readonly typeRef: number;
  readonly typeName: string;
  /** string: UTF-8; otherwise the values in our own encoding (empty for gc, deleted and type) */
  readonly content: Uint8Array;
}

export interface Range {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

/** The edits of one entry in one document. */
export interface Edit {
  readonly structs: readonly Struct[];
  readonly deletes: readonly Range[];
}

export const sameId = (a: Id | null, b: Id | null): boolean =>
  a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock);

/** A part of a struct, `at` and `length` counted from its start: it stands right after the part before. */
export const pieceOf = (whole: Struct, client: number, at: number, length: number, content: Uint8Array): Struct => {
  const piece = { ...whole, clock: whole.clock + at, length, content };
  if (at === 0 || whole.kind === KIND.gc) return piece;
  return { ...piece, origin: { client, clock: whole.clock + at - 1 }, parent: null, sub: null };
};

/** Does `next` go on exactly where `text` ends, so that both are one struct to Yjs (Item.mergeWith)? */
export const continues = (text: Struct, next: Struct, client: number): boolean =>
  text.kind === KIND.string &&
  next.kind === KIND.string &&
  text.clock + text.length === next.clock &&
  next.origin !== null &&
  next.origin.client === client &&
  next.origin.clock === next.clock - 1 &&
  sameId(text.right, next.right);
