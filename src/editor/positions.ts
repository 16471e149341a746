/**
 * Positions of ProseMirror and places in the shared tree, both ways, from the shared tree alone: it holds for text
 * that is only rendered as well. An empty list, item, quote or text is shown with an empty line in it (schema.ts), which
 * has a size in ProseMirror and none in the tree.
 */
import * as Y from 'yjs';

type Parent = Y.XmlFragment | Y.XmlElement;

export interface Place {
  readonly type: Parent | Y.XmlText;
  readonly index: number;
}

/** The place at a position; past the end, the end. */
export const placeAt = (parent: Parent, position: number): Place => {
  let at = 0;
  const children = parent.toArray();
  for (const [index, child] of children.entries()) {
    if (child instanceof Y.XmlText) {
      if (position <= at + child.length) return { type: child, index: Math.max(0, position - at) };
    } else if (position <= at) return { type: parent, index };
    const size = sizeOf(child);
    if (isParent(child) && position < at + size) return placeAt(child, position - at - 1);
    at += size;
  }
  return { type: parent, index: children.length };
};

/** The position of a place; null where the place is not in this fragment, or not any more. */
export const positionOf = (fragment: Y.XmlFragment, { type, index }: Place): number | null => {
  const start = startOf(fragment, type);
  if (start === null) return null;
  if (type instanceof Y.XmlText) return start + Math.min(index, type.length);
  return start + sum(type.toArray().slice(0, index));
};

/** Where the content of a type begins. */
const startOf = (fragment: Y.XmlFragment, type: Parent | Y.XmlText): number | null => {
  if (type === fragment) return 0;
  const parent = type._item?.parent;
  if (type._item === null || type._item.deleted || !(parent instanceof Y.XmlFragment)) return null;
  const start = startOf(fragment, parent);
  if (start === null) return null;
  const siblings = parent.toArray();
  const before = sum(siblings.slice(0, siblings.indexOf(type as Y.XmlElement)));
  return start + before + (type instanceof Y.XmlText ? 0 : 1);
};

type Child = Y.XmlElement | Y.XmlText | Y.XmlHook;

const isParent = (child: Child): child is Y.XmlElement =>
  child instanceof Y.XmlElement && child.nodeName !== 'hard_break';

const sizeOf = (child: Child): number => {
  if (child instanceof Y.XmlText) return child.length;
  if (!isParent(child)) return 1;
  return 2 + (child.length === 0 ? (EMPTY_LINE[child.nodeName] ?? 0) : sum(child.toArray()));
};

const sum = (children: readonly Child[]): number => children.reduce((size, child) => size + sizeOf(child), 0);

/** What an empty one is filled with: an item and a paragraph, or a paragraph. */
export const EMPTY_LINE: Readonly<Record<string, number>> = {
  bullet_list: 4,
  ordered_list: 4,
  list_item: 2,
  blockquote: 2,
};
