/** What the caller shows in the text without changing it: other people's cursors, comments and suggestions. */
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import type * as Y from 'yjs';
import { type Anchor, positionOfSticky } from './anchor.ts';
import { isFromTree } from './binding.ts';
import { livingRange } from './quote.ts';

/** A colour is one of these classes and never CSS from elsewhere. */
export const DYES = ['madder', 'indigo', 'weld', 'woad'] as const;
export type Dye = (typeof DYES)[number];

/** Another person's cursor in this text. */
export interface PersonCursor {
  /** stays the same while the person moves */
  readonly id: string;
  readonly name: string;
  readonly dye: Dye;
  readonly anchor: Uint8Array;
  readonly head: Uint8Array;
}

/** A comment's thread, or a suggestion, at a stretch of text. */
export interface Thread {
  readonly id: string;
  readonly anchor: Anchor;
  /** the words at the time: found by them where the anchor is gone */
  readonly quote?: string;
  /** of a suggestion: what would stand there instead */
  readonly replacement?: string;
}

export interface Shown {
  readonly cursors: readonly PersonCursor[];
  readonly threads: readonly Thread[];
  /** the thread that is being read */
  readonly active: string | null;
}

export const NOTHING_SHOWN: Shown = { cursors: [], threads: [], active: null };

interface ShownState {
  readonly shown: Shown;
  readonly decorations: DecorationSet;
}

const key = new PluginKey<ShownState>('shown');

export const show = (view: EditorView, shown: Shown): void => view.dispatch(view.state.tr.setMeta(key, shown));

export const shownPlugin = (
  fragment: Y.XmlFragment,
  shown: Shown,
  clicked: (threads: readonly string[]) => void,
): Plugin<ShownState> =>
  new Plugin<ShownState>({
    key,
    state: {
      init: (_config, state) => ({ shown, decorations: decorate(fragment, state, shown) }),
      apply: (transaction: Transaction, before, _old, state) => {
        const changed = transaction.getMeta(key) as Shown | undefined;
        const now = changed ?? before.shown;
        // The tree is ahead of a person's own edit only afterwards; and what comes from the tree replaces everything.
        if (changed || (transaction.docChanged && isFromTree(state)))
          return { shown: now, decorations: decorate(fragment, state, now) };
        return transaction.docChanged
          ? { shown: now, decorations: before.decorations.map(transaction.mapping, transaction.doc) }
          : before;
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.decorations,
      handleClick: (view, position) => {
        const threads = threadsAt(view.state, position);
        if (threads.length > 0) clicked(threads);
        return false;
      },
    },
  });

/** The shortest first: what lies innermost. */
export const threadsAt = (state: EditorState, position: number): readonly string[] => {
  const found = key.getState(state)?.decorations.find(position, position, (spec) => 'thread' in spec) ?? [];
  const byLength = [...found].sort((a, b) => a.to - a.from - (b.to - b.from));
  return [...new Set(byLength.map(({ spec }) => (spec as { readonly thread: string }).thread))];
};

const decorate = (fragment: Y.XmlFragment, state: EditorState, { cursors, threads, active }: Shown): DecorationSet => {
  const end = state.doc.content.size;
  const clamp = (position: number): number => Math.min(Math.max(position, 0), end);
  const decorations = [
    ...threads.flatMap((thread) => {
      const range = livingRange(fragment, state.doc, thread.anchor, thread.quote);
      return range === null ? [] : threadDecorations(thread, clamp(range.from), clamp(range.to), thread.id === active);
    }),
    ...cursors.flatMap((cursor) => {
      const anchor = positionOfSticky(fragment, cursor.anchor);
      const head = positionOfSticky(fragment, cursor.head);
      return anchor === null || head === null ? [] : cursorDecorations(cursor, clamp(anchor), clamp(head));
    }),
  ];
  return DecorationSet.create(state.doc, decorations);
};

const threadDecorations = (
  { id, replacement }: Thread,
  from: number,
  to: number,
  isActive: boolean,
): readonly Decoration[] => {
  const isSuggestion = replacement !== undefined;
  const look = `rich-thread ${isSuggestion ? 'rich-old' : 'rich-comment'}${isActive ? ' rich-active' : ''}`;
  const spec = { thread: id };
  const marked = Decoration.inline(from, to, { class: look, ...(isSuggestion ? { nodeName: 'del' } : {}) }, spec);
  if (!isSuggestion || replacement === '') return [marked];
  const insertion = (): HTMLElement => {
    const element = document.createElement('ins');
    element.className = `rich-thread rich-new${isActive ? ' rich-active' : ''}`;
    element.dir = 'auto';
    element.textContent = replacement;
    return element;
  };
  const widgetKey = `new ${id} ${String(isActive)} ${replacement}`;
  return [marked, Decoration.widget(to, insertion, { ...spec, side: -1, key: widgetKey, ignoreSelection: true })];
};

const cursorDecorations = ({ id, name, dye }: PersonCursor, anchor: number, head: number): readonly Decoration[] => {
  const colour = `rich-dye-${DYES.includes(dye) ? dye : DYES[0]}`;
  const caret = (): HTMLElement => {
    const element = document.createElement('span');
    element.className = `rich-cursor ${colour}`;
    // a reader that speaks would stumble over names amid the words
    element.setAttribute('aria-hidden', 'true');
    const label = element.appendChild(document.createElement('bdi'));
    label.className = 'rich-cursor-name';
    label.textContent = [...name].slice(0, LONGEST_NAME).join('');
    return element;
  };
  const widget = Decoration.widget(head, caret, { key: `${id} ${colour} ${name}`, side: 10, ignoreSelection: true });
  const selection = Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), {
    class: `rich-selection ${colour}`,
  });
  return [selection, widget];
};

const LONGEST_NAME = 60;
