/** The languages of the interface. What people write in a space may be in any language at all. */

export const languages = [
  { tag: 'en', name: 'English', direction: 'ltr', review: 'source' },
  { tag: 'fr', name: 'Français', direction: 'ltr', review: 'none' },
  { tag: 'es', name: 'Español', direction: 'ltr', review: 'none' },
  { tag: 'ar', name: 'العربية', direction: 'rtl', review: 'none' },
] as const satisfies readonly Language[];

/** `review`: 'source' is what the others are made from; 'none' was never read through by a native reader. */
export interface Language {
  readonly tag: string;
  readonly name: string;
  readonly direction: Direction;
  readonly review: 'source' | 'none' | 'reviewed';
}

export type Direction = 'ltr' | 'rtl';

/** English with accents and padding, made at run time: shows strings that are not translated and places too narrow. */
export const PSEUDO = 'en-XA';

export type LanguageTag = (typeof languages)[number]['tag'] | typeof PSEUDO;

export const parseLanguageTag = (value: unknown): LanguageTag | undefined =>
  value === PSEUDO ? PSEUDO : languages.find(({ tag }) => tag === value)?.tag;

/** The first of the person's wishes that we have, in their order: 'ar-TN' is served by 'ar'. English where none is. */
export function chooseLanguage(wishes: readonly string[]): LanguageTag {
  for (const wish of wishes) {
    const primary = wish.toLowerCase().split('-')[0];
    const found = languages.find(({ tag }) => tag === primary);
    if (found) return found.tag;
  }
  return 'en';
}

const rightToLeftScripts = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr']);

/** Of any BCP 47 tag, by its likely script; left to right for what is no tag. */
export function directionOf(tag: string): Direction {
  try {
    const { script } = new Intl.Locale(tag).maximize();
    return script !== undefined && rightToLeftScripts.has(script) ? 'rtl' : 'ltr';
  } catch (error) {
    if (error instanceof RangeError) return 'ltr';
    throw error;
  }
}
