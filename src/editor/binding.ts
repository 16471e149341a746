/**
 * One fragment bound to one ProseMirror view, by y-prosemirror with three things changed:
 * - what the person does becomes one transaction of the caller's origin, so that undo and the log know it as theirs;
 * - it writes only when the person changed the text, never because of a click, nor for somebody who may not write;
 * - a new paragraph is born with its text. Two people who begin to type in one empty paragraph would otherwise each
 *   make a text there, and joining those two could double or lose words.
 */
import { type EditorState, Plugin, type Transaction } from 'prosemirror-state';
import type { Node } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { initProseMirrorDoc, type ProsemirrorBinding, ySyncPlugin, ySyncPluginKey } from 'y-prosemirror';
import * as Y from 'yjs';
import { schema } from './schema.ts';

export interface Binding {
  readonly doc: Node;
  readonly plugin: Plugin;
}

export interface BindingOptions {
  /** of the person's own edits */
  readonly origin: unknown;
  readonly mayWrite: () => boolean;
  /** Before the person's edit reaches the shared tree, with the state before it. */
  readonly beforeWrite: (before: EditorState) => void;
}

export const bind = (fragment: Y.XmlFragment, { origin, mayWrite, beforeWrite }: BindingOptions): Binding => {
  const { doc, mapping } = initProseMirrorDoc(fragment, schema);
  const inner = ySyncPlugin(fragment, { mapping }) as Plugin;
  const view = (editor: EditorView) => {
    const sync = inner.spec.view?.(editor);
    return {
      update: (_editor: EditorView, before: EditorState) => {
        if (before.doc === editor.state.doc || isFromTree(editor.state) || !mayWrite()) return;
        beforeWrite(before);
        // Yjs tells of the change when the outermost transaction ends; within `mux` the binding does not listen.
        const { binding } = ySyncPluginKey.getState(editor.state) as { readonly binding: ProsemirrorBinding };
        binding.mux(() => {
          fragment.doc?.transact((transaction) => {
            binding._prosemirrorChanged(editor.state.doc);
            for (const type of transaction.changed.keys()) if (isWithin(fragment, type)) addTexts(type);
          }, origin);
        });
      },
      destroy: () => sync?.destroy?.(),
    };
  };
  return {
    // an empty fragment is shown as an empty line, which comes into being with the first letter
    doc: doc.childCount === 0 ? (schema.topNodeType.createAndFill() ?? doc) : doc,
    plugin: new Plugin({ ...inner.spec, view }),
  };
};

/** Does the state's last change come from the shared tree? */
export const isFromTree = (state: EditorState): boolean =>
  (ySyncPluginKey.getState(state) as { readonly isChangeOrigin: boolean } | undefined)?.isChangeOrigin === true;

export const comesFromTree = (transaction: Transaction): boolean =>
  (transaction.getMeta(ySyncPluginKey) as { readonly isChangeOrigin?: boolean } | undefined)?.isChangeOrigin === true;

/** Is this type the fragment, or somewhere in it? */
export const isWithin = (fragment: Y.XmlFragment, type: unknown): boolean => {
  for (let at = type; at instanceof Y.AbstractType; at = at._item?.parent) if (at === fragment) return true;
  return false;
};

const addTexts = (type: unknown): void => {
  if (!(type instanceof Y.XmlFragment)) return;
  const isTextBlock = type instanceof Y.XmlElement && (type.nodeName === 'paragraph' || type.nodeName === 'heading');
  if (isTextBlock && type.length === 0) type.insert(0, [new Y.XmlText()]);
  else if (!isTextBlock) type.toArray().forEach(addTexts);
};
