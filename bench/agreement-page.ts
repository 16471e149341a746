/**
 * The page of `agreement.ts`: one agreement of 60 pages, opened as the app does (all clauses in the page, those near
 * the screen in editors), and beside it the same text in one bare ProseMirror editor; then typing at its end, and the
 * same in one y-prosemirror over one shared text.
 */
import { baseKeymap } from 'prosemirror-commands';
import { keymap } from 'prosemirror-keymap';
import { Node } from 'prosemirror-model';
import { EditorState, Selection } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { initProseMirrorDoc, ySyncPlugin, yUndoPlugin } from 'y-prosemirror';
import * as Y from 'yjs';
import '../src/ui/shared/tokens.css';
import { newFragment } from '../src/documents/rich-text/index.ts';
import { type Clauses, mountClauses } from '../src/editor/index.ts';
import { viewOf } from '../src/editor/mount.ts';
import { schema } from '../src/editor/schema.ts';
import { captureUpdate, LOCAL } from '../src/log/capture.ts';
import { applyForeign } from '../src/sync/open-documents.ts';
import { createAgreement } from './agreement-text.ts';

export interface Opening {
  readonly ours: number;
  readonly bare: number;
}

const texts = createAgreement(20261123);
const words = (): number => document.body.textContent.split(/\s+/).length;

const made = new Y.Doc();
made.clientID = 1;
const clausesOf = (doc: Y.Doc): Y.Map<Y.XmlFragment> => doc.getMap('clauses');
made.transact(() => texts.forEach((text, index) => clausesOf(made).set(`${index}`, newFragment(text))));
const update = Y.encodeStateAsUpdate(made);
const whole = new Y.Doc();
whole.getMap('text').set('text', newFragment(texts.flat()));
const wholeUpdate = Y.encodeStateAsUpdate(whole);
const bareJson = JSON.stringify(
  initProseMirrorDoc(whole.getMap('text').get('text') as Y.XmlFragment, schema).doc.toJSON(),
);

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

let clauses: Clauses | null = null;
let doc: Y.Doc | null = null;
let undo: Y.UndoManager | null = null;

const openOurs = async (): Promise<void> => {
  const opened = new Y.Doc();
  opened.clientID = 2;
  doc = opened;
  applyForeign(opened, update);
  opened.on('update', (bytes: Uint8Array) => captureUpdate(bytes, opened.clientID));
  const history = new Y.UndoManager(opened, { trackedOrigins: new Set([LOCAL]) });
  undo = history;
  const shown = mountClauses();
  clauses = shown;
  const parts = document.createDocumentFragment();
  const elements = texts.map((_, index) => {
    const heading = parts.appendChild(document.createElement('h2'));
    heading.textContent = `${index + 1}`;
    return parts.appendChild(document.createElement('section'));
  });
  for (const [index, element] of elements.entries()) {
    const fragment = clausesOf(opened).get(`${index}`);
    if (!fragment) throw new Error('a clause that is not there');
    shown.add({
      id: `${index}`,
      element,
      fragment,
      options: { label: `${index}`, editable: true, origin: LOCAL, undo: history, ontoolbar: () => undefined },
    });
  }
  document.body.append(parts);
  // it is open when it is painted and the first clause can be written in
  while (shown.editor('0') === null) await frame();
  await frame();
};

const closeOurs = (): void => {
  clauses?.destroy();
  undo?.destroy();
  doc?.destroy();
  document.body.replaceChildren();
};

let bare: EditorView | null = null;

const openBare = async (): Promise<void> => {
  const box = document.createElement('div');
  const state = EditorState.create({ doc: Node.fromJSON(schema, JSON.parse(bareJson)), plugins: [keymap(baseKeymap)] });
  bare = new EditorView(box, { state, attributes: { class: 'rich' } });
  document.body.append(box);
  await frame();
};

const closeBare = (): void => {
  bare?.destroy();
  document.body.replaceChildren();
};

const timeOf = async (open: () => Promise<void>): Promise<number> => {
  await frame();
  const start = performance.now();
  await open();
  return performance.now() - start;
};

const measureOpenings = async (times: number): Promise<readonly Opening[]> => {
  const openings: Opening[] = [];
  for (let round = 0; round <= times; round++) {
    const ours = await timeOf(openOurs);
    if (words() < 25_000) throw new Error('too few words in the page');
    closeOurs();
    const one = await timeOf(openBare);
    if (words() < 25_000) throw new Error('too few words in the page');
    closeBare();
    openings.push({ ours, bare: one });
  }
  // the first one warms up, and does not count
  return openings.slice(1);
};

/** From the key to the letter laid out, for each key that is pressed from now on. */
const listen = (editor: HTMLElement): readonly number[] => {
  const times: number[] = [];
  let start = 0;
  editor.addEventListener('keydown', () => (start = performance.now()), { capture: true });
  editor.addEventListener('input', () =>
    setTimeout(() => {
      editor.getBoundingClientRect();
      times.push(performance.now() - start);
    }, 0),
  );
  return times;
};

let times: readonly number[] = [];

const atEnd = (view: EditorView): void => {
  view.dispatch(view.state.tr.setSelection(Selection.atEnd(view.state.doc)).scrollIntoView());
  view.focus();
  times = listen(view.dom);
};

const typeInOurs = async (): Promise<void> => {
  await openOurs();
  const editor = clauses?.mount(`${texts.length - 1}`);
  const view = editor && viewOf(editor);
  if (!view) throw new Error('the last clause has no editor');
  view.dom.scrollIntoView();
  await frame();
  atEnd(view);
};

const typeInPlain = (): void => {
  const text = new Y.Doc();
  Y.applyUpdate(text, wholeUpdate);
  const fragment = text.getMap('text').get('text') as Y.XmlFragment;
  const { doc: start, mapping } = initProseMirrorDoc(fragment, schema);
  const plugins = [ySyncPlugin(fragment, { mapping }), yUndoPlugin(), keymap(baseKeymap)];
  bare = new EditorView(document.body.appendChild(document.createElement('div')), {
    state: EditorState.create({ doc: start, plugins }),
    attributes: { class: 'rich' },
  });
  atEnd(bare);
};

Object.assign(globalThis, {
  weftBench: {
    measureOpenings,
    typeInOurs,
    typeInPlain,
    closeOurs,
    closeBare,
    timesOf: async (keys: number): Promise<readonly number[]> => {
      while (times.length < keys) await frame();
      return times;
    },
  },
});
