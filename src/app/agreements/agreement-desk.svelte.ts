/** An agreement as it is worked on: its texts, each bound once, its clauses, and undo of what is done on this screen. */
import type * as Y from 'yjs';
import {
  addClause,
  addRedLine,
  agreementTextOf,
  clauseBodyOf,
  encodeAgreementPlace,
  moveClause,
  moveRedLine,
  removeClause,
  removeRedLine,
  restoreClause,
  restoreRedLine,
  setAuthoritative,
  setDate,
  setParty,
  setRedLineField,
  setRuleField,
} from '../../documents/agreement/index.ts';
import type {
  AgreementPath,
  ClauseId,
  DateName,
  RedLineField,
  RedLineId,
  RuleField,
} from '../../documents/agreement/index.ts';
import type { GroupId } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import { History } from '../company/history.svelte.ts';
import { neighbourAfter } from '../company/neighbour.ts';
import { TextBinding } from '../company/text.svelte.ts';
import type { Place } from '../presence-types.ts';
import type { Agreement } from './agreement.svelte.ts';

/** Of a person's own edits, for editors to write under. */
export const OWN_EDITS: unknown = LOCAL;

/** An editor's two ends of what is selected. */
export type Caret = Pick<Place, 'anchor' | 'head'>;

/** Close it with the screen. */
export class AgreementDesk {
  readonly agreement: Agreement;
  readonly history: History;
  #doc: Y.Doc;
  #bindings = new Map<string, TextBinding>();

  constructor(agreement: Agreement, doc: Y.Doc) {
    this.agreement = agreement;
    this.#doc = doc;
    this.history = new History(doc);
  }

  /** null where the document has no such text, or is of a newer Weft */
  text(path: AgreementPath): TextBinding | null {
    const name = encodeAgreementPlace(path);
    const known = this.#bindings.get(name);
    if (known !== undefined) return known;
    const text = agreementTextOf(this.#doc, path);
    if (text === null) return null;
    const { id, company } = this.agreement;
    const binding = new TextBinding(text, { document: id, name }, this.history, company.world.presence);
    this.#bindings.set(name, binding);
    return binding;
  }

  /** to bind an editor to; null as above */
  body(clause: ClauseId): Y.XmlFragment | null {
    return clauseBodyOf(this.#doc, clause);
  }

  /** The person's caret is here, in the body of this clause; null: it is not any more. */
  look(clause: ClauseId, caret: Caret | null): void {
    const { id, company } = this.agreement;
    const text = encodeAgreementPlace({ clause, field: 'body' });
    company.world.presence.set(caret && { document: id, text, ...caret });
  }

  /** Asked of the document itself: it may have become so with the change that is just coming in. */
  get isNewer(): boolean {
    return agreementTextOf(this.#doc, { agreement: 'title' }) === null;
  }

  addClause(before: ClauseId | null): ClauseId | null {
    const id = this.agreement.company.freshClause();
    return this.#apart(() => addClause(this.#doc, LOCAL, { id, before }).ok) ? id : null;
  }

  /** One place up or down among the clauses that are shown. */
  moveClause(clause: ClauseId, by: -1 | 1): boolean {
    const before = neighbourAfter(this.agreement.view?.clauses ?? [], clause, by);
    return before !== undefined && this.#apart(() => moveClause(this.#doc, LOCAL, clause, before).ok);
  }

  removeClause(clause: ClauseId): boolean {
    return this.#apart(() => removeClause(this.#doc, LOCAL, clause).ok);
  }

  addRedLine(): boolean {
    const id = this.agreement.company.freshRedLine();
    return this.#apart(() => addRedLine(this.#doc, LOCAL, { id }).ok);
  }

  moveRedLine(redLine: RedLineId, by: -1 | 1): boolean {
    const before = neighbourAfter(this.agreement.view?.redLines ?? [], redLine, by);
    return before !== undefined && this.#apart(() => moveRedLine(this.#doc, LOCAL, redLine, before).ok);
  }

  removeRedLine(redLine: RedLineId): boolean {
    return this.#apart(() => removeRedLine(this.#doc, LOCAL, redLine).ok);
  }

  setRedLine(redLine: RedLineId, field: RedLineField): void {
    this.#apart(() => setRedLineField(this.#doc, LOCAL, redLine, field).ok);
  }

  setRule(field: RuleField): void {
    this.#apart(() => setRuleField(this.#doc, LOCAL, field).ok);
  }

  setDate(name: DateName, day: string | null): void {
    this.#apart(() => setDate(this.#doc, LOCAL, name, day).ok);
  }

  setParty(group: GroupId, isParty: boolean): void {
    this.#apart(() => setParty(this.#doc, LOCAL, group, isParty).ok);
  }

  setAuthoritative(language: string, binds: boolean): void {
    this.#apart(() => setAuthoritative(this.#doc, LOCAL, language, binds).ok);
  }

  close(): void {
    this.history.close();
  }

  /** A step of its own for undo. */
  #apart(change: () => boolean): boolean {
    this.history.mark();
    const isDone = change();
    this.history.mark();
    return isDone;
  }
}

/** null while the agreement is not open */
export const openAgreementDesk = (agreement: Agreement): AgreementDesk | null =>
  agreement.doc === null ? null : new AgreementDesk(agreement, agreement.doc);

/** What brings back what was taken out: it outlives the screen. */
export const bringBackClause = (agreement: Agreement, clause: ClauseId): void => {
  if (agreement.doc !== null) restoreClause(agreement.doc, LOCAL, clause);
};

export const bringBackRedLine = (agreement: Agreement, redLine: RedLineId): void => {
  if (agreement.doc !== null) restoreRedLine(agreement.doc, LOCAL, redLine);
};
