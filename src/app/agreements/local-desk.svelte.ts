/** A clause that is local to a group, as that group works on it. */
import type * as Y from 'yjs';
import {
  createLocalClause,
  localBodyOf,
  localHeadingOf,
  removeLocalClause,
  restoreLocalClause,
} from '../../documents/local-clause/index.ts';
import type { ClauseId } from '../../documents/agreement/index.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import type { DocumentId } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { ReplicaError } from '../../sync/replica-types.ts';
import { History } from '../company/history.svelte.ts';
import { TextBinding } from '../company/text.svelte.ts';
import type { Presence } from '../presence-types.ts';
import type { Caret } from './agreement-desk.svelte.ts';
import type { Agreement } from './agreement.svelte.ts';

/** The names of its two texts, for presence. */
export const LOCAL_HEADING = 'heading';
export const LOCAL_BODY = 'body';

/** Close it with the screen. */
export class LocalDesk {
  readonly id: DocumentId;
  readonly history: History;
  readonly heading: TextBinding | null;
  #doc: Y.Doc;
  #presence: Presence;

  constructor(agreement: Agreement, id: DocumentId, doc: Y.Doc) {
    this.id = id;
    this.#doc = doc;
    this.history = new History(doc);
    const text = localHeadingOf(doc);
    const place = { document: id, name: LOCAL_HEADING };
    this.#presence = agreement.company.world.presence;
    this.heading = text && new TextBinding(text, place, this.history, this.#presence);
  }

  get body(): Y.XmlFragment | null {
    return localBodyOf(this.#doc);
  }

  look(caret: Caret | null): void {
    this.#presence.set(caret && { document: this.id, text: LOCAL_BODY, ...caret });
  }

  get isNewer(): boolean {
    return localBodyOf(this.#doc) === null;
  }

  remove(): boolean {
    return removeLocalClause(this.#doc, LOCAL).ok;
  }

  close(): void {
    this.history.close();
  }
}

/** null while it is not open */
export const openLocalDesk = (agreement: Agreement, id: DocumentId): LocalDesk | null => {
  const { doc } = agreement.local(id);
  return doc === null ? null : new LocalDesk(agreement, id, doc);
};

export const bringBackLocal = (agreement: Agreement, id: DocumentId): void => {
  const { doc } = agreement.local(id);
  if (doc !== null) restoreLocalClause(doc, LOCAL);
};

/** May this person's group add to this agreement for itself? Only what a party adds stands in the text. */
export const mayAddLocal = ({ company, view, look }: Agreement): boolean =>
  look.type === 'ready' && company.mayCreate && company.me !== null && (view?.parties ?? []).includes(company.me.group);

/** For the person's own group; `after` is the common clause that it stands after, null: before the first. */
export const addLocal = async (
  agreement: Agreement,
  after: ClauseId | null,
): Promise<Result<DocumentId, ReplicaError>> => {
  const { company, view } = agreement;
  const { me } = company;
  if (me === null || view === null) return err({ type: 'NotAllowed' });
  const { replica } = company.world;
  const made = await replica.createDocument({
    kind: 'local-clause',
    owner: me.group,
    parent: agreement.id,
    writers: 'group',
  });
  if (!made.ok) return made;
  const opened = await replica.openDocument(made.value);
  if (!opened.ok) return opened;
  createLocalClause(opened.value, LOCAL, { language: view.sourceLanguage, after });
  return ok(made.value);
};
