import { get } from 'svelte/store';
import { _, addMessages } from 'svelte-i18n';
import type { LanguageTag } from './languages.ts';
import { loadMessages, type Area, type Key } from './messages.ts';

/** The words of an area in a language that is not the one shown: for what is said or printed in several. */
export async function wordsIn<A extends Area>(
  tag: LanguageTag,
  area: A,
): Promise<(key: Extract<Key, `${A}.${string}`>, values?: Readonly<Record<string, string | number>>) => string> {
  addMessages(tag, await loadMessages(tag, [area]));
  return (key, values) => get(_)(key, values === undefined ? { locale: tag } : { locale: tag, values });
}
