/**
 * A text of any kind of document by its path, as the log names it (names from its root on, joined by '>'): what it
 * says, and how to make it say again what it said. A path may come from anybody: nothing here throws.
 */
import * as Y from 'yjs';
import { asFragment, insertRich, isKnown, plainRichWithLinks, readRich } from '../rich-text/index.ts';
import { asText } from '../shape/read.ts';
import { replaceText } from '../text/index.ts';
import { mapAt, rootOf } from './paths.ts';

/** What stands there, as plain text; '' where there is nothing. */
export const wordsAt = (doc: Y.Doc, place: string): string => {
  const text = textAt(doc, place);
  if (text === null) return '';
  return text instanceof Y.Text ? text.toJSON() : plainRichWithLinks(readRich(text));
};

/** Is there a text, and could what it says be put back whole? What a newer version wrote could not. */
export const isRestorable = (doc: Y.Doc, place: string): boolean => {
  const text = textAt(doc, place);
  return text !== null && (text instanceof Y.Text || isKnown(text));
};

/** Makes the text say what it says in `from`, as one change of `origin`. false: it cannot, and nothing changed. */
export const restoreText = (doc: Y.Doc, origin: unknown, place: string, from: Y.Doc): boolean => {
  const text = textAt(doc, place);
  const wanted = textAt(from, place);
  if (text === null || wanted === null) return false;
  if (text instanceof Y.Text && wanted instanceof Y.Text) {
    const now = text.toJSON();
    const then = wanted.toJSON();
    if (now !== then) replaceText(text, origin, now, then, null);
    return true;
  }
  if (text instanceof Y.Text || wanted instanceof Y.Text || !isKnown(text) || !isKnown(wanted)) return false;
  const now = readRich(text);
  const then = readRich(wanted);
  const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  // what is the same stays as it is, with the carets that stand in it; a block is a child, in what is known
  const most = now.length === text.length ? Math.min(now.length, then.length) : 0;
  let head = 0;
  while (head < most && isSame(now[head], then[head])) head++;
  let tail = 0;
  while (tail < most - head && isSame(now.at(-1 - tail), then.at(-1 - tail))) tail++;
  const gone = text.length - head - tail;
  const come = then.slice(head, then.length - tail);
  if (gone === 0 && come.length === 0) return true;
  doc.transact(() => {
    if (gone > 0) text.delete(head, gone);
    insertRich(text, head, come);
  }, origin);
  return true;
};

const textAt = (doc: Y.Doc, place: string): Y.Text | Y.XmlFragment | null => {
  const names = place.split('>');
  const [root = ''] = names;
  if (names.length === 1) {
    const isRich = root === 'body' || root.endsWith('/body');
    const type: unknown = rootOf(doc, root, (name) => (isRich ? doc.getXmlFragment(name) : doc.getText(name)));
    return isRich ? asFragment(type) : asText(type);
  }
  const value: unknown = mapAt(doc, names.slice(0, -1))?.get(names.at(-1) ?? '');
  return asText(value) ?? asFragment(value);
};
