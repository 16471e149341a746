/** Replicas for these tests: each person a Y.Doc of their own, updates passed on by hand. */
import * as Y from 'yjs';
import { createPalette } from '../../../src/documents/talking-points/index.ts';
import { createPointId, createProofId, createTermId } from '../../../src/documents/talking-points/index.ts';

export const ALICE = Symbol('alice');
export const FOREIGN = Symbol('foreign');

export const pointId = (n: number) => createPointId(new Uint8Array(16).fill(n));
export const proofId = (n: number) => createProofId(new Uint8Array(16).fill(n));
export const termId = (n: number) => createTermId(new Uint8Array(16).fill(n));

export const send = (from: Y.Doc, to: Y.Doc): void =>
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), FOREIGN);

/** Until everybody has everything. */
export const meet = (...docs: readonly Y.Doc[]): void => {
  for (let round = 0; round < 2; round++)
    for (const from of docs) for (const to of docs) if (from !== to) send(from, to);
};

export const createDoc = (clientID: number): Y.Doc => {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  return doc;
};

/** So many people with the same empty palette. */
export const createPeople = (count: number): readonly [Y.Doc, Y.Doc, ...Y.Doc[]] => {
  const first = createDoc(1);
  createPalette(first, ALICE, { title: 'Harbour', sourceLanguage: 'en' });
  const others = Array.from({ length: count - 1 }, (_, index) => createDoc(index + 2));
  for (const other of others) send(first, other);
  const [second, ...rest] = others;
  if (second === undefined) throw new Error('at least two');
  return [first, second, ...rest];
};
