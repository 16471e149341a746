/** One agreement with its local clauses, translations and signed words: what its screens show. */
import type * as Y from 'yjs';
import { followAgreement, freeze, numberClauses, decodeAgreementText } from '../../documents/agreement/index.ts';
import type {
  AgreementState,
  AgreementText,
  AgreementView,
  FreezeError,
  LocalClause,
  StandingClause,
} from '../../documents/agreement/index.ts';
import { decide, lifeOf } from '../../documents/agreement/decision/index.ts';
import type { Decisions, Life, Outcome } from '../../documents/agreement/decision/index.ts';
import { joinText } from '../../documents/agreement/frozen.ts';
import { parseWord } from '../../documents/agreement/words.ts';
import type { GroupId as WordGroup, Said, TextPiece, WordId } from '../../documents/agreement/words.ts';
import { readLocalClause } from '../../documents/local-clause/index.ts';
import type { LocalClauseState } from '../../documents/local-clause/index.ts';
import { readTranslation } from '../../documents/translation/index.ts';
import type { TranslationState, TranslationView } from '../../documents/translation/index.ts';
import { err } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import type { DocumentEntry, DocumentId, Statement } from '../../log/types.ts';
import { hashFrozen } from '../../proofs/frozen.ts';
import type { Company } from '../company/company.svelte.ts';
import { OpenDocument } from '../company/open-document.svelte.ts';

export type AgreementLook = { readonly type: 'opening' } | { readonly type: 'failed' } | AgreementState;

/** A language in which the agreement is written. */
export interface TranslationEntry {
  readonly id: DocumentId;
  readonly view: TranslationView;
}

/** A frozen text as it can be shown: all here, not all here yet, or not what a frozen text is. */
export type FrozenLook =
  | { readonly type: 'here'; readonly text: AgreementText; readonly canonical: string }
  | { readonly type: 'missing' }
  | { readonly type: 'unreadable' };

export class Agreement {
  readonly id: DocumentId;
  readonly company: Company;
  /** opened when somebody reads the text: what was signed is known without it */
  #opened: OpenDocument<AgreementState> | null = null;
  #locals = new Map<DocumentId, OpenDocument<LocalClauseState>>();
  #translations = new Map<DocumentId, OpenDocument<TranslationState>>();
  #decided: {
    readonly of: readonly Statement[];
    readonly groups: number;
    readonly words: readonly Said[];
    readonly decisions: Decisions;
  } | null = null;
  /** by hash: a frozen text never changes */
  #frozen = new Map<string, FrozenLook>();

  constructor(company: Company, id: DocumentId) {
    this.company = company;
    this.id = id;
  }

  get #content(): OpenDocument<AgreementState> {
    this.#opened ??= new OpenDocument(this.company.world, this.id, readFollowed());
    return this.#opened;
  }

  // The document -----------------------------------------------------------------------------------------------------

  get look(): AgreementLook {
    const { opening, view } = this.#content;
    if (opening.type === 'failed') return { type: 'failed' };
    return view ?? { type: 'opening' };
  }

  /** null while there is nothing to be shown; of a newer Weft it may be read and not changed */
  get view(): AgreementView | null {
    const { look } = this;
    return look.type === 'ready' || look.type === 'newer' ? look.agreement : null;
  }

  get entry(): DocumentEntry | undefined {
    return this.company.entry(this.id);
  }

  get doc(): Y.Doc | null {
    return this.#content.doc;
  }

  get mayWrite(): boolean {
    return this.look.type === 'ready' && this.company.mayWrite(this.id);
  }

  #children(kind: string): readonly DocumentEntry[] {
    return [...this.company.membership.documents.values()].filter(
      (entry) => entry.kind === kind && entry.parent === this.id,
    );
  }

  get localEntries(): readonly DocumentEntry[] {
    return this.#children('local-clause');
  }

  local(id: DocumentId): OpenDocument<LocalClauseState> {
    const known = this.#locals.get(id);
    if (known !== undefined) return known;
    const opened = new OpenDocument(this.company.world, id, readLocalClause);
    this.#locals.set(id, opened);
    return opened;
  }

  get locals(): readonly LocalClause[] {
    return this.localEntries.flatMap(({ id, owner }) => {
      const { view } = this.local(id);
      return view === null || view.type === 'empty' ? [] : [{ id, group: owner, view: view.clause }];
    });
  }

  /** Clauses with their numbers, local ones where they stand. */
  get clauses(): readonly StandingClause[] {
    const { view } = this;
    return view === null ? [] : numberClauses(view, this.locals);
  }

  get translationEntries(): readonly DocumentEntry[] {
    return this.#children('translation');
  }

  translation(id: DocumentId): OpenDocument<TranslationState> {
    const known = this.#translations.get(id);
    if (known !== undefined) return known;
    const opened = new OpenDocument(this.company.world, id, readTranslation);
    this.#translations.set(id, opened);
    return opened;
  }

  get translations(): readonly TranslationEntry[] {
    return this.translationEntries.flatMap(({ id }) => {
      const { view } = this.translation(id);
      return view === null || view.type === 'empty' ? [] : [{ id, view: view.translation }];
    });
  }

  /** Is all of it open, so that what looks missing is missing? */
  get isWhole(): boolean {
    return (
      this.#content.opening.type !== 'opening' &&
      this.localEntries.every(({ id }) => this.local(id).opening.type !== 'opening') &&
      this.translationEntries.every(({ id }) => this.translation(id).opening.type !== 'opening')
    );
  }

  /** The text as it would be proposed now, in the source's language or in that of a translation. */
  freeze(language: string): Result<AgreementText, FreezeError> {
    const { view } = this;
    if (view === null) return err({ type: 'NoClauses' });
    if (language === view.sourceLanguage) return freeze(view, this.locals);
    const found = this.translations.find((each) => each.view.language === language);
    return found === undefined ? err({ type: 'NoLanguage' }) : freeze(view, this.locals, found.view);
  }

  // What was signed --------------------------------------------------------------------------------------------------

  #decide(): { readonly words: readonly Said[]; readonly decisions: Decisions } {
    const statements = this.company.statements(this.id);
    const { groups } = this.company.membership;
    const known = this.#decided;
    if (known !== null && known.of === statements && known.groups === groups.size) return known;
    const words = statements.flatMap(saidBy);
    const ids: ReadonlySet<WordGroup> = new Set(groups.keys());
    const decided = { of: statements, groups: groups.size, words, decisions: decide(words, { groups: ids }) };
    this.#decided = decided;
    return decided;
  }

  /** All words about it, those too that do not count. */
  get words(): readonly Said[] {
    return this.#decide().words;
  }

  get decisions(): Decisions {
    return this.#decide().decisions;
  }

  outcome(proposal: string): Outcome | null {
    return this.decisions.outcomes.get(proposal as WordId) ?? null;
  }

  get life(): Life {
    return lifeOf(this.decisions, this.today);
  }

  /** 'YYYY-MM-DD', by this device's clock and zone */
  get today(): string {
    const now = new Date(this.company.world.now());
    const two = (value: number): string => String(value).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  /** The text that a proposal froze, by its hash. */
  frozen(hash: string): FrozenLook {
    const known = this.#frozen.get(hash);
    if (known !== undefined && known.type === 'here') return known;
    const pieces = this.words.filter((said): said is Said<TextPiece> => said.word.kind === 'text');
    const joined = joinText(hash, pieces, hashFrozen);
    const look: FrozenLook = joined.ok ? readFrozen(joined.value) : { type: 'missing' };
    this.#frozen.set(hash, look);
    return look;
  }
}

/** Reads only what changed since it was read before. */
const readFollowed = (): ((doc: Y.Doc) => AgreementState) => {
  const followed = new WeakMap<Y.Doc, ReturnType<typeof followAgreement>>();
  return (doc) => {
    const known = followed.get(doc) ?? followAgreement(doc);
    followed.set(doc, known);
    return known.read();
  };
};

const readFrozen = (bytes: Uint8Array): FrozenLook => {
  const decoded = decodeAgreementText(bytes);
  return decoded.ok
    ? { type: 'here', text: decoded.value, canonical: new TextDecoder().decode(bytes) }
    : { type: 'unreadable' };
};

/** The log's brands and those of words name the same ids. */
const saidBy = (statement: Statement): readonly Said[] => {
  if (statement.type !== 'word') return [];
  const word = parseWord(statement.kind, statement.value);
  if (word === null) return [];
  const { id, member, group, role, device, number, minute } = statement;
  return [{ id, member, group, role, device, number, minute, word }];
};
