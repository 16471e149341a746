/** Rich text from JSON that anybody may have written: of our schema throughout, or null. */
import { ELEMENTS, HEADING_LEVELS, parseElementName, parseHref } from './schema.ts';
import type { ElementRule } from './schema.ts';
import { MOST_DEPTH } from './read.ts';
import type { RichBlock, RichInline, RichItem, RichMark, RichPart, RichText } from './types.ts';

/** Whether it is canonical is another question: `canonicalRich`. Fields that do not belong there are left out. */
export const parseRich = (value: unknown): RichText | null => parseParts(value, 'block', 0) as RichText | null;

type Fields = Readonly<Record<string, unknown>>;

const parseParts = (value: unknown, place: ElementRule['content'], depth: number): readonly RichPart[] | null => {
  if (!Array.isArray(value) || depth > MOST_DEPTH) return null;
  const parts: RichPart[] = [];
  for (const item of value as readonly unknown[]) {
    const part = parsePart(item, place, depth);
    if (part === null) return null;
    parts.push(part);
  }
  return parts;
};

const parsePart = (value: unknown, place: ElementRule['content'], depth: number): RichPart | null => {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Fields;
  const type = fields['type'];
  if (type === 'text') return place === 'inline' ? parseRun(fields) : null;
  const name = typeof type === 'string' ? parseElementName(type) : null;
  if (name === null || ELEMENTS[name].group !== place) return null;
  if (name === 'hard_break') return { type: name };
  const content = parseParts(fields['content'], ELEMENTS[name].content, depth + 1);
  if (content === null) return null;
  switch (name) {
    case 'paragraph':
      return { type: name, content: content as readonly RichInline[] };
    case 'heading': {
      const level = HEADING_LEVELS.find((one) => one === fields['level']);
      return level === undefined ? null : { type: name, level, content: content as readonly RichInline[] };
    }
    case 'bullet_list':
    case 'ordered_list':
      return { type: name, content: content as readonly RichItem[] };
    case 'list_item':
    case 'blockquote':
      return { type: name, content: content as readonly RichBlock[] };
  }
};

const parseRun = (fields: Fields): RichInline | null => {
  const { text, marks } = fields;
  if (typeof text !== 'string' || !Array.isArray(marks)) return null;
  const parsed: RichMark[] = [];
  for (const value of marks as readonly unknown[]) {
    const mark = parseMark(value);
    if (mark === null) return null;
    parsed.push(mark);
  }
  return { type: 'text', text, marks: parsed };
};

const parseMark = (value: unknown): RichMark | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { type, href } = value as Fields;
  if (type === 'strong' || type === 'em') return { type };
  const address = type === 'link' ? parseHref(href) : null;
  return address === null ? null : { type: 'link', href: address };
};
