/**
 * Undo of one person's own changes in a whole agreement: the manager is the caller's and outlives each editor. Here
 * is only where the cursor was: kept with each step of this text, and given back when the step is undone.
 */
import { type EditorState, TextSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import type * as Y from 'yjs';
import { positionOfSticky, stickyPlace } from './anchor.ts';

export interface CursorMemory {
  /** The cursor before an edit, as long as the shared tree is still as it was. */
  remember(before: EditorState): void;
  close(): void;
}

interface StackEvent {
  readonly stackItem: { readonly meta: Map<unknown, unknown> };
  readonly changedParentTypes: ReadonlyMap<unknown, unknown>;
}

interface Cursor {
  readonly anchor: Uint8Array;
  readonly head: Uint8Array;
}

export const createCursorMemory = (
  fragment: Y.XmlFragment,
  undo: Y.UndoManager,
  view: () => EditorView | null,
): CursorMemory => {
  let last: Cursor | null = null;

  const cursorOf = ({ selection }: EditorState): Cursor => ({
    anchor: stickyPlace(fragment, selection.anchor, 'before'),
    head: stickyPlace(fragment, selection.head, 'before'),
  });

  const added = ({ stackItem, changedParentTypes }: StackEvent): void => {
    if (changedParentTypes.has(fragment) && last !== null) stackItem.meta.set(fragment, last);
  };

  const popped = ({ stackItem, changedParentTypes }: StackEvent): void => {
    const editor = view();
    if (!editor || !changedParentTypes.has(fragment)) return;
    const cursor = stackItem.meta.get(fragment) as Cursor | undefined;
    const anchor = cursor ? positionOfSticky(fragment, cursor.anchor) : null;
    const head = cursor ? positionOfSticky(fragment, cursor.head) : null;
    if (anchor === null || head === null) return;
    const { doc, tr } = editor.state;
    const at = (position: number) => doc.resolve(Math.min(position, doc.content.size));
    editor.dispatch(tr.setSelection(TextSelection.between(at(anchor), at(head))).scrollIntoView());
    last = cursorOf(editor.state);
  };

  undo.on('stack-item-added', added);
  undo.on('stack-item-popped', popped);
  return {
    remember: (before) => {
      last = cursorOf(before);
    },
    close: () => {
      undo.off('stack-item-added', added);
      undo.off('stack-item-popped', popped);
    },
  };
};
