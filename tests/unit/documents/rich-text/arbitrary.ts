/** Rich texts of our schema, and things that a stranger may put where one is expected. */
import fc from 'fast-check';
import * as Y from 'yjs';
import type { RichBlock, RichInline, RichItem, RichMark, RichText } from '../../../../src/documents/rich-text/index.ts';

const words = fc.oneof(
  fc.constantFrom(
    'we',
    ' agree ',
    '.',
    '*',
    'non\u200Bviolence',
    '\u200D',
    'e\u0301',
    '\u0301',
    ' ',
    '\n',
    '1. ',
    '- ',
    '#',
  ),
  fc.constantFrom('نتفق', '(b)', '\\', '[x](y)', '<b>', '&amp;', '_', '`', '!', '=', '+', '“', 'é', '😀', '\u00A0'),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
);

const mark: fc.Arbitrary<RichMark> = fc.constantFrom<RichMark[]>(
  { type: 'strong' },
  { type: 'em' },
  { type: 'link', href: 'https://example.org/a?b=1&copy=2' },
  { type: 'link', href: 'mailto:a@example.org' },
);

const marks = fc.uniqueArray(mark, { maxLength: 3, selector: ({ type }) => type });

const inline: fc.Arbitrary<RichInline> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('text' as const),
      text: fc.array(words, { minLength: 1, maxLength: 4 }).map((all) => all.join('')),
      marks,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'hard_break' as const }) },
);

const content = fc.array(inline, { maxLength: 5 });

const { block } = fc.letrec<{ block: RichBlock; item: RichItem }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small' },
    fc.record({ type: fc.constant('paragraph' as const), content }),
    fc.record({
      type: fc.constant('heading' as const),
      level: fc.constantFrom(2 as const, 3 as const, 4 as const),
      content,
    }),
    fc.record({
      type: fc.constantFrom('bullet_list' as const, 'ordered_list' as const),
      content: fc.array(tie('item'), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('blockquote' as const), content: fc.array(tie('block'), { maxLength: 2 }) }),
  ),
  item: fc.record({ type: fc.constant('list_item' as const), content: fc.array(tie('block'), { maxLength: 2 }) }),
}));

export const richText: fc.Arbitrary<RichText> = fc.array(block, { maxLength: 4 });

/** Types are made anew each time: one cannot be in two places. */
export const strangeChild: fc.Arbitrary<() => Y.XmlElement | Y.XmlText> = fc.constantFrom<
  (() => Y.XmlElement | Y.XmlText)[]
>(
  () => new Y.XmlText('loose'),
  () => element('paragraph', {}, [element('paragraph', {}, [new Y.XmlText('in one')])]),
  () => element('paragraph', {}, [formatted({ strong: 'yes' })]),
  () => element('paragraph', {}, [formatted({ link: { href: 'javascript:alert(1)' } })]),
  () => element('paragraph', {}, [formatted({ link: { href: 'https://a.example', title: 'x' } })]),
  () => element('paragraph', {}, [formatted({ colour: { deep: [{ er: 1 }] } })]),
  () => element('paragraph', {}, [embedded()]),
  () => element('paragraph', { align: 'right' }, [new Y.XmlText('right')]),
  () => element('heading', { level: '2' }, [new Y.XmlText('text for a level')]),
  () => element('heading', { level: 7 }, []),
  () => element('heading', {}, []),
  () => element('table', { rows: [1, new Uint8Array(3), 10n] }, [element('cell', {}, [new Y.XmlText('table')])]),
  () => element('list_item', {}, []),
  () => element('bullet_list', {}, [element('paragraph', {}, [new Y.XmlText('no item')])]),
  () => element('hard_break', {}, [new Y.XmlText('in a break')]),
  () => element('__proto__', { constructor: 'x' }, []),
  () => deep(120),
);

export const element = (
  name: string,
  attributes: Readonly<Record<string, unknown>>,
  children: readonly (Y.XmlElement | Y.XmlText)[],
): Y.XmlElement => {
  const made = new Y.XmlElement(name);
  // Yjs's types allow only strings, its documents any value.
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  made.insert(0, [...children]);
  return made;
};

export const formatted = (formats: Readonly<Record<string, unknown>>): Y.XmlText => {
  const text = new Y.XmlText();
  text.applyDelta([{ insert: 'strange', attributes: { ...formats } }]);
  return text;
};

const embedded = (): Y.XmlText => {
  const text = new Y.XmlText('ab');
  text.insertEmbed(1, { image: 'x' });
  return text;
};

const deep = (levels: number): Y.XmlElement => {
  let made = element('paragraph', {}, [new Y.XmlText('bottom')]);
  for (let level = 0; level < levels; level++) made = element('blockquote', {}, [made]);
  return made;
};
