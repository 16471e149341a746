/** One variant as it is worked on: its texts, its source and what changed in it, its measure, its approval. */
import type * as Y from 'yjs';
import { canonicalText, measure } from '../../documents/text/index.ts';
import type { Measure } from '../../documents/text/index.ts';
import { markUpdated, setVariantField, staleness, stillHolds, variantTextOf } from '../../documents/variant/index.ts';
import type { Staleness, VariantField, VariantText, VariantView } from '../../documents/variant/index.ts';
import type { PointView, TermView } from '../../documents/talking-points/index.ts';
import type { Result } from '../../lib/result.ts';
import type { DocumentEntry, DocumentId } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { ReplicaError } from '../../sync/replica-types.ts';
import { textHash } from './approvals.ts';
import type { ApprovalState } from './approvals.ts';
import { History } from '../company/history.svelte.ts';
import type { Palette } from './palette.svelte.ts';
import { TextBinding } from '../company/text.svelte.ts';

export class VariantDesk {
  readonly palette: Palette;
  readonly id: DocumentId;
  readonly history: History;
  #doc: Y.Doc;
  #bindings = new Map<VariantText, TextBinding>();

  constructor(palette: Palette, id: DocumentId, doc: Y.Doc) {
    this.palette = palette;
    this.id = id;
    this.#doc = doc;
    this.history = new History(doc);
  }

  /** null while its content has not arrived, or where a newer Weft wrote it */
  get view(): VariantView | null {
    const view = this.palette.variant(this.id).view;
    return view?.type === 'ready' ? view.variant : null;
  }

  get entry(): DocumentEntry | undefined {
    return this.palette.company.entry(this.id);
  }

  /** The point that it says; null where it was taken out. */
  get source(): PointView | null {
    const point = this.view?.point;
    return point ? this.palette.point(point) : null;
  }

  get staleness(): Staleness {
    const { view, source } = this;
    return view && source ? staleness(view, source.message) : { type: 'fresh' };
  }

  get measure(): Measure {
    return measure(this.view?.text ?? '', this.view?.language ?? 'und');
  }

  /** Words of the glossary that the source uses now. */
  get terms(): readonly TermView[] {
    const message = plain(this.source?.message ?? '');
    return (this.palette.view?.glossary ?? []).filter(
      ({ term }) => term.trim() !== '' && message.includes(plain(term)),
    );
  }

  get mayWrite(): boolean {
    return this.view !== null && this.palette.company.mayWrite(this.id);
  }

  /** Only members of the group that owns it speak for it. */
  get mayApprove(): boolean {
    const { me } = this.palette.company;
    return me !== null && me.role !== 'observer' && me.group === this.entry?.owner;
  }

  get approval(): ApprovalState {
    const { view } = this;
    return view ? this.palette.approval({ id: this.id, view }) : { type: 'none', by: null };
  }

  /** Exactly what an approval signs. */
  get textToSign(): string {
    return canonicalText(this.view?.text ?? '');
  }

  text(name: VariantText): TextBinding | null {
    const known = this.#bindings.get(name);
    if (known !== undefined) return known;
    const text = variantTextOf(this.#doc, name);
    if (text === null) return null;
    const binding = new TextBinding(
      text,
      { document: this.id, name },
      this.history,
      this.palette.company.world.presence,
    );
    this.#bindings.set(name, binding);
    return binding;
  }

  set(field: VariantField): void {
    this.history.mark();
    setVariantField(this.#doc, LOCAL, field);
    this.history.mark();
  }

  stillHolds(): void {
    const { source } = this;
    this.history.mark();
    if (source) stillHolds(this.#doc, LOCAL, source.message);
    this.history.mark();
  }

  markUpdated(): void {
    const { source } = this;
    this.history.mark();
    if (source) markUpdated(this.#doc, LOCAL, source.message);
    this.history.mark();
  }

  /** Signs the present text in the name of the owner group; or takes that back. What is signed is stored first. */
  async approve(approved: boolean): Promise<Result<null, ReplicaError>> {
    const { replica } = this.palette.company.world;
    const { view } = this;
    if (view === null) return { ok: false, error: { type: 'NotAllowed' } };
    const stored = await replica.flush();
    if (!stored.ok) return stored;
    return replica.approve(this.id, {
      textHash: textHash(view.text),
      language: view.language,
      sourceHash: textHash(view.sourceText),
      approved,
    });
  }

  close(): void {
    this.history.close();
  }
}

/** null while the variant is not open */
export const openVariantDesk = (palette: Palette, id: DocumentId): VariantDesk | null => {
  const { doc } = palette.variant(id);
  return doc === null ? null : new VariantDesk(palette, id, doc);
};

/** Compared without case and accents, as people look for words. */
const plain = (text: string): string => canonicalText(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
