/** A long text: rendered where it is away from the screen, in editors where somebody may write. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { newFragment } from '../../../src/documents/rich-text/build.ts';
import { type Clauses, mountClauses } from '../../../src/editor/clauses.ts';
import { viewOf } from '../../../src/editor/mount.ts';
import { LOCAL } from '../../../src/log/capture.ts';
import { paragraph } from './stage.ts';

const COUNT = 60;
let doc: Y.Doc;
let undo: Y.UndoManager;
let box: HTMLElement;
let clauses: Clauses;

beforeEach(() => {
  doc = new Y.Doc();
  undo = new Y.UndoManager(doc, { trackedOrigins: new Set([LOCAL]) });
  box = document.body.appendChild(document.createElement('main'));
  clauses = mountClauses();
  const map = doc.getMap<Y.XmlFragment>('clauses');
  for (let i = 0; i < COUNT; i++) {
    doc.transact(() => map.set(`${i}`, newFragment([paragraph(`Clause ${i} `.repeat(120))])));
    const fragment = map.get(`${i}`);
    const element = box.appendChild(document.createElement('section'));
    if (fragment)
      clauses.add({
        id: `${i}`,
        element,
        fragment,
        options: { label: `Clause ${i}`, editable: true, origin: LOCAL, undo },
      });
  }
});
afterEach(() => {
  clauses.destroy();
  box.remove();
  scrollTo(0, 0);
});

const mounted = (): readonly number[] =>
  Array.from({ length: COUNT }, (_, i) => i).filter((i) => clauses.editor(`${i}`) !== null);
const section = (index: number): HTMLElement => box.children[index] as HTMLElement;

describe('the clauses of a long text', () => {
  test('are all in the page, and only those near the screen in editors', async () => {
    expect(section(COUNT - 1).textContent).toContain('Clause 59');
    await expect.poll(() => mounted().length).toBeGreaterThan(0);
    expect(mounted()[0]).toBe(0);
    expect(mounted().length).toBeLessThan(COUNT / 2);
  });

  test('change places with their editors without moving anything', async () => {
    const heights = Array.from(box.children, (each) => each.getBoundingClientRect().height);
    for (let i = 0; i < COUNT; i++) clauses.mount(`${i}`);
    expect(Array.from(box.children, (each) => each.getBoundingClientRect().height)).toEqual(heights);
  });

  test('get and lose their editors as the page is scrolled, but not while somebody writes in them', async () => {
    await expect.poll(() => mounted()).toContain(0);
    clauses.mount('1')?.focus('end');
    section(COUNT - 1).scrollIntoView();
    await expect.poll(() => mounted()).toContain(COUNT - 1);
    await expect.poll(() => mounted()).not.toContain(0);
    expect(mounted()).toContain(1);
    (document.activeElement as HTMLElement).blur();
    await expect.poll(() => mounted()).not.toContain(1);
  });

  test('show what others write in them while they are only rendered', async () => {
    await expect.poll(() => mounted().length).toBeGreaterThan(0);
    const last = doc.getMap<Y.XmlFragment>('clauses').get(`${COUNT - 1}`);
    doc.transact(() => last?.insert(0, newFragmentParts('Peace')));
    await expect.poll(() => section(COUNT - 1).textContent?.startsWith('Peace')).toBe(true);
  });

  test('have one undo over all of them', () => {
    for (const id of ['0', '50']) {
      const editor = clauses.mount(id);
      const view = editor && viewOf(editor);
      view?.dispatch(view.state.tr.insertText('Peace! ', 1));
      undo.stopCapturing();
    }
    undo.undo();
    expect(section(50).textContent).not.toContain('Peace');
    expect(section(0).textContent).toContain('Peace');
    undo.undo();
    expect(section(0).textContent).not.toContain('Peace');
  });

  test('leave the page without a trace in the document', () => {
    const before = Y.encodeStateAsUpdate(doc).join();
    for (let i = 0; i < COUNT; i++) clauses.mount(`${i}`);
    clauses.destroy();
    expect(Y.encodeStateAsUpdate(doc).join()).toBe(before);
  });
});

const newFragmentParts = (words: string): Y.XmlElement[] => {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return [element];
};
