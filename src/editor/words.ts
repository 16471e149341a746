/**
 * The words of a text as one string, and the positions of its letters, from the shared tree alone: comments hold on to
 * words in texts that no editor is open on. As quote.ts reads them from an editor.
 */
import * as Y from 'yjs';
import type { AnchorPoint, Anchor as SignedAnchor } from '../documents/agreement/words.ts';
import { sameWords } from '../lib/canonical-text.ts';
import { type Anchor, anchorOf, fromPoint, type Range, rangeOf, toPoint } from './anchor.ts';
import { EMPTY_LINE } from './positions.ts';

/** Where the words of a comment are now. */
export type Stretch =
  | { readonly type: 'there'; readonly anchor: SignedAnchor }
  /** other words stand there */
  | { readonly type: 'changed'; readonly anchor: SignedAnchor; readonly words: string }
  | { readonly type: 'gone' };

export const wordsIn = (fragment: Y.XmlFragment): string => readLetters(fragment).text;

/** Words that somebody chose, to be signed about. */
export interface Chosen {
  readonly anchor: SignedAnchor;
  readonly quote: string;
}

/** Of `wordsIn`, from one index to another, without blanks at its ends; null where no words are left. */
export const chooseWords = (fragment: Y.XmlFragment, start: number, end: number): Chosen | null => {
  const { text, positions } = readLetters(fragment);
  const taken = text.slice(start, end);
  const quote = taken.trim();
  const first = start + taken.length - taken.trimStart().length;
  const from = positions[first];
  const last = positions[first + quote.length - 1];
  if (quote === '' || from === undefined || last === undefined) return null;
  const anchor = signAnchor(anchorOf(fragment, { from, to: last + 1 }));
  return anchor && { anchor, quote };
};

/** What is selected in an editor. */
export const chooseAnchored = (fragment: Y.XmlFragment, anchor: Anchor): Chosen | null => {
  const indexes = indexesOf(readLetters(fragment), rangeOf(fragment, anchor));
  return indexes && chooseWords(fragment, ...indexes);
};

/** What is selected in the page, where this element shows the text. */
export const chooseSelected = (fragment: Y.XmlFragment, element: Element, selection: Selection): Chosen | null => {
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.commonAncestorContainer)) return null;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const skipped = before.toString().length;
  const { letters } = readLetters(fragment);
  const [start, last] = [letters[skipped], letters[skipped + range.toString().length - 1]];
  return start === undefined || last === undefined ? null : chooseWords(fragment, start, last + 1);
};

/** Where the quoted words are: by the anchor, or where that is gone, the only place that says them. */
export const findStretch = (fragment: Y.XmlFragment, anchor: SignedAnchor | null, quote: string): Stretch => {
  const found = readLetters(fragment);
  const indexes = anchor && indexesOf(found, rangeOf(fragment, editorAnchor(anchor)));
  if (anchor !== null && indexes !== null) {
    const words = found.text.slice(...indexes);
    return sameWords(words, quote) ? { type: 'there', anchor } : { type: 'changed', anchor, words };
  }
  const at = quote === '' ? -1 : found.text.indexOf(quote);
  if (at === -1 || at !== found.text.lastIndexOf(quote)) return { type: 'gone' };
  const chosen = chooseWords(fragment, at, at + quote.length);
  return chosen === null ? { type: 'gone' } : { type: 'there', anchor: chosen.anchor };
};

/** The letters of a range; null where there are none. */
const indexesOf = ({ positions }: Letters, range: Range | null): readonly [number, number] | null => {
  if (range === null || range.from >= range.to) return null;
  const start = positions.findIndex((position) => position >= range.from);
  const after = positions.findIndex((position) => position >= range.to);
  const end = after === -1 ? positions.length : after;
  return start === -1 || start >= end ? null : [start, end];
};

/** An anchor as it is signed, for an editor to show; and the other way. */
export const editorAnchor = ({ from, to }: SignedAnchor): Anchor => ({ from: fromPoint(from), to: fromPoint(to) });
export const signAnchor = ({ from, to }: Anchor): SignedAnchor | null => {
  const points: readonly (AnchorPoint | null)[] = [toPoint(from), toPoint(to)];
  const [first, last] = points;
  return first && last ? { from: first, to: last } : null;
};

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
  (text.toDelta() as readonly { readonly insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC'))
    .join('');
