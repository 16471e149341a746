/** Has the source moved on since something was made from it? For variants of a point and for translations alike. */
import { cut, MOST_SOURCE } from '../shape/read.ts';
import { canonicalText, sameWords } from '../../lib/canonical-text.ts';
import { diffWords } from '../text/diff.ts';
import type { DiffPart } from '../text/diff.ts';

/** The source as it was when this was made, or last said to hold. */
export interface MadeFrom {
  readonly sourceText: string;
  readonly sourceLanguage: string;
}

export type Staleness =
  | { readonly type: 'fresh' }
  /** what changed in the source, in the source's language */
  | { readonly type: 'stale'; readonly diff: readonly DiffPart[] };

/** `most`: how much of a source is kept beside what is made from it. */
export const isStale = (made: MadeFrom, currentSourceText: string, most = MOST_SOURCE): boolean =>
  !sameWords(made.sourceText, cut(currentSourceText, most));

export const staleness = (made: MadeFrom, currentSourceText: string, most = MOST_SOURCE): Staleness =>
  isStale(made, currentSourceText, most)
    ? {
        type: 'stale',
        diff: diffWords(canonicalText(made.sourceText), canonicalText(currentSourceText), made.sourceLanguage),
      }
    : { type: 'fresh' };
