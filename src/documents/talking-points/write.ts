/** What all verbs of a palette share: they look whether the document may be changed, and write what differs. */
import type * as Y from 'yjs';
import { DONE, MISSING, refusal, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { place } from '../shape/order.ts';
import { asMap, readParts } from '../shape/read.ts';
import { paletteRoot } from './schema.ts';

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

export const show = (doc: Y.Doc, origin: unknown, part: Y.Map<unknown> | null, shown: boolean): Changed =>
  write(doc, origin, part, { shown });

/** Writes what differs, in one transaction. */
export const write = (
  doc: Y.Doc,
  origin: unknown,
  part: Y.Map<unknown> | null,
  valueByKey: Readonly<Record<string, Scalar>>,
): Changed =>
  change(doc, part, (found) => {
    const different = Object.entries(valueByKey).filter(([key, value]) => found.get(key) !== value);
    if (different.length > 0) doc.transact(() => different.forEach(([key, value]) => found.set(key, value)), origin);
  });

export const change = (doc: Y.Doc, part: Y.Map<unknown> | null, make: (part: Y.Map<unknown>) => void): Changed => {
  const state = schemaState(paletteRoot(doc));
  if (state !== 'ready') return refusal(state);
  if (part === null) return MISSING;
  make(part);
  return DONE;
};
