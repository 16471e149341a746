/**
 * One text of a document, for a text field to bind to: what it says, what others do to it, who is in it.
 * The field tells what the person saw and what they made of it; only the difference is written, as the person's own.
 */
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import { absoluteCaret, relativeCaret, replaceText } from '../../documents/text/index.ts';
import type { DocumentId } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { Presence } from '../presence-types.ts';
import type { History } from './history.svelte.ts';

/** A change that did not come from the field. */
export interface TextChange {
  readonly value: string;
  /** where a place of the text before is now; what others insert at the very place comes after it */
  shift(index: number): number;
  /** end of what an undo or redo of the person's own changed; null for others' changes */
  readonly undone: number | null;
}

export interface TextCursor {
  readonly session: string;
  readonly name: string;
  /** 0 to 7 */
  readonly colour: number;
  readonly from: number;
  readonly to: number;
  /** the end at which the person is: `from` or `to` */
  readonly head: number;
}

export interface TextPlace {
  readonly document: DocumentId;
  /** the text's name in the document, for presence */
  readonly name: string;
}

export class TextBinding {
  readonly place: TextPlace;
  readonly history: History;
  #text: Y.Text;
  #presence: Presence;
  #isWriting = false;
  #subscribeText: () => void;
  #subscribePresence: () => void;

  constructor(text: Y.Text, place: TextPlace, history: History, presence: Presence) {
    this.#text = text;
    this.place = place;
    this.history = history;
    this.#presence = presence;
    this.#subscribeText = createSubscriber((update) => {
      text.observe(update);
      return () => text.unobserve(update);
    });
    this.#subscribePresence = createSubscriber((update) => presence.subscribe(update));
  }

  get value(): string {
    this.#subscribeText();
    return this.#text.toJSON();
  }

  /** What it says now, for those who hear of changes by `onChange`. */
  read(): string {
    return this.#text.toJSON();
  }

  /** The field showed `before` and now shows `after`. Gives the caret's place in the text as it is now. */
  write(before: string, after: string, caret: number): number {
    this.#isWriting = true;
    try {
      return replaceText(this.#text, LOCAL, before, after, caret);
    } finally {
      this.#isWriting = false;
    }
  }

  /** Tells of changes by others, and by undo and redo; not of those that `write` makes. */
  onChange(listener: (change: TextChange) => void): () => void {
    const observe = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
      if (this.#isWriting) return;
      const pieces = event.delta.map(pieceOf);
      listener({
        value: this.#text.toJSON(),
        shift: (index) => shift(pieces, index),
        undone: this.history.made(transaction) ? endOf(pieces) : null,
      });
    };
    this.#text.observe(observe);
    return () => this.#text.unobserve(observe);
  }

  /** The person's caret or selection is here. */
  look(anchor: number, head: number): void {
    this.#presence.set({
      document: this.place.document,
      text: this.place.name,
      anchor: relativeCaret(this.#text, anchor),
      head: relativeCaret(this.#text, head),
    });
  }

  leave(): void {
    this.#presence.set(null);
  }

  /** Others who are in this text. */
  get others(): readonly TextCursor[] {
    this.#subscribePresence();
    const here = this.#presence.others(this.place.document).filter(({ text }) => text === this.place.name);
    if (here.length === 0) return [];
    this.#subscribeText();
    return here.flatMap(({ session, name, colour, anchor, head }) => {
      const at = absoluteCaret(this.#text, head);
      const other = absoluteCaret(this.#text, anchor) ?? at;
      if (at === null || other === null) return [];
      return [{ session, name, colour, from: Math.min(at, other), to: Math.max(at, other), head: at }];
    });
  }
}

type Piece = { readonly keep: number } | { readonly insert: number } | { readonly remove: number };

/** An embed that a stranger wrote takes no place in what is shown. */
const pieceOf = ({ insert, retain, delete: removed }: Y.YTextEvent['delta'][number]): Piece => {
  if (insert !== undefined) return { insert: typeof insert === 'string' ? insert.length : 0 };
  return removed === undefined ? { keep: retain ?? 0 } : { remove: removed };
};

const shift = (pieces: readonly Piece[], index: number): number => {
  let before = 0;
  let moved = index;
  for (const piece of pieces) {
    if (before > index) break;
    if ('keep' in piece) before += piece.keep;
    else if ('insert' in piece) moved += before < index ? piece.insert : 0;
    else {
      moved -= Math.min(piece.remove, Math.max(0, index - before));
      before += piece.remove;
    }
  }
  return Math.max(0, moved);
};

const endOf = (pieces: readonly Piece[]): number => {
  let at = 0;
  let end = 0;
  for (const piece of pieces) {
    if ('keep' in piece) at += piece.keep;
    else if ('insert' in piece) end = at += piece.insert;
    else end = at;
  }
  return end;
};
