/** How many places wait for somebody to look at them, of what came in since they were last decided. */
import { docOf } from '../../log/past.ts';
import type { Identity } from '../../log/identity.ts';
import type { DocumentId } from '../../log/types.ts';
import type { Environment } from '../../sync/environment.ts';
import type { Company } from '../company/company.svelte.ts';
import { opaqueId } from '../exchange/opaque.ts';
import type { DeviceShelf } from '../shelf.ts';
import type { FoundApart } from './apart-in.ts';
import type * as Looking from './looking.ts';

interface WatchNeeds {
  readonly space: { readonly replica: { readonly identity: Identity } };
  readonly shelf: Pick<DeviceShelf, 'readMark' | 'markRead'>;
  readonly environment: Pick<Environment, 'now' | 'after'>;
}

/** Milliseconds for more to come in before it is looked through, and how many times as long as looking takes. */
const PAUSE = 3000;
const REST = 10;

export class ApartWatch {
  readonly #company: Company;
  readonly #needs: WatchNeeds;
  /** in which something came in since they were looked through */
  #stale = new Set<DocumentId>();
  #isBegun = false;
  #isLooking = false;
  #isPlanned = false;
  #pause = PAUSE;
  /** what tells what was changed apart: fetched when it is first wanted, since it knows every kind of document */
  #looking: typeof Looking | null = null;
  /** how often there was something to look through */
  #came = $state(0);
  #found = $state.raw<ReadonlyMap<DocumentId, readonly FoundApart[]>>(new Map());

  constructor(company: Company, needs: WatchNeeds) {
    this.#company = company;
    this.#needs = needs;
    // for as long as the space is open
    company.world.replica.on((event) => {
      if (event.type !== 'documents') return;
      for (const id of event.documents) {
        this.#stale.add(id);
        this.#mark(id, true);
      }
      this.#plan();
    });
  }

  get count(): number {
    let count = 0;
    for (const [id, found] of this.#found) count += this.#waitingIn(id, found);
    return count;
  }

  /** Looks through what came in. It reads the log, so it is done where somebody wants to know; there, whenever more comes. */
  async look(): Promise<void> {
    void this.#came;
    if (this.#isLooking) return;
    this.#isLooking = true;
    if (!this.#isBegun) this.#begin();
    // nothing to look through, nothing to fetch
    if (this.#stale.size > 0) this.#looking ??= await import('./looking.ts');
    const looking = this.#looking;
    while (looking !== null && this.#stale.size > 0) {
      const documents = this.#stale;
      this.#stale = new Set();
      const { now } = this.#needs.environment;
      const started = now();
      const read = await this.#company.world.replica.past(documents);
      if (!read.ok) break;
      const found = [...read.value].map(([id, edits]): [DocumentId, readonly FoundApart[]] => [
        id,
        looking.findApartIn(edits, docOf(edits)),
      ]);
      this.#pause = Math.max(PAUSE, (now() - started) * REST);
      this.#found = new Map([...this.#found, ...found]);
      for (const [id, each] of found) this.#mark(id, this.#waitingIn(id, each) > 0);
    }
    this.#isLooking = false;
  }

  /** What was not decided before Weft was closed waits still. */
  #begin(): void {
    this.#isBegun = true;
    for (const id of this.#company.world.replica.membership().documents.keys())
      if (this.#needs.shelf.readMark(this.#nameOf(id)) === WAITS) this.#stale.add(id);
  }

  #waitingIn(id: DocumentId, found: readonly FoundApart[]): number {
    const document = this.#company.entry(id);
    if (document === undefined || this.#looking === null) return 0;
    return this.#looking.decidedOn(this.#company, document, found).filter(({ settled }) => settled === null).length;
  }

  #mark(id: DocumentId, waits: boolean): void {
    const name = this.#nameOf(id);
    const wanted = waits ? WAITS : DONE;
    if ((this.#needs.shelf.readMark(name) ?? DONE) !== wanted) this.#needs.shelf.markRead(name, wanted);
  }

  #nameOf(id: DocumentId): string {
    return opaqueId(this.#needs.space.replica.identity, 'apart', id);
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.#needs.environment.after(this.#pause, () => {
      this.#isPlanned = false;
      this.#came++;
    });
  }
}

const WAITS = '1';
const DONE = '0';
