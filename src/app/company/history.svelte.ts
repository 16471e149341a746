/** Undo and redo of this person's own changes of one document, made since this was created: one for each screen. */
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import { createUndo } from '../../documents/shape/change.ts';
import { LOCAL } from '../../sync/replica-types.ts';

export class History {
  #undo: Y.UndoManager;
  #subscribe: () => void;

  constructor(doc: Y.Doc) {
    const undo = createUndo(doc, [LOCAL]);
    this.#undo = undo;
    this.#subscribe = createSubscriber((update) => {
      const events = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const;
      for (const event of events) undo.on(event, update);
      return () => events.forEach((event) => undo.off(event, update));
    });
  }

  get canUndo(): boolean {
    this.#subscribe();
    return this.#undo.canUndo();
  }

  get canRedo(): boolean {
    this.#subscribe();
    return this.#undo.canRedo();
  }

  /** for an editor that undoes by itself */
  get steps(): Y.UndoManager {
    return this.#undo;
  }

  undo(): void {
    this.#undo.undo();
  }

  redo(): void {
    this.#undo.redo();
  }

  /** What comes now is undone apart from what came before. */
  mark(): void {
    this.#undo.stopCapturing();
  }

  /** Is this transaction an undo or a redo of ours? */
  made(transaction: Y.Transaction): boolean {
    return transaction.origin === this.#undo;
  }

  close(): void {
    this.#undo.destroy();
  }
}
