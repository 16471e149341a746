/** What may be bound is what y-prosemirror keeps, whole; and the schema is the frozen one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initProseMirrorDoc } from 'y-prosemirror';
import * as Y from 'yjs';
import { anchorOf, rangeOf } from '../../../src/editor/anchor.ts';
import { ELEMENTS, insertRich, MARKS } from '../../../src/documents/rich-text/index.ts';
import { isBindable } from '../../../src/editor/known.ts';
import { directionOf } from '../../../src/editor/page.ts';
import { schema } from '../../../src/editor/schema.ts';
import { richText, strangeChild } from '../documents/rich-text/arbitrary.ts';

const fragmentOf = (...parts: Parameters<typeof insertRich>[2][]): Y.XmlFragment => {
  const fragment = new Y.Doc().getXmlFragment('body');
  for (const part of parts) insertRich(fragment, fragment.length, part);
  return fragment;
};

const bytesOf = (fragment: Y.XmlFragment): string => Y.encodeStateAsUpdate(fragment.doc as Y.Doc).join();

describe('the editor’s schema', () => {
  test('has the elements and marks of the frozen one, with their attributes, and no other', () => {
    const own = ['doc', 'text'];
    const nodes = Object.values(schema.nodes).filter(({ name }) => !own.includes(name));
    expect(Object.fromEntries(nodes.map(({ name, spec }) => [name, Object.keys(spec.attrs ?? {})]))).toEqual(
      Object.fromEntries(Object.entries(ELEMENTS).map(([name, { attributes }]) => [name, attributes])),
    );
    const marks = Object.values(schema.marks).map(({ name, spec }) => [name, Object.keys(spec.attrs ?? {})] as const);
    expect(marks).toEqual(Object.entries(MARKS).map(([name, { attributes }]) => [name, attributes]));
  });
});

describe('a fragment that may be bound', () => {
  test('is any that this version wrote, and binding changes not a byte of it', () => {
    fc.assert(
      fc.property(richText, (rich) => {
        const fragment = fragmentOf(rich);
        expect(isBindable(fragment)).toBe(true);
        const before = bytesOf(fragment);
        initProseMirrorDoc(fragment, schema);
        expect(bytesOf(fragment)).toBe(before);
      }),
    );
  });

  test('is none that y-prosemirror would change', () => {
    fc.assert(
      fc.property(richText, fc.array(strangeChild, { minLength: 1, maxLength: 2 }), fc.nat(), (rich, strange, at) => {
        const fragment = fragmentOf(rich);
        for (const child of strange) fragment.insert(at % (fragment.length + 1), [child()]);
        const before = bytesOf(fragment);
        const wasBindable = isBindable(fragment);
        try {
          initProseMirrorDoc(fragment, schema);
        } catch {
          expect(wasBindable).toBe(false);
        }
        if (bytesOf(fragment) !== before) expect(wasBindable).toBe(false);
      }),
    );
  });
});

describe('an anchor', () => {
  test('goes to every place and back, also where lists and quotations are empty', () => {
    fc.assert(
      fc.property(richText, (rich) => {
        const fragment = fragmentOf(rich);
        const { doc } = initProseMirrorDoc(fragment, schema);
        doc.descendants((node, position) => {
          if (!node.isTextblock || isFilled(fragment, position + 1)) return;
          for (let at = position + 1; at <= position + 1 + node.content.size; at++) {
            expect(rangeOf(fragment, anchorOf(fragment, { from: at, to: at }))).toEqual({ from: at, to: at });
          }
        });
      }),
    );
  });
});

/** An empty line that is only shown has no place of its own in the shared tree. */
const isFilled = (fragment: Y.XmlFragment, position: number): boolean => {
  const range = rangeOf(fragment, anchorOf(fragment, { from: position, to: position }));
  return range !== null && range.from < position;
};

test('a text runs as its first letter does', () => {
  expect(['1. Bread خبز', '«خبز» bread', 'שלום', '123 …', '日本'].map(directionOf)).toEqual([
    'ltr',
    'rtl',
    'rtl',
    null,
    'ltr',
  ]);
});
