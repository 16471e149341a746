/**
 * The clauses of a long text: all of them in the page, those near the screen in editors. A clause that comes near
 * gets its editor, one far away is rendered again, unless somebody is writing in it. Both look the same, so that
 * nothing moves.
 */
import type * as Y from 'yjs';
import { type Editor, type EditorOptions, mountEditor } from './mount.ts';
import { renderRich } from './render.ts';
import type { Shown } from './shown.ts';

export interface Clause {
  /** the caller's; a clause stays the same while it is moved */
  readonly id: string;
  readonly element: HTMLElement;
  readonly fragment: Y.XmlFragment;
  readonly options: EditorOptions;
}

export interface Clauses {
  add(clause: Clause): void;
  remove(id: string): void;
  /** Null while it is only rendered. */
  editor(id: string): Editor | null;
  /** Mounts at once. Null: there is no such clause. */
  mount(id: string): Editor | null;
  /** Kept while the clause has no editor. */
  show(id: string, shown: Shown): void;
  setEditable(id: string, editable: boolean): void;
  destroy(): void;
}

/** How far above and below the screen, in heights of it: an editor comes, an editor goes. */
const NEAR = '60% 0px';
const FAR = '250% 0px';

export const mountClauses = (root: Element | null = null): Clauses => {
  const held = new Map<string, Held>();
  const heldByElement = new Map<Element, Held>();
  const stale = new Set<Held>();
  let frame = 0;

  const each = (run: (held: Held, isIn: boolean) => void) => (entries: readonly IntersectionObserverEntry[]) => {
    for (const entry of entries) {
      const found = heldByElement.get(entry.target);
      if (found) run(found, entry.isIntersecting);
    }
  };
  const near = new IntersectionObserver(
    each((clause, isIn) => {
      if (isIn) clause.mount();
    }),
    { root, rootMargin: NEAR },
  );
  const far = new IntersectionObserver(
    each((clause, isIn) => {
      if (!isIn) clause.unmount();
    }),
    { root, rootMargin: FAR },
  );

  const renderSoon = (clause: Held): void => {
    stale.add(clause);
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      for (const one of stale) one.render();
      stale.clear();
    });
  };

  const drop = (clause: Held): void => {
    const { id, element } = clause.clause;
    near.unobserve(element);
    far.unobserve(element);
    stale.delete(clause);
    held.delete(id);
    heldByElement.delete(element);
    clause.destroy();
  };

  return {
    add: (clause) => {
      const old = held.get(clause.id);
      if (old) drop(old);
      const one = hold(clause, renderSoon);
      held.set(clause.id, one);
      heldByElement.set(clause.element, one);
      near.observe(clause.element);
      far.observe(clause.element);
    },
    remove: (id) => {
      const clause = held.get(id);
      if (clause) drop(clause);
    },
    editor: (id) => held.get(id)?.editor ?? null,
    mount: (id) => held.get(id)?.mount() ?? null,
    show: (id, shown) => held.get(id)?.show(shown),
    setEditable: (id, editable) => held.get(id)?.setEditable(editable),
    destroy: () => {
      cancelAnimationFrame(frame);
      near.disconnect();
      far.disconnect();
      for (const clause of held.values()) clause.destroy();
      held.clear();
      heldByElement.clear();
      stale.clear();
    },
  };
};

interface Held {
  readonly clause: Clause;
  readonly editor: Editor | null;
  mount(): Editor;
  /** Not while it is written in. */
  unmount(): void;
  render(): void;
  show(shown: Shown): void;
  setEditable(editable: boolean): void;
  destroy(): void;
}

const hold = (clause: Clause, renderSoon: (held: Held) => void): Held => {
  const { element, fragment } = clause;
  let options = clause.options;
  let editor: Editor | null = null;

  const render = (): void => {
    if (editor) return;
    renderRich(element, fragment);
    if (options.language !== undefined) element.lang = options.language;
  };
  const changed = (): void => {
    if (!editor) renderSoon(held);
  };
  const leave = (): void => {
    if (editor && !editor.hasFocus) held.unmount();
  };

  const held: Held = {
    clause,
    get editor() {
      return editor;
    },
    mount: () => (editor ??= mountEditor(element, fragment, options)),
    unmount: () => {
      if (!editor) return;
      if (editor.hasFocus || editor.isComposing) {
        // it goes when the person has gone, if it is still far away then
        element.addEventListener('focusout', () => setTimeout(() => isFar(element) && leave()), { once: true });
        return;
      }
      editor.destroy();
      editor = null;
      render();
    },
    render,
    show: (shown) => {
      options = { ...options, shown };
      editor?.show(shown);
    },
    setEditable: (editable) => {
      options = { ...options, editable };
      editor?.setEditable(editable);
    },
    destroy: () => {
      fragment.unobserveDeep(changed);
      editor?.destroy();
      editor = null;
    },
  };
  fragment.observeDeep(changed);
  render();
  return held;
};

const isFar = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom < -2.5 * innerHeight || top > 3.5 * innerHeight;
};
