import { describe, expect, it } from 'vitest';
import { direction, measure, parseLanguage, smsLength } from '../../../../src/documents/text/index.ts';

describe('SMS length', () => {
  it.each([
    ['nothing', '', 'gsm', 0],
    ['160 plain characters', 'a'.repeat(160), 'gsm', 1],
    ['161 plain characters', 'a'.repeat(161), 'gsm', 2],
    ['306 plain characters', 'a'.repeat(306), 'gsm', 2],
    ['307 plain characters', 'a'.repeat(307), 'gsm', 3],
    ['80 euro signs, two septets each', '€'.repeat(80), 'gsm', 1],
    ['81 euro signs', '€'.repeat(81), 'gsm', 2],
    ['153 euro signs, whose pairs no border may cut (76 to a message)', '€'.repeat(153), 'gsm', 3],
    ['70 Arabic letters', 'م'.repeat(70), 'unicode', 1],
    ['71 Arabic letters', 'م'.repeat(71), 'unicode', 2],
    ['134 Arabic letters', 'م'.repeat(134), 'unicode', 2],
    ['135 Arabic letters', 'م'.repeat(135), 'unicode', 3],
    ['67 emoji, whose pairs no border may cut (33 to a message)', '😀'.repeat(67), 'unicode', 3],
    ['one accent that the alphabet lacks', `${'a'.repeat(70)}ê`, 'unicode', 2],
    ['accents that it has', 'é'.repeat(160), 'gsm', 1],
  ])('%s', (_, text, alphabet, messages) => {
    expect(smsLength(text)).toMatchObject({ alphabet, messages });
  });

  it('says what is left', () => {
    expect(smsLength('hello')).toEqual({ alphabet: 'gsm', messages: 1, units: 5, left: 155 });
    expect(smsLength('a'.repeat(161))).toMatchObject({ units: 161, left: 153 - 8 });
  });
});

describe('measure', () => {
  it('counts words, seconds and characters as people do', () => {
    expect(measure('Nobody works hungry.', 'en')).toMatchObject({ words: 3, seconds: 2, characters: 20 });
    expect(measure('👩‍🔧 نعم', 'ar')).toMatchObject({ words: 1, characters: 5 });
    expect(measure('没有人饿着肚子工作', 'zh-Hans').words).toBeGreaterThan(2);
    expect(measure('', 'xx')).toMatchObject({ words: 0, seconds: 0, characters: 0 });
  });

  it('a minute of English has about 150 words, of Arabic about 91, of Chinese about 168 characters', () => {
    expect(measure('word '.repeat(150), 'en-GB').seconds).toBe(60);
    expect(measure('كلمة '.repeat(91), 'ar').seconds).toBe(61);
    expect(measure('人'.repeat(168), 'zh').seconds).toBe(61);
  });

  it('measures what is seen, not what is hidden in it', () => {
    expect(measure('a\u202E\u200Bb', 'en')).toEqual(measure('ab', 'en'));
  });

  it('takes a language that is none', () => {
    expect(measure('one two', '!!').words).toBe(2);
  });
});

describe('languages', () => {
  it.each([
    ['ar', 'rtl'],
    ['fa-IR', 'rtl'],
    ['he', 'rtl'],
    ['ur', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ku', 'ltr'],
    ['ckb', 'rtl'],
    ['ar-Latn', 'ltr'],
    ['ti', 'ltr'],
    ['en', 'ltr'],
    ['', 'ltr'],
  ])('%s runs %s', (language, expected) => {
    expect(direction(language)).toBe(expected);
  });

  it('has one form for a tag, and none for nonsense', () => {
    expect(parseLanguage('AR-eg')).toBe('ar-EG');
    for (const nonsense of ['', 'x', 'en_GB', '<b>', 'e'.repeat(99), 7, null])
      expect(parseLanguage(nonsense)).toBeNull();
  });
});
