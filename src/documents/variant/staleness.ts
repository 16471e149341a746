/** Has the source moved on since a variant was made? */
import { cut, MOST_SOURCE } from '../shape/read.ts';
import { canonicalText, sameWords } from '../../lib/canonical-text.ts';
import { diffWords } from '../text/diff.ts';
import type { DiffPart } from '../text/diff.ts';
import type { VariantView } from './read.ts';

export type Staleness =
  | { readonly type: 'fresh' }
  /** what changed in the source, in the source's language */
  | { readonly type: 'stale'; readonly diff: readonly DiffPart[] };

type Source = Pick<VariantView, 'sourceText' | 'sourceLanguage'>;

export const isStale = (variant: Source, currentSourceText: string): boolean =>
  !sameWords(variant.sourceText, cut(currentSourceText, MOST_SOURCE));

export const staleness = (variant: Source, currentSourceText: string): Staleness =>
  isStale(variant, currentSourceText)
    ? {
        type: 'stale',
        diff: diffWords(canonicalText(variant.sourceText), canonicalText(currentSourceText), variant.sourceLanguage),
      }
    : { type: 'fresh' };
