/**
 * The editors of one agreement on the screen: fetched once, one for each clause near the screen, one toolbar for all.
 * Until they are there, or where they cannot be fetched, clauses are only read.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { History } from '../../app/company/history.svelte.ts';
import { OWN_EDITS, type Caret } from '../../app/agreements/agreement-desk.svelte.ts';
import type { Clause, Clauses, CommandName, Editor, Shown, Thread } from '../../editor/index.ts';
import type { ToolbarState } from '../../editor/index.ts';
import { renderRich } from '../../editor/reading.ts';

/** One clause's text, common or local. */
export interface Body {
  /** the clause's id, or that of a local clause's document */
  readonly id: string;
  readonly fragment: Clause['fragment'];
  readonly label: string;
  readonly language: string | undefined;
  readonly history: History;
  readonly isNewer: () => boolean;
  /** where the person's caret is; null: not here any more */
  readonly look: (caret: Caret | null) => void;
}

interface Active {
  readonly id: string;
  readonly toolbar: ToolbarState;
  readonly history: History;
}

export class Writing {
  /** comments and suggestions by clause, for the text to show */
  readonly threads = new SvelteMap<string, readonly Thread[]>();
  /** the thread that is being read */
  activeThread: string | null = $state(null);
  /** told of threads that were tapped in the text, innermost first */
  onthreads: ((clause: string, threads: readonly string[]) => void) | null = null;
  /** told that a link is asked for; the address that is there, if any */
  onlink: ((href: string | null) => void) | null = null;
  #clauses: Clauses | null = null;
  #waiting = new Map<string, Clause>();
  #shown = new Map<string, Shown>();
  #editable = new Map<string, boolean>();
  #toolbars = new Map<string, ToolbarState>();
  #active: Active | null = $state.raw(null);
  #state: 'loading' | 'ready' | 'failed' | 'closed' = $state('loading');

  constructor() {
    void this.#load();
  }

  get isFailed(): boolean {
    return this.#state === 'failed';
  }

  /** The clause that the caret is in, or was in last, with what can be done there. */
  get active(): Active | null {
    return this.#active;
  }

  /** Null while that clause is only rendered. */
  editor(id: string): Editor | null {
    return this.#clauses?.editor(id) ?? null;
  }

  /** To go to a clause that may be far from the screen. */
  mount(id: string): Editor | null {
    return this.#clauses?.mount(id) ?? null;
  }

  /** Gives what takes it away again. */
  add(element: HTMLElement, body: Body): () => void {
    const { id } = body;
    const clause = { id, element, fragment: body.fragment, options: this.#optionsOf(body) };
    if (this.#clauses) this.#addNow(clause);
    else {
      renderRich(element, body.fragment);
      this.#waiting.set(id, clause);
    }
    return () => {
      this.#waiting.delete(id);
      this.#clauses?.remove(id);
      this.#toolbars.delete(id);
      if (this.#active?.id === id) this.#active = null;
    };
  }

  show(id: string, shown: Shown): void {
    this.#shown.set(id, shown);
    this.#clauses?.show(id, shown);
  }

  /** Nothing can be written before this is said. */
  setEditable(id: string, editable: boolean): void {
    this.#editable.set(id, editable);
    this.#clauses?.setEditable(id, editable);
  }

  run(command: CommandName): void {
    const editor = this.#active && this.mount(this.#active.id);
    editor?.run(command);
    editor?.focus();
  }

  /** False: the address is not one that is let in. */
  setLink(href: string | null, text?: string): boolean {
    const editor = this.#active && this.mount(this.#active.id);
    return editor?.setLink(href, text) ?? false;
  }

  focus(): void {
    if (this.#active) this.mount(this.#active.id)?.focus();
  }

  close(): void {
    this.#clauses?.destroy();
    this.#clauses = null;
    this.#state = 'closed';
  }

  async #load(): Promise<void> {
    try {
      const { mountClauses } = await import('../../editor/index.ts');
      if (this.#state === 'closed') return;
      this.#clauses = mountClauses();
      this.#state = 'ready';
      for (const clause of this.#waiting.values()) this.#addNow(clause);
      this.#waiting.clear();
    } catch (error) {
      if (this.#state === 'closed') return;
      this.#state = 'failed';
      // not fetched, and then it may be read all the same; anything else is a bug of ours
      if (!(error instanceof TypeError)) throw error;
    }
  }

  #addNow(clause: Clause): void {
    const { id, options } = clause;
    const shown = this.#shown.get(id);
    const editable = this.#editable.get(id) ?? false;
    this.#clauses?.add({ ...clause, options: { ...options, editable, ...(shown && { shown }) } });
  }

  #optionsOf({ id, label, language, history, isNewer, look }: Body): Clause['options'] {
    return {
      ...{ label, language, isNewer, editable: false, origin: OWN_EDITS, undo: history.steps },
      // told before the caret is, and only when it changes
      ontoolbar: (toolbar) => {
        this.#toolbars.set(id, toolbar);
        if (this.#active?.id === id) this.#active = { id, toolbar, history };
      },
      oncursor: (caret) => {
        look(caret);
        const toolbar = this.#toolbars.get(id);
        if (caret === null || toolbar === undefined || this.#active?.id === id) return;
        // typing here is undone apart from typing elsewhere
        history.mark();
        this.#active = { id, toolbar, history };
      },
      onthreads: (threads) => this.onthreads?.(id, threads),
      onlink: (href) => this.onlink?.(href),
    };
  }
}
