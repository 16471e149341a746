/**
 * The frozen schema of rich text, as data: what an element is called, where it may stand and what it may carry, in
 * a Y.XmlFragment as y-prosemirror writes it (an element's name is its node's, a format's key its mark's).
 *
 * Frozen: a change here is a new SCHEMA_VERSION of every kind of document that holds rich text. What is not named
 * here comes from a newer version or from a stranger; it is read as an unknown part, and never written over.
 *
 * What an element may hold is no stricter than reading needs: an editor deletes what does not fit, so that a rule
 * like "a list item begins with a paragraph" would make honest edits, made apart, delete words.
 */
export const ELEMENTS = {
  paragraph: { group: 'block', content: 'inline', attributes: [] },
  heading: { group: 'block', content: 'inline', attributes: ['level'] },
  bullet_list: { group: 'block', content: 'item', attributes: [] },
  ordered_list: { group: 'block', content: 'item', attributes: [] },
  list_item: { group: 'item', content: 'block', attributes: [] },
  blockquote: { group: 'block', content: 'block', attributes: [] },
  hard_break: { group: 'inline', content: 'none', attributes: [] },
} as const satisfies Readonly<Record<string, ElementRule>>;

/** In the order in which a text carries them. */
export const MARKS = {
  link: { attributes: ['href'] },
  strong: { attributes: [] },
  em: { attributes: [] },
} as const satisfies Readonly<Record<string, { readonly attributes: readonly string[] }>>;

export const HEADING_LEVELS = [2, 3, 4] as const;

export interface ElementRule {
  /** where it may stand */
  readonly group: 'block' | 'item' | 'inline';
  /** what it may hold, any number of it */
  readonly content: 'block' | 'item' | 'inline' | 'none';
  readonly attributes: readonly string[];
}

export type ElementName = keyof typeof ELEMENTS;
export type MarkName = keyof typeof MARKS;
export type HeadingLevel = (typeof HEADING_LEVELS)[number];

export const parseElementName = (name: string): ElementName | null =>
  Object.hasOwn(ELEMENTS, name) ? (name as ElementName) : null;

/**
 * What a link may lead to: a page by http(s), or one address by mailto. No user name before the host ("https://bank.example@evil.example"),
 * nothing invisible, no blank, quote, bracket or backslash, so that no page, print or file shows or follows it otherwise.
 */
export const parseHref = (value: unknown): string | null => {
  if (typeof value !== 'string' || value.length > MOST_HREF || FORBIDDEN.test(value)) return null;
  return PAGE.test(value) || MAIL.test(value) ? value : null;
};

/** What a person typed or pasted as an address; a bare "example.org/x" and "a@example.org" are meant well. */
export const hrefOf = (typed: string): string | null => {
  const text = typed.trim().replace(/^(https?|mailto):/i, (scheme) => scheme.toLowerCase());
  return parseHref(text) ?? parseHref(text.includes('@') ? `mailto:${text}` : `https://${text}`);
};

export const MOST_HREF = 2_000;

const PAGE = /^https?:\/\/[^/?#@:]+\.?(:\d{1,5})?([/?#]|$)/;
const MAIL = /^mailto:[^@:/?#]+@[^@:/?#]+$/;
/** Blanks, controls, quotes, brackets, the invisible and the direction marks, and halves of pairs. */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- these are what it looks for
  /[\u0000-\u0020\u007F-\u00A0"'`<>\\^{|}\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u180E\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}\uD800-\uDFFF]/u;
