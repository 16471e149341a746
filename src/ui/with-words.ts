import { fetchWords } from '../i18n/language.svelte.ts';
import type { Area } from '../i18n/messages.ts';

/** A screen that is fetched when it is wanted, together with the words that it speaks: it never shows without them. */
export const withWords =
  <Screen>(areas: readonly Area[], load: () => Promise<Screen>): (() => Promise<Screen>) =>
  async () => {
    const [screen] = await Promise.all([load(), fetchWords(areas)]);
    return screen;
  };
