import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  canonicalRich,
  hrefOf,
  insertRich,
  isKnown,
  isKnownRich,
  newFragment,
  paragraphsOf,
  parseHref,
  parseRich,
  plainRich,
  readRich,
  wordsOf,
} from '../../../../src/documents/rich-text/index.ts';
import type { RichText } from '../../../../src/documents/rich-text/index.ts';
import { createDoc, send } from '../worlds.ts';
import { element, formatted, richText, strangeChild } from './arbitrary.ts';

const text = (words: string, ...marks: readonly ('strong' | 'em')[]) =>
  ({ type: 'text', text: words, marks: marks.map((type) => ({ type })) }) as const;
const paragraph = (...content: readonly ReturnType<typeof text>[]): RichText => [{ type: 'paragraph', content }];

const inDoc = (rich: RichText): Y.XmlFragment => {
  const fragment = createDoc(1).getXmlFragment('body');
  insertRich(fragment, 0, rich);
  return fragment;
};

describe('rich text in a fragment', () => {
  it('is read as it was built, in canonical form', () => {
    fc.assert(
      fc.property(richText, (rich) => {
        const fragment = inDoc(rich);
        expect(canonicalRich(readRich(fragment))).toEqual(canonicalRich(rich));
        expect(isKnown(fragment)).toBe(true);
      }),
    );
  });

  it('reads the same on another device, whatever is in it, and nothing in it is lost', () => {
    fc.assert(
      fc.property(
        richText,
        fc.array(fc.tuple(strangeChild, fc.nat(4)), { minLength: 1, maxLength: 4 }),
        (rich, list) => {
          const doc = createDoc(1);
          const fragment = doc.getXmlFragment('body');
          insertRich(fragment, 0, rich);
          for (const [make, at] of list) fragment.insert(Math.min(at, fragment.length), [make()]);
          const other = createDoc(2);
          send(doc, other);
          const read = readRich(other.getXmlFragment('body'));
          expect(read).toEqual(readRich(fragment));
          expect(canonicalRich(canonicalRich(read))).toEqual(canonicalRich(read));
          expect(isKnownRich(read)).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('an empty paragraph', () => {
  it('has a text already, which people who begin there apart have in common', () => {
    const fragment = inDoc([{ type: 'paragraph', content: [] }]);
    expect((fragment.get(0) as Y.XmlElement).get(0)).toBeInstanceOf(Y.XmlText);
  });
});

describe('what is not of the schema', () => {
  it('is not a format that an editor has just written, whose attributes have no prototype', () => {
    const fragment = inDoc(paragraph(text('we agree')));
    const words = (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;
    const attributes = Object.assign(Object.create(null) as object, { href: 'https://example.org/' });
    words.format(0, 2, { strong: Object.create(null) as object, link: attributes });
    expect(isKnown(fragment)).toBe(true);
  });

  const read = (child: Y.XmlElement | Y.XmlText): RichText => {
    const fragment = createDoc(1).getXmlFragment('body');
    fragment.insert(0, [child]);
    return readRich(fragment);
  };

  it('is kept with its words and what it carries', () => {
    const table = element('table', { rows: 2 }, [element('cell', {}, [new Y.XmlText('tents')])]);
    expect(read(table)).toEqual([
      {
        type: 'unknown',
        name: 'table',
        attributes: [{ name: 'rows', value: '2' }],
        content: [{ type: 'unknown', name: 'cell', attributes: [], content: [text('tents')] }],
      },
    ]);
  });

  it('is a mark of another name, or one that carries more', () => {
    const link = { link: { href: 'https://a.example', title: 'x' } };
    expect(read(element('paragraph', {}, [formatted(link)]))).toEqual([
      {
        type: 'paragraph',
        content: [
          {
            type: 'text',
            text: 'strange',
            marks: [{ type: 'unknown', name: 'link', value: '{"href":"https://a.example","title":"x"}' }],
          },
        ],
      },
    ]);
  });

  it('is what stands where it may not', () => {
    for (const child of [
      new Y.XmlText('loose'),
      element('list_item', {}, []),
      element('paragraph', {}, [element('paragraph', {}, [])]),
      element('bullet_list', {}, [element('paragraph', {}, [])]),
      element('heading', { level: 5 }, []),
      element('heading', { level: '2' }, []),
    ])
      expect(isKnownRich(read(child))).toBe(false);
  });

  it('is a value that no fragment holds', () => {
    const doc = createDoc(1);
    doc.getMap('map').set('body', new Y.XmlFragment());
    const array = createDoc(2);
    array.getArray<unknown>('body').insert(0, [1, 'two', new Y.Map(), new Y.Array(), new Uint8Array(2), new Y.Doc()]);
    const other = createDoc(3);
    send(array, other);
    const found = readRich(other.getXmlFragment('body'));
    expect(found).toHaveLength(6);
    expect(isKnownRich(found)).toBe(false);
  });

  it('is read without a stack that overflows, and told beyond the bounds', () => {
    let deepest = element('paragraph', {}, [new Y.XmlText('bottom')]);
    for (let level = 0; level < 500; level++) deepest = element('blockquote', {}, [deepest]);
    const found = read(deepest);
    expect(JSON.stringify(found)).toContain('#more');
    expect(wordsOf(found)).toBe('');
    const many = createDoc(1).getXmlFragment('body');
    many.insert(
      0,
      Array.from({ length: 21_000 }, () => new Y.XmlElement('paragraph')),
    );
    expect(readRich(many)).toHaveLength(20_001);
    expect(isKnown(many)).toBe(false);
  });
});

describe('the canonical form', () => {
  it('is its own canonical form', () => {
    fc.assert(
      fc.property(richText, (rich) => {
        const canonical = canonicalRich(rich);
        expect(canonicalRich(canonical)).toEqual(canonical);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the pieces in which Yjs holds a text', () => {
    const doc = createDoc(1);
    const fragment = doc.getXmlFragment('body');
    const paragraphElement = element('paragraph', {}, [new Y.XmlText('we ag'), new Y.XmlText('ree')]);
    fragment.insert(0, [paragraphElement]);
    const first = paragraphElement.get(0);
    if (!(first instanceof Y.XmlText)) throw new Error('no text');
    first.format(0, 2, { strong: {} });
    first.format(0, 2, { strong: null });
    expect(canonicalRich(readRich(fragment))).toEqual(paragraph(text('we agree')));
  });

  it('joins runs that nothing visible parts, and what composes then', () => {
    const rich = paragraph(text('e', 'em', 'strong'), text('\u200B'), text('\u0301', 'strong', 'em'), text(' '));
    expect(canonicalRich(rich)).toEqual(paragraph(text('\u00E9', 'strong', 'em')));
  });

  it('has no blanks at the ends of lines, no empty blocks, and line ends as breaks', () => {
    const rich: RichText = [
      ...paragraph(text(' ')),
      ...paragraph(text('  one ', 'em'), text(' \n'), text('two\n\n')),
      { type: 'bullet_list', content: [{ type: 'list_item', content: paragraph(text('\u200B')) }] },
      { type: 'blockquote', content: [] },
    ];
    expect(canonicalRich(rich)).toEqual([
      { type: 'paragraph', content: [text('one', 'em'), { type: 'hard_break' }, text('two')] },
    ]);
  });

  it('keeps every word', () => {
    fc.assert(
      fc.property(richText, (rich) => {
        const letters = (parts: RichText): string =>
          wordsOf(parts)
            .normalize('NFD')
            .replace(/[^A-Za-z0-9\u0621-\u064A]/g, '');
        expect(letters(canonicalRich(rich))).toBe(letters(rich));
      }),
    );
  });
});

describe('as JSON', () => {
  it('rich text is read back as it was', () => {
    fc.assert(
      fc.property(richText, (rich) => {
        expect(parseRich(JSON.parse(JSON.stringify(rich)))).toEqual(rich);
      }),
    );
  });

  it.each([
    ['no list', {}],
    ['an unknown part', [{ type: 'unknown', name: 'table', attributes: [], content: [] }]],
    ['an item outside a list', [{ type: 'list_item', content: [] }]],
    ['a text outside a block', [text('loose')]],
    [
      'a link that runs',
      [{ type: 'paragraph', content: [{ ...text('x'), marks: [{ type: 'link', href: 'javascript:x' }] }] }],
    ],
    ['a heading of another level', [{ type: 'heading', level: 1, content: [] }]],
    ['a name that objects have', [{ type: 'constructor', content: [] }]],
  ])('refuses %s', (_, value) => {
    expect(parseRich(value)).toBeNull();
  });
});

describe('a link', () => {
  it.each([
    'https://example.org',
    'http://example.org:8080/a?b=c#d',
    'mailto:a.b@example.org',
    'https://مثال.example/ع',
  ])('may lead to %s', (href) => {
    expect(parseHref(href)).toBe(href);
  });

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,x',
    ' https://example.org',
    'https://bank.example@evil.example/',
    'https:///example.org',
    'https://example.org/\u202Egpj.exe',
    'https://example.org/a b',
    'https://example.org/"onload=',
    'https:\\\\example.org',
    'mailto:a@example.org?bcc=b@example.org',
    'mailto:a',
    '//example.org',
    'file:///etc/passwd',
    `https://example.org/${'x'.repeat(2000)}`,
    7,
  ])('may not lead to %s', (href) => {
    expect(parseHref(href)).toBeNull();
  });

  it('is understood as people type it', () => {
    expect(hrefOf(' HTTPS://example.org/A ')).toBe('https://example.org/A');
    expect(hrefOf('example.org/x')).toBe('https://example.org/x');
    expect(hrefOf('a@example.org')).toBe('mailto:a@example.org');
    expect(hrefOf('javascript:alert(1)')).toBeNull();
  });
});

describe('pasted plain text', () => {
  it('is parted by empty lines where there are any, else by lines', () => {
    expect(paragraphsOf('one\r\ntwo')).toEqual([...paragraph(text('one')), ...paragraph(text('two'))]);
    expect(paragraphsOf('\none\ntwo\n \n\nthree\n')).toEqual([
      { type: 'paragraph', content: [text('one'), { type: 'hard_break' }, text('two')] },
      ...paragraph(text('three')),
    ]);
    expect(paragraphsOf('  ')).toEqual([]);
  });
});

describe('as plain text', () => {
  it('has a sign before items, and an empty line between blocks', () => {
    const item = (...content: RichText) => ({ type: 'list_item', content }) as const;
    const rich: RichText = [
      ...paragraph(text('First ', 'strong'), text('this')),
      {
        type: 'ordered_list',
        content: [
          item(...paragraph(text('one'))),
          item(...paragraph(text('two')), { type: 'bullet_list', content: [item(...paragraph(text('deep')))] }),
        ],
      },
    ];
    expect(plainRich(rich)).toBe('First this\n\n1. one\n2. two\n   • deep');
  });
});

describe('a fragment for a new part', () => {
  it('holds one text for each stretch, as an editor writes it', () => {
    const doc = createDoc(1);
    doc.getMap('m').set('body', newFragment(paragraph(text('a', 'strong'), text('b'))));
    const fragment = doc.getMap('m').get('body');
    expect(String(fragment)).toBe('<paragraph><strong>a</strong>b</paragraph>');
  });
});
