/**
 * How documents are changed.
 *
 * Parts (points, proof points, terms) are born hidden, with all their texts, in a transaction that undo does not
 * see; a second one shows them. So undoing "add" hides a part, and what others wrote in it since is never lost;
 * removing hides, restoring shows. Do not wrap these verbs in a transaction of your own: it would join the two.
 */
import * as Y from 'yjs';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { wellFormed } from '../../lib/canonical-text.ts';
import { forgetCollected, straighten } from './redone.ts';

export type ChangeError =
  /** written by a newer Weft: read only */
  | { readonly type: 'Newer' }
  /** what was to be changed is not in this document, or the document has not arrived */
  | { readonly type: 'Missing' }
  /** an id, or a document, that is there already */
  | { readonly type: 'Exists' }
  /** a value that this field does not take */
  | { readonly type: 'Invalid' };

export type Changed = Result<null, ChangeError>;

export const SCHEMA_VERSION = 1;

export type SchemaState = 'empty' | 'ready' | 'newer';

/** A version that is no number is taken for ours, so that a nonsense value locks nobody out. */
export const schemaState = (root: Y.Map<unknown>): SchemaState => {
  if (!root.has('schemaVersion')) return 'empty';
  const version = root.get('schemaVersion');
  return typeof version === 'number' && version > SCHEMA_VERSION ? 'newer' : 'ready';
};

export const refusal = (state: SchemaState): Changed =>
  state === 'ready' ? DONE : err({ type: state === 'newer' ? 'Newer' : 'Missing' });

/** One transaction that undo leaves alone. */
export const createIn = (doc: Y.Doc, origin: unknown, change: () => void): void => {
  doc.transact((transaction) => {
    transaction.meta.set(CREATION, true);
    change();
  }, origin);
};

/** Was this document, or part of it, being made? */
export const isCreation = (transaction: Y.Transaction): boolean => transaction.meta.has(CREATION);

/** A new text with its first words; goes into its parent within the same transaction. */
export const newText = (words = ''): Y.Text => new Y.Text(wellFormed(words));

/**
 * Undo of one's own changes only. `origins` are those of the person's own edits.
 * Call `stopCapturing()` before a verb, so that it is undone apart from the typing before it.
 */
export const createUndo = (doc: Y.Doc, origins: readonly unknown[]): Y.UndoManager => {
  const undo = new Y.UndoManager(doc, {
    trackedOrigins: new Set(origins),
    captureTransaction: (transaction) => !transaction.meta.has(CREATION),
    deleteFilter: holdsNothing,
  });
  const look = (transaction: Y.Transaction): void => {
    if (transaction.origin === undo) straighten(transaction);
  };
  const { destroy, undo: back, redo: forth } = undo;
  doc.on('beforeObserverCalls', look);
  undo.undo = () => {
    forgetCollected(doc);
    return back.call(undo);
  };
  undo.redo = () => {
    forgetCollected(doc);
    return forth.call(undo);
  };
  undo.destroy = () => {
    doc.off('beforeObserverCalls', look);
    destroy.call(undo);
  };
  return undo;
};

/**
 * Undo takes a person's own letters away before what they stand in. A paragraph or an item in which something is left
 * then holds what others wrote, and stays.
 */
const holdsNothing = (item: Y.Item): boolean => {
  const type: unknown = item.content instanceof Y.ContentType ? item.content.type : null;
  return !(type instanceof Y.XmlElement || type instanceof Y.XmlText) || type.length === 0;
};

export const DONE: Changed = ok(null);
export const MISSING: Changed = err({ type: 'Missing' });
export const EXISTS: Changed = err({ type: 'Exists' });
export const INVALID: Changed = err({ type: 'Invalid' });

const CREATION = Symbol('creation');
