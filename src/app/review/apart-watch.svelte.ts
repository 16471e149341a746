/** How many places wait for somebody to look at them, of what came in while Weft is open. */
import { docOf } from '../../log/past.ts';
import type { DocumentId } from '../../log/types.ts';
import type { Company } from '../company/company.svelte.ts';
import { findApartIn, type FoundApart } from './apart-in.ts';
import { decidedOn } from './apart-texts.ts';

export class ApartWatch {
  readonly #company: Company;
  /** in which something came in since they were looked through */
  #stale = new Set<DocumentId>();
  #isLooking = false;
  #found = $state.raw<ReadonlyMap<DocumentId, readonly FoundApart[]>>(new Map());

  constructor(company: Company) {
    this.#company = company;
    // for as long as the space is open
    company.world.replica.on((event) => {
      if (event.type === 'documents') for (const id of event.documents) this.#stale.add(id);
    });
  }

  get count(): number {
    let count = 0;
    for (const [id, found] of this.#found) {
      const document = this.#company.entry(id);
      if (document) count += decidedOn(this.#company, document, found).filter((each) => each.settled === null).length;
    }
    return count;
  }

  /** Looks through what came in. It reads the log, so it is done where somebody wants to know. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#stale.size > 0) {
      const documents = this.#stale;
      this.#stale = new Set();
      const read = await this.#company.world.replica.past(documents);
      if (!read.ok) break;
      this.#found = new Map([
        ...this.#found,
        ...[...read.value].map(([id, edits]): [DocumentId, readonly FoundApart[]] => [
          id,
          findApartIn(edits, docOf(edits)),
        ]),
      ]);
    }
    this.#isLooking = false;
  }
}
