/** A bundle being opened: first what it says and would bring, then merging, then a receipt. The file is only read. */
import type { MemberId, Receipt } from '../../log/types.ts';
import type { BundleError, Incomplete, Preview } from '../../sync/bundles.ts';
import type { NewPast } from './past.ts';
import { createSource, lookAt, type Otherwise } from './picked-file.ts';
import type { ExchangeWorld } from './world.ts';

/** Why nothing was taken from a file. */
export type Refusal =
  | { readonly type: 'otherwise'; readonly is: Otherwise }
  | { readonly type: 'bundle'; readonly error: BundleError }
  /** this device could not store it */
  | { readonly type: 'storage' };

export interface Arrived {
  readonly receipt: Receipt;
  /** who made the bundle; null: somebody whose record is not here */
  readonly from: MemberId | null;
  readonly incomplete: Incomplete | null;
}

export type OpeningState =
  | { readonly type: 'idle' }
  | { readonly type: 'reading'; readonly done: number; readonly total: number }
  | { readonly type: 'passphrase'; readonly isWrong: boolean }
  | { readonly type: 'preview'; readonly preview: Preview }
  | { readonly type: 'merging'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly arrived: Arrived }
  | { readonly type: 'refused'; readonly why: Refusal };

export class Opening {
  readonly #world: ExchangeWorld;
  readonly #keep: (past: NewPast) => void;
  #state = $state.raw<OpeningState>({ type: 'idle' });
  #file: File | null = null;
  #passphrase = '';
  /** what was put away must not be heard of again */
  #run = 0;

  constructor(world: ExchangeWorld, keep: (past: NewPast) => void) {
    this.#world = world;
    this.#keep = keep;
  }

  get state(): OpeningState {
    return this.#state;
  }

  /** Looks into a file. Nothing of the space changes. */
  async look(file: File): Promise<void> {
    if (this.#state.type === 'merging') return;
    this.#file = file;
    this.#passphrase = '';
    const run = this.#begin(file);
    const otherwise = await lookAt(file);
    if (run !== this.#run) return;
    if (otherwise) this.#refuse({ type: 'otherwise', is: otherwise });
    else await this.#read(file, run);
  }

  async tryPassphrase(passphrase: string): Promise<void> {
    if (!this.#file || this.#state.type !== 'passphrase') return;
    this.#passphrase = passphrase;
    await this.#read(this.#file, this.#begin(this.#file));
  }

  /** `acceptsLarge`: the person was asked about very much from one device, and said yes. */
  async merge(acceptsLarge: boolean): Promise<void> {
    const file = this.#file;
    if (this.#state.type !== 'preview' || !file) return;
    const { member } = this.#state.preview;
    const { space, environment } = this.#world;
    this.#state = { type: 'merging', done: 0, total: file.size };
    const { mergeBundle } = await import('../../sync/bundles.ts');
    const source = createSource(file, (done, total) => {
      if (this.#state.type === 'merging') this.#state = { type: 'merging', done, total };
    });
    const merged = await mergeBundle(space.replica, source, environment, {
      passphrase: this.#passphrase,
      acceptsLarge,
    });
    if (!merged.ok) {
      this.#refuse(isBundleError(merged.error) ? { type: 'bundle', error: merged.error } : { type: 'storage' });
      return;
    }
    const { receipt, incomplete, maker } = merged.value;
    const from = space.replica.membership().memberByDevice.get(maker.device) ?? member;
    this.#state = { type: 'done', arrived: { receipt, from, incomplete } };
    this.#keep({
      type: 'opened',
      from,
      incomplete: incomplete !== null,
      changes: receipt.changes,
      people: receipt.changesByMember.size,
      documents: receipt.changesByDocument.size,
    });
    this.#forget();
    // what is known of others is not in the log: keep it now, and the next start is fast
    void space.replica.snapshot();
  }

  /** Puts away what is shown. What is being merged goes on: half of it is there already. */
  reset(): void {
    if (this.#state.type === 'merging') return;
    this.#run++;
    this.#forget();
    this.#state = { type: 'idle' };
  }

  #begin(file: File): number {
    this.#state = { type: 'reading', done: 0, total: file.size };
    return ++this.#run;
  }

  async #read(file: File, run: number): Promise<void> {
    const { space, environment } = this.#world;
    const { readBundle } = await import('../../sync/bundles.ts');
    const source = createSource(file, (done, total) => {
      if (run === this.#run && this.#state.type === 'reading') this.#state = { type: 'reading', done, total };
    });
    const read = await readBundle(space.replica, source, environment, this.#passphrase);
    if (run !== this.#run) return;
    if (read.ok) {
      this.#state = { type: 'preview', preview: read.value };
      // it changes nothing, so nobody need be asked; but it tells what its maker has
      if (read.value.would.changes === 0 && read.value.incomplete === null) await this.merge(false);
    } else if (read.error.type === 'PassphraseNeeded') this.#state = { type: 'passphrase', isWrong: false };
    else if (read.error.type === 'WrongPassphrase') this.#state = { type: 'passphrase', isWrong: true };
    else this.#refuse({ type: 'bundle', error: read.error });
  }

  #refuse(why: Refusal): void {
    this.#state = { type: 'refused', why };
    this.#forget();
  }

  #forget(): void {
    this.#file = null;
    this.#passphrase = '';
  }
}

const BUNDLE_ERRORS = [
  'NotForThisSpace',
  'PassphraseNeeded',
  'WrongPassphrase',
  'NewerVersion',
  'TooLarge',
  'Truncated',
  'Damaged',
  'BadSender',
] as const satisfies readonly BundleError['type'][];

const isBundleError = (error: { readonly type: string }): error is BundleError =>
  BUNDLE_ERRORS.some((type) => type === error.type);
