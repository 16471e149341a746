/**
 * Rich text: a Y.XmlFragment of a frozen schema, read into a plain tree.
 *
 * SCHEMA    ELEMENTS, MARKS, HEADING_LEVELS as data; parseHref(unknown), hrefOf(typed): which links there may be
 * READ      readRich(fragment) → RichText, total; isKnown(fragment): may it be edited here?; asFragment(unknown)
 *           isKnownRich(rich); parseRich(json) → RichText | null
 * FORMS     canonicalRich(rich): the one that is hashed; plainRich, plainRichWithLinks, wordsOf, markdownRich(rich, deeper?), escapeMarkdown, escapeInline
 * WRITE     insertRich(fragment, index, rich), newFragment(rich), paragraphsOf(pasted plain text) → RichText
 */
export { insertRich, newFragment } from './build.ts';
export { canonicalRich } from './canonical.ts';
export { escapeInline, escapeMarkdown, markdownRich } from './markdown.ts';
export { paragraphsOf } from './paragraphs.ts';
export { parseRich } from './parse.ts';
export { plainRich, plainRichWithLinks, wordsOf } from './plain.ts';
export { asFragment, isKnown, readRich } from './read.ts';
export { ELEMENTS, hrefOf, MARKS, parseHref } from './schema.ts';
export type { ElementName, ElementRule, HeadingLevel, MarkName } from './schema.ts';
export { isKnownRich } from './types.ts';
export type { RichBlock, RichInline, RichItem, RichMark, RichPart, RichRun, RichText, RichUnknown } from './types.ts';
