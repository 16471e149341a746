import { describe, expect, it } from 'vitest';
import { escapeMarkdown, markdownRich } from '../../../../src/documents/rich-text/index.ts';
import type { RichBlock, RichInline, RichMark, RichText } from '../../../../src/documents/rich-text/index.ts';

const text = (words: string, ...marks: readonly ('strong' | 'em' | `http${string}`)[]): RichInline => ({
  type: 'text',
  text: words,
  marks: marks.map((mark): RichMark =>
    mark === 'strong' || mark === 'em' ? { type: mark } : { type: 'link', href: mark },
  ),
});
const paragraph = (...content: readonly RichInline[]): RichBlock => ({ type: 'paragraph', content });
const list = (type: 'bullet_list' | 'ordered_list', ...items: readonly RichText[]): RichBlock => ({
  type,
  content: items.map((content) => ({ type: 'list_item', content })),
});

describe('Markdown', () => {
  it.each<readonly [string, readonly RichInline[], string]>([
    [
      'signs that mean something',
      [text('*a* _b_ [c](d) <e> &f; `g` #h |i| \\')],
      '\\*a\\* \\_b\\_ \\[c\\](d) \\<e\\> \\&f; \\`g\\` \\#h \\|i\\| \\\\',
    ],
    ['a number that would begin a list', [text('1. May')], '1\\. May'],
    ['a dash that would begin one', [text('- a'), { type: 'hard_break' }, text('+ b')], '\\- a\\\n\\+ b'],
    ['an underline', [text('a'), { type: 'hard_break' }, text('===')], 'a\\\n\\==='],
    ['emphasis with blanks at its ends', [text('a'), text(' b ', 'strong'), text('c')], 'a **b** c'],
    ['emphasis within a word', [text('un'), text('do', 'em'), text('able')], 'un*do*able'],
    ['emphasis that ends with a sign before a letter', [text('a!', 'strong'), text('b')], '**a!**&#x62;'],
    ['emphasis that begins with a sign after a letter', [text('b'), text('(a)', 'strong')], '&#x62;**(a)**'],
    ['two emphases that touch', [text('a', 'strong'), text('b', 'em')], '**a**<!-- -->*b*'],
    ['both at once', [text('a', 'em', 'strong')], '***a***'],
    [
      'a link of two runs',
      [text('see ', 'https://a.example/?b&c'), text('it', 'em', 'https://a.example/?b&c')],
      '[see *it*](<https://a.example/?b\\&c>)',
    ],
    [
      'a link after a sign that would make it a picture',
      [text('!'), text('a', 'https://a.example')],
      '\\![a](<https://a.example>)',
    ],
  ])('keeps %s', (_, content, written) => {
    expect(markdownRich([paragraph(...content)])).toBe(written);
  });

  it('writes lists in lists, quotes and headings', () => {
    const rich: RichText = [
      { type: 'heading', level: 2, content: [text('1. Water'), { type: 'hard_break' }, text('and bread')] },
      list(
        'ordered_list',
        [paragraph(text('one'))],
        [paragraph(text('two')), list('bullet_list', [paragraph(text('deep'))])],
      ),
      { type: 'blockquote', content: [paragraph(text('said')), paragraph(text('again'))] },
    ];
    expect(markdownRich(rich)).toBe('## 1. Water and bread\n\n1. one\n\n2. two\n\n   - deep\n\n> said\n>\n> again');
    expect(markdownRich(rich, 1)).toMatch(/^### 1/);
  });

  it('keeps two lists apart that follow each other', () => {
    const rich = [list('bullet_list', [paragraph(text('a'))]), list('bullet_list', [paragraph(text('b'))])];
    expect(markdownRich(rich)).toBe('- a\n\n* b');
  });

  it('of what is not known tells the words', () => {
    const table: RichBlock = { type: 'unknown', name: 'table', attributes: [], content: [text('*tents*')] };
    expect(markdownRich([table])).toBe('\\*tents\\*');
  });

  it('of plain words is one line', () => {
    expect(escapeMarkdown(' 2) a\n*b* ')).toBe('2\\) a \\*b\\*');
  });
});
