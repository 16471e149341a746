/**
 * Rich text that is only read: the same elements as in the editor, made without it, so that frozen texts and
 * clauses away from the screen need none of its code. What is unknown is shown with the words in it, marked.
 */
import * as Y from 'yjs';
import { readRich } from '../documents/rich-text/read.ts';
import { wordsOf } from '../documents/rich-text/plain.ts';
import type { RichMark, RichPart, RichText } from '../documents/rich-text/types.ts';
import { directionOf, headingTag, isDirected, linkAttributes } from './page.ts';

/** Puts the text into the element, in place of what is there. */
export const renderRich = (element: HTMLElement, text: Y.XmlFragment | RichText): void => {
  const rich = text instanceof Y.XmlFragment ? readRich(text) : text;
  const inner = document.createElement('div');
  inner.className = 'rich';
  inner.append(...(rich.length === 0 ? [textBlock('p', [])] : rich.map(nodeOf)));
  element.replaceChildren(inner);
};

const nodeOf = (part: RichPart): Node => {
  switch (part.type) {
    case 'text':
      return document.createTextNode(part.text);
    case 'hard_break':
      return document.createElement('br');
    case 'paragraph':
      return textBlock('p', part.content);
    case 'heading':
      return textBlock(headingTag(part.level), part.content);
    case 'bullet_list':
    case 'ordered_list':
    case 'list_item':
    case 'blockquote':
      return container(part.type, part.content);
    case 'unknown': {
      const element = document.createElement('p');
      element.className = 'rich-unknown';
      element.dir = 'auto';
      element.textContent = wordsOf(part.content);
      return element;
    }
  }
};

const textBlock = (tag: string, content: readonly RichPart[]): HTMLElement => {
  const element = document.createElement(tag);
  element.dir = 'auto';
  // neighbours of one link, or of one emphasis, are one element, as in the editor
  appendRuns(element, content, 0);
  // a line without letters has a height only with a break in it
  if (content.length === 0 || content.at(-1)?.type === 'hard_break') element.append(document.createElement('br'));
  return element;
};

/** Appends parts, each stretch that shares its mark at this depth in one element. */
const appendRuns = (parent: HTMLElement, parts: readonly RichPart[], depth: number): void => {
  for (let at = 0; at < parts.length;) {
    const part = parts[at] as RichPart;
    const mark = part.type === 'text' ? part.marks[depth] : undefined;
    if (part.type !== 'text' || mark === undefined) {
      parent.append(part.type === 'text' ? part.text : nodeOf(part));
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < parts.length && isSame(markAt(parts[end], depth), mark)) end += 1;
    const element = elementOf(mark);
    appendRuns(element, parts.slice(at, end), depth + 1);
    parent.append(element);
    at = end;
  }
};

const markAt = (part: RichPart | undefined, depth: number): RichMark | undefined =>
  part?.type === 'text' ? part.marks[depth] : undefined;

const isSame = (a: RichMark | undefined, b: RichMark): boolean => JSON.stringify(a) === JSON.stringify(b);

const elementOf = (mark: RichMark): HTMLElement => {
  if (mark.type === 'link') {
    const link = document.createElement('a');
    for (const [name, value] of Object.entries(linkAttributes(mark.href))) link.setAttribute(name, value);
    return link;
  }
  return document.createElement(mark.type === 'unknown' ? 'span' : mark.type);
};

const TAGS = { bullet_list: 'ul', ordered_list: 'ol', list_item: 'li', blockquote: 'blockquote' } as const;

const container = (type: keyof typeof TAGS, content: readonly RichPart[]): HTMLElement => {
  const element = document.createElement(TAGS[type]);
  const dir = isDirected(type) ? directionOf(wordsOf(content)) : null;
  if (dir !== null) element.dir = dir;
  element.append(...(content.length === 0 ? emptyLine(type) : content.map(nodeOf)));
  return element;
};

/** People who delete apart can leave a list or a quotation with nothing in it. */
const emptyLine = (type: keyof typeof TAGS): Node[] => {
  const line = textBlock('p', []);
  if (type === 'list_item' || type === 'blockquote') return [line];
  const item = document.createElement('li');
  item.append(line);
  return [item];
};
