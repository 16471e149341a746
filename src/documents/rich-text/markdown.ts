/**
 * Rich text as CommonMark (0.31) that says exactly the same: every sign that could mean something is escaped, and
 * emphasis is written so that its borders are found (https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis).
 */
import { canonicalRich } from './canonical.ts';
import { wordsOf } from './plain.ts';
import type { RichBlock, RichInline, RichItem, RichMark, RichText, RichUnknown } from './types.ts';

/** `deeper`: by how many levels its headings move down, below those of the text that it stands in. No line end at the end. */
export const markdownRich = (rich: RichText, deeper = 0): string => blocks(canonicalRich(rich), deeper);

/** Plain words as Markdown, on one line: where a line begins, and within one or in a heading. */
export const escapeMarkdown = (text: string): string => escapeStart(escapeInline(text));
export const escapeInline = (text: string): string => escapeWords(text.trim().replace(/[ \t\n]+/g, ' '));

const blocks = (rich: RichText, deeper: number): string => {
  // Two lists, one after the other, would be one: the second takes another sign.
  let odd = false;
  const written = rich.map((block, at) => {
    odd = rich[at - 1]?.type === block.type && !odd;
    return writeBlock(block, deeper, odd);
  });
  return written.filter((text) => text !== '').join('\n\n');
};

const writeBlock = (block: RichBlock, deeper: number, odd: boolean): string => {
  switch (block.type) {
    case 'paragraph':
      return inline(block.content, '\\\n');
    case 'heading':
      return `${'#'.repeat(Math.min(6, block.level + deeper))} ${inline(block.content, ' ', false)}`;
    case 'blockquote':
      return prefixed(blocks(block.content, deeper), '> ', '> ');
    case 'bullet_list':
    case 'ordered_list':
      return writeList(block.type, block.content, deeper, odd);
    case 'unknown':
      return inline([{ type: 'text', text: wordsOf(block.content).replaceAll('\n', ' '), marks: [] }], ' ');
  }
};

const writeList = (
  type: 'bullet_list' | 'ordered_list',
  items: readonly (RichItem | RichUnknown)[],
  deeper: number,
  odd: boolean,
): string => {
  const tight = items.every((item) => item.type === 'list_item' && item.content.length === 1);
  return items
    .map((item, at) => {
      const sign = type === 'bullet_list' ? (odd ? '* ' : '- ') : `${at + 1}${odd ? ')' : '.'} `;
      const text = item.type === 'list_item' ? blocks(item.content, deeper) : writeBlock(item, deeper, false);
      return prefixed(text, sign, ' '.repeat(sign.length));
    })
    .join(tight ? '\n' : '\n\n');
};

const prefixed = (text: string, first: string, rest: string): string =>
  text
    .split('\n')
    .map((line, at) => (at === 0 ? first : rest) + line)
    .map((line) => line.trimEnd())
    .join('\n');

type Piece = { readonly text: string; readonly marks: readonly string[] };

const inline = (parts: readonly RichInline[], lineEnd: string, startsLine = true): string => {
  const lines: Piece[][] = [[]];
  for (const part of parts) {
    const line = lines[lines.length - 1] ?? [];
    if (part.type === 'hard_break') lines.push([]);
    else if (part.type === 'unknown') line.push({ text: wordsOf([part]).replaceAll('\n', ' '), marks: [] });
    else line.push(...hoisted(part.text.replace(/[\t\n]/g, ' '), part.marks.map(signOf)));
  }
  return lines
    .map((line) => writeLine(withBlanks(line)))
    .map((line) => (startsLine ? escapeStart(line) : line))
    .join(lineEnd);
};

/** Emphasis may neither begin nor end with a blank. */
const hoisted = (text: string, marks: readonly string[]): readonly Piece[] => {
  const words = text.trim();
  const start = text.indexOf(words);
  return [
    { text: text.slice(0, start), marks: [] },
    { text: words, marks: marks.filter((mark) => mark !== '') },
    { text: text.slice(start + words.length), marks: [] },
  ];
};

/** A blank belongs to what both its neighbours belong to, so that a link of two runs stays one. */
const withBlanks = (pieces: readonly Piece[]): readonly Piece[] => {
  const said = pieces.filter(({ text }) => text !== '');
  return said.map((piece, at) => {
    if (piece.text.trim() !== '') return piece;
    const [before, after] = [said[at - 1]?.marks ?? [], said[at + 1]?.marks ?? []];
    return { ...piece, marks: before.slice(0, common(before, after)) };
  });
};

/** How many stay open from one to the next: all, or a link alone. Emphasis in emphasis has too many readings. */
const common = (a: readonly string[], b: readonly string[]): number => {
  if (a.join('') === b.join('')) return a.length;
  return a[0] === b[0] && a[0]?.startsWith(']') === true ? 1 : 0;
};

/** What closes it. Of a link that tells its address, so that two links differ. */
const signOf = (mark: RichMark): string => {
  if (mark.type === 'strong') return '**';
  if (mark.type === 'em') return '*';
  return mark.type === 'link' ? `](<${mark.href.replaceAll('&', '\\&')}>)` : '';
};

const openOf = (sign: string): string => (sign.startsWith(']') ? '[' : sign);

const writeLine = (pieces: readonly Piece[]): string => {
  let out = '';
  let open: readonly string[] = [];
  for (const { text, marks } of pieces) {
    const kept = common(open, marks);
    const closing = open.slice(kept).reverse().join('');
    const opening = marks.slice(kept).map(openOf).join('');
    let words = escapeWords(text);
    // `**!**a` is no emphasis, nor is `a**!**`: what stands outside is then written as a reference, which begins and
    // ends with punctuation.
    if (closing.endsWith('*') && opening === '' && !LETTER_AT_END.test(out))
      words = words.replace(JOINED_AT_START, reference);
    if (opening.startsWith('*') && closing === '' && !LETTER_AT_START.test(words))
      out = out.replace(JOINED_AT_END, reference);
    // `![` would be a picture
    if (opening.startsWith('[') && closing === '') out = out.replace(/!$/, '\\!');
    out += closing + (closing.endsWith('*') && opening.startsWith('*') ? NOTHING : '') + opening + words;
    open = marks;
  }
  return out + [...open].reverse().join('');
};

/** Between signs that would run together. */
const NOTHING = '<!-- -->';

/**
 * Readers of Markdown differ on symbols and on what is beyond 16 bits, so only plain letters and plain punctuation are
 * taken for what they are.
 */
const LETTER_AT_START = /^(?![\u{10000}-\u{10FFFF}])[\p{L}\p{N}\p{M}]/u;
const LETTER_AT_END = /(?![\u{10000}-\u{10FFFF}])[\p{L}\p{N}\p{M}]$/u;
const JOINED_AT_START = /^(?![!-/:-@[-`{-~])(?:[^\s\p{P}]|[\u{10000}-\u{10FFFF}])/u;
const JOINED_AT_END = /(?![!-/:-@[-`{-~])(?:[^\s\p{P}]|[\u{10000}-\u{10FFFF}])$/u;

const reference = (letter: string): string => `&#x${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase()};`;

const escapeWords = (text: string): string => text.replace(/[\\`*_[\]<>&|~#$]/g, '\\$&');

/** What makes a list, an underline or a number of a line's beginning. */
const escapeStart = (line: string): string => line.replace(/^[-+=]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2');
