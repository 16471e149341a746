import { addMessages, init, locale } from 'svelte-i18n';

import {
  chooseLanguage,
  directionOf,
  PSEUDO,
  parseLanguageTag,
  type Direction,
  type LanguageTag,
} from './languages.ts';
import { loadMessages, type Area } from './messages.ts';
import { pseudoMessages } from './pseudo.ts';
import { withDigits } from './region.ts';

/** Where the chosen language is kept; nothing else of the person. */
export interface LanguagePreference {
  read(): unknown;
  write(tag: LanguageTag): void;
}

let current = $state<LanguageTag>('en');
let chosen = $state(false);
let preference: LanguagePreference | undefined;
/** What some screen speaks, or the first paint. No language is shown before it has all of these. */
const wanted = new Set<Area>(['common', 'first']);
const loaded = new Set<`${LanguageTag} ${Area}`>();

/** The interface's language, as a rune: reading it in markup follows a change. */
export const language = {
  get tag(): LanguageTag {
    return current;
  },
  get direction(): Direction {
    return directionOf(current);
  },
  /** false until the person has chosen or confirmed one, on this visit or an earlier one */
  get chosen(): boolean {
    return chosen;
  },
};

/** Loads the kept language, else the first of `wishes` that we have. `t` may be called once this has resolved. */
export async function startLanguages(kept: LanguagePreference, wishes: readonly string[]): Promise<void> {
  preference = kept;
  const known = parseLanguageTag(kept.read());
  chosen = known !== undefined;
  await show(known ?? chooseLanguage(wishes));
}

/** Shows and keeps a language. */
export async function chooseAndKeep(tag: LanguageTag): Promise<void> {
  await show(tag);
  chosen = true;
  preference?.write(tag);
}

/** Once this has resolved, `t` knows the words of these areas, whatever language is shown by then or later. */
export async function fetchWords(areas: readonly Area[]): Promise<void> {
  for (const area of areas) wanted.add(area);
  if (started) await load(current);
}

/** Shows a language without keeping it, as the first screen does while one is being picked. */
export async function show(tag: LanguageTag): Promise<void> {
  // more may be wanted meanwhile; after the last look nothing waits, so that nothing can come between
  while (lacking(tag).length > 0) await load(tag);
  // no fallback language: a missing key is a bug that tests find, never a sentence in the wrong language
  if (!started) void init({ fallbackLocale: '', initialLocale: withDigits(tag), handleMissingMessage: missing });
  started = true;
  // what is found by its language, and counts with the digits that its hours have
  void locale.set(withDigits(tag));
  current = tag;
  document.documentElement.lang = tag;
  document.documentElement.dir = directionOf(tag);
}

let started = false;

const lacking = (tag: LanguageTag): readonly Area[] => [...wanted].filter((area) => !loaded.has(`${tag} ${area}`));

async function load(tag: LanguageTag): Promise<void> {
  const areas = lacking(tag);
  if (areas.length === 0) return;
  const messages = await loadMessages(tag === PSEUDO ? 'en' : tag, areas);
  addMessages(tag, tag === PSEUDO ? pseudoMessages(messages) : messages);
  for (const area of areas) loaded.add(`${tag} ${area}`);
}

const missing = ({ id }: { readonly id: string }): string => {
  throw new Error(`no message for ${id}`);
};
