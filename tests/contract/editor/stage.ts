/** Devices that hold one text each in a real editor, and pass edits on as the log does: captured, ordered, applied. */
import * as Y from 'yjs';
import type { EditorView } from 'prosemirror-view';
import { insertRich } from '../../../src/documents/rich-text/build.ts';
import { createUndo } from '../../../src/documents/shape/change.ts';
import type { RichText } from '../../../src/documents/rich-text/types.ts';
import { type Editor, type EditorOptions, mountEditor, viewOf } from '../../../src/editor/mount.ts';
import { renderRich } from '../../../src/editor/render.ts';
import '../../../src/ui/shared/tokens.css';
import '../../../src/editor/editor.css';
import { createCapture, FOREIGN, LOCAL } from '../../../src/log/capture.ts';
import { createDocumentLog } from '../../../src/log/document-log.ts';
import type { Edit } from '../../../src/log/struct.ts';
import { applyForeign } from '../../../src/sync/open-documents.ts';

export interface Device {
  readonly doc: Y.Doc;
  readonly fragment: Y.XmlFragment;
  readonly undo: Y.UndoManager;
  readonly element: HTMLElement;
  readonly editor: Editor;
  /** origins of the edits that were captured, in order */
  readonly origins: unknown[];
  view(): EditorView;
  /** Takes in the oldest edits that wait, and gives how many there were. */
  take(count?: number): number;
  waiting(): number;
  close(): void;
}

export interface Stage {
  readonly devices: readonly Device[];
  /** Passes everything on until nobody has anything. */
  settle(): void;
  close(): void;
}

export const paragraph = (text: string): RichText[number] => ({
  type: 'paragraph',
  content: text === '' ? [] : [{ type: 'text', text, marks: [] }],
});

export const createStage = (
  count: number,
  start: RichText = [paragraph('')],
  options: Partial<EditorOptions> = {},
): Stage => {
  const queues: { readonly client: number; readonly edit: Edit }[][] = Array.from({ length: count }, () => []);
  const devices = Array.from({ length: count }, (_, index): Device => {
    const doc = new Y.Doc();
    doc.clientID = 1000 + index;
    const log = createDocumentLog();
    const capture = createCapture();
    const origins: unknown[] = [];
    doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (origin === FOREIGN) return;
      if (!transaction.local) throw new Error('an update that came neither from the log nor from the person');
      origins.push(origin);
      const edit = capture(update, doc.clientID);
      if (!log.takeOwn(doc.clientID, edit)) throw new Error('an own edit that does not count');
      for (const [other, queue] of queues.entries()) if (other !== index) queue.push({ client: doc.clientID, edit });
    });
    const clauses = doc.getMap<Y.XmlFragment>('clauses');
    const queue = queues[index] ?? [];
    const take = (most = Infinity): number => {
      const taken = queue.splice(0, most);
      for (const { client, edit } of taken) log.take(client, edit);
      const update = log.takeUpdate();
      if (update) applyForeign(doc, update);
      return taken.length;
    };
    if (index === 0) {
      doc.transact(() => {
        const fragment = new Y.XmlFragment();
        clauses.set('one', fragment);
        insertRich(fragment, 0, start);
      }, LOCAL);
    } else take();
    origins.length = 0;
    const fragment = clauses.get('one');
    if (!fragment) throw new Error('the text has not arrived');
    const undo = createUndo(doc, [LOCAL]);
    undo.captureTimeout = 0;
    const element = document.body.appendChild(document.createElement('div'));
    const editor = mountEditor(element, fragment, { label: 'Text', editable: true, origin: LOCAL, undo, ...options });
    return {
      doc,
      fragment,
      undo,
      element,
      editor,
      origins,
      view: () => {
        const view = viewOf(editor);
        if (!view) throw new Error('no editor is bound');
        return view;
      },
      take,
      waiting: () => queue.length,
      close: () => {
        editor.destroy();
        undo.destroy();
        element.remove();
      },
    };
  });
  return {
    devices,
    settle: () => {
      while (devices.some((device) => device.waiting() > 0)) for (const device of devices) device.take();
    },
    close: () => devices.forEach((device) => device.close()),
  };
};

export const first = (stage: Stage): Device => stage.devices[0] as Device;
export const second = (stage: Stage): Device => stage.devices[1] as Device;

/** Puts a text at a position, or at the end. */
export const type = (device: Device, text: string, at?: number): void => {
  const view = device.view();
  view.dispatch(view.state.tr.insertText(text, at ?? view.state.doc.content.size - 1));
};

/** What is in the page, without what an editor adds for itself. */
export const seen = ({ element }: Device): string => bare(element);

/** The same text as it is only rendered. */
export const rendered = ({ fragment }: Device): string => {
  const box = document.createElement('div');
  renderRich(box, fragment);
  return bare(box);
};

const bare = (element: HTMLElement): string => {
  const box = element.cloneNode(true) as HTMLElement;
  for (const each of box.querySelectorAll('img.ProseMirror-separator')) each.remove();
  for (const each of box.querySelectorAll('[class]')) each.removeAttribute('class');
  return box.firstElementChild?.innerHTML ?? '';
};
