/**
 * Words or characters of a text. Intl.Segmenter takes time quadratic in what it is given (5 s for 80,000 characters),
 * so it gets it in stretches that end after a blank, and so within no word.
 */
import { parseLanguage } from './language.ts';

export function* segments(
  text: string,
  language: string,
  granularity: 'word' | 'grapheme',
): Generator<Intl.SegmentData> {
  const segmenter = new Intl.Segmenter(parseLanguage(language) ?? 'und', { granularity });
  for (const [stretch] of text.matchAll(STRETCH)) yield* segmenter.segment(stretch);
}

/** A text without any blank is cut at 512 characters all the same. */
const STRETCH = /[^]{1,511}(?:\s|$)|[^]{1,512}/gu;
