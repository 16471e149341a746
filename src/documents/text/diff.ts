/**
 * Differences word by word, in any script: words are cut by Intl.Segmenter, compared by jsdiff.
 * Blanks belong to the word before them, so that they never pull a match apart (jsdiff issue 160), and differ
 * silently; a line break is a piece of its own. What is kept and added gives `after` exactly.
 */
import { diffArrays } from 'diff';
import { segments } from './segments.ts';

export interface DiffPart {
  readonly type: 'same' | 'added' | 'removed';
  readonly text: string;
}

export const diffWords = (before: string, after: string, language = 'und'): readonly DiffPart[] => {
  const changes =
    before.length + after.length > MOST_LENGTH
      ? undefined
      : diffArrays(pieces(before, language), pieces(after, language), {
          comparator: sameWord,
          maxEditLength: MOST_EDITS,
        });
  if (changes === undefined) return whole(before, after);
  return changes.map((change) => ({
    type: change.added ? 'added' : change.removed ? 'removed' : 'same',
    text: change.value.join(''),
  }));
};

/** Two texts with hardly anything in common are better read one after the other, and take too long to compare. */
const MOST_EDITS = 500;
const MOST_LENGTH = 200_000;

const whole = (before: string, after: string): readonly DiffPart[] => [
  { type: 'removed', text: before },
  { type: 'added', text: after },
];

const sameWord = (a: string, b: string): boolean => (a === '\n' || b === '\n' ? a === b : a.trim() === b.trim());

const pieces = (text: string, language: string): string[] => {
  const found: string[] = [];
  for (const { segment } of segments(text, language, 'word')) {
    for (const part of segment.split(/(\n)/)) {
      if (part === '') continue;
      const last = found[found.length - 1];
      const blank = part !== '\n' && part.trim() === '';
      if (blank && last !== undefined && last !== '\n') found[found.length - 1] = last + part;
      else found.push(part);
    }
  }
  return found;
};
