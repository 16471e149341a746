/**
 * The one form of a text that is hashed, approved, printed and read aloud: nothing in it is invisible and still
 * changes what is seen. Show this form wherever an approval is shown, so that what was signed is what is read.
 *
 * NFC (stable for assigned characters by Unicode's own policy) and plain code point ranges: no property tables
 * that differ between engines, so every device gets the same bytes.
 */
export const canonicalText = (text: string): string =>
  canonicalCharacters(text)
    .replace(/[^\S\n]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');

/** The same for a stretch within a text, whose ends are no ends: every blank and line break stays. */
export const canonicalCharacters = (text: string): string =>
  wellFormed(text)
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(JOINERS, oneJoiner)
    .normalize('NFC');

/** Do both say the same, word for word? Runs of blanks within a line do not count. */
export const sameWords = (a: string, b: string): boolean => oneBlank(a) === oneBlank(b);

/** Lone surrogates cannot be stored (UTF-8 has no form for them): U+FFFD instead. */
export const wellFormed = (text: string): string => text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');

const oneBlank = (text: string): string => canonicalText(text).replace(/[^\S\n]+/g, ' ');

/**
 * Controls but tab and line feed; soft hyphen, grapheme joiner; Arabic letter mark, Hangul fillers, Khmer inherent
 * vowels, Mongolian vowel separator; zero-width space; direction marks, embeddings, overrides and isolates;
 * word joiner and invisible operators; byte order mark; annotation marks; tags.
 */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- these are what it looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/**
 * Joiner and non-joiner have meaning in Persian, Indic scripts and emoji, so one stays after such a character
 * (U+0370 and up, but not the punctuation of U+2000 to U+206F); elsewhere they are a trick.
 */
const JOINERS = /(^|[^])([\u200C\u200D]+)/gu;
const JOINABLE = /[\u0370-\u1FFF\u2070-\u{10FFFF}]/u;
const oneJoiner = (_: string, before: string, joiners: string): string =>
  JOINABLE.test(before) ? before + joiners.charAt(0) : before;
