/** The way along a path, from a root of a document on. */
import * as Y from 'yjs';
import { asMap } from '../shape/read.ts';

export const mapAt = (doc: Y.Doc, [root = '', ...names]: readonly string[]): Y.Map<unknown> | null => {
  let map = asMap(rootOf(doc, root, (name) => doc.getMap(name)));
  for (const name of names) map = asMap(map?.get(name));
  return map;
};

/** A root that is not there is not made; one that is of another type stays what it is. */
export const rootOf = (doc: Y.Doc, name: string, open: (name: string) => unknown): unknown => {
  const type = doc.share.get(name);
  return type?.constructor === Y.AbstractType ? open(name) : type;
};
