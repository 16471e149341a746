/**
 * Devices that write in one text through the real binding, without a page: captured, ordered and applied as the log
 * does. Everything is decided by a seed.
 */
import { deleteSelection, joinBackward, splitBlock } from 'prosemirror-commands';
import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import * as Y from 'yjs';
import { createUndo } from '../../../src/documents/shape/change.ts';
import { insertRich, paragraphsOf } from '../../../src/documents/rich-text/index.ts';
import { bind, comesFromTree } from '../../../src/editor/binding.ts';
import { type CommandName, commandsWith, setLink } from '../../../src/editor/commands.ts';
import { schema } from '../../../src/editor/schema.ts';
import { createCapture, FOREIGN, LOCAL } from '../../../src/log/capture.ts';
import { createDocumentLog } from '../../../src/log/document-log.ts';
import type { Edit } from '../../../src/log/struct.ts';
import { applyForeign } from '../../../src/sync/open-documents.ts';
import { type Chance, createChance } from '../log/random-space.ts';

export interface Writer {
  readonly doc: Y.Doc;
  readonly fragment: Y.XmlFragment;
  readonly undo: Y.UndoManager;
  /** edits of this device that the log would not count */
  readonly uncounted: unknown[];
  edit(chance: Chance): void;
  /** Takes in the oldest edits of others that wait. */
  take(most?: number): void;
  readonly waiting: number;
  close(): void;
}

const WORDS = ['bread ', 'and ', 'roses', 'خبز وورد ', '🌹', ' ', 'é', 'x'];
const COMMANDS: readonly CommandName[] = [
  'strong',
  'em',
  'paragraph',
  'heading-2',
  'heading-3',
  'bullet-list',
  'ordered-list',
  'quote',
  'sink',
  'lift',
  'break',
];

/** As in a mounted editor: half of a pair cannot be written. */
const isWellFormed = (doc: Node): boolean => {
  let isWell = true;
  doc.descendants(({ text = '' }) => {
    if (/[\uD800-\uDFFF]/u.test(text)) isWell = false;
  });
  return isWell;
};

/** What the binding needs of a view: a state, and a way to change it. */
const createView = (fragment: Y.XmlFragment) => {
  const { doc, plugin } = bind(fragment, { origin: LOCAL, mayWrite: () => true, beforeWrite: () => undefined });
  const view = {
    state: EditorState.create({ schema, doc, plugins: [plugin] }),
    hasFocus: () => false,
    dispatch: (transaction: Transaction): void => {
      if (transaction.docChanged && !comesFromTree(transaction) && !isWellFormed(transaction.doc)) return;
      const before = view.state;
      view.state = before.apply(transaction);
      inner?.update?.(view as unknown as EditorView, before);
    },
  };
  const inner = plugin.spec.view?.(view as unknown as EditorView);
  return { view, close: () => inner?.destroy?.() };
};

export interface Company {
  readonly writers: readonly Writer[];
  /** Passes everything on until nobody has anything. */
  settle(): void;
  close(): void;
}

export const createCompany = (count: number, words = 'Bread and roses\n\nfor everybody, and peace'): Company => {
  const inboxes: { readonly client: number; readonly edit: Edit }[][] = Array.from({ length: count }, () => []);
  const writers = Array.from({ length: count }, (_, index): Writer => {
    const doc = new Y.Doc();
    doc.clientID = 1000 + index;
    const log = createDocumentLog();
    const capture = createCapture();
    const uncounted: unknown[] = [];
    doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (origin === FOREIGN) return;
      if (!transaction.local) throw new Error('an update that came neither from the log nor from the person');
      const edit = capture(update, doc.clientID);
      if (!log.takeOwn(doc.clientID, edit)) uncounted.push(origin);
      for (const [other, inbox] of inboxes.entries()) if (other !== index) inbox.push({ client: doc.clientID, edit });
    });
    const inbox = inboxes[index] ?? [];
    const take = (most = Infinity): void => {
      for (const { client, edit } of inbox.splice(0, most)) log.take(client, edit);
      const update = log.takeUpdate();
      if (update) applyForeign(doc, update);
    };
    const clauses = doc.getMap<Y.XmlFragment>('clauses');
    if (index === 0) {
      doc.transact(() => {
        const fragment = new Y.XmlFragment();
        clauses.set('one', fragment);
        insertRich(fragment, 0, paragraphsOf(words));
      }, LOCAL);
    } else take();
    const fragment = clauses.get('one');
    if (!fragment) throw new Error('the text has not arrived');
    const undo = createUndo(doc, [LOCAL]);
    undo.captureTimeout = 0;
    const commands = commandsWith(undo);
    const { view, close } = createView(fragment);
    const run = (name: CommandName): boolean => commands[name](view.state, view.dispatch);
    return {
      doc,
      fragment,
      undo,
      uncounted,
      edit: (chance) => {
        const { doc: text, tr } = view.state;
        const { size } = text.content;
        const from = chance.below(size + 1);
        const to = chance.below(3) > 0 ? Math.min(size, from + chance.below(6)) : chance.below(size + 1);
        view.dispatch(tr.setSelection(TextSelection.between(text.resolve(from), text.resolve(to))));
        const kind = chance.below(20);
        if (kind < 7) view.dispatch(view.state.tr.insertText(chance.pick(WORDS)));
        else if (kind < 9) deleteSelection(view.state, view.dispatch);
        else if (kind < 11) splitBlock(view.state, view.dispatch);
        else if (kind === 11) joinBackward(view.state, view.dispatch);
        else if (kind === 12) {
          const href = chance.is(0.3) ? null : `https://example.org/${chance.below(3)}`;
          setLink(href, 'a link')(view.state, view.dispatch);
        } else if (kind < 16) run(chance.is(0.4) ? 'redo' : 'undo');
        else run(chance.pick(COMMANDS));
      },
      take,
      get waiting() {
        return inbox.length;
      },
      close: () => {
        close();
        undo.destroy();
      },
    };
  });
  return {
    writers,
    settle: () => {
      while (writers.some((writer) => writer.waiting > 0)) for (const writer of writers) writer.take();
    },
    close: () => writers.forEach((writer) => writer.close()),
  };
};

export interface Ending {
  readonly texts: readonly string[];
  readonly uncounted: number;
}

export const playCompany = (seed: number, steps: number): Ending => {
  const chance = createChance(seed);
  const company = createCompany(2 + (seed % 2));
  const { writers } = company;
  for (let step = 0; step < steps; step++) {
    chance.pick(writers).edit(chance);
    if (chance.is(0.3)) chance.pick(writers).take(1 + chance.below(5));
  }
  company.settle();
  const texts = writers.map(
    ({ fragment, doc }) => fragment.toJSON() + [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort().join(' '),
  );
  const uncounted = writers.reduce((sum, writer) => sum + writer.uncounted.length, 0);
  company.close();
  return { texts, uncounted };
};
