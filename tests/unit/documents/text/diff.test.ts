import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffWords } from '../../../../src/documents/text/index.ts';

const marked = (before: string, after: string, language: string): string =>
  diffWords(before, after, language)
    .map(({ type, text }) => (type === 'same' ? text : type === 'added' ? `+${text}+` : `-${text}-`))
    .join('');

describe('differences by word', () => {
  it('shows what was replaced in English', () => {
    expect(marked('We ask the company to publish.', 'We ask the port and the company to publish.', 'en')).toBe(
      'We ask the +port and the +company to publish.',
    );
  });

  it('cuts Arabic at its words, not its letters', () => {
    expect(marked('لا أحد يعمل جائعا', 'لا أحد يجب أن يعمل جائعا', 'ar')).toBe('لا أحد +يجب أن +يعمل جائعا');
  });

  it('cuts Chinese at words though no blank does', () => {
    expect(marked('没有人饿着肚子工作', '没有人应该饿着肚子工作', 'zh')).toBe('没有人+应该+饿着肚子工作');
  });

  it('shows a new paragraph', () => {
    expect(marked('one two', 'one\ntwo', 'en')).toBe('one+\n+two');
  });

  it('kept and added parts are exactly the new text; kept and removed the old one but for blanks', () => {
    const text = fc
      .array(fc.constantFrom('one', 'two', ' ', '  ', '\n', ',', 'مرحبا', '没有人', '😀', '\uD800'))
      .map((a) => a.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = diffWords(before, after, 'en');
        const join = (left: string): string =>
          parts
            .filter(({ type }) => type !== left)
            .map((part) => part.text)
            .join('');
        expect(join('removed')).toBe(after);
        expect(join('added').replace(/[^\S\n]/g, '')).toBe(before.replace(/[^\S\n]/g, ''));
      }),
    );
  });

  it('gives two long texts without anything in common one after the other, soon', () => {
    const before = 'a b '.repeat(20_000);
    expect(diffWords(before, 'c d '.repeat(20_000))).toHaveLength(2);
  });

  it('cuts a long text at its words', () => {
    const long = 'nobody works hungry '.repeat(100);
    expect(diffWords(long, `${long}ever`, 'en')).toEqual([
      { type: 'same', text: long },
      { type: 'added', text: 'ever' },
    ]);
    expect(diffWords(long, long.replace('works', 'walks'), 'en').filter(({ type }) => type !== 'same')).toEqual([
      { type: 'removed', text: 'works ' },
      { type: 'added', text: 'walks ' },
    ]);
  });

  it('takes a language that is none', () => {
    expect(marked('a', 'a b', 'no language')).toBe('a +b+');
  });
});
