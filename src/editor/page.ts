/** How rich text stands in a page, in the editor and where it is only read: the same elements for both. */
import type { HeadingLevel } from '../documents/rich-text/schema.ts';

/** Clauses have a heading of their own in the page, so a heading in the text is one step lower. */
export const headingTag = (level: HeadingLevel): 'h3' | 'h4' | 'h5' => (['h3', 'h4', 'h5'] as const)[level - 2] ?? 'h5';

/** For an address that has been let in. */
export const linkAttributes = (href: string): Readonly<Record<'href' | 'rel' | 'target', string>> => ({
  href,
  rel: 'noopener noreferrer nofollow',
  target: '_blank',
});

/** Null where there is no letter. */
export const directionOf = (text: string): 'ltr' | 'rtl' | null => {
  const letter = /\p{L}/u.exec(text)?.[0];
  return letter === undefined ? null : RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
};

/** Hebrew to Arabic Extended-A, and their presentation forms; the historic and African scripts of plane 1. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * A list or a quotation runs as its first letter does. `dir="auto"` would not see it: it passes over whatever has a
 * direction of its own, as each paragraph in there has.
 */
export const isDirected = (name: string): boolean =>
  name === 'bullet_list' || name === 'ordered_list' || name === 'blockquote';
