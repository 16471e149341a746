/** Runs of text: their marks in one order, and neighbours of the same marks as one. */
import { MARKS } from './schema.ts';
import type { RichInline, RichMark } from './types.ts';

export const sortMarks = (marks: readonly RichMark[]): readonly RichMark[] =>
  marks.length < 2 ? marks : [...marks].sort(byMark).filter((mark, at, all) => at === 0 || !same(mark, all[at - 1]));

export const sameMarks = (a: readonly RichMark[], b: readonly RichMark[]): boolean =>
  a.length === b.length && a.every((mark, at) => same(mark, b[at]));

/** How Yjs happens to hold a text in pieces is nothing that it says. */
export const mergeRuns = (parts: readonly RichInline[]): readonly RichInline[] => {
  const merged: RichInline[] = [];
  for (const part of parts) {
    const last = merged[merged.length - 1];
    if (part.type === 'text' && last?.type === 'text' && sameMarks(part.marks, last.marks))
      merged[merged.length - 1] = { ...last, text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
};

const ORDER = Object.keys(MARKS);

const keyOf = (mark: RichMark): string => {
  if (mark.type === 'unknown') return `9 ${mark.name} ${mark.value}`;
  return `${ORDER.indexOf(mark.type)} ${mark.type === 'link' ? mark.href : ''}`;
};

const byMark = (a: RichMark, b: RichMark): number => {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
};

const same = (a: RichMark, b: RichMark | undefined): boolean => b !== undefined && keyOf(a) === keyOf(b);
