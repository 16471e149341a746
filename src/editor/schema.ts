/**
 * The frozen schema of rich text, as ProseMirror wants it. What may be in a document is data of src/documents; here
 * is only how it looks in a page, and what of a foreign page becomes it. `dir="auto"` belongs to the page, never to
 * the document.
 */
import { type Attrs, Fragment, type Mark, type MarkSpec, type Node, type NodeSpec, Schema } from 'prosemirror-model';
import {
  HEADING_LEVELS,
  type ElementName,
  type HeadingLevel,
  type MarkName,
  parseHref,
} from '../documents/rich-text/schema.ts';
import { headingTag, linkAttributes } from './page.ts';

type Nodes = ElementName | 'doc' | 'text';

const levelOf = (node: Node): HeadingLevel => HEADING_LEVELS.find((level) => level === node.attrs['level']) ?? 2;

const heading = (tag: string, level: HeadingLevel) => ({ tag, attrs: { level } });

const nodes: Record<Nodes, NodeSpec> = {
  doc: { content: 'block+' },
  // the first of the blocks: what Enter makes, and what an empty place is filled with
  paragraph: {
    group: 'block',
    content: 'inline*',
    parseDOM: [{ tag: 'p' }],
    toDOM: () => ['p', { dir: 'auto' }, 0],
  },
  heading: {
    group: 'block',
    content: 'inline*',
    defining: true,
    attrs: { level: { default: 2 } },
    parseDOM: [
      heading('h1', 2),
      heading('h2', 2),
      heading('h3', 2),
      heading('h4', 3),
      heading('h5', 4),
      heading('h6', 4),
    ],
    toDOM: (node) => [headingTag(levelOf(node)), { dir: 'auto' }, 0],
  },
  bullet_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
  ordered_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ol' }], toDOM: () => ['ol', 0] },
  list_item: { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
  blockquote: {
    group: 'block',
    content: 'block+',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  },
  hard_break: {
    group: 'inline',
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
  text: { group: 'inline' },
};

const marks: Record<MarkName, MarkSpec> = {
  link: {
    attrs: { href: { validate: 'string' } },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (element) => {
          const href = parseHref(
            element
              .getAttribute('href')
              ?.trim()
              .replace(/^https?:|^mailto:/i, lower),
          );
          return href !== null && { href };
        },
      },
    ],
    toDOM: (mark) => ['a', linkAttributes(String(mark.attrs['href'])), 0],
  },
  strong: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => ['strong', 0] },
  em: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => ['em', 0] },
};

const lower = (text: string): string => text.toLowerCase();

/**
 * People who delete apart can leave a list without items. y-prosemirror would delete it, on each device that has the
 * text open and with whatever somebody has put into it meanwhile; here an empty place is shown as an empty line.
 */
class RichSchema extends Schema<Nodes, MarkName> {
  override node(
    type: Parameters<Schema<Nodes, MarkName>['node']>[0],
    attrs: Attrs | null = null,
    content?: Fragment | Node | readonly Node[],
    marks?: readonly Mark[],
  ): Node {
    const nodeType = typeof type === 'string' ? this.nodes[type as Nodes] : type;
    const inside = Fragment.from(content);
    const filled = inside.size === 0 && !nodeType?.isLeaf ? nodeType?.createAndFill(attrs, inside, marks) : null;
    return filled ?? super.node(type, attrs, inside, marks);
  }
}

export const schema = new RichSchema({ nodes, marks });
