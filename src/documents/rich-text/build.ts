/**
 * From a plain tree into a fragment, as y-prosemirror writes it: templates, pasted words, suggestions taken over.
 * Unknown parts are not built: what they were made of is not in the tree.
 */
import * as Y from 'yjs';
import { wellFormed } from '../../lib/canonical-text.ts';
import type { RichInline, RichPart, RichRun, RichText, RichUnknown } from './types.ts';

/** Call it within a transaction. */
export const insertRich = (fragment: Y.XmlFragment, index: number, rich: RichText): void => {
  const built = rich.flatMap(buildPart);
  if (built.length > 0) fragment.insert(index, built);
};

/** Goes into its parent within the same transaction. */
export const newFragment = (rich: RichText): Y.XmlFragment => {
  const fragment = new Y.XmlFragment();
  insertRich(fragment, 0, rich);
  return fragment;
};

const buildPart = (part: RichPart): readonly Y.XmlElement[] => {
  if (part.type === 'unknown' || part.type === 'text') return [];
  const element = createElement(part);
  const children =
    part.type === 'hard_break'
      ? []
      : part.type === 'paragraph' || part.type === 'heading'
        ? buildInline(part.content)
        : part.content.flatMap(buildPart);
  if (children.length > 0) element.insert(0, [...children]);
  return [element];
};

const createElement = (part: Exclude<RichPart, RichUnknown | RichRun>): Y.XmlElement => {
  if (part.type !== 'heading') return new Y.XmlElement(part.type);
  const heading = new Y.XmlElement<{ level: number }>(part.type);
  heading.setAttribute('level', part.level);
  // Yjs's type of a parent takes children with attributes of strings only; it stores any value.
  return heading as unknown as Y.XmlElement;
};

/**
 * One text for each stretch of runs, so that an editor sees no border where there is none; and one where there is
 * nothing yet: two people who begin to type there apart would each make their own, and joining these could double words.
 */
const buildInline = (parts: readonly RichInline[]): readonly (Y.XmlElement | Y.XmlText)[] => {
  const built: (Y.XmlElement | Y.XmlText)[] = [];
  let runs: RichRun[] = [];
  const flush = (): void => {
    if (runs.length === 0) return;
    const text = new Y.XmlText();
    text.applyDelta(runs.map((run) => ({ insert: wellFormed(run.text), attributes: formatsOf(run) })));
    built.push(text);
    runs = [];
  };
  for (const part of parts) {
    if (part.type === 'text') {
      if (part.text !== '') runs.push(part);
    } else if (part.type === 'hard_break') {
      flush();
      built.push(new Y.XmlElement('hard_break'));
    }
  }
  flush();
  return built.length === 0 ? [new Y.XmlText()] : built;
};

const formatsOf = ({ marks }: RichRun): Record<string, unknown> => {
  const formats: Record<string, unknown> = {};
  for (const mark of marks) {
    if (mark.type === 'link') formats['link'] = { href: mark.href };
    else if (mark.type !== 'unknown') formats[mark.type] = {};
  }
  return formats;
};
