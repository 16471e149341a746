/**
 * The words of a text as one string, and the positions of its letters, from the shared tree alone: comments hold on to
 * words in texts that no editor is open on. As quote.ts reads them from an editor.
 */
import * as Y from 'yjs';
import type { AnchorPoint, Anchor as SignedAnchor } from '../documents/agreement/words.ts';
import { type Anchor, anchorOf, fromPoint, type Range, rangeOf, toPoint } from './anchor.ts';
import { EMPTY_LINE } from './positions.ts';

/** Where the words of a comment are now. */
export type Stretch =
  | { readonly type: 'there'; readonly anchor: SignedAnchor }
  /** other words stand there */
  | { readonly type: 'changed'; readonly anchor: SignedAnchor; readonly words: string }
  | { readonly type: 'gone' };

export const wordsIn = (fragment: Y.XmlFragment): string => readLetters(fragment).text;

/** The stretch of `wordsIn` from one index to another; null where nothing lies between. */
export const anchorAt = (fragment: Y.XmlFragment, start: number, end: number): SignedAnchor | null => {
  const { positions } = readLetters(fragment);
  const from = positions[start];
  const last = positions[end - 1];
  return from === undefined || last === undefined || start >= end
    ? null
    : signedAnchor(fragment, { from, to: last + 1 });
};

/** As `anchorAt`, of what is selected in the page, which shows this text in this element. */
export const anchorOfSelection = (
  fragment: Y.XmlFragment,
  element: Element,
  selection: Selection,
): { readonly anchor: SignedAnchor; readonly quote: string } | null => {
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.commonAncestorContainer)) return null;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const skipped = before.toString().length;
  const taken = range.toString().length;
  const { text, letters } = readLetters(fragment);
  const [start, last] = [letters[skipped], letters[skipped + taken - 1]];
  if (taken === 0 || start === undefined || last === undefined) return null;
  const anchor = anchorAt(fragment, start, last + 1);
  return anchor && { anchor, quote: text.slice(start, last + 1) };
};

/** Where the quoted words are: by the anchor, or where that is gone, the only place that says them. */
export const findStretch = (fragment: Y.XmlFragment, anchor: SignedAnchor | null, quote: string): Stretch => {
  const { text, positions } = readLetters(fragment);
  const range = anchor === null ? null : rangeOf(fragment, editorAnchor(anchor));
  if (anchor !== null && range !== null && range.from < range.to) {
    const start = positions.findIndex((position) => position >= range.from);
    const after = positions.findIndex((position) => position >= range.to);
    const words = start === -1 ? '' : text.slice(start, after === -1 ? undefined : after);
    if (words !== '') return words === quote ? { type: 'there', anchor } : { type: 'changed', anchor, words };
  }
  const at = quote === '' ? -1 : text.indexOf(quote);
  if (at === -1 || at !== text.lastIndexOf(quote)) return { type: 'gone' };
  const found = anchorAt(fragment, at, at + quote.length);
  return found === null ? { type: 'gone' } : { type: 'there', anchor: found };
};

/** An anchor as it is signed, for an editor to show; and the other way. */
export const editorAnchor = ({ from, to }: SignedAnchor): Anchor => ({ from: fromPoint(from), to: fromPoint(to) });
export const signAnchor = ({ from, to }: Anchor): SignedAnchor | null => {
  const points: readonly (AnchorPoint | null)[] = [toPoint(from), toPoint(to)];
  const [first, last] = points;
  return first && last ? { from: first, to: last } : null;
};

const signedAnchor = (fragment: Y.XmlFragment, range: Range): SignedAnchor | null =>
  signAnchor(anchorOf(fragment, range));

interface Letters {
  readonly text: string;
  /** of each character of the text */
  readonly positions: readonly number[];
  /** indexes into the text of what the page has letters for: all but the breaks */
  readonly letters: readonly number[];
}

const readLetters = (fragment: Y.XmlFragment): Letters => {
  let text = '';
  const positions: number[] = [];
  const letters: number[] = [];
  const addBreak = (position: number): void => {
    text += '\n';
    positions.push(position);
  };
  /** Gives the position after it. */
  const read = (child: Y.XmlElement | Y.XmlText | Y.XmlHook, at: number): number => {
    if (child instanceof Y.XmlText) {
      const words = plainOf(child);
      for (let i = 0; i < words.length; i++) {
        letters.push(text.length + i);
        positions.push(at + i);
      }
      text += words;
      return at + child.length;
    }
    if (!(child instanceof Y.XmlElement) || child.nodeName === 'hard_break') {
      addBreak(at);
      return at + 1;
    }
    if ((child.nodeName === 'paragraph' || child.nodeName === 'heading') && text !== '') addBreak(at);
    let inside = at + 1;
    for (const each of child.toArray()) inside = read(each, inside);
    const filled = child.length === 0 ? (EMPTY_LINE[child.nodeName] ?? 0) : 0;
    // it is shown with an empty line in it, which is a line too
    if (filled > 0 && text !== '') addBreak(inside + filled / 2 - 1);
    return inside + filled + 1;
  };
  let at = 0;
  for (const child of fragment.toArray()) at = read(child, at);
  return { text, positions, letters };
};

/** Without what is no text: it has its place in the tree, and here a stand-in of the same length. */
const plainOf = (text: Y.XmlText): string =>
  text
    .toDelta()
    .map(({ insert }: { readonly insert: unknown }) => (typeof insert === 'string' ? insert : '\uFFFC'))
    .join('');
