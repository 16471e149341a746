/** A bundle being made: it goes on while its screen is left, and is then ready to be saved or shared. */
import type { Result } from '../../lib/result.ts';
import { createSpoken } from '../../log/spoken.ts';
import type { MemberId } from '../../log/types.ts';
import type { Vector } from '../../log/vector.ts';
import type { Bundle, MakeError } from '../../sync/bundles.ts';
import { behindIn } from './standing.ts';
import { createJar } from './jar.ts';
import type { Whom } from './names.ts';
import type { NewPast } from './past.ts';
import { type Tongue, tonguesOf } from './tongues.ts';
import type { ExchangeWorld } from './world.ts';

export interface Wish {
  readonly whom: Whom;
  /** without what all of them are known to have */
  readonly onlyLacking: boolean;
  /** empty: none */
  readonly passphrase: string;
  /** bytes that a file may have; null: one file */
  readonly most: number | null;
  /** what goes with it, unsealed, once its files have their names */
  readonly beside?: (names: readonly string[]) => Promise<readonly ReadyFile[]>;
}

export type Estimate = Bundle['estimate'];

/** What is known only once all of it was read: sizes in bytes, and milliseconds since 1970. */
export interface Measured {
  readonly bytes: number;
  readonly files: number;
  readonly since: number | null;
}

export interface ReadyFile {
  readonly file: Blob;
  /** says nothing, but which of several it is */
  readonly name: string;
}

export interface ReadyBundle {
  readonly files: readonly ReadyFile[];
  /** files that are not sealed: the app, and how to begin with it */
  readonly beside: readonly ReadyFile[];
  /** of all sealed files */
  readonly bytes: number;
  readonly estimate: Estimate;
  readonly whom: Whom;
  readonly hasPassphrase: boolean;
}

export type MakingState =
  | { readonly type: 'idle' }
  /** so far; `of`: changes in all */
  | { readonly type: 'making'; readonly bytes: number; readonly done: number; readonly of: number }
  | { readonly type: 'ready'; readonly bundle: ReadyBundle }
  | { readonly type: 'failed'; readonly error: MakeError };

export class Making {
  readonly #world: ExchangeWorld;
  readonly #keep: (past: NewPast) => void;
  #state = $state.raw<MakingState>({ type: 'idle' });
  /** what was stopped must not be heard of again */
  #run = 0;
  #kept: ReadyBundle | null = null;

  constructor(world: ExchangeWorld, keep: (past: NewPast) => void) {
    this.#world = world;
    this.#keep = keep;
  }

  get state(): MakingState {
    return this.#state;
  }

  /** Fetches what makes bundles, for a page that cannot fetch it later; false where it cannot now. */
  async prepare(): Promise<boolean> {
    try {
      await import('../../sync/bundles.ts');
      return true;
    } catch {
      // whoever served this page is gone
      return false;
    }
  }

  /** Is it known what each of them has, so that a bundle may leave that out? */
  async canLeaveOut(whom: Whom): Promise<boolean> {
    return (await this.#baseOf(whom)) !== null;
  }

  /** What a bundle would hold. Nothing is made yet. */
  async estimate(wish: Pick<Wish, 'whom' | 'onlyLacking'>): Promise<Estimate | null> {
    const bundle = await this.#bundle({ ...wish, passphrase: '', most: null });
    return bundle.ok ? bundle.value.estimate : null;
  }

  /** How large it would be, and since when. `isLate`: nobody waits for the answer any more. */
  async measure(wish: Omit<Wish, 'passphrase' | 'beside'>, isLate: () => boolean): Promise<Measured | null> {
    const bundle = await this.#bundle({ ...wish, passphrase: '' });
    const found = bundle.ok && !isLate() ? await bundle.value.measure(isLate) : null;
    if (found === null) return null;
    const { sizes, since } = found;
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    return { bytes, files: sizes.length, since: since === null ? null : since * 60_000 };
  }

  async make(wish: Wish): Promise<void> {
    const run = ++this.#run;
    let [bytes, done, of] = [0, 0, 0];
    const show = (): void => {
      if (run === this.#run) this.#state = { type: 'making', bytes, done, of };
    };
    show();
    const made = await this.#bundle(wish);
    if (run !== this.#run) return;
    if (!made.ok) {
      this.#state = { type: 'failed', error: made.error };
      return;
    }
    const { estimate } = made.value;
    of = estimate.changes;
    const blobs: Blob[] = [];
    try {
      for await (const file of made.value.files((changes) => (done = changes))) {
        const jar = createJar();
        for await (const piece of file) {
          if (run !== this.#run) return;
          jar.add(piece);
          bytes += piece.length;
          show();
        }
        blobs.push(jar.close());
      }
    } catch {
      // the storage failed while it was read; the space itself says why
      if (run === this.#run) this.#state = { type: 'failed', error: { type: 'SessionEnded' } };
      return;
    }
    if (run !== this.#run) return;
    const name = createFileName(this.#world.environment.random);
    const files = blobs.map((file, at) => ({
      file,
      name: blobs.length === 1 ? `${name}.bin` : `${name}-${at + 1}.bin`,
    }));
    const beside = (await wish.beside?.(files.map(({ name: each }) => each))) ?? [];
    if (run !== this.#run) return;
    const hasPassphrase = wish.passphrase !== '';
    this.#state = { type: 'ready', bundle: { files, beside, bytes, estimate, whom: wish.whom, hasPassphrase } };
  }

  /** It was saved or shared: the history says so, once for each bundle. */
  passedOn(bundle: ReadyBundle): void {
    if (this.#kept === bundle) return;
    this.#kept = bundle;
    this.#keep({ type: 'made', whom: bundle.whom, bytes: bundle.bytes, ...bundle.estimate });
  }

  /** Stops the making, or puts away what was made. */
  reset(): void {
    this.#run++;
    this.#state = { type: 'idle' };
  }

  /** A passphrase that can be said on the telephone and typed in any language. */
  spokenPassphrase(): string {
    return createSpoken(this.#world.environment.random);
  }

  /** In which languages they read, of those that this app speaks; none where that is not known. */
  tonguesOf(whom: Whom): readonly Tongue[] {
    return tonguesOf(
      this.#world.space.replica.membership(),
      this.#members(whom),
      this.#world.space.replica.me()?.member,
    );
  }

  async #bundle({ whom, onlyLacking, passphrase, most }: Wish): Promise<Result<Bundle, MakeError>> {
    const { space, environment } = this.#world;
    const { makeBundle } = await import('../../sync/bundles.ts');
    const base = onlyLacking ? await this.#baseOf(whom) : null;
    // whoever is behind changes while a file is on its way: everybody can open that one
    const isForAll = whom.type === 'everyone' || whom.type === 'behind';
    const recipients = isForAll ? 'space' : { members: this.#members(whom) };
    const more = { ...(passphrase === '' ? {} : { passphrase }), ...(most === null ? {} : { most }) };
    return makeBundle(space.replica, { recipients, base, ...more }, environment);
  }

  async #baseOf(whom: Whom): Promise<Vector | null> {
    const { commonVector } = await import('../../sync/bundles.ts');
    const { replica } = this.#world.space;
    const me = replica.me()?.member;
    return commonVector(
      replica,
      this.#members(whom).filter((id) => id !== me),
    );
  }

  #members(whom: Whom): readonly MemberId[] {
    if (whom.type === 'member') return [whom.member];
    if (whom.type === 'behind') return behindIn(this.#world.space.replica.progress());
    const members = [...this.#world.space.replica.membership().members.values()];
    return members.filter(({ group }) => whom.type === 'everyone' || group === whom.group).map(({ id }) => id);
  }
}

const createFileName = (random: (length: number) => Uint8Array): string =>
  [...random(8)].map((byte) => LETTERS[byte % LETTERS.length]).join('');

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
