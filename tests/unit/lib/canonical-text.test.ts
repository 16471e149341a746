import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, sameWords, wellFormed } from '../../../src/lib/canonical-text.ts';

describe('canonical text', () => {
  it('is the same for composed and decomposed letters', () => {
    expect(canonicalText('cafe\u0301')).toBe('café');
  });

  it.each([
    ['an override', 'no\u202Eyes\u202C'],
    ['isolates and marks', '\u2067no\u2069\u200Eyes\u061C'],
    ['zero-width space and word joiner', 'n\u200Bo\u2060yes'],
    ['a byte order mark', '\uFEFFnoyes'],
    ['a soft hyphen', 'no\u00ADyes'],
    ['a joiner between Latin letters', 'no\u200D\u200Cyes'],
    ['hidden tag characters', 'no\u{E0041}yes'],
    ['a filler that shows nothing', 'no\u3164yes'],
    ['a control character', 'no\u0007yes'],
  ])('takes out %s', (_, text) => {
    expect(canonicalText(text)).toBe('noyes');
  });

  it('keeps the joiners that Persian, Malayalam and emoji need, one each', () => {
    for (const text of ['می\u200Cخواهم', 'ന്\u200D', '👩\u200D🔧']) expect(canonicalText(text)).toBe(text);
    expect(canonicalText('می\u200C\u200C\u200Dخواهم')).toBe('می\u200Cخواهم');
  });

  it('trims the ends of lines and of the whole, and knows one line break', () => {
    expect(canonicalText('\r\none \t\r\n  two\u00A0\u2028three\n\n')).toBe('one\n  two\nthree');
  });

  it('replaces a lone surrogate, which has no form in UTF-8, and no pair', () => {
    expect(wellFormed('a\uD83D b\uDE00 😀')).toBe('a\uFFFD b\uFFFD 😀');
  });

  it('is its own canonical form, whatever it is made from', () => {
    const tricky = fc.constantFrom(
      '\u200D',
      '\u200C',
      '\u202E',
      '\u212A',
      '\u0301',
      'e',
      ' ',
      '\n',
      'م',
      '\r',
      '가',
      '\uD800',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(tricky, fc.string({ unit: 'binary' }))), (parts) => {
        const once = canonicalText(parts.join(''));
        expect(canonicalText(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the same words whatever the blanks between them, and other words where one is split', () => {
    expect(sameWords('every  crew ', 'every crew')).toBe(true);
    expect(sameWords('to get her', 'together')).toBe(false);
    expect(sameWords('one\ntwo', 'one two')).toBe(false);
  });
});
