/** One palette with its variants: what the cloth, the cards and the leaflet show, and what can be done to it. */
import {
  addPoint,
  cards,
  leaflet,
  movePoint,
  needs,
  parsePath,
  readPalette,
  removePoint,
  restorePoint,
  weave,
} from '../../documents/talking-points/index.ts';
import type {
  Cards,
  Cloth,
  Leaflet,
  Need,
  PaletteState,
  PaletteView,
  PointId,
  PointView,
  ValueName,
  VariantEntry,
} from '../../documents/talking-points/index.ts';
import { createVariant, readVariant } from '../../documents/variant/index.ts';
import type { VariantState } from '../../documents/variant/index.ts';
import { parseLanguage } from '../../documents/text/index.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import type { DocumentEntry, DocumentId, GroupId, Writers } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { ReplicaError } from '../../sync/replica-types.ts';
import { approvalOf } from './approvals.ts';
import type { ApprovalState } from './approvals.ts';
import type { Company } from '../company/company.svelte.ts';
import { neighbourAfter } from '../company/neighbour.ts';
import { OpenDocument } from '../company/open-document.svelte.ts';

export type PaletteLook = { readonly type: 'opening' } | { readonly type: 'failed' } | PaletteState;

export interface NewVariant {
  readonly point: PointId;
  readonly language: string;
  readonly owner: GroupId;
  readonly writers: Writers;
}

export type NewVariantError = ReplicaError | { readonly type: 'NoLanguage' } | { readonly type: 'NoPoint' };

export class Palette {
  readonly id: DocumentId;
  readonly company: Company;
  #content: OpenDocument<PaletteState>;
  #variants = new Map<DocumentId, OpenDocument<VariantState>>();

  constructor(company: Company, id: DocumentId) {
    this.company = company;
    this.id = id;
    this.#content = new OpenDocument(company.world, id, readPalette);
  }

  /** settles when it is open, or cannot be */
  get opened(): Promise<unknown> {
    return this.#content.opened;
  }

  get look(): PaletteLook {
    const { opening, view } = this.#content;
    if (opening.type === 'failed') return { type: 'failed' };
    return view ?? { type: 'opening' };
  }

  /** null unless it is ready to be shown */
  get view(): PaletteView | null {
    const { look } = this;
    return look.type === 'ready' ? look.palette : null;
  }

  get entry(): DocumentEntry | undefined {
    return this.company.entry(this.id);
  }

  get doc() {
    return this.#content.doc;
  }

  get mayWrite(): boolean {
    return this.view !== null && this.company.mayWrite(this.id);
  }

  point(id: string): PointView | null {
    return this.view?.points.find((point) => point.id === id) ?? null;
  }

  /** The variant documents of this palette, whether or not their content has arrived. */
  get variantEntries(): readonly DocumentEntry[] {
    return [...this.company.membership.documents.values()].filter(
      ({ kind, parent }) => kind === 'variant' && parent === this.id,
    );
  }

  /** Are all variants open, so that what looks missing is missing? */
  get isWhole(): boolean {
    return this.variantEntries.every(({ id }) => this.variant(id).opening.type !== 'opening');
  }

  get variants(): readonly VariantEntry<DocumentId>[] {
    return this.variantEntries.flatMap(({ id }) => {
      const { view } = this.variant(id);
      return view?.type === 'ready' ? [{ id, view: view.variant }] : [];
    });
  }

  variant(id: DocumentId): OpenDocument<VariantState> {
    const known = this.#variants.get(id);
    if (known !== undefined) return known;
    const opened = new OpenDocument(this.company.world, id, readVariant);
    this.#variants.set(id, opened);
    return opened;
  }

  approval(variant: VariantEntry<DocumentId>): ApprovalState {
    return approvalOf(this.company.statements(variant.id), variant.view.text);
  }

  get approved(): ReadonlySet<DocumentId> {
    return new Set(this.variants.filter((each) => this.approval(each).type === 'present').map(({ id }) => id));
  }

  /** null unless it is ready to be shown */
  get cloth(): Cloth<DocumentId> | null {
    const { view, variants, approved, company } = this;
    return view && weave(view, variants, { own: company.ownLanguages, wanted: company.wantedLanguages, approved });
  }

  /** What waits for somebody, in the person's own languages unless others are given. */
  needs(
    languages: readonly string[] = this.company.ownLanguages,
  ): readonly (Need<DocumentId> & { readonly language: string })[] {
    const { cloth, view } = this;
    if (cloth === null || view === null) return [];
    const tags = new Set(languages.map(parseLanguage).filter((tag) => tag !== null && tag !== view.sourceLanguage));
    return [...tags].flatMap((tag) => needs(cloth, tag ?? '').map((need) => ({ ...need, language: tag ?? '' })));
  }

  cards(language: string): Cards<DocumentId> | null {
    const { view, variants, approved } = this;
    return view && cards(view, variants, language, { minute: this.#minute(), approved });
  }

  leaflet(languages: readonly [string] | readonly [string, string]): Leaflet<DocumentId> | null {
    const { view, variants, approved } = this;
    return view && leaflet(view, variants, languages, { minute: this.#minute(), approved });
  }

  /** Who is in which point now; the point is null where they are in the palette's own texts. */
  get writers(): readonly { readonly session: string; readonly name: string; readonly point: PointId | null }[] {
    return this.company.others(this.id).map(({ session, name, text }) => {
      const path = parsePath(text);
      return { session, name, point: path !== null && 'point' in path ? path.point : null };
    });
  }

  // What can be done. Each gives false where the document does not take it.

  addPoint(value: ValueName, message: string, ownValue: string): PointId | null {
    const { doc } = this;
    const id = this.company.freshPoint();
    return doc !== null && addPoint(doc, LOCAL, { id, value, texts: { message, ownValue } }).ok ? id : null;
  }

  removePoint(point: PointId): boolean {
    return this.doc !== null && removePoint(this.doc, LOCAL, point).ok;
  }

  restorePoint(point: PointId): boolean {
    return this.doc !== null && restorePoint(this.doc, LOCAL, point).ok;
  }

  /** One place up or down among the points that are shown. */
  movePoint(point: PointId, by: -1 | 1): boolean {
    const before = neighbourAfter(this.view?.points ?? [], point, by);
    if (before === undefined || this.doc === null) return false;
    return movePoint(this.doc, LOCAL, point, before).ok;
  }

  async createVariant(wish: NewVariant): Promise<Result<DocumentId, NewVariantError>> {
    const { replica } = this.company.world;
    const language = parseLanguage(wish.language);
    const point = this.point(wish.point);
    const { view, company } = this;
    if (language === null) return err({ type: 'NoLanguage' });
    if (point === null || view === null) return err({ type: 'NoPoint' });
    const made = await replica.createDocument({
      kind: 'variant',
      owner: wish.owner,
      parent: this.id,
      // its first words are ours: nobody makes a document that only others may write
      writers: wish.owner === company.me?.group ? wish.writers : 'members',
    });
    if (!made.ok) return made;
    const opened = await replica.openDocument(made.value);
    if (!opened.ok) return opened;
    createVariant(opened.value, LOCAL, {
      point: point.id,
      language,
      region: '',
      sourceText: point.message,
      sourceLanguage: view.sourceLanguage,
    });
    return ok(made.value);
  }

  #minute(): number {
    return Math.floor(this.company.world.now() / 60_000);
  }
}
