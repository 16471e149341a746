/**
 * Files being opened, one or several of a bundle: first what they say and would bring, then merging, then a receipt.
 * They are only read. What is being merged is kept on this device until it ends, and goes on when its page went away;
 * one of several files waits here for the others.
 */
import type { MemberId, Receipt } from '../../log/types.ts';
import type { BundleError, Incomplete, Missing, Preview } from '../../sync/bundles.ts';
import { opaqueId } from './opaque.ts';
import type { NewPast } from './past.ts';
import { createSource, lookAt, type Otherwise } from './picked-file.ts';
import { KEPT_MOST, orNothing, type WaitingAbout, type WaitingFile } from './waiting.ts';
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
  readonly missing: readonly Missing[];
  /** files of those given that nothing could be taken from */
  readonly failed: number;
}

/** Changes, of those that the files say are in them; none are known before the first is read. */
interface Counted {
  readonly done: number;
  readonly total: number;
}

export type OpeningState =
  | { readonly type: 'idle' }
  | ({ readonly type: 'reading' } & Counted)
  | { readonly type: 'passphrase'; readonly isWrong: boolean }
  | { readonly type: 'preview'; readonly preview: Preview }
  | ({ readonly type: 'merging' } & Counted)
  | { readonly type: 'done'; readonly arrived: Arrived }
  | { readonly type: 'refused'; readonly why: Refusal };

/** A file, and which of the waiting files it is; null: it lies only where it was picked. */
interface Given {
  readonly file: File;
  readonly id: number | null;
  readonly state: WaitingAbout['state'];
}

export class Opening {
  readonly #world: ExchangeWorld;
  readonly #keep: (past: NewPast) => void;
  #state = $state.raw<OpeningState>({ type: 'idle' });
  /** files that wait to be looked at: shared to the app, or opened with it */
  #arrived = $state.raw<readonly WaitingFile[]>([]);
  #files: readonly Given[] = [];
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

  /** how many files came from outside and were not looked at yet */
  get arrived(): number {
    return this.#arrived.length;
  }

  /** Goes on with what a page that went away was merging; the person said so then. */
  async resume(): Promise<void> {
    const waiting = await this.#list();
    this.#arrived = waiting.filter(({ state }) => state === 'new');
    const merging = waiting.filter(({ state }) => state === 'merging');
    if (merging.length === 0 || this.#state.type !== 'idle') return;
    await this.#begin(merging);
    const now = this.state;
    if (now.type === 'preview' && now.preview.incomplete?.type !== 'TooLarge') await this.merge(false);
  }

  /** Looks into what came from outside, if there is something. */
  async lookAtArrived(): Promise<void> {
    this.#arrived = (await this.#list()).filter(({ state }) => state === 'new');
    const arrived = this.#arrived;
    if (arrived.length === 0 || this.#state.type !== 'idle') return;
    this.#arrived = [];
    await this.#begin(arrived);
  }

  /** Looks into files, together with those that wait here for others. Nothing of the space changes. */
  async look(files: readonly File[]): Promise<void> {
    if (this.#state.type === 'merging' || files.length === 0) return;
    await this.#begin(files.map((file) => ({ file, id: null, state: 'new' })));
  }

  async tryPassphrase(passphrase: string): Promise<void> {
    if (this.#files.length === 0 || this.#state.type !== 'passphrase') return;
    this.#passphrase = passphrase;
    await this.#read(this.#show());
  }

  /** `acceptsLarge`: the person was asked about very much from one device, and said yes. */
  async merge(acceptsLarge: boolean): Promise<void> {
    if (this.#state.type !== 'preview' || this.#files.length === 0) return;
    const { member, would } = this.#state.preview;
    const { space, environment } = this.#world;
    this.#state = { type: 'merging', done: 0, total: 0 };
    if (would.changes > 0) await this.#note('merging');
    const { mergeBundles } = await import('../../sync/bundles.ts');
    const sources = this.#files.map(({ file }) => createSource(file, () => undefined));
    const merged = await mergeBundles(space.replica, sources, environment, {
      passphrase: this.#passphrase,
      acceptsLarge,
      onprogress: (done, total) => (this.#state = { type: 'merging', done, total }),
    });
    if (!merged.ok) {
      if (isBundleError(merged.error)) await this.#refuse({ type: 'bundle', error: merged.error });
      // what was given stays here, and goes on with the next start
      else this.#state = { type: 'refused', why: { type: 'storage' } };
      return;
    }
    const { receipt, incomplete, maker, missing, failed } = merged.value;
    const from = space.replica.membership().memberByDevice.get(maker.device) ?? member;
    // what was taken of a file in the middle may wait for one that is missing, and only while this page is open
    if (missing.length > 0) await this.#note('kept');
    else await this.#remove(this.#files);
    // before anybody reads the receipt: what is shown is in the history too
    this.#keep({
      type: 'opened',
      from,
      incomplete: incomplete !== null || missing.length > 0,
      changes: receipt.changes,
      people: receipt.changesByMember.size,
      documents: receipt.changesByDocument.size,
    });
    this.#state = { type: 'done', arrived: { receipt, from, incomplete, missing, failed: failed.length } };
    this.#forget();
    // what is known of others is not in the log: keep it now, and the next start is fast
    void space.replica.snapshot();
  }

  /** Puts away what is shown. What is being merged goes on: half of it is there already. */
  reset(): void {
    if (this.#state.type === 'merging') return;
    this.#run++;
    const isUndecided = this.#state.type === 'preview' || this.#state.type === 'passphrase';
    // of what came from outside the person still has the file; what was begun is to go on, and kept ones wait on
    if (isUndecided) void this.#remove(this.#files.filter(({ state }) => state === 'new'));
    this.#forget();
    this.#state = { type: 'idle' };
  }

  /** The same, and what waits here for it is not kept either. */
  putAway(): void {
    void this.#remove(this.#files);
    this.reset();
  }

  async #begin(given: readonly Given[]): Promise<void> {
    this.#files = given;
    this.#passphrase = '';
    const run = this.#show();
    const looked = await Promise.all(given.map(({ file }) => lookAt(file)));
    if (run !== this.#run) return;
    const [otherwise] = looked;
    const bundles = given.filter((_, at) => !looked[at]);
    if (bundles.length === 0 && otherwise) return this.#refuse({ type: 'otherwise', is: otherwise });
    this.#files = bundles;
    await this.#read(run);
  }

  async #read(run: number): Promise<void> {
    const { space, environment } = this.#world;
    const { readBundles } = await import('../../sync/bundles.ts');
    const sources = this.#files.map(({ file }) => createSource(file, () => undefined));
    const read = await readBundles(space.replica, sources, environment, {
      passphrase: this.#passphrase,
      onprogress: (done, total) => {
        if (run === this.#run && this.#state.type === 'reading') this.#state = { type: 'reading', done, total };
      },
    });
    if (run !== this.#run) return;
    if (read.ok) {
      const kept = read.value.missing.length > 0 ? await this.#keptBeside() : [];
      if (run !== this.#run) return;
      if (kept.length > 0) {
        this.#files = [...this.#files, ...kept];
        return this.#read(run);
      }
      this.#state = { type: 'preview', preview: read.value };
      const { would, incomplete, missing } = read.value;
      // it changes nothing, so nobody need be asked; but it tells what its maker has
      if (would.changes === 0 && would.waiting === 0 && incomplete === null && missing.length === 0)
        await this.merge(false);
    } else if (read.error.type === 'PassphraseNeeded') this.#state = { type: 'passphrase', isWrong: false };
    else if (read.error.type === 'WrongPassphrase') this.#state = { type: 'passphrase', isWrong: true };
    else await this.#refuse({ type: 'bundle', error: read.error });
  }

  /** What waits here for others: of the same bundle, perhaps. */
  async #keptBeside(): Promise<readonly WaitingFile[]> {
    const here = new Set(idsOf(this.#files));
    return (await this.#list()).filter(({ id, state }) => state === 'kept' && !here.has(id));
  }

  /** Progress is shown from here on. */
  #show(): number {
    this.#state = { type: 'reading', done: 0, total: 0 };
    return ++this.#run;
  }

  async #refuse(why: Refusal): Promise<void> {
    // it may be for another space of this device, and then waits for that
    const isForeign = why.type === 'bundle' && why.error.type === 'NotForThisSpace';
    if (!isForeign) await this.#remove(this.#files.filter(({ state }) => state !== 'kept'));
    this.#state = { type: 'refused', why };
    this.#forget();
  }

  #forget(): void {
    this.#files = [];
    this.#passphrase = '';
  }

  get #mine(): string {
    return opaqueId(this.#world.space.replica.identity, 'waiting files');
  }

  async #list(): Promise<readonly WaitingFile[]> {
    if (this.#world.space.isExample) return [];
    const all = await orNothing(this.#world.waiting.list(), []);
    return all.filter(({ space }) => space === null || space === this.#mine);
  }

  /** So that it goes on, or is found again, when this page goes away. */
  async #note(state: WaitingAbout['state']): Promise<void> {
    const { waiting } = this.#world;
    const about = { space: this.#mine, state };
    const fresh = this.#files.filter(({ id }) => id === null).map(({ file }) => file);
    const size = fresh.reduce((sum, file) => sum + file.size, 0);
    if (idsOf(this.#files).length > 0) await orNothing(waiting.change(idsOf(this.#files), about), undefined);
    const ids = size > KEPT_MOST ? [] : await orNothing(waiting.add(fresh, about), []);
    this.#files = this.#files.map((each) => ({ ...each, id: each.id ?? ids[fresh.indexOf(each.file)] ?? null, state }));
  }

  async #remove(files: readonly Given[]): Promise<void> {
    if (idsOf(files).length > 0) await orNothing(this.#world.waiting.remove(idsOf(files)), undefined);
  }
}

const idsOf = (files: readonly Given[]): readonly number[] => files.flatMap(({ id }) => id ?? []);

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
