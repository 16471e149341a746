/**
 * One editor on one text. It knows nothing of spaces: the caller gives the shared tree, the origin of the person's
 * edits, the undo of the whole agreement, and what to show in the text.
 *
 * What this version does not know is never bound (known.ts): the text is then only rendered, and the caller told.
 */
import { EditorState, Plugin, Selection, TextSelection, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { DOMSerializer, type Node } from 'prosemirror-model';
import type * as Y from 'yjs';
import { wellFormed } from '../lib/canonical-text.ts';
import { type Anchor, anchorOf, stickyPlace } from './anchor.ts';
import { bind, comesFromTree, isWithin } from './binding.ts';
import {
  type CommandName,
  commandsWith,
  replaceStretch,
  setLink,
  type ToolbarState,
  toolbarState,
} from './commands.ts';
import { directionPlugin } from './direction.ts';
import { keyPlugins } from './keys.ts';
import { isBindable } from './known.ts';
import { cleanPastedHtml } from './paste.ts';
import { livingRange, plainRange } from './quote.ts';
import { renderRich } from './render.ts';
import { schema } from './schema.ts';
import { NOTHING_SHOWN, show, type Shown, shownPlugin } from './shown.ts';
import { createCursorMemory } from './undo.ts';

/**
 * `bound`: in an editor, whether or not this person may write. `rendered`: only shown, because something in it, or
 * its document, comes from a newer version.
 */
export type EditorMode = { readonly type: 'bound' } | { readonly type: 'rendered'; readonly why: 'unknown' | 'newer' };

/** The person's own place, for others to see. */
export interface OwnCursor {
  readonly anchor: Uint8Array;
  readonly head: Uint8Array;
}

export interface EditorOptions {
  /** what the text is, for those who hear the page */
  readonly label: string;
  /** BCP 47, where it is known */
  readonly language?: string | undefined;
  readonly editable: boolean;
  /** of the person's own edits; `undo` tracks it */
  readonly origin: unknown;
  /** one for the whole agreement; outlives this editor */
  readonly undo: Y.UndoManager;
  /** Is the document written by a newer version? Asked before binding and at each change from elsewhere. */
  readonly isNewer?: () => boolean;
  readonly shown?: Shown;
  readonly onmode?: (mode: EditorMode) => void;
  readonly ontoolbar?: (state: ToolbarState) => void;
  /** null: the person is somewhere else */
  readonly oncursor?: (cursor: OwnCursor | null) => void;
  /** threads and suggestions that were clicked, innermost first */
  readonly onthreads?: (ids: readonly string[]) => void;
  /** Ask for an address (the present one, if any) and call `setLink`. */
  readonly onlink?: (href: string | null) => void;
}

export interface Editor {
  readonly mode: EditorMode;
  readonly hasFocus: boolean;
  /** Is something being composed by an input method? Do not unmount then. */
  readonly isComposing: boolean;
  /** False: it cannot be done here. */
  run(command: CommandName): boolean;
  /** Null takes a link away. False: the address is not one that is let in, or no text is here. */
  setLink(href: string | null, text?: string): boolean;
  setEditable(editable: boolean): void;
  show(shown: Shown): void;
  /** What is selected, to be commented on; null where nothing is. */
  selected(): { readonly anchor: Anchor; readonly quote: string } | null;
  /** Selects a stretch and brings it into sight; false: its words are gone. */
  select(anchor: Anchor, quote?: string): boolean;
  /** Takes a suggestion over. False: its words are gone, or this person may not write. */
  replaceRange(anchor: Anchor, text: string, quote?: string): boolean;
  focus(where?: 'start' | 'end'): void;
  destroy(): void;
}

/** Half of a pair cannot be stored: it would be one thing here and another everywhere else. */
const isWellFormed = (doc: Node): boolean => {
  let isWell = true;
  doc.descendants((node) => {
    if (node.isText && /[\uD800-\uDFFF]/u.test(node.text ?? '')) isWell = false;
  });
  return isWell;
};

/** A line break carries no format in a document, so it gets none in the editor. */
const withoutMarkedBreaks = (state: EditorState): Transaction | null => {
  const { tr } = state;
  state.doc.descendants((node, position) => {
    if (node.type === schema.nodes.hard_break && node.marks.length > 0) tr.removeMark(position, position + 1);
  });
  return tr.docChanged ? tr : null;
};

const plainSerializer = (): DOMSerializer => {
  const nodes = DOMSerializer.nodesFromSchema(schema);
  // what is copied out is for other programs, which have their own ways to tell a direction
  nodes['paragraph'] = () => ['p', 0];
  const heading = nodes['heading'];
  if (heading) nodes['heading'] = (node) => [(heading(node) as readonly [string])[0], 0];
  const marks = DOMSerializer.marksFromSchema(schema);
  marks['link'] = (mark) => ['a', { href: String(mark.attrs['href']) }, 0];
  return new DOMSerializer(nodes, marks);
};

/** The view of an editor, for tests and benches; nothing else should reach through. */
export const viewOf = (editor: Editor): EditorView | null => views.get(editor)?.() ?? null;
const views = new WeakMap<Editor, () => EditorView | null>();

export const mountEditor = (element: HTMLElement, fragment: Y.XmlFragment, options: EditorOptions): Editor => {
  const { undo, origin } = options;
  const doc = fragment.doc;
  if (doc === null) throw new Error('an editor needs a text that is in a document');
  const commands = commandsWith(undo);
  let isEditable = options.editable;
  let shown = options.shown ?? NOTHING_SHOWN;
  let view: EditorView | null = null;
  let mode: EditorMode = { type: 'bound' };
  let toolbar = '';
  let cursor = '';

  const wanted = (): EditorMode => {
    if (options.isNewer?.() === true) return { type: 'rendered', why: 'newer' };
    return isBindable(fragment) ? { type: 'bound' } : { type: 'rendered', why: 'unknown' };
  };

  const memory = createCursorMemory(fragment, undo, () => view);

  const open = (): EditorView => {
    const { doc: start, plugin } = bind(fragment, {
      origin,
      mayWrite: () => isEditable,
      beforeWrite: (before) => memory.remember(before),
    });
    const state = EditorState.create({
      schema,
      doc: start,
      plugins: [
        plugin,
        new Plugin({
          // what comes from the shared tree is as it is; what is refused is taken back in the page too
          filterTransaction: (transaction) =>
            !transaction.docChanged || comesFromTree(transaction) || (isEditable && isWellFormed(transaction.doc)),
          appendTransaction: (transactions, _before, now) =>
            transactions.some((each) => each.docChanged && !comesFromTree(each)) ? withoutMarkedBreaks(now) : null,
        }),
        shownPlugin(fragment, shown, (ids) => options.onthreads?.(ids)),
        directionPlugin(),
        ...keyPlugins(commands, () => options.onlink?.(view ? toolbarState(view.state, commands, true).link : null)),
      ],
    });
    const opened: EditorView = new EditorView(element, {
      state,
      editable: () => isEditable,
      attributes: () => ({
        class: 'rich',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': options.label,
        ...(isEditable ? {} : { 'aria-readonly': 'true', tabindex: '0' }),
        ...(options.language === undefined ? {} : { lang: options.language }),
      }),
      transformPastedHTML: cleanPastedHtml,
      transformPastedText: wellFormed,
      clipboardSerializer: plainSerializer(),
      dispatchTransaction: (transaction) => {
        opened.updateState(opened.state.apply(transaction));
        tell();
      },
      handleDOMEvents: {
        focus: tell,
        blur: tell,
      },
    });
    return opened;
  };

  const tell = (): void => {
    if (!view) return;
    if (options.ontoolbar) {
      const state = toolbarState(view.state, commands, isEditable);
      const text = JSON.stringify(state);
      if (text !== toolbar) options.ontoolbar(state);
      toolbar = text;
    }
    tellCursor(view.hasFocus() ? view.state : null);
  };

  const tellCursor = (state: EditorState | null): void => {
    if (!options.oncursor) return;
    const own = state && {
      anchor: stickyPlace(fragment, state.selection.anchor, 'before'),
      head: stickyPlace(fragment, state.selection.head, 'before'),
    };
    const text = own === null ? '' : `${own.anchor.join()} ${own.head.join()}`;
    if (text !== cursor) options.oncursor(own);
    cursor = text;
  };

  const close = (): void => {
    view?.destroy();
    view = null;
  };

  const enter = (next: EditorMode): void => {
    const isNew = JSON.stringify(next) !== JSON.stringify(mode);
    mode = next;
    close();
    element.replaceChildren();
    if (mode.type === 'bound') {
      view = open();
      tell();
    } else {
      tellCursor(null);
      renderRich(element, fragment);
    }
    if (isNew) options.onmode?.(mode);
  };

  /** Before any observer sees the change: y-prosemirror's would delete what it does not know. */
  const look = (transaction: Y.Transaction): void => {
    if (transaction.origin === origin || fragment._item?.deleted === true) return;
    const touches = [...transaction.changed.keys()].some((type) => isWithin(fragment, type));
    if (!touches && options.isNewer === undefined) return;
    const next = wanted();
    if (next.type === 'rendered' ? touches || mode.type === 'bound' : mode.type === 'rendered') enter(next);
  };

  doc.on('beforeObserverCalls', look);
  enter(wanted());

  const editor: Editor = {
    get mode() {
      return mode;
    },
    get hasFocus() {
      return view?.hasFocus() ?? false;
    },
    get isComposing() {
      return view?.composing ?? false;
    },
    run: (name) => {
      if (!view || !isEditable) return false;
      return commands[name](view.state, view.dispatch, view);
    },
    setLink: (href, text) => view !== null && isEditable && setLink(href, text)(view.state, view.dispatch, view),
    setEditable: (editable) => {
      isEditable = editable;
      view?.setProps({});
      tell();
    },
    show: (next) => {
      shown = next;
      if (view) show(view, shown);
    },
    selected: () => {
      if (!view || view.state.selection.empty) return null;
      const { from, to } = view.state.selection;
      return { anchor: anchorOf(fragment, { from, to }), quote: plainRange(view.state.doc, from, to) };
    },
    select: (anchor, quote) => {
      const range = view && livingRange(fragment, view.state.doc, anchor, quote);
      if (!view || !range) return false;
      const { doc: text, tr } = view.state;
      const selection = TextSelection.between(text.resolve(range.from), text.resolve(range.to));
      view.dispatch(tr.setSelection(selection).scrollIntoView());
      return true;
    },
    replaceRange: (anchor, text, quote) => {
      const range = view && isEditable ? livingRange(fragment, view.state.doc, anchor, quote) : null;
      return view !== null && range !== null && replaceStretch(range.from, range.to, text)(view.state, view.dispatch);
    },
    focus: (where) => {
      if (view && where !== undefined) {
        const { doc: text, tr } = view.state;
        view.dispatch(tr.setSelection(where === 'start' ? Selection.atStart(text) : Selection.atEnd(text)));
      }
      view?.focus();
    },
    destroy: () => {
      doc.off('beforeObserverCalls', look);
      memory.close();
      tellCursor(null);
      close();
    },
  };
  views.set(editor, () => view);
  return editor;
};
