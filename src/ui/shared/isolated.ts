import { language } from '../../i18n/language.svelte.ts';

/**
 * A name inside a sentence keeps its own direction and decides nothing about that of the sentence: the mark in front
 * is for `dir="auto"`, which looks into isolates too.
 */
export const isolated = (name: string): string =>
  `${language.direction === 'rtl' ? '\u200f' : '\u200e'}\u2068${name}\u2069`;
