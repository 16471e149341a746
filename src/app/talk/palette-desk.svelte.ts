/** A palette document as it is worked on: its texts, each bound once, and undo of what is done on this screen. */
import type * as Y from 'yjs';
import {
  addTerm,
  encodePath,
  removeTerm,
  restoreTerm,
  setTermRule,
  textOf,
} from '../../documents/talking-points/index.ts';
import type { PaletteText, TermId, TermRule, TextPath } from '../../documents/talking-points/index.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import { History } from '../company/history.svelte.ts';
import type { Palette } from './palette.svelte.ts';
import { TextBinding } from '../company/text.svelte.ts';

/** Close it with the screen. */
export class PaletteDesk {
  readonly palette: Palette;
  readonly history: History;
  protected readonly doc: Y.Doc;
  #bindings = new Map<string, TextBinding>();

  constructor(palette: Palette, doc: Y.Doc) {
    this.palette = palette;
    this.doc = doc;
    this.history = new History(doc);
  }

  paletteText(field: PaletteText): TextBinding | null {
    return this.bind({ palette: field });
  }

  /** null where the document has no such text */
  bind(path: TextPath): TextBinding | null {
    const name = encodePath(path);
    const known = this.#bindings.get(name);
    if (known !== undefined) return known;
    const text = textOf(this.doc, path);
    if (text === null) return null;
    const { id, company } = this.palette;
    const binding = new TextBinding(text, { document: id, name }, this.history, company.world.presence);
    this.#bindings.set(name, binding);
    return binding;
  }

  addTerm(): void {
    this.apart(() => addTerm(this.doc, LOCAL, { id: this.palette.company.freshTerm() }));
  }

  setTermRule(term: TermId, rule: TermRule): void {
    this.apart(() => setTermRule(this.doc, LOCAL, term, rule));
  }

  removeTerm(term: TermId): void {
    this.apart(() => removeTerm(this.doc, LOCAL, term));
  }

  restoreTerm(term: TermId): void {
    this.apart(() => restoreTerm(this.doc, LOCAL, term));
  }

  /** A step of its own for undo. */
  protected apart(change: () => void): void {
    this.history.mark();
    change();
    this.history.mark();
  }

  close(): void {
    this.history.close();
  }
}

/** null while the palette is not open */
export const openPaletteDesk = (palette: Palette): PaletteDesk | null =>
  palette.doc === null ? null : new PaletteDesk(palette, palette.doc);
