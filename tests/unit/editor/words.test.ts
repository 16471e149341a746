/** Comments hold on to words in texts that no editor is open on; an editor reads the same words there. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initProseMirrorDoc } from 'y-prosemirror';
import * as Y from 'yjs';
import { insertRich } from '../../../src/documents/rich-text/index.ts';
import { createWordValue, parseWord } from '../../../src/documents/agreement/words.ts';
import { plainRange } from '../../../src/editor/quote.ts';
import { schema } from '../../../src/editor/schema.ts';
import { rangeOf } from '../../../src/editor/anchor.ts';
import { chooseWords, editorAnchor, findStretch, signAnchor, wordsIn } from '../../../src/editor/words.ts';
import { richText } from '../documents/rich-text/arbitrary.ts';

const paragraph = (text: string) => ({
  type: 'paragraph' as const,
  content: [{ type: 'text' as const, text, marks: [] }],
});

const fragmentOf = (...texts: readonly string[]): Y.XmlFragment => {
  const fragment = new Y.Doc().getXmlFragment('body');
  insertRich(fragment, 0, texts.map(paragraph));
  return fragment;
};

const textIn = (fragment: Y.XmlFragment, at = 0): Y.XmlText => {
  const block = fragment.get(at);
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error('no text there');
  return text;
};

const anchorTo = (fragment: Y.XmlFragment, words: string) => {
  const at = wordsIn(fragment).indexOf(words);
  const anchor = chooseWords(fragment, at, at + words.length)?.anchor ?? null;
  if (anchor === null) throw new Error(`no ${words}`);
  return anchor;
};

describe('words of a text', () => {
  test('are those that an editor reads, at the places where it has them', () => {
    fc.assert(
      fc.property(richText, fc.nat(), fc.nat(), (rich, a, b) => {
        const fragment = new Y.Doc().getXmlFragment('body');
        insertRich(fragment, 0, rich);
        const text = wordsIn(fragment);
        const { doc } = initProseMirrorDoc(fragment, schema);
        fc.pre(text.length > 1);
        const [start, end] = [a % text.length, b % (text.length + 1)];
        fc.pre(start < end && text.slice(start, end).trim() === text.slice(start, end));
        const anchor = chooseWords(fragment, start, end)?.anchor ?? null;
        expect(anchor).not.toBe(null);
        const range = anchor && rangeOf(fragment, editorAnchor(anchor));
        expect(range && plainRange(doc, range.from, range.to)).toBe(text.slice(start, end));
        expect(anchor && signAnchor(editorAnchor(anchor))).toEqual(anchor);
        expect(findStretch(fragment, anchor, text.slice(start, end)).type).toBe('there');
      }),
    );
  });

  test('are chosen without the blanks around them', () => {
    const fragment = fragmentOf('Anyone may call a halt.');
    const chosen = chooseWords(fragment, 'Anyone'.length, 'Anyone may '.length);
    expect(chosen?.quote).toBe('may');
    expect(chosen && findStretch(fragment, chosen.anchor, 'may').type).toBe('there');
    expect(chooseWords(fragment, 6, 7)).toBe(null);
  });

  test('are signed with an anchor that comes back as it was', () => {
    const fragment = fragmentOf('Anyone may call a halt.');
    const anchor = anchorTo(fragment, 'call a halt');
    const place = { clause: null, part: 'body', anchor, quote: 'call a halt' };
    const value = createWordValue({ kind: 'comment', ...place, text: 'How?', answers: null, replaces: null });
    expect(value.ok && parseWord('comment', value.value)).toMatchObject({ anchor });
  });
});

describe('quoted words', () => {
  test('are followed while others write before and after them', () => {
    const fragment = fragmentOf('We meet.', 'Anyone may call a halt.');
    const anchor = anchorTo(fragment, 'call a halt');
    textIn(fragment, 0).insert(0, 'Every week ');
    textIn(fragment, 1).insert('Anyone may call a halt'.length, ' at once');
    expect(findStretch(fragment, anchor, 'call a halt').type).toBe('there');
  });

  test('are changed where other words stand in their place', () => {
    const fragment = fragmentOf('Anyone may call a halt.');
    const anchor = anchorTo(fragment, 'call a halt');
    textIn(fragment).insert('Anyone may call '.length, 'for ');
    expect(findStretch(fragment, anchor, 'call a halt')).toMatchObject({ type: 'changed', words: 'call for a halt' });
  });

  test('are gone with what held them, and found again where one place alone says them', () => {
    const fragment = fragmentOf('Anyone may call a halt.', 'We go on later.');
    const anchor = anchorTo(fragment, 'call a halt');
    fragment.delete(0, 1);
    expect(findStretch(fragment, anchor, 'call a halt').type).toBe('gone');
    insertRich(fragment, 1, [paragraph('Each may call a halt.')]);
    expect(findStretch(fragment, anchor, 'call a halt').type).toBe('there');
    insertRich(fragment, 0, [paragraph('All may call a halt.')]);
    expect(findStretch(fragment, anchor, 'call a halt').type).toBe('gone');
  });
});
