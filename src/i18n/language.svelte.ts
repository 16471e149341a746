import { addMessages, init, locale } from 'svelte-i18n';

import {
  chooseLanguage,
  directionOf,
  PSEUDO,
  parseLanguageTag,
  type Direction,
  type LanguageTag,
} from './languages.ts';
import { loadMessages } from './messages.ts';
import { pseudoMessages } from './pseudo.ts';

/** Where the chosen language is kept; nothing else of the person. */
export interface LanguagePreference {
  read(): unknown;
  write(tag: LanguageTag): void;
}

let current = $state<LanguageTag>('en');
let chosen = $state(false);
let preference: LanguagePreference | undefined;
const loaded = new Set<LanguageTag>();

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

/** Shows a language without keeping it, as the first screen does while one is being picked. */
export async function show(tag: LanguageTag): Promise<void> {
  if (!loaded.has(tag)) {
    const messages = await loadMessages(tag === PSEUDO ? 'en' : tag);
    addMessages(tag, tag === PSEUDO ? pseudoMessages(messages) : messages);
    loaded.add(tag);
  }
  if (!started) {
    started = true;
    // no fallback language: a missing key is a bug that tests find, never a sentence in the wrong language
    await init({ fallbackLocale: tag, initialLocale: tag, handleMissingMessage: missing });
  }
  await locale.set(tag);
  current = tag;
  document.documentElement.lang = tag;
  document.documentElement.dir = directionOf(tag);
}

let started = false;

const missing = ({ id }: { readonly id: string }): string => {
  throw new Error(`no message for ${id}`);
};
