/** What counts after a step, by session and document. */
import type { DocumentId, SessionId } from './types.ts';

export interface Counted {
  readonly session: SessionId;
  readonly document: DocumentId;
  readonly minute: number;
  readonly entries: number;
}

export type MutableCounted = { -readonly [Key in keyof Counted]: Counted[Key] };

export interface Counts {
  /** What is counted of a session's entries in a document. */
  of(session: SessionId, document: DocumentId): MutableCounted;
  list(): readonly Counted[];
}

export const createCounts = (): Counts => {
  const byKey = new Map<string, MutableCounted>();
  return {
    of: (session, document) => {
      const key = session + document;
      let counted = byKey.get(key);
      if (!counted) byKey.set(key, (counted = { session, document, minute: 0, entries: 0 }));
      return counted;
    },
    list: () => [...byKey.values()],
  };
};
