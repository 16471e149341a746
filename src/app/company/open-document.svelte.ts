/** A document as screens see it: opened once, read into a plain view, read again when it changed and somebody looks. */
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import { isField } from '../../documents/place/is-field.ts';
import { isCreation } from '../../documents/shape/change.ts';
import { markChanges } from '../../log/marks.ts';
import type { DocumentId } from '../../log/types.ts';
import type { Replica, ReplicaError } from '../../sync/replica-types.ts';

export type Opening =
  | { readonly type: 'opening' }
  | { readonly type: 'failed'; readonly error: ReplicaError }
  | { readonly type: 'open'; readonly doc: Y.Doc };

interface OpenDocumentWorld {
  readonly replica: Replica;
  /** milliseconds since 1970 */
  readonly now: () => number;
}

export class OpenDocument<View> {
  readonly id: DocumentId;
  /** settles when the document is open, or cannot be */
  readonly opened: Promise<Y.Doc | null>;
  /** No rune: documents are opened while something is derived, and state made there would not be followed there. */
  #opening: Opening = { type: 'opening' };
  readonly #world: OpenDocumentWorld;
  #read: (doc: Y.Doc) => View;
  #view: { readonly value: View } | null = null;
  #tell: (() => void) | null = null;
  #renewMarks: () => void = () => undefined;
  #subscribe = createSubscriber((update) => {
    this.#tell = update;
    return () => {
      this.#tell = null;
    };
  });

  constructor(world: OpenDocumentWorld, id: DocumentId, read: (doc: Y.Doc) => View) {
    this.id = id;
    this.#read = read;
    this.#world = world;
    this.opened = this.#open();
    // for as long as the space is open, as with the doc's own updates
    world.replica.on((event) => {
      if (event.type === 'passed') this.#renewMarks();
      if (event.type !== 'rebuilt' || !event.documents.includes(id)) return;
      this.#settle({ type: 'opening' });
      void this.#open();
    });
  }

  async #open(): Promise<Y.Doc | null> {
    const opened = await this.#world.replica.openDocument(this.id);
    if (!opened.ok) {
      this.#settle({ type: 'failed', error: opened.error });
      return null;
    }
    const doc = opened.value;
    this.#renewMarks = markChanges(
      doc,
      this.#world.now,
      (place, transaction) => isField(place) && !isCreation(transaction),
    );
    // the cached view must not outlive a change that nobody watched
    doc.on('update', () => {
      this.#view = null;
      this.#tell?.();
    });
    this.#settle({ type: 'open', doc });
    return doc;
  }

  get opening(): Opening {
    this.#subscribe();
    return this.#opening;
  }

  get doc(): Y.Doc | null {
    const { opening } = this;
    return opening.type === 'open' ? opening.doc : null;
  }

  /** null while it is not open */
  get view(): View | null {
    const doc = this.doc;
    if (doc === null) return null;
    this.#view ??= { value: this.#read(doc) };
    return this.#view.value;
  }

  #settle(opening: Opening): void {
    this.#opening = opening;
    this.#view = null;
    this.#tell?.();
  }
}
