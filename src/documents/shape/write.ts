/** What all verbs of a document share: they look whether it may be changed, and write what differs. */
import type * as Y from 'yjs';
import { DONE, MISSING, refusal, schemaState } from './change.ts';
import type { Changed } from './change.ts';
import { place } from './order.ts';
import { asMap, readParts } from './read.ts';

export type Scalar = string | number | boolean | null;

/** Hidden parts count, so that a restored one finds its place. */
export const moveIn = <Id extends string>(
  parts: Y.Map<unknown>,
  parse: (key: unknown) => Id | null,
  id: Id,
  before: Id | null,
): void => {
  for (const { id: moved, order } of place(readParts(parts, parse, Infinity), id, before))
    asMap(parts.get(moved))?.set('order', order);
};

export interface Verbs {
  /** Calls `make` if the document may be changed and the part is there. */
  readonly change: (doc: Y.Doc, part: Y.Map<unknown> | null, make: (part: Y.Map<unknown>) => void) => Changed;
  /** Writes what differs, in one transaction. */
  readonly write: (
    doc: Y.Doc,
    origin: unknown,
    part: Y.Map<unknown> | null,
    valueByKey: Readonly<Record<string, Scalar>>,
  ) => Changed;
  readonly show: (doc: Y.Doc, origin: unknown, part: Y.Map<unknown> | null, shown: boolean) => Changed;
}

/** `rootOf` gives the map that carries the document's schemaVersion. */
export const createVerbs = (rootOf: (doc: Y.Doc) => Y.Map<unknown>): Verbs => {
  const change: Verbs['change'] = (doc, part, make) => {
    const state = schemaState(rootOf(doc));
    if (state !== 'ready') return refusal(state);
    if (part === null) return MISSING;
    make(part);
    return DONE;
  };
  const write: Verbs['write'] = (doc, origin, part, valueByKey) =>
    change(doc, part, (found) => {
      const different = Object.entries(valueByKey).filter(([key, value]) => found.get(key) !== value);
      if (different.length > 0) doc.transact(() => different.forEach(([key, value]) => found.set(key, value)), origin);
    });
  return { change, write, show: (doc, origin, part, shown) => write(doc, origin, part, { shown }) };
};
