/** A bundle being made: it goes on while its screen is left, and is then ready to be saved or shared. */
import type { Result } from '../../lib/result.ts';
import type { MemberId } from '../../log/types.ts';
import type { Vector } from '../../log/vector.ts';
import type { Bundle, MakeError } from '../../sync/bundles.ts';
import { createJar } from './jar.ts';
import type { Whom } from './names.ts';
import type { NewPast } from './past.ts';
import type { ExchangeWorld } from './world.ts';

export interface Wish {
  readonly whom: Whom;
  /** without what all of them are known to have */
  readonly onlyLacking: boolean;
  /** empty: none */
  readonly passphrase: string;
}

export type Estimate = Bundle['estimate'];

export interface ReadyBundle {
  readonly file: Blob;
  /** a file name that says nothing */
  readonly name: string;
  readonly estimate: Estimate;
  readonly whom: Whom;
  readonly hasPassphrase: boolean;
}

export type MakingState =
  | { readonly type: 'idle' }
  /** bytes so far */
  | { readonly type: 'making'; readonly bytes: number }
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
  async estimate(wish: Omit<Wish, 'passphrase'>): Promise<Estimate | null> {
    const bundle = await this.#bundle({ ...wish, passphrase: '' });
    return bundle.ok ? bundle.value.estimate : null;
  }

  async make(wish: Wish): Promise<void> {
    const run = ++this.#run;
    this.#state = { type: 'making', bytes: 0 };
    const made = await this.#bundle(wish);
    if (run !== this.#run) return;
    if (!made.ok) {
      this.#state = { type: 'failed', error: made.error };
      return;
    }
    const jar = createJar();
    try {
      for await (const bytes of made.value.bytes()) {
        if (run !== this.#run) return;
        jar.add(bytes);
        this.#state = { type: 'making', bytes: jar.size };
      }
    } catch {
      // the storage failed while it was read; the space itself says why
      if (run === this.#run) this.#state = { type: 'failed', error: { type: 'SessionEnded' } };
      return;
    }
    if (run !== this.#run) return;
    const { estimate } = made.value;
    const name = createFileName(this.#world.environment.random);
    const hasPassphrase = wish.passphrase !== '';
    this.#state = { type: 'ready', bundle: { file: jar.close(), name, estimate, whom: wish.whom, hasPassphrase } };
  }

  /** It was saved or shared: the history says so, once for each bundle. */
  passedOn(bundle: ReadyBundle): void {
    if (this.#kept === bundle) return;
    this.#kept = bundle;
    this.#keep({ type: 'made', whom: bundle.whom, bytes: bundle.file.size, ...bundle.estimate });
  }

  /** Stops the making, or puts away what was made. */
  reset(): void {
    this.#run++;
    this.#state = { type: 'idle' };
  }

  async #bundle({ whom, onlyLacking, passphrase }: Wish): Promise<Result<Bundle, MakeError>> {
    const { space, environment } = this.#world;
    const { makeBundle } = await import('../../sync/bundles.ts');
    const base = onlyLacking ? await this.#baseOf(whom) : null;
    const recipients = whom.type === 'everyone' ? 'space' : { members: this.#members(whom) };
    return makeBundle(space.replica, { recipients, base, ...(passphrase === '' ? {} : { passphrase }) }, environment);
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
    const members = [...this.#world.space.replica.membership().members.values()];
    return members.filter(({ group }) => whom.type === 'everyone' || group === whom.group).map(({ id }) => id);
  }
}

const createFileName = (random: (length: number) => Uint8Array): string =>
  `${[...random(8)].map((byte) => LETTERS[byte % LETTERS.length]).join('')}.bin`;

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
