/** All agreements of an open space. */
import { applyTemplate } from '../../documents/agreement/index.ts';
import type { TemplateName, TemplateStrings } from '../../documents/agreement/index.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import type { DocumentId, GroupId } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { ReplicaError } from '../../sync/replica-types.ts';
import { Company } from '../company/company.svelte.ts';
import { Agreement } from './agreement.svelte.ts';

export interface NewAgreement {
  readonly template: TemplateName;
  readonly title: string;
  /** BCP 47 */
  readonly sourceLanguage: string;
  readonly parties: readonly GroupId[];
  /** the template's words in that language */
  readonly words: TemplateStrings;
}

export class Agreements extends Company {
  #agreements = new Map<DocumentId, Agreement>();

  /** Newest first. */
  get agreements(): readonly Agreement[] {
    return [...this.membership.documents.values()]
      .filter(({ kind }) => kind === 'agreement')
      .sort((a, b) => b.minute - a.minute || (a.id < b.id ? -1 : 1))
      .map(({ id }) => this.#agreement(id));
  }

  /** null where this space has no such agreement (yet) */
  agreement(id: string): Agreement | null {
    const entry = this.entry(id);
    return entry?.kind === 'agreement' ? this.#agreement(entry.id) : null;
  }

  async create(wish: NewAgreement): Promise<Result<DocumentId, ReplicaError>> {
    const { replica } = this.world;
    const { me } = this;
    if (me === null) return err({ type: 'NotAllowed' });
    const made = await replica.createDocument({ kind: 'agreement', owner: me.group, parent: null, writers: 'members' });
    if (!made.ok) return made;
    const opened = await replica.openDocument(made.value);
    if (!opened.ok) return opened;
    const { template, sourceLanguage, title, parties, words } = wish;
    applyTemplate(opened.value, LOCAL, { template, sourceLanguage, title, parties }, words, {
      clause: this.freshClause,
      redLine: this.freshRedLine,
    });
    return ok(made.value);
  }

  #agreement(id: DocumentId): Agreement {
    const known = this.#agreements.get(id);
    if (known !== undefined) return known;
    const agreement = new Agreement(this, id);
    this.#agreements.set(id, agreement);
    return agreement;
  }
}
