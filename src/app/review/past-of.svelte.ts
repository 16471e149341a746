/** The log of a document and of those that belong to it, read for a screen, and read again when more of it comes. */
import type { PastEdit } from '../../log/past.ts';
import type { DocumentId, MemberId } from '../../log/types.ts';
import type { ReplicaEvent } from '../../sync/replica-types.ts';
import type { Company } from '../company/company.svelte.ts';

export type PastByDocument = ReadonlyMap<DocumentId, readonly PastEdit[]>;

export type PastLook =
  { readonly type: 'reading' } | { readonly type: 'failed' } | { readonly type: 'here'; readonly past: PastByDocument };

/** A document and its parts: a palette with its translations, an agreement with its local clauses. */
export const withParts = (company: Company, id: DocumentId): readonly DocumentId[] => [
  id,
  ...[...company.membership.documents.values()].filter(({ parent }) => parent === id).map((entry) => entry.id),
];

export class PastOf {
  readonly company: Company;
  readonly #documents: () => readonly DocumentId[];
  #look = $state.raw<PastLook>({ type: 'reading' });
  #isReading = false;
  #isStale = false;
  readonly #stop: () => void;

  constructor(company: Company, documents: () => readonly DocumentId[]) {
    this.company = company;
    this.#documents = documents;
    this.#stop = company.world.replica.on((event) => {
      if (this.#concerns(event)) void this.read();
    });
    void this.read();
  }

  get look(): PastLook {
    return this.#look;
  }

  /** Who wrote it; null: nobody who is known here. */
  memberOf({ device }: Pick<PastEdit, 'device'>): MemberId | null {
    return this.company.membership.memberByDevice.get(device) ?? null;
  }

  async read(): Promise<void> {
    this.#isStale = true;
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#isStale) {
      this.#isStale = false;
      const read = await this.company.world.replica.past(this.#documents());
      this.#look = read.ok ? { type: 'here', past: read.value } : { type: 'failed' };
    }
    this.#isReading = false;
  }

  close(): void {
    this.#stop();
  }

  #concerns(event: ReplicaEvent): boolean {
    if (event.type === 'records' || event.type === 'rebuilt') return event.type === 'rebuilt';
    if (event.type !== 'documents') return false;
    const wanted = new Set(this.#documents());
    return event.documents.some((id) => wanted.has(id));
  }
}
