import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { absoluteCaret, createSplice, relativeCaret, replaceText } from '../../../../src/documents/text/index.ts';
import { createDoc, meet, send } from '../worlds.ts';

const ME = Symbol('me');
const textIn = (doc: Y.Doc): Y.Text => doc.getText('text');
const textWith = (words: string): Y.Text => {
  const text = textIn(createDoc(1));
  text.insert(0, words);
  return text;
};
const seen = fc.array(fc.constantFrom('a', 'b', ' ', '😀', '😁', 'م', '\n')).map((parts) => parts.join(''));

describe('what a person did in a text field', () => {
  it('becomes one splice between the two texts, and never cuts a pair', () => {
    fc.assert(
      fc.property(seen, seen, fc.option(fc.nat(20)), (before, after, caret) => {
        const { at, removed, inserted } = createSplice(before, after, caret);
        expect(before.slice(0, at) + inserted + before.slice(at + removed)).toBe(after);
        for (const part of [inserted, before.slice(at, at + removed)]) expect(part).not.toMatch(/[\uD800-\uDFFF]/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('is no longer than it must be', () => {
    expect(createSplice('one two three', 'one 2 three', null)).toEqual({ at: 4, removed: 3, inserted: '2' });
    expect(createSplice('same', 'same', 2)).toMatchObject({ removed: 0, inserted: '' });
  });

  it('is where the caret is, if several places would do', () => {
    expect(createSplice('aaaa', 'aaaaa', 2)).toEqual({ at: 1, removed: 0, inserted: 'a' });
    expect(createSplice('aaaa', 'aaa', 1)).toEqual({ at: 1, removed: 1, inserted: '' });
    expect(createSplice('ab ab', 'ab ab ab', 6)).toEqual({ at: 3, removed: 0, inserted: 'ab ' });
  });

  it('takes an emoji that becomes another as a whole', () => {
    expect(createSplice('x😀y', 'x😁y', 3)).toEqual({ at: 1, removed: 2, inserted: '😁' });
  });

  it('is one transaction of its origin, or none', () => {
    const text = textWith('one');
    const origins: unknown[] = [];
    text.doc?.on('afterTransaction', (transaction: Y.Transaction) => origins.push(transaction.origin));
    replaceText(text, ME, 'one', 'on two', 6);
    replaceText(text, ME, 'on two', 'on two', 6);
    expect(text.toJSON()).toBe('on two');
    expect(origins).toEqual([ME]);
  });

  it('stores no lone surrogate', () => {
    const text = textWith('');
    replaceText(text, ME, '', 'a\uD83D', 2);
    expect(text.toJSON()).toBe('a\uFFFD');
  });

  it('gives the caret back where it belongs after the text moved on', () => {
    const text = textWith('hello world');
    text.insert(0, 'well, ');
    expect(replaceText(text, ME, 'hello world', 'hello, world', 6)).toBe('well, hello,'.length);
    expect(text.toJSON()).toBe('well, hello, world');
  });

  it('while others write, does the change where its words are now, and removes nothing that was not seen', () => {
    const text = textWith('one two three');
    text.insert('one '.length, 'NEW ');
    text.insert(text.length, ' END');
    // The person, still seeing the old text, replaced "one two" by "1".
    replaceText(text, ME, 'one two three', '1 three', 1);
    expect(text.toJSON()).toContain('NEW');
    expect(text.toJSON()).toContain('1');
    expect(text.toJSON()).toMatch(/three END$/);
    expect(text.toJSON()).not.toMatch(/one|two/);
  });

  it('never loses what others wrote meanwhile, nor what the person wrote', () => {
    const letters = (from: string) =>
      fc.array(fc.constantFrom(...from), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        letters('abc '),
        letters('XY'),
        fc.nat(8),
        letters('12'),
        fc.nat(8),
        fc.nat(4),
        (seenText, theirs, at, mine, from, gone) => {
          const text = textWith(seenText);
          text.insert(Math.min(at, seenText.length), theirs);
          const start = Math.min(from, seenText.length);
          const after = seenText.slice(0, start) + mine + seenText.slice(start + gone);
          replaceText(text, ME, seenText, after, start + mine.length);
          const now = text.toJSON();
          expect([...now].filter((c) => 'XY'.includes(c)).join('')).toBe(theirs);
          expect([...now].filter((c) => '12'.includes(c)).join('')).toBe(mine);
          expect([...now].filter((c) => 'abc '.includes(c)).join('')).toBe(after.replace(/[12]/g, ''));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('edits at the right place beside an embed that a stranger put in', () => {
    const text = textWith('one two');
    text.insertEmbed(3, { foreign: true });
    replaceText(text, ME, 'one two', 'one three', 9);
    expect(text.toJSON()).toBe('one three');
    expect(text.length).toBe('one three'.length + 1);
    expect(absoluteCaret(text, relativeCaret(text, 5))).toBe(5);
  });

  it('two who type apart in one text lose no letter and agree', () => {
    const edits = fc.array(fc.record({ at: fc.nat(30), text: fc.constantFrom('ab', '😀', 'م') }), { maxLength: 10 });
    fc.assert(
      fc.property(edits, edits, (byAlice, byBob) => {
        const [alice, bob] = [createDoc(1), createDoc(2)];
        for (const [doc, list] of [
          [alice, byAlice],
          [bob, byBob],
        ] as const) {
          for (const { at, text } of list) {
            const before = textIn(doc).toJSON();
            const points = [...before];
            const after = [...points.slice(0, at), text, ...points.slice(at)].join('');
            replaceText(textIn(doc), ME, before, after, null);
          }
        }
        meet(alice, bob);
        const merged = textIn(alice).toJSON();
        expect(textIn(bob).toJSON()).toBe(merged);
        const all = [...byAlice, ...byBob].map(({ text }) => text).join('');
        expect([...merged].sort()).toEqual([...all].sort());
      }),
    );
  });
});

describe('a caret', () => {
  it('stays with its words while others write before it', () => {
    const alice = createDoc(1);
    const bob = createDoc(2);
    textIn(alice).insert(0, 'hello world');
    send(alice, bob);
    const caret = relativeCaret(textIn(alice), 6);
    expect(caret.length).toBeLessThanOrEqual(18);
    textIn(bob).insert(0, 'well, ');
    expect(absoluteCaret(textIn(bob), caret)).toBe(12);
  });

  it('at the end stays at the end, and an index outside the text is its nearest end', () => {
    const text = textWith('one');
    const end = relativeCaret(text, 3);
    text.insert(3, ' two');
    expect(absoluteCaret(text, end)).toBe(7);
    expect(absoluteCaret(text, relativeCaret(text, 99))).toBe(7);
    expect(absoluteCaret(text, relativeCaret(text, -1))).toBe(0);
    expect(absoluteCaret(text, relativeCaret(text, Number.NaN))).toBe(0);
  });

  it('whose word was deleted is where the word was', () => {
    const text = textWith('one two');
    const caret = relativeCaret(text, 4);
    text.delete(0, 7);
    expect(absoluteCaret(text, caret)).toBe(0);
  });

  it('of another text, or of words that have not arrived, is none', () => {
    const text = textWith('one');
    const other = text.doc?.getText('other') ?? text;
    other.insert(0, 'two');
    expect(absoluteCaret(text, relativeCaret(other, 1))).toBeNull();
    const stranger = textIn(createDoc(9));
    stranger.insert(0, 'far');
    expect(absoluteCaret(text, relativeCaret(stranger, 1))).toBeNull();
  });

  it('from a stranger never throws and never leaves the text', () => {
    const text = textWith('one two');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
        const place = absoluteCaret(text, bytes);
        expect(place === null || (place >= 0 && place <= 7)).toBe(true);
      }),
    );
    const good = relativeCaret(text, 2);
    expect(absoluteCaret(text, Uint8Array.of(...good, 0))).toBeNull();
    expect(absoluteCaret(text, good.slice(0, -1))).toBeNull();
  });
});
