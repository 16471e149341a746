/** What is said beside one agreement on the screen: the thread that is read, and the words chosen to speak about. */
import { getContext, setContext } from 'svelte';
import { bodyOf, openThreads, threadsIn } from '../../app/agreements/commenting.ts';
import type { Agreement } from '../../app/agreements/agreement.svelte.ts';
import type { ThreadView } from '../../documents/agreement/index.ts';
import { chooseAnchored, chooseSelected, editorAnchor, findStretch } from '../../editor/reading.ts';
import type { Chosen, Stretch } from '../../editor/reading.ts';
import { openDialog } from '../router.svelte.ts';
import type { Writing } from './writing.svelte.ts';

export class Margin {
  readonly agreement: Agreement;
  readonly writing: Writing;
  /** for the dialog that is opened on this clause */
  #chosen: { readonly clause: string; readonly words: Chosen | null } | null = null;
  /** the clause in which words are selected now */
  selectedIn: string | null = $state(null);

  constructor(agreement: Agreement, writing: Writing) {
    this.agreement = agreement;
    this.writing = writing;
    writing.onthreads = (_, [innermost]) => {
      if (innermost !== undefined) writing.activeThread = innermost;
    };
  }

  /** Of one clause; null: about the whole agreement. */
  openOf(clause: string | null): readonly ThreadView[] {
    return openThreads(this.agreement).filter((thread) => thread.clause === clause);
  }

  allOf(clause: string | null): readonly ThreadView[] {
    return threadsIn(this.agreement).filter((thread) => thread.clause === clause);
  }

  get all(): readonly ThreadView[] {
    return threadsIn(this.agreement);
  }

  stretchOf({ clause, anchor, quote }: ThreadView): Stretch {
    const body = clause === null ? null : bodyOf(this.agreement, clause);
    return body === null ? { type: 'gone' } : findStretch(body, anchor, quote);
  }

  /** Asks for the words to say, about what is selected in this clause, or else about what is chosen there. */
  speak(as: 'newComment' | 'newSuggestion', clause: string): void {
    this.#chosen = { clause, words: this.#selected(clause) };
    openDialog(as, clause);
  }

  chosenIn(clause: string | null): Chosen | null {
    return this.#chosen?.clause === clause ? this.#chosen.words : null;
  }

  chooseNothing(): void {
    this.#chosen = null;
  }

  /** The clause that the selection, or else the caret, is in. */
  here(): string | null {
    // a selection may be left over from somewhere else, where the focus has gone on
    for (const at of [getSelection()?.anchorNode, document.activeElement]) {
      const element = at instanceof Element ? at : at?.parentElement;
      const clause = element?.closest('section[id^="clause-"]')?.id.slice('clause-'.length);
      if (clause !== undefined && bodyOf(this.agreement, clause) !== null) return clause;
    }
    return null;
  }

  follow(): void {
    const clause = getSelection()?.isCollapsed === false ? this.here() : null;
    this.selectedIn = clause !== null && this.#selected(clause) !== null ? clause : null;
  }

  /** Shows where in the text a thread is. */
  show(thread: ThreadView): void {
    const { writing } = this;
    writing.activeThread = thread.id;
    if (thread.clause === null) return;
    const element = document.getElementById(`clause-${thread.clause}`);
    element?.scrollIntoView({ block: 'center' });
    const stretch = this.stretchOf(thread);
    if (stretch.type !== 'gone') writing.mount(thread.clause)?.select(editorAnchor(stretch.anchor), thread.quote);
  }

  /** Puts what is suggested into the text. False: other words stand there now, or it cannot be written here. */
  takeOver(thread: ThreadView & { readonly type: 'suggestion' }): boolean {
    const stretch = this.stretchOf(thread);
    if (thread.clause === null || stretch.type !== 'there') return false;
    const editor = this.writing.mount(thread.clause);
    return editor?.replaceRange(editorAnchor(stretch.anchor), thread.text, thread.quote) ?? false;
  }

  #selected(clause: string): Chosen | null {
    const body = bodyOf(this.agreement, clause);
    const selection = getSelection();
    if (body === null || selection === null || this.here() !== clause) return null;
    const inEditor = this.writing.editor(clause)?.selected();
    if (inEditor) return chooseAnchored(body, inEditor.anchor);
    const element = document.getElementById(`clause-${clause}`)?.querySelector('.rich') ?? null;
    return element === null ? null : chooseSelected(body, element, selection);
  }
}

const key = Symbol('margin');
export const setMargin = (margin: Margin): Margin => setContext(key, margin);
/** undefined where clauses are only shown */
export const getMargin = (): Margin | undefined => getContext<Margin | undefined>(key);
