/** Replicas of one agreement, and views of it. */
import type * as Y from 'yjs';
import {
  addClause,
  createAgreement,
  createClauseId,
  createRedLineId,
  readAgreement,
} from '../../../../src/documents/agreement/index.ts';
import type { AgreementView, LocalClause } from '../../../../src/documents/agreement/index.ts';
import { createLocalClause, readLocalClause } from '../../../../src/documents/local-clause/index.ts';
import type { NewLocalClause } from '../../../../src/documents/local-clause/index.ts';
import { paragraphsOf } from '../../../../src/documents/rich-text/index.ts';
import { ALICE, createDoc, send } from '../worlds.ts';

export const clauseId = (n: number) => createClauseId(new Uint8Array(16).fill(n));
export const redLineId = (n: number) => createRedLineId(new Uint8Array(16).fill(n));

/** ids of groups and of documents, as the log has them */
export const HARBOUR = '11'.repeat(16);
export const RIVER = '22'.repeat(16);
export const MARKET = '33'.repeat(16);
export const documentId = (n: number): string => n.toString(16).padStart(32, '0');

/** So many people with the same agreement of two groups and no clauses. */
export const createPeople = (count: number): readonly [Y.Doc, Y.Doc, ...Y.Doc[]] => {
  const first = createDoc(1);
  createAgreement(first, ALICE, {
    template: 'charter',
    sourceLanguage: 'en',
    texts: { title: 'Charter of the harbour' },
    parties: [RIVER, HARBOUR],
  });
  const others = Array.from({ length: count - 1 }, (_, index) => createDoc(index + 2));
  for (const other of others) send(first, other);
  const [second, ...rest] = others;
  if (second === undefined) throw new Error('at least two');
  return [first, second, ...rest];
};

/** Clauses 1, 2, … with these headings, and a body that says which it is. */
export const addClauses = (doc: Y.Doc, ...headings: readonly string[]): void =>
  headings.forEach((heading, at) => {
    addClause(doc, ALICE, { id: clauseId(at + 1), heading, body: paragraphsOf(`About ${heading}.`) });
  });

export const view = (doc: Y.Doc): AgreementView => {
  const state = readAgreement(doc);
  if (state.type !== 'ready') throw new Error(state.type);
  return state.agreement;
};

export const localClause = (n: number, group: string, clause: Partial<NewLocalClause> = {}): LocalClause => {
  const doc = createDoc(100 + n);
  createLocalClause(doc, ALICE, { language: 'en', after: null, heading: `local ${n}`, ...clause });
  const state = readLocalClause(doc);
  if (state.type !== 'ready') throw new Error(state.type);
  return { id: documentId(n), group, view: state.clause };
};
