import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RULE } from '../../../../src/documents/agreement/rule.ts';
import { createWordValue, MOST, parseWord } from '../../../../src/documents/agreement/words.ts';
import type { ClauseId, RedLineId } from '../../../../src/documents/shape/ids.ts';
import type { GroupId, Word, WordId, WordKind } from '../../../../src/documents/agreement/words.ts';
import { Reader, Writer } from '../../../../src/lib/bytes.ts';
import { encodeWord } from '../../../../src/log/statements.ts';
import type { DocumentId } from '../../../../src/log/types.ts';
import { readValue, writeValue } from '../../../../src/log/value.ts';
import type { Value } from '../../../../src/log/value.ts';
import { value } from '../../../world.ts';

const DOCUMENT = 'cc'.repeat(16) as DocumentId;
const id = (n: number) => n.toString(16).padStart(2, '0').repeat(32) as WordId;
const group = (n: number) => n.toString(16).padStart(2, '0').repeat(16) as GroupId;
const clause = 'abcDEF_-0123456789abcd' as ClauseId;
const redLine = 'redline-0123456789abcd' as RedLineId;
const point = { item: { client: 2 ** 52, clock: 7 }, type: null, assoc: 0 };

const EXAMPLES: { readonly [K in WordKind]: Word & { readonly kind: K } } = {
  text: { kind: 'text', hash: 'ab'.repeat(32), part: 0, parts: 2, size: 9_000, bytes: new Uint8Array([1, 2, 3]) },
  proposal: {
    kind: 'proposal',
    texts: [
      { language: 'en', hash: 'ab'.repeat(32) },
      { language: 'ar', hash: 'cd'.repeat(32) },
    ],
    parties: [group(1), group(2)],
    left: [id(6)],
    rule: DEFAULT_RULE,
    change: 'major',
    amends: id(3),
    previous: null,
    round: 1,
    deadline: 29_000_000,
    emergency: false,
    dates: { effective: '2026-03-12', review: null, expiry: null },
    redLines: [{ id: redLine, holder: group(1), lift: 'holder' }],
  },
  position: {
    kind: 'position',
    proposal: id(1),
    hash: 'ab'.repeat(32),
    language: 'en',
    group: group(1),
    position: 'reservations',
    mandate: { how: 'assembly', when: '2026-03-07' },
    reason: 'Two weeks are short.',
    conditions: '',
    recorded: { way: 'phone', name: 'Hana' },
    replaces: [id(4)],
  },
  closing: { kind: 'closing', proposal: id(1), counted: [id(2), id(4)], emergency: false, replaces: id(9) },
  comment: {
    kind: 'comment',
    clause,
    part: 'body',
    anchor: { from: point, to: { item: null, type: { client: 4, clock: 0 }, assoc: -1 } },
    quote: 'within two weeks',
    text: 'من يقرر؟',
    answers: null,
    replaces: null,
  },
  suggestion: { kind: 'suggestion', clause, part: 'body', anchor: null, quote: 'two', text: 'three', note: '' },
  settled: { kind: 'settled', what: id(5), how: 'accepted' },
  endorsement: { kind: 'endorsement', proposal: id(1), group: null, text: '', withdrawn: false },
  leaving: { kind: 'leaving', proposal: id(1), group: group(2), reason: 'We dissolve.', effective: '2026-04-01' },
  superseded: { kind: 'superseded', proposal: id(1), by: DOCUMENT, reason: 'One text for all.' },
  lifted: { kind: 'lifted', proposal: id(1), redLine, reason: '' },
};
const KINDS = Object.keys(EXAMPLES) as readonly WordKind[];

const throughTheLog = (given: unknown): Value => {
  const to = new Writer();
  writeValue(to, given);
  return readValue(new Reader(to.finish()));
};
const valueOf = (kind: WordKind) => ({ ...(value(createWordValue(EXAMPLES[kind])) as Record<string, Value>) });

describe('a word about an agreement', () => {
  it.each(KINDS)('of kind %s stands in WORDS.md with every field', (kind) => {
    const listed = readFileSync(join(import.meta.dirname, '../../../../src/documents/agreement/WORDS.md'), 'utf8');
    const rows = listed.split('\n').filter((line) => line.startsWith(`| ${kind} `));
    const parts = listed.split(/\n(?=\*\*|## |A \*\*)/).filter((part) => part.split('\n')[0]?.includes(`**${kind}**`));
    const words = [...rows, ...parts].join('\n');
    const missing = Object.keys(valueOf(kind)).filter((field) => !words.includes(`\`${field}\``));
    expect(missing).toEqual([]);
  });

  it.each(KINDS)('of kind %s is read as it was written, after its way through the log', (kind) => {
    const written = value(createWordValue(EXAMPLES[kind]));
    encodeWord(DOCUMENT, kind, written);
    expect(parseWord(kind, throughTheLog(written))).toEqual(EXAMPLES[kind]);
  });

  it.each(KINDS)('of kind %s keeps out what a newer version added', (kind) => {
    expect(parseWord(kind, { ...valueOf(kind), later: 'more', __proto__: { kind: 'x' } })).toEqual(EXAMPLES[kind]);
  });

  it.each(KINDS)('of kind %s is not read without any one of its fields', (kind) => {
    for (const key of Object.keys(valueOf(kind))) {
      const rest = valueOf(kind);
      delete rest[key];
      expect([key, parseWord(kind, rest)]).toEqual([key, null]);
    }
  });

  it('of an unknown kind is nothing', () => {
    expect(parseWord('constructor', {})).toBeNull();
    expect(parseWord('vote', {})).toBeNull();
  });

  it.each<[string, WordKind, Record<string, unknown>]>([
    ['a text that is not canonical', 'comment', { text: 'pay \u202E001' }],
    ['a text over its room', 'comment', { text: 'a'.repeat(MOST.comment + 1) }],
    ['a text whose bytes are over its room', 'comment', { text: 'ش'.repeat(MOST.comment / 2 + 1) }],
    ['an id of another length', 'settled', { what: new Uint8Array(16) }],
    ['an id as text', 'settled', { what: 'ab'.repeat(32) }],
    ['a language that is not in its canonical form', 'position', { language: 'EN' }],
    ['a position of another method', 'position', { position: 'veto' }],
    ['a day that is none', 'leaving', { effective: '2026-02-30' }],
    ['a party twice', 'proposal', { parties: [new Uint8Array(16), new Uint8Array(16)] }],
    ['no party', 'proposal', { parties: [] }],
    ['a list that is none', 'closing', { counted: { length: 0 } }],
    ['a broken number', 'text', { part: 0.5 }],
    ['an anchor that sticks to no side', 'suggestion', { anchor: { from: point, to: { ...point, assoc: 1 } } }],
  ])('is not read with %s', (_, kind, change) => {
    expect(parseWord(kind, { ...valueOf(kind), ...change })).toBeNull();
  });

  it('is written with its texts canonical', () => {
    const word = { ...EXAMPLES.comment, text: 'pay\u202E 001\r\n' };
    expect(value(createWordValue(word))).toMatchObject({ text: 'pay 001' });
  });

  it('says by how many bytes which texts are too long', () => {
    const reason = 'ش'.repeat(MOST.reason / 2 + 3);
    const word = { ...EXAMPLES.position, reason, mandate: { how: 'a'.repeat(MOST.mandate + 1), when: null } };
    expect(createWordValue(word)).toEqual({
      ok: false,
      error: [
        { type: 'TooLong', field: 'mandate.how', over: 1 },
        { type: 'TooLong', field: 'reason', over: 6 },
      ],
    });
  });

  it('says by how many bytes the whole is too long, to the byte that the log counts', () => {
    const parties = Array.from({ length: 200 }, (_, n) => group(n));
    const left = Array.from({ length: 50 }, (_, n) => id(n));
    const redLines = Array.from({ length: 100 }, (_, n) => ({
      id: `red-line-${100 + n}`.padEnd(40, 'x') as RedLineId,
      holder: group(1),
      lift: 'every-party' as const,
    }));
    const proposal = (count: number) => ({ ...EXAMPLES.proposal, left, redLines, parties: parties.slice(0, count) });
    const overs = Array.from({ length: 200 }, (_, n) => createWordValue(proposal(n + 1))).map((made) =>
      made.ok ? 0 : (made.error[0]?.over ?? 0),
    );
    const first = overs.findIndex((over) => over > 0);
    expect(first).toBeGreaterThan(0);
    // a group is 18 bytes, and the last that fits leaves as much room as the next lacks
    const fits = encodeWord(DOCUMENT, 'proposal', value(createWordValue(proposal(first)))).length;
    expect(14_000 - fits).toBe(18 - (overs[first] ?? 0));
    expect(overs[first + 1]).toBe((overs[first] ?? 0) + 18);
  });

  it('whose every text is as long as it may be still fits, but for a proposal and a closing', () => {
    const full: readonly Word[] = [
      { ...EXAMPLES.comment, text: 'a'.repeat(MOST.comment), quote: 'a'.repeat(MOST.quote) },
      {
        ...EXAMPLES.suggestion,
        text: 'a'.repeat(MOST.suggestion),
        note: 'a'.repeat(MOST.note),
        quote: 'a'.repeat(MOST.quote),
      },
      {
        ...EXAMPLES.position,
        reason: 'a'.repeat(MOST.reason),
        conditions: 'a'.repeat(MOST.conditions),
        mandate: { how: 'a'.repeat(MOST.mandate), when: null },
        recorded: { way: 'paper', name: 'a'.repeat(MOST.name) },
        replaces: Array.from({ length: 20 }, (_, n) => id(n)),
      },
      { ...EXAMPLES.text, bytes: new Uint8Array(13_600) },
      { ...EXAMPLES.closing, counted: Array.from({ length: 256 }, (_, n) => id(n)) },
    ];
    for (const word of full)
      expect(encodeWord(DOCUMENT, word.kind, value(createWordValue(word))).length).toBeLessThan(14_001);
  });

  it('never makes reading throw, whatever it holds, and what is read is written the same again', () => {
    const strange = fc.oneof(
      fc.anything({ withTypedArray: true, withNullPrototype: true, withDate: true, withMap: true, maxDepth: 2 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.constantFrom('en', 'agree', -0, 2 ** 53, 'a'.repeat(20_000), '\uD800', null),
    );
    let readable = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.nat(20),
        strange,
        fc.nat(20),
        strange,
        (kind, first, one, second, two) => {
          const given = valueOf(kind) as Record<string, unknown>;
          const keys = Object.keys(given);
          given[keys[first % keys.length] ?? ''] = one;
          given[keys[second % keys.length] ?? ''] = two;
          const word = parseWord(kind, given);
          parseWord(kind, one);
          if (word === null) return;
          readable += 1;
          const written = value(createWordValue(word));
          expect(parseWord(kind, throughTheLog(written))).toEqual(word);
        },
      ),
      { numRuns: 2_000, verbose: 1 },
    );
    expect(readable).toBeGreaterThan(20);
  });
});
