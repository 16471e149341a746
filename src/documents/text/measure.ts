/** How long a text is: in words, in seconds spoken, in characters as people count them, and as SMS. */
import { cut, MOST_TEXT } from '../shape/read.ts';
import { canonicalText } from '../../lib/canonical-text.ts';
import { parseLanguage } from './language.ts';
import { segments } from './segments.ts';
import { smsLength } from './sms.ts';
import type { SmsLength } from './sms.ts';

export interface Measure {
  readonly words: number;
  /** read aloud before people, unhurried; rounded up */
  readonly seconds: number;
  /** grapheme clusters */
  readonly characters: number;
  readonly sms: SmsLength;
}

export const measure = (text: string, language: string): Measure => {
  const shown = canonicalText(cut(text, MOST_TEXT));
  const tag = parseLanguage(language) ?? 'und';
  const primary = new Intl.Locale(tag).language ?? 'und';

  let words = 0;
  let spoken = 0;
  for (const { segment, isWordLike } of segments(shown, tag, 'word')) {
    if (isWordLike !== true) continue;
    words++;
    spoken += [...segment].length;
  }
  let characters = 0;
  for (const _ of segments(shown, tag, 'grapheme')) characters++;

  const perMinute = CHARACTERS_PER_MINUTE.get(primary);
  const minutes =
    perMinute === undefined ? words / (WORDS_PER_MINUTE.get(primary) ?? MEAN_WORDS_PER_MINUTE) : spoken / perMinute;
  return { words, seconds: Math.ceil((minutes * 60) / PACE), characters, sms: smsLength(shown) };
};

/**
 * Reading aloud, by language: Trauzettel-Klosinski, Dietz and others, "Standardized Assessment of Reading
 * Performance: The New International Reading Speed Texts IReST", Invest. Ophthalmol. Vis. Sci. 53 (2012), 5452–5461.
 * That is reading as fast as one can. Speaking to people is slower: radio is advised 160 to 180 English words a
 * minute (Rodero, Text & Talk 32 (2012), 391–411), a street less, so all are scaled to 150 in English.
 */
const WORDS_PER_MINUTE: ReadonlyMap<string, number> = new Map([
  ['ar', 138],
  ['de', 179],
  ['en', 228],
  ['es', 218],
  ['fi', 161],
  ['fr', 195],
  ['he', 187],
  ['it', 188],
  ['nl', 202],
  ['pl', 166],
  ['pt', 181],
  ['ru', 184],
  ['sl', 180],
  ['sv', 199],
  ['tr', 166],
]);
/** Where words are not written apart, where one ends is a matter of opinion; characters are not. */
const CHARACTERS_PER_MINUTE: ReadonlyMap<string, number> = new Map([
  ['ja', 357],
  ['zh', 255],
]);
/** over the 17 languages; for those not measured */
const MEAN_WORDS_PER_MINUTE = 184;
const PACE = 150 / 228;
