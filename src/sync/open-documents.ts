/** The live Y.Docs of a replica: opened from snapshot and log, kept in step, and listened to for the person's edits. */
import * as Y from 'yjs';
import { BytesError } from '../lib/bytes.ts';
import { type Captured, createCapture, FOREIGN } from '../log/capture.ts';
import type { Edit } from '../log/struct.ts';
import type { DocumentId } from '../log/types.ts';
import { createGathered } from '../log/update.ts';

export interface OpenDocuments {
  get(id: DocumentId): Y.Doc | undefined;
  /** Makes the live doc from its stored state and what came since. */
  open(id: DocumentId, client: number, updates: readonly Uint8Array[]): Y.Doc;
  apply(id: DocumentId, update: Uint8Array): void;
  /** Lets go of a doc whose content is not true any more; gives whether it was open. */
  forget(id: DocumentId): boolean;
  /** Text in a live doc that these clients wrote from a clock on, one for each place that they wrote in. */
  textBeyond(id: DocumentId, clients: readonly number[], clockOf: (client: number) => number): readonly string[];
  /** what was typed since the last call, by document */
  takeTyped(): Map<DocumentId, Edit[]>;
  readonly hasTyped: boolean;
  ids(): readonly DocumentId[];
  /** A new session: from now on edits carry its clientID. */
  setClient(client: number): void;
  close(): void;
}

/**
 * Applies one update as if it were local, so that Yjs starts no clean-up transactions of its own.
 * Yjs remembers where it last looked in a text or list, and forgets it only after what it takes for foreign: left to
 * itself, the next thing typed would land in the wrong place, or throw.
 */
export const applyForeign = (doc: Y.Doc, update: Uint8Array): void => {
  doc.transact((transaction) => {
    Y.applyUpdate(doc, update);
    transaction.local = true;
    for (const type of transaction.changed.keys()) if (type._searchMarker) type._searchMarker.length = 0;
  }, FOREIGN);
};

export interface OpenDocumentsNeeds {
  /** The person typed. */
  readonly typed: () => void;
  /** Something the person put in is too large, and was taken out again. */
  readonly refused: (id: DocumentId) => void;
  /** What was done in a document cannot be logged: nothing done there from then on was kept. */
  readonly broken: () => void;
}

export const createOpenDocuments = (needs: OpenDocumentsNeeds): OpenDocuments => {
  const docs = new Map<DocumentId, Y.Doc>();
  const broken = new Set<Y.Doc>();
  let typed = new Map<DocumentId, Edit[]>();

  const listen = (id: DocumentId, doc: Y.Doc): void => {
    const read = createCapture();
    const capture = (update: Uint8Array): Captured | null => {
      try {
        return read(update, doc.clientID);
      } catch (error) {
        if (error instanceof BytesError) return null;
        throw error;
      }
    };
    doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (origin === FOREIGN || docs.get(id) !== doc || broken.has(doc)) return;
      // else it came neither from the log nor from the person
      const edit = transaction.local ? capture(update) : null;
      if (!edit) {
        broken.add(doc);
        return needs.broken();
      }
      const list = typed.get(id);
      if (list) list.push(edit);
      else typed.set(id, [edit]);
      needs.typed();
      if (edit.refused.length === 0) return;
      // as it is logged: deleted
      const gathered = createGathered();
      gathered.add(doc.clientID, { structs: [], deletes: edit.refused });
      applyForeign(doc, gathered.take() as Uint8Array);
      needs.refused(id);
    });
  };

  return {
    get: (id) => docs.get(id),
    open: (id, client, updates) => {
      // its own name, and not random words that Yjs would make up for each
      const doc = new Y.Doc({ guid: id });
      doc.clientID = client;
      for (const update of updates) applyForeign(doc, update);
      docs.set(id, doc);
      listen(id, doc);
      return doc;
    },
    apply: (id, update) => {
      const doc = docs.get(id);
      if (doc) applyForeign(doc, update);
    },
    forget: (id) => {
      docs.get(id)?.destroy();
      return docs.delete(id);
    },
    textBeyond: (id, clients, clockOf) => {
      const textByPlace = new Map<unknown, string>();
      for (const client of new Set(clients)) {
        for (const struct of docs.get(id)?.store.clients.get(client) ?? []) {
          if (!(struct instanceof Y.Item) || struct.deleted || !(struct.content instanceof Y.ContentString)) continue;
          const skipped = Math.max(0, clockOf(client) - struct.id.clock);
          const place = textByPlace.get(struct.parent) ?? '';
          textByPlace.set(struct.parent, place + struct.content.str.slice(skipped));
        }
      }
      return [...textByPlace.values()].filter((text) => text.trim() !== '');
    },
    takeTyped: () => {
      const taken = typed;
      typed = new Map();
      return taken;
    },
    get hasTyped() {
      return typed.size > 0;
    },
    ids: () => [...docs.keys()],
    setClient: (client) => {
      for (const doc of docs.values()) doc.clientID = client;
    },
    close: () => {
      for (const doc of docs.values()) doc.destroy();
      docs.clear();
      typed = new Map();
    },
  };
};
