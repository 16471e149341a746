import { describe, expect, test } from 'vitest';
import { chooseLanguage, directionOf, languages, parseLanguageTag, PSEUDO } from '../../../src/i18n/languages.ts';
import { pseudoMessage, pseudoMessages } from '../../../src/i18n/pseudo.ts';

describe('choosing a language', () => {
  test('takes the first wish that we have', () => {
    expect(chooseLanguage(['ti', 'ar-TN', 'fr'])).toBe('ar');
    expect(chooseLanguage(['FR-ca'])).toBe('fr');
  });

  test('is English where no wish can be met', () => {
    expect(chooseLanguage(['ti', 'am'])).toBe('en');
    expect(chooseLanguage([])).toBe('en');
  });

  test('does not take a kept value that is no language of ours', () => {
    expect(parseLanguageTag('ar')).toBe('ar');
    expect(parseLanguageTag(PSEUDO)).toBe(PSEUDO);
    expect(parseLanguageTag('xx')).toBeUndefined();
    expect(parseLanguageTag(null)).toBeUndefined();
  });
});

describe('direction', () => {
  test('follows the script, also where it is not written in the tag', () => {
    expect(['ar', 'fa', 'ckb', 'he', 'ug', 'pa-Arab', 'az-Arab-IR'].map(directionOf)).toEqual(Array(7).fill('rtl'));
    expect(['en', 'ti', 'ku', 'pa', 'ar-Latn', 'ru'].map(directionOf)).toEqual(Array(6).fill('ltr'));
  });

  test('is left to right for what is no language tag', () => {
    expect(directionOf('not a tag')).toBe('ltr');
  });

  test('agrees with the list of interface languages', () => {
    for (const { tag, direction } of languages) expect([tag, directionOf(tag)]).toEqual([tag, direction]);
  });
});

describe('pseudo-locale', () => {
  test('changes words and leaves arguments and plural syntax alone', () => {
    const message = pseudoMessage('{count, plural, one {# day} other {# days}} for {name}');
    expect(message).toMatch(/^\[\{count, plural, one \{# ďàý\} other \{# ďàýš\}\} ƒôř \{name\}·+\]$/);
  });

  test('is at least a third longer', () => {
    const plain = 'Everything is saved here';
    expect(pseudoMessage(plain).length).toBeGreaterThan(plain.length * 1.25);
  });

  test('keeps the tree of keys', () => {
    expect(pseudoMessages({ a: { b: 'B' } })).toEqual({ a: { b: '[Ɓ·]' } });
  });
});
