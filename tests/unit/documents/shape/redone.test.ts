/** What undo brings back has its neighbours the right way round. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createUndo } from '../../../../src/documents/shape/change.ts';
import { ALICE, createDoc, meet } from '../worlds.ts';

/** One paragraph of words, each step of undo one transaction. */
const createPage = () => {
  const doc = createDoc(1);
  const page = doc.getXmlFragment('page');
  const undo = createUndo(doc, [ALICE]);
  undo.captureTimeout = 0;
  const write = (change: (text: Y.XmlText) => void): void =>
    doc.transact(() => {
      const paragraph = page.get(0);
      const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
      if (text instanceof Y.XmlText) change(text);
    }, ALICE);
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('bread')]);
    page.insert(0, [paragraph]);
  }, ALICE);
  const remove = (): void => doc.transact(() => page.delete(0, 1), ALICE);
  return { doc, page, undo, write, remove };
};

/** Items of a list that stand between neighbours of which the right one comes first. */
const crooked = ({ _start: start }: { readonly _start: Y.Item | null }): number => {
  const items: Y.Item[] = [];
  for (let item = start; item !== null; item = item.right) items.push(item);
  const placeOf = (id: Y.ID | null): number =>
    items.findIndex(
      (item) => id?.client === item.id.client && id.clock >= item.id.clock && id.clock <= item.lastId.clock,
    );
  const own = items.filter(
    ({ origin, rightOrigin }) => origin !== null && rightOrigin !== null && placeOf(rightOrigin) <= placeOf(origin),
  );
  const inside = items.map(({ content }) => (content instanceof Y.ContentType ? crooked(content.type) : 0));
  return inside.reduce((sum, count) => sum + count, own.length);
};

describe('a paragraph that is brought back', () => {
  it('has its letters in order where some of them had been brought back before, and parts of those again', () => {
    const { doc, page, undo, write, remove } = createPage();
    write((text) => text.delete(3, 2));
    undo.undo();
    write((text) => text.delete(4, 1));
    undo.undo();
    remove();
    undo.undo();
    expect(page.toJSON()).toBe('<paragraph>bread</paragraph>');
    expect(crooked(page)).toBe(0);
    const other = createDoc(2);
    meet(doc, other);
    expect(other.getXmlFragment('page').toJSON()).toBe('<paragraph>bread</paragraph>');
  });

  it('has them in order where several stand there, and is taken away and brought back as often as one likes', () => {
    const { page, undo, write, remove } = createPage();
    write((text) => text.delete(2, 3));
    undo.undo();
    for (const at of [4, 3]) {
      write((text) => text.delete(at, 1));
      undo.undo();
    }
    write((text) => text.format(3, 1, { strong: {} }));
    write((text) => text.insert(4, '-'));
    remove();
    for (let round = 0; round < 3; round++) {
      undo.undo();
      expect(page.toJSON()).toBe('<paragraph>bre<strong>a-</strong>d</paragraph>');
      expect(crooked(page)).toBe(0);
      undo.redo();
      expect(page.toJSON()).toBe('');
    }
  });

  it('is left as it is by an undo that was ended', () => {
    const { doc, undo } = createPage();
    const other = createUndo(doc, [ALICE]);
    undo.destroy();
    expect(doc._observers.get('beforeObserverCalls')?.size).toBe(1);
    other.destroy();
    expect(doc._observers.get('beforeObserverCalls')?.size ?? 0).toBe(0);
  });
});
