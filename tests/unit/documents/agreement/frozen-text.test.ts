import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  addClause,
  addRedLine,
  agreementMarkdown,
  agreementTextOf,
  clauseBodyOf,
  decodeAgreementText,
  encodeAgreementText,
  freeze,
  numberClauses,
  removeClause,
  setAuthoritative,
  setDate,
  setParty,
} from '../../../../src/documents/agreement/index.ts';
import type { AgreementText, AgreementWords, LocalClause } from '../../../../src/documents/agreement/index.ts';
import { insertRich, paragraphsOf } from '../../../../src/documents/rich-text/index.ts';
import type { RichText } from '../../../../src/documents/rich-text/index.ts';
import {
  createTranslation,
  readTranslation,
  unitBodyOf,
  unitTextOf,
} from '../../../../src/documents/translation/index.ts';
import { richText } from '../rich-text/arbitrary.ts';
import { ALICE, createDoc, send } from '../worlds.ts';
import { addClauses, clauseId, createPeople, HARBOUR, localClause, MARKET, redLineId, RIVER, view } from './worlds.ts';

const frozen = (doc: Y.Doc, locals: readonly LocalClause[] = []): AgreementText => {
  const made = freeze(view(doc), locals);
  if (!made.ok) throw new Error(made.error.type);
  return made.value;
};
const decoded = (bytes: Uint8Array) => {
  const read = decodeAgreementText(bytes);
  return read.ok ? read.value : read.error.type;
};
const json = (text: AgreementText): string => new TextDecoder().decode(encodeAgreementText(text));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const charter = (): Y.Doc => {
  const [doc] = createPeople(2);
  agreementTextOf(doc, { agreement: 'purpose' })?.insert(0, 'Look  after the water. \n');
  addClauses(doc, 'Who we are', 'How we decide', 'Money');
  addRedLine(doc, ALICE, {
    id: redLineId(1),
    texts: { statement: 'No names.', trigger: 'A list', consequence: 'We leave' },
  });
  setDate(doc, ALICE, 'review', '2031-03-01');
  setAuthoritative(doc, ALICE, 'ar', true);
  return doc;
};

describe('clauses and their numbers', () => {
  it('have those of groups after the common ones that they name, by group and document', () => {
    const doc = charter();
    const locals = [
      localClause(4, RIVER, { after: clauseId(2) }),
      localClause(3, HARBOUR, { after: clauseId(2) }),
      localClause(2, HARBOUR, { after: clauseId(2) }),
      localClause(1, HARBOUR),
      localClause(9, HARBOUR, { after: clauseId(77) }),
      localClause(5, MARKET, { after: clauseId(2) }),
    ];
    const shown = (list: readonly LocalClause[]): readonly string[] =>
      numberClauses(view(doc), list).map(
        (one) => `${one.number} ${one.type === 'common' ? one.clause.heading : one.local.view.heading}`,
      );
    expect(shown(locals)).toEqual([
      '0.1 local 1',
      '1 Who we are',
      '2 How we decide',
      '2.1 local 2',
      '2.2 local 3',
      '2.3 local 4',
      '3 Money',
      '3.1 local 9',
    ]);
    expect(shown([...locals].reverse())).toEqual(shown(locals));
    removeClause(doc, ALICE, clauseId(2));
    expect(shown(locals).slice(1, 6)).toEqual(['1 Who we are', '1.1 local 2', '1.2 local 3', '1.3 local 4', '2 Money']);
    setParty(doc, ALICE, HARBOUR, false);
    expect(shown(locals)).toEqual(['1 Who we are', '1.1 local 4', '2 Money']);
  });
});

describe('a frozen text', () => {
  it('holds what binds, in canonical form', () => {
    const doc = charter();
    addClause(doc, ALICE, { id: clauseId(9), heading: ' ', body: paragraphsOf('\u200B') });
    const local = localClause(7, RIVER, { after: clauseId(3), heading: 'Our\nboats', body: paragraphsOf('By night.') });
    expect(frozen(doc, [local])).toMatchObject({
      template: 'charter',
      language: 'en',
      languages: ['en', 'ar'],
      title: 'Charter of the harbour',
      fields: [{ name: 'purpose', text: 'Look  after the water.' }],
      clauses: [
        { id: clauseId(1), number: '1', group: null, heading: 'Who we are' },
        { id: clauseId(2), number: '2', group: null },
        { id: clauseId(3), number: '3', group: null },
        { id: local.id, number: '3.1', group: RIVER, heading: 'Our boats', body: paragraphsOf('By night.') },
      ],
      redLines: [{ statement: 'No names.', holder: null, lift: 'holder' }],
      parties: [HARBOUR, RIVER],
      dates: { effective: null, review: '2031-03-01', expiry: null },
    });
  });

  it('has these bytes', () => {
    const [doc] = createPeople(2);
    addClause(doc, ALICE, {
      id: clauseId(1),
      heading: 'Water',
      body: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'See ', marks: [] },
            { type: 'text', text: 'this', marks: [{ type: 'em' }, { type: 'link', href: 'https://example.org/' }] },
          ],
        },
      ],
    });
    expect(json(frozen(doc))).toBe(
      '{"format":"weft agreement text 1","template":"charter","language":"en","languages":["en"],' +
        '"title":"Charter of the harbour","fields":[],"clauses":[{"id":"AQEBAQEBAQEBAQEBAQEBAQ","number":"1",' +
        '"group":null,"heading":"Water","body":[{"type":"paragraph","content":[{"type":"text","text":"See ","marks":[]},' +
        '{"type":"text","text":"this","marks":[{"type":"link","href":"https://example.org/"},{"type":"em"}]}]}]}],' +
        '"redLines":[],"parties":["11111111111111111111111111111111","22222222222222222222222222222222"],' +
        '"rule":{"method":"consent","threshold":{"parts":2,"of":3},"share":"answers","mostStandAsides":null,"quorum":0,' +
        '"standing":"parties","emergency":{"allowed":false,"groups":0,"hours":0,"reviewDays":0}},' +
        '"dates":{"effective":null,"review":null,"expiry":null}}',
    );
  });

  it('is read back from its bytes as it was', () => {
    fc.assert(
      fc.property(
        fc.array(richText, { minLength: 1, maxLength: 3 }),
        fc.string({ unit: 'grapheme' }),
        (bodies, purpose) => {
          const [doc] = createPeople(2);
          agreementTextOf(doc, { agreement: 'purpose' })?.insert(0, purpose);
          bodies.forEach((body, at) => addClause(doc, ALICE, { id: clauseId(at + 1), heading: 'One', body }));
          const text = frozen(doc);
          expect(decoded(encodeAgreementText(text))).toEqual(text);
        },
      ),
    );
  });

  it('is the same on every device that has the same', () => {
    const alice = charter();
    const bob = createDoc(9);
    send(alice, bob);
    insertRich(clauseBodyOf(bob, clauseId(1)) as Y.XmlFragment, 0, paragraphsOf('Typed by Bob.'));
    insertRich(clauseBodyOf(alice, clauseId(1)) as Y.XmlFragment, 0, paragraphsOf('Typed by Alice.'));
    const locals = [localClause(1, RIVER), localClause(2, HARBOUR, { after: clauseId(1) })];
    send(alice, bob);
    send(bob, alice);
    expect(encodeAgreementText(frozen(bob, locals))).toEqual(encodeAgreementText(frozen(alice, [...locals].reverse())));
  });

  it('does not change with what is no part of its meaning', () => {
    const doc = charter();
    const before = encodeAgreementText(frozen(doc));
    agreementTextOf(doc, { agreement: 'title' })?.insert(0, '\u2067 ');
    insertRich(clauseBodyOf(doc, clauseId(1)) as Y.XmlFragment, 0, [{ type: 'paragraph', content: [] }]);
    addClause(doc, ALICE, { id: clauseId(8), before: clauseId(1) });
    expect(encodeAgreementText(frozen(doc))).toEqual(before);
  });

  it('is refused without a title, a clause or a party', () => {
    const doc = charter();
    for (const n of [1, 2, 3]) removeClause(doc, ALICE, clauseId(n));
    expect(freeze(view(doc), [])).toEqual({ ok: false, error: { type: 'NoClauses' } });
    addClauses(doc);
    const [other] = createPeople(2);
    addClauses(other, 'a');
    setParty(other, ALICE, HARBOUR, false);
    setParty(other, ALICE, RIVER, false);
    expect(freeze(view(other), [])).toEqual({ ok: false, error: { type: 'NoParties' } });
    agreementTextOf(other, { agreement: 'title' })?.delete(0, 22);
    expect(freeze(view(other), [])).toEqual({ ok: false, error: { type: 'NoTitle' } });
  });

  it('is refused where somebody’s newer Weft has written what is not read here', () => {
    const doc = charter();
    clauseBodyOf(doc, clauseId(2))?.insert(0, [new Y.XmlElement('table')]);
    expect(freeze(view(doc), [])).toEqual({ ok: false, error: { type: 'Unknown', units: [{ clause: clauseId(2) }] } });
  });
});

describe('the bytes of a frozen text', () => {
  const text = json(frozen(charter()));

  it.each([
    ['a blank', text.replace('{', '{ ')],
    ['a byte after the end', `${text}\n`],
    ['a byte order mark', `\uFEFF${text}`],
    ['another order of keys', text.replace(/("template":"charter"),("language":"en")/, '$2,$1')],
    ['a key too many', text.replace('"parties"', '"more":1,"parties"')],
    ['a key twice', text.replace('"title"', '"title":"x","title"')],
    ['a letter as an escape', text.replace('Money', '\\u004doney')],
    ['a hidden letter', text.replace('Money', 'Mo\u202Eney')],
    ['a blank at the end of a text', text.replace('the water.', 'the water. ')],
    ['a number as another', text.replace('"quorum":0', '"quorum":0.0')],
    ['marks in another order', text.replace('"marks":[]', '"marks":[{"type":"em"},{"type":"strong"}]')],
    ['an empty paragraph', text.replace('"body":[', '"body":[{"type":"paragraph","content":[]},')],
  ])('are refused with %s, as not canonical or not JSON', (_, changed) => {
    expect(changed).not.toBe(text);
    expect(['NotCanonical', 'NotJson']).toContain(decoded(bytes(changed)));
  });

  it.each([
    ['another format', text.replace('text 1', 'text 2')],
    ['an unknown template', text.replace('"charter"', '"party"')],
    ['a number that does not follow', text.replace('"number":"2"', '"number":"3"')],
    ['a clause twice', text.replace(clauseId(2), clauseId(1))],
    ['parties out of order', text.replace(HARBOUR, 'f'.repeat(32))],
    ['no parties', text.replace(`"${HARBOUR}","${RIVER}"`, '')],
    ['a rule that is none', text.replace('"consent"', '"lot"')],
    ['a day that is none', text.replace('2031-03-01', '2031-02-30')],
    ['a language twice', text.replace('["en","ar"]', '["en","en"]')],
    ['a table', text.replace('"type":"paragraph"', '"type":"table"')],
    ['a link that runs', text.replace('"marks":[]', '"marks":[{"type":"link","href":"javascript:x"}]')],
    ['a group that is none', text.replace('"group":null', '"group":"River"')],
    ['nothing', 'null'],
    ['a list', '[]'],
  ])('are refused with %s', (_, changed) => {
    expect(changed).not.toBe(text);
    expect(decoded(bytes(changed))).toBe('NotAgreementText');
  });

  it('are refused if they are no JSON, no UTF-8, too deep or too long', () => {
    expect(decoded(bytes('{'))).toBe('NotJson');
    expect(decoded(new Uint8Array([0x22, 0xff, 0x22]))).toBe('NotJson');
    expect(decoded(bytes('['.repeat(500_000)))).toBe('NotJson');
    expect(decoded(bytes('['.repeat(500_000) + ']'.repeat(500_000)))).toMatch(/^Not(Json|AgreementText)$/);
    expect(decoded(new Uint8Array(2_000_001))).toBe('TooLong');
  });

  it('never decode to what encodes otherwise, whatever single byte is altered', () => {
    const original = bytes(text);
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = original.slice();
        altered[at] = (altered[at] ?? 0) ^ change;
        const read = decodeAgreementText(altered);
        if (read.ok) expect(encodeAgreementText(read.value)).toEqual(altered);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a frozen translation', () => {
  const translate = (complete: boolean) => {
    const doc = createDoc(50);
    createTranslation(doc, ALICE, 'ar');
    unitTextOf(doc, { text: 'title' }, 'text')?.insert(0, 'ميثاق الميناء');
    unitTextOf(doc, { text: 'purpose' }, 'text')?.insert(0, 'رعاية الماء');
    unitTextOf(doc, { text: 'scope' }, 'text')?.insert(0, 'لا أصل له');
    for (const n of [1, 2, 3]) {
      unitTextOf(doc, { clause: clauseId(n) }, 'heading')?.insert(0, `بند ${n}`);
      const body = unitBodyOf(doc, { clause: clauseId(n) });
      if (body !== null && (complete || n !== 2)) insertRich(body, 0, paragraphsOf(`نص ${n}`));
    }
    for (const field of ['statement', 'trigger', 'consequence'] as const)
      unitTextOf(doc, { redLine: redLineId(1) }, field)?.insert(0, field);
    const state = readTranslation(doc);
    if (state.type !== 'ready') throw new Error(state.type);
    return state.translation;
  };

  it('says in its language what the source says, and nothing else', () => {
    const source = frozen(charter());
    const made = freeze(view(charter()), [], translate(true));
    if (!made.ok) throw new Error(made.error.type);
    expect(made.value).toMatchObject({ language: 'ar', languages: ['en', 'ar'], title: 'ميثاق الميناء' });
    expect(made.value.fields).toEqual([{ name: 'purpose', text: 'رعاية الماء' }]);
    expect(made.value.clauses.map(({ number, heading }) => `${number} ${heading}`)).toEqual([
      '1 بند 1',
      '2 بند 2',
      '3 بند 3',
    ]);
    const { rule, parties, dates } = made.value;
    expect({ rule, parties, dates }).toEqual({ rule: source.rule, parties: source.parties, dates: source.dates });
  });

  it('is refused while something is not translated, and says what', () => {
    expect(freeze(view(charter()), [], translate(false))).toEqual({
      ok: false,
      error: { type: 'Untranslated', units: [{ clause: clauseId(2) }] },
    });
  });
});

describe('as Markdown', () => {
  const words: AgreementWords = {
    field: (name) => `The ${name}`,
    group: (id) => (id === RIVER ? 'River *crew*' : 'Harbour'),
    local: (group) => `Only for ${group}`,
    parties: 'Parties:',
    redLines: 'Red lines',
    heldBy: 'Held by',
    heldByAll: 'all',
    trigger: 'When',
    consequence: 'Then',
    lifted: 'Lifted by',
    lifter: { holder: 'its holder', 'every-party': 'all', rule: 'the rule' },
    decision: 'How we decide',
    rule: ['1. By consent.'],
    dates: 'Dates',
    date: { effective: 'From', review: 'Review', expiry: 'Until' },
    day: (day) => day,
  };

  it('an agreement is whole, and in order', () => {
    const doc = charter();
    agreementTextOf(doc, { agreement: 'leaving' })?.insert(0, 'Say so.');
    const body: RichText = [{ type: 'heading', level: 2, content: [{ type: 'text', text: 'At night', marks: [] }] }];
    const local = localClause(7, RIVER, { after: clauseId(3), heading: 'Boats', body });
    expect(agreementMarkdown(frozen(doc, [local]), words)).toBe(`# Charter of the harbour

**Parties:** Harbour, River \\*crew\\*

## The purpose

Look  after the water.

## 1. Who we are

About Who we are.

## 2. How we decide

About How we decide.

## 3. Money

About Money.

## 3.1. Boats

*Only for River \\*crew\\**

### At night

## The leaving

Say so.

## Red lines

### No names.

- **Held by** all
- **When** A list
- **Then** We leave
- **Lifted by** its holder

## How we decide

- 1\\. By consent.

## Dates

- **Review** 2031-03-01
`);
  });
});
