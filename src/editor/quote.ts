/** The words of a stretch, and a stretch by its words: for a comment whose paragraph was made anew around it. */
import type { Node } from 'prosemirror-model';
import type * as Y from 'yjs';
import { type Anchor, type Range, rangeOf } from './anchor.ts';

/** Where the anchor's words are now; where they are gone with their paragraph, the only place that says the quote. */
export const livingRange = (fragment: Y.XmlFragment, doc: Node, anchor: Anchor, quote?: string): Range | null => {
  const range = rangeOf(fragment, anchor);
  if (range !== null && range.from < range.to && range.to <= doc.content.size) return range;
  return quote === undefined ? null : rangeOfQuote(doc, quote);
};

export const plainRange = (doc: Node, from: number, to: number): string => doc.textBetween(from, to, '\n', '\n');

/** Null where the words are not there, or there twice. */
export const rangeOfQuote = (doc: Node, quote: string): Range | null => {
  if (quote === '') return null;
  const { text, positions } = readText(doc);
  const at = text.indexOf(quote);
  if (at === -1 || at !== text.lastIndexOf(quote)) return null;
  const from = positions[at];
  const last = positions[at + quote.length - 1];
  return from === undefined || last === undefined ? null : { from, to: last + 1 };
};

/** As `plainRange` would give all of it, and the position of each letter. */
const readText = (doc: Node): { readonly text: string; readonly positions: readonly number[] } => {
  let text = '';
  const positions: number[] = [];
  doc.descendants((node, position) => {
    if (node.isText) {
      text += node.text ?? '';
      for (let i = 0; i < node.nodeSize; i++) positions.push(position + i);
    } else if (node.isLeaf || (node.isTextblock && text !== '')) {
      text += '\n';
      positions.push(position);
    }
  });
  return { text, positions };
};
