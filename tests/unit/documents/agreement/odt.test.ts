import { describe, expect, it } from 'vitest';
import type { AgreementText, AgreementWords } from '../../../../src/documents/agreement/index.ts';
import { agreementOdt } from '../../../../src/documents/agreement/odt.ts';
import { DEFAULT_RULE } from '../../../../src/documents/agreement/rule.ts';

const words: AgreementWords = {
  field: (name) => name,
  group: (id) => (id === 'x' ? 'Dockers' : 'Farmers'),
  local: (group) => `Only for ${group}`,
  parties: 'Parties:',
  redLines: 'Red lines',
  heldBy: 'Held by:',
  heldByAll: 'all',
  trigger: 'When:',
  consequence: 'Then:',
  lifted: 'Lifted by:',
  lifter: { holder: 'its holder', 'every-party': 'every party', rule: 'the rule' },
  decision: 'How we decide',
  rule: ['Adopted if nobody objects.'],
  dates: 'Dates',
  date: { effective: 'From:', review: 'Looked at again:', expiry: 'Until:' },
  day: (day) => day,
};
const text = (language: string, more: Partial<AgreementText> = {}): AgreementText => ({
  template: 'charter',
  language,
  languages: ['en', 'ar'],
  title: 'Bread & <Roses>',
  fields: [{ name: 'purpose', text: 'We look\nafter each other.' }],
  clauses: [
    {
      id: 'one',
      number: '1',
      group: null,
      heading: 'Who "we" are',
      body: [
        {
          type: 'bullet_list',
          content: [
            {
              type: 'list_item',
              content: [
                {
                  type: 'paragraph',
                  content: [
                    { type: 'text', text: 'a  b', marks: [{ type: 'link', href: 'https://x.example/?a=1&b=2' }] },
                    { type: 'hard_break' },
                    { type: 'text', text: 'c\u0007', marks: [{ type: 'strong' }, { type: 'em' }] },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  redLines: [
    { id: 'r', statement: 'Nobody alone', trigger: 'An arrest', consequence: '', holder: null, lift: 'every-party' },
  ],
  parties: ['x', 'y'],
  rule: DEFAULT_RULE,
  dates: { effective: '2026-12-01', review: null, expiry: null },
  ...more,
});

/** Every element is closed by its own end, in order; gives all names. */
const elementsIn = (xml: string): readonly string[] => {
  const open: string[] = [];
  const names: string[] = [];
  for (const [, end = '', name = '', closed = ''] of xml.matchAll(/<(\/?)([a-z]+:[a-z-]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (end === '/') expect(open.pop()).toBe(name);
    else {
      names.push(name);
      if (closed !== '/') open.push(name);
    }
  }
  expect(open).toEqual([]);
  return names;
};

describe('an agreement as a flat OpenDocument file', () => {
  it('is well-formed whatever the texts hold, and keeps them', () => {
    const xml = agreementOdt([{ text: text('en'), words }], { title: 'Positions', rows: [['Group'], ['Do<ckers']] });
    expect(elementsIn(xml)).toContain('text:list-item');
    expect(xml).toContain('Bread &amp; &lt;Roses&gt;');
    expect(xml).toContain('a <text:s text:c="1"/>b');
    expect(xml).toContain('xlink:href="https://x.example/?a=1&amp;b=2"');
    expect(xml).toContain(
      '<text:span text:style-name="strong"><text:span text:style-name="em">c</text:span></text:span>',
    );
    expect(xml).toContain('Do&lt;ckers');
    expect(xml).not.toContain('\u0007');
  });

  it('sets right-to-left texts from right to left, and from their own side', () => {
    const xml = agreementOdt([{ text: text('ar'), words }]);
    expect(xml).toContain('text:style-name="Text-rtl"');
    expect(xml).not.toContain('text:style-name="Text-ltr"');
    expect(xml).toMatch(/style:name="Text-rtl"[^>]*><style:paragraph-properties fo:text-align="end"[^>]*rl-tb/);
  });

  it('stands two languages beside each other, part by part, though one lacks a part', () => {
    const xml = agreementOdt([
      { text: text('en'), words },
      { text: text('ar', { fields: [] }), words },
    ]);
    const names = elementsIn(xml);
    const rows = names.filter((name) => name === 'table:table-row').length;
    expect(names.filter((name) => name === 'table:table-cell')).toHaveLength(rows * 2);
    expect(xml).toContain('<text:p/>');
  });
});
