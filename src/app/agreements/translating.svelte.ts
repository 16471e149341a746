/** One translation of an agreement as it is worked on: each unit beside its source, and what is done with it. */
import type * as Y from 'yjs';
import { FIELDS_BEFORE_CLAUSES, parseClauseId } from '../../documents/agreement/index.ts';
import type { AgreementTextName } from '../../documents/agreement/index.ts';
import {
  createTranslation,
  markUnitUpdated,
  readTranslation,
  setUnitStatus,
  unitBodyOf,
  unitHolds,
  unitName,
  unitStaleness,
  unitTextOf,
  weaveTranslation,
} from '../../documents/translation/index.ts';
import type {
  TranslationView,
  Unit,
  UnitField,
  UnitSource,
  UnitState,
  WovenUnit,
} from '../../documents/translation/index.ts';
import { parseLanguage } from '../../documents/text/index.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import type { DocumentEntry, DocumentId, Writers } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { ReplicaError } from '../../sync/replica-types.ts';
import { History } from '../company/history.svelte.ts';
import { TextBinding } from '../company/text.svelte.ts';
import type { Agreement } from './agreement.svelte.ts';
import type { Caret } from './agreement-desk.svelte.ts';

/** Close it with the screen. */
export class TranslationDesk {
  readonly agreement: Agreement;
  readonly id: DocumentId;
  readonly history: History;
  #doc: Y.Doc;
  #bindings = new Map<string, TextBinding>();

  constructor(agreement: Agreement, id: DocumentId, doc: Y.Doc) {
    this.agreement = agreement;
    this.id = id;
    this.#doc = doc;
    this.history = new History(doc);
  }

  get view(): TranslationView | null {
    const { view } = this.agreement.translation(this.id);
    return view === null || view.type === 'empty' ? null : view.translation;
  }

  get entry(): DocumentEntry | undefined {
    return this.agreement.company.entry(this.id);
  }

  get mayWrite(): boolean {
    const { view } = this.agreement.translation(this.id);
    return view?.type === 'ready' && this.agreement.company.mayWrite(this.id);
  }

  /** In the order in which the agreement is read. */
  get units(): readonly WovenUnit[] {
    const { view, locals } = this.agreement;
    const translation = this.view;
    return view === null || translation === null ? [] : inReadingOrder(weaveTranslation(view, locals, translation));
  }

  /** null: it is not stale, or nobody has begun it */
  changesOf({ source, view }: WovenUnit): Extract<ReturnType<typeof unitStaleness>, { type: 'stale' }> | null {
    const staleness = view === null ? null : unitStaleness(source, view);
    return staleness?.type === 'stale' ? staleness : null;
  }

  text(unit: Unit, field: UnitField): TextBinding | null {
    const name = `${unitName(unit)}/${field}`;
    const known = this.#bindings.get(name);
    if (known !== undefined) return known;
    const text = unitTextOf(this.#doc, unit, field);
    if (text === null) return null;
    const { presence } = this.agreement.company.world;
    const binding = new TextBinding(text, { document: this.id, name }, this.history, presence);
    this.#bindings.set(name, binding);
    return binding;
  }

  body(unit: Unit): Y.XmlFragment | null {
    return unitBodyOf(this.#doc, unit);
  }

  look(unit: Unit, caret: Caret | null): void {
    const text = `${unitName(unit)}/body`;
    this.agreement.company.world.presence.set(caret && { document: this.id, text, ...caret });
  }

  get isNewer(): boolean {
    return readTranslation(this.#doc).type === 'newer';
  }

  /** What is written first is made from the source as it is now. */
  begin(source: UnitSource): void {
    unitHolds(this.#doc, LOCAL, source);
  }

  stillHolds(source: UnitSource): void {
    this.#apart(() => unitHolds(this.#doc, LOCAL, source));
  }

  /** The source's change is in the text now. */
  updated(source: UnitSource): void {
    this.#apart(() => markUnitUpdated(this.#doc, LOCAL, source));
  }

  setDone(source: UnitSource, isDone: boolean): void {
    this.#apart(() => setUnitStatus(this.#doc, LOCAL, source.unit, isDone ? 'done' : 'draft'));
  }

  close(): void {
    this.history.close();
  }

  #apart(change: () => unknown): void {
    this.history.mark();
    change();
    this.history.mark();
  }
}

export const openTranslationDesk = (agreement: Agreement, id: DocumentId): TranslationDesk | null => {
  const { doc } = agreement.translation(id);
  return doc === null ? null : new TranslationDesk(agreement, id, doc);
};

/** The translation into a language; where people began two apart, the one that was there first. */
export const translationInto = (agreement: Agreement, language: string): DocumentId | null =>
  agreement.translations
    .filter(({ view }) => view.language === language)
    .map(({ id }) => agreement.company.entry(id))
    .filter((entry) => entry !== undefined)
    .sort((a, b) => a.minute - b.minute || (a.id < b.id ? -1 : 1))[0]?.id ?? null;

export interface LanguageProgress {
  readonly language: string;
  readonly counts: Readonly<Record<UnitState, number>>;
  readonly all: number;
  /** does its text count? */
  readonly binds: boolean;
}

/** How much of the agreement holds in each language into which somebody has begun to bring it. */
export const progressOf = (agreement: Agreement): readonly LanguageProgress[] => {
  const { view, locals, translations } = agreement;
  if (view === null) return [];
  return [...new Set(translations.map((each) => each.view.language))].sort().flatMap((language) => {
    const id = translationInto(agreement, language);
    const found = translations.find((each) => each.id === id);
    if (found === undefined) return [];
    const counts = { holds: 0, stale: 0, draft: 0, missing: 0 };
    const units = weaveTranslation(view, locals, found.view);
    for (const { state } of units) counts[state]++;
    return [{ language, counts, all: units.length, binds: view.languages.includes(language) }];
  });
};

export type NewTranslationError = ReplicaError | { readonly type: 'NoLanguage' } | { readonly type: 'Exists' };

/** Written by all members, or by the person's own group alone. */
export const addTranslation = async (
  agreement: Agreement,
  wish: { readonly language: string; readonly writers: Extract<Writers, 'members' | 'group'> },
): Promise<Result<string, NewTranslationError>> => {
  const { company, view } = agreement;
  const { me } = company;
  const language = parseLanguage(wish.language);
  if (language === null || view === null) return err({ type: 'NoLanguage' });
  if (me === null) return err({ type: 'NotAllowed' });
  if (language === view.sourceLanguage || translationInto(agreement, language) !== null) return err({ type: 'Exists' });
  const { replica } = company.world;
  const { writers } = wish;
  const made = await replica.createDocument({ kind: 'translation', owner: me.group, parent: agreement.id, writers });
  if (!made.ok) return made;
  const opened = await replica.openDocument(made.value);
  if (!opened.ok) return opened;
  createTranslation(opened.value, LOCAL, language);
  return ok(language);
};

/** Fields that are read before the clauses, clauses, the other fields, red lines. */
const inReadingOrder = (units: readonly WovenUnit[]): readonly WovenUnit[] => {
  const before: readonly AgreementTextName[] = ['title', ...FIELDS_BEFORE_CLAUSES];
  const rank = ({ source: { unit } }: WovenUnit): number => {
    if ('text' in unit) return before.includes(unit.text) ? 0 : 2;
    return 'redLine' in unit ? 3 : 1;
  };
  return [...units].sort((a, b) => rank(a) - rank(b));
};

/** What stands in the source, by its fields. */
export const sourceParts = (agreement: Agreement, unit: Unit) => {
  const { view } = agreement;
  if (view === null) return null;
  if ('text' in unit) return { type: 'text' as const, name: unit.text, text: view.texts[unit.text] };
  if ('redLine' in unit) {
    const found = view.redLines.find(({ id }) => id === unit.redLine);
    return found === undefined ? null : { type: 'redLine' as const, redLine: found };
  }
  const standing = agreement.clauses.find((each) =>
    each.type === 'common'
      ? 'clause' in unit && each.clause.id === parseClauseId(unit.clause)
      : 'local' in unit && each.local.id === unit.local,
  );
  if (standing === undefined) return null;
  const clause = standing.type === 'common' ? standing.clause : standing.local.view;
  return { type: 'clause' as const, number: standing.number, heading: clause.heading, body: clause.body };
};
