/**
 * The one form of a rich text, for hashing, printing and comparing: characters as ../../lib/canonical-text.ts has
 * them, neighbouring runs of the same marks joined, marks in one order, line breaks as breaks, no blanks at the ends of
 * lines, and no block that says nothing. Of what is unknown nothing is changed.
 */
import { canonicalCharacters } from '../../lib/canonical-text.ts';
import { mergeRuns, sortMarks } from './runs.ts';
import type { RichBlock, RichInline, RichItem, RichText, RichUnknown } from './types.ts';

export const canonicalRich = (rich: RichText): RichText => rich.flatMap(canonicalBlock);

const canonicalBlock = (block: RichBlock): readonly RichBlock[] => {
  switch (block.type) {
    case 'unknown':
      return [block];
    case 'paragraph':
    case 'heading': {
      const content = canonicalInline(block.content);
      return content.length === 0 ? [] : [{ ...block, content }];
    }
    case 'bullet_list':
    case 'ordered_list': {
      const content = block.content.flatMap(canonicalItem);
      return content.length === 0 ? [] : [{ ...block, content }];
    }
    case 'blockquote': {
      const content = canonicalRich(block.content);
      return content.length === 0 ? [] : [{ ...block, content }];
    }
  }
};

const canonicalItem = (item: RichItem | RichUnknown): readonly (RichItem | RichUnknown)[] => {
  if (item.type === 'unknown') return [item];
  const content = canonicalRich(item.content);
  return content.length === 0 ? [] : [{ ...item, content }];
};

const canonicalInline = (parts: readonly RichInline[]): readonly RichInline[] => {
  let pieces = mergeRuns(
    parts.map((part) => (part.type === 'text' ? { ...part, marks: sortMarks(part.marks) } : part)),
  );
  // What is taken out may bring letters together that compose, so until nothing changes.
  for (;;) {
    const next = mergeRuns(pieces.flatMap(canonicalRun));
    if (sameText(pieces, next)) break;
    pieces = next;
  }
  return trimBreaks(linesOf(pieces).map(trimLine));
};

const canonicalRun = (part: RichInline): readonly RichInline[] => {
  if (part.type !== 'text') return [part];
  return canonicalCharacters(part.text)
    .split('\n')
    .flatMap((text, line): readonly RichInline[] => [
      ...(line === 0 ? [] : [{ type: 'hard_break' } as const]),
      ...(text === '' ? [] : [{ ...part, text }]),
    ]);
};

const sameText = (a: readonly RichInline[], b: readonly RichInline[]): boolean =>
  a.length === b.length &&
  a.every((part, at) => {
    const other = b[at];
    return part.type === 'text' ? other?.type === 'text' && other.text === part.text : other?.type === part.type;
  });

type Line = readonly RichInline[];

const linesOf = (parts: readonly RichInline[]): readonly Line[] => {
  const lines: RichInline[][] = [[]];
  for (const part of parts) {
    if (part.type === 'hard_break') lines.push([]);
    else lines[lines.length - 1]?.push(part);
  }
  return lines;
};

const trimLine = (line: Line): Line => {
  const parts = [...line];
  while (parts.length > 0 && trimAt(parts, 0, /^\s+/)) parts.shift();
  while (parts.length > 0 && trimAt(parts, parts.length - 1, /\s+$/)) parts.pop();
  return parts;
};

/** True if nothing is left of it. */
const trimAt = (parts: RichInline[], at: number, blanks: RegExp): boolean => {
  const part = parts[at];
  if (part?.type !== 'text') return false;
  const text = part.text.replace(blanks, '');
  parts[at] = { ...part, text };
  return text === '';
};

const trimBreaks = (lines: readonly Line[]): readonly RichInline[] => {
  const said = lines.map((line) => line.length > 0);
  const first = said.indexOf(true);
  if (first === -1) return [];
  return lines
    .slice(first, said.lastIndexOf(true) + 1)
    .flatMap((line, at): Line => (at === 0 ? line : [{ type: 'hard_break' }, ...line]));
};
