/** Language tags (BCP 47) and the direction of their script. */

/** The canonical form of a tag, or null. */
export const parseLanguage = (value: unknown): string | null => {
  if (typeof value !== 'string' || value.length < 2 || value.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(value)[0] ?? null;
  } catch {
    // RangeError is how Intl says that this is no tag.
    return null;
  }
};

export type Direction = 'ltr' | 'rtl';

export const direction = (language: string): Direction => {
  const tag = parseLanguage(language);
  if (tag === null) return 'ltr';
  return RIGHT_TO_LEFT.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr';
};

/** ISO 15924 codes of the scripts in use that run from right to left; `Locale.textInfo` is not everywhere. */
const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Aran', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi']);
