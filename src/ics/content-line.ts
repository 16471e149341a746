/** Lines of a calendar file (RFC 5545, 3.1 and 3.2; RFC 6868): unfolded with the number of their first line, and folded. */
import { err, ok, type Result } from '../lib/result.ts';

export interface ContentLine {
  /** in capitals */
  readonly name: string;
  /** by name in capitals; values without quotes, several joined by a comma */
  readonly params: ReadonlyMap<string, string>;
  readonly value: string;
  /** as in the file, unfolded */
  readonly raw: string;
  /** from 1 */
  readonly line: number;
}

export interface RawLine {
  readonly raw: string;
  readonly line: number;
}

/** Lines end as they like; those that begin with a blank go on with the one before. Empty ones are left out. */
export const unfold = (text: string): readonly RawLine[] => {
  const lines: { pieces: string[]; line: number }[] = [];
  for (const [index, piece] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(piece) && last) last.pieces.push(piece.slice(1));
    else if (piece.trim() !== '') lines.push({ pieces: [piece], line: index + 1 });
  }
  return lines.map(({ pieces, line }) => ({ raw: pieces.join(''), line }));
};

export const parseLine = ({ raw, line }: RawLine): Result<ContentLine, 'BadLine'> => {
  const name = NAME.exec(raw)?.[0];
  if (name === undefined) return err('BadLine');
  const params = new Map<string, string>();
  let at = name.length;
  while (raw[at] === ';') {
    PARAM.lastIndex = at;
    const found = PARAM.exec(raw);
    if (!found) return err('BadLine');
    const [whole, key = '', values = ''] = found;
    params.set(key.toUpperCase(), decodeParam(values));
    at += whole.length;
  }
  if (raw[at] !== ':') return err('BadLine');
  return ok({ name: name.toUpperCase(), params, value: raw.slice(at + 1), raw, line });
};

/** By name in capitals, each as it stands in a line: `;CN="Ada"`. */
export const paramTexts = (raw: string): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>();
  let at = NAME.exec(raw)?.[0].length ?? 0;
  while (raw[at] === ';') {
    PARAM.lastIndex = at;
    const [whole, key = ''] = PARAM.exec(raw) ?? [];
    if (whole === undefined) break;
    texts.set(key.toUpperCase(), whole);
    at += whole.length;
  }
  return texts;
};

const NAME = /^[A-Za-z0-9-]+/;
const PARAM = /;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)/y;

const decodeParam = (values: string): string =>
  values
    .replaceAll('"', '')
    .replace(/\^([n'^])/g, (_, code: string) => (code === 'n' ? '\n' : code === "'" ? '"' : '^'));

/** For a parameter: quoted where it must be. */
export const encodeParam = (value: string): string => {
  const coded = value.replace(/[\^\n"]/g, (found) => (found === '^' ? '^^' : found === '\n' ? '^n' : "^'"));
  return /[;:,]/.test(coded) ? `"${coded}"` : coded;
};

export const decodeText = (value: string): string =>
  value.replace(/\\([\\;,Nn])/g, (_, code: string) => (code === 'n' || code === 'N' ? '\n' : code));

/** Controls, which no file may have, are left out. */
export const encodeText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // eslint-disable-next-line no-control-regex -- these are what it looks for
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');

/** In octets, of UTF-8, without the line's end. */
const LONGEST = 75;

/** With its end. No character is cut in two. */
export const fold = (line: string): string => {
  let folded = '';
  let size = 0;
  for (const character of line) {
    const code = character.codePointAt(0) ?? 0;
    const octets = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (size + octets > LONGEST) {
      folded += '\r\n ';
      size = 1;
    }
    folded += character;
    size += octets;
  }
  return `${folded}\r\n`;
};
