/**
 * Connecting nearby, as its dialog sees it: which code is shown, what was read, and what became of it. It goes on when
 * the dialog is left, and is found again; a code ends by itself after some minutes.
 */
import type { Nearby as NearbyCalls, NearbyCall, NearbyError } from '../../sync/nearby.ts';
import type { Environment } from '../../sync/environment.ts';
import type { Live } from '../live-types.ts';

export type NearbyState =
  | { readonly type: 'idle' }
  /** this device's own code is being made */
  | { readonly type: 'preparing' }
  /** `age`: minutes, of an offer that this answers */
  | { readonly type: 'showing'; readonly step: 'offer' | 'answer'; readonly code: string; readonly age: number }
  /** both codes are read, and a way is looked for */
  | { readonly type: 'connecting' }
  | { readonly type: 'connected'; readonly link: string }
  | { readonly type: 'failed'; readonly why: NearbyFailure };

/** What no code of the other device can change. */
type Hindrance = Extract<NearbyError['type'], 'Unavailable' | 'NoAddress' | 'NotFetched'>;

export type NearbyFailure = Hindrance | 'otherTab' | 'noWay' | 'unread';

/** What is wrong with a text that was read; what is shown goes on. */
export type NearbyRefusal = Exclude<NearbyError['type'], Hindrance>;

/**
 * Milliseconds between two looks for the connections, and how many looks: they come a moment after the space has opened,
 * on a slow phone some seconds. Where another tab has them, that is said sooner.
 */
const LOOK_AGAIN = 100;
const LOOKS = 150;
const LOOKS_BESIDE = 20;

export class Nearby {
  readonly #live: () => Live | null;
  readonly #after: Environment['after'];
  #state = $state.raw<NearbyState>({ type: 'idle' });
  /** what is waited for; several where both showed a code first */
  readonly #calls = new Set<NearbyCall>();
  #reading = false;

  constructor(live: () => Live | null, after: Environment['after']) {
    this.#live = live;
    this.#after = after;
  }

  get state(): NearbyState {
    return this.#state;
  }

  /** Makes a code to show. */
  async show(): Promise<void> {
    this.reset();
    this.#state = { type: 'preparing' };
    const nearby = await this.#nearby();
    if (nearby === null) return;
    const begun = await nearby.offer();
    // somebody has gone back meanwhile
    if (this.#state.type !== 'preparing') return begun.ok ? begun.value.stop() : undefined;
    if (begun.ok) this.#follow(begun.value);
    else this.#fail(isHindrance(begun.error.type) ? begun.error.type : 'Unavailable');
  }

  /** Takes what the other device shows, whichever of the two codes it is; undefined: it was taken. */
  async read(text: string): Promise<NearbyRefusal | undefined> {
    if (this.#reading) return undefined;
    this.#reading = true;
    const nearby = await this.#nearby();
    const read = await nearby?.read(text);
    this.#reading = false;
    if (!read) return undefined;
    if (read.ok) {
      this.#follow(read.value);
      return undefined;
    }
    const { type } = read.error;
    if (!isHindrance(type)) return type;
    this.#fail(type);
    return undefined;
  }

  /** Ends what was begun; a connection that is there stays. */
  reset(): void {
    for (const call of this.#calls) call.stop();
    this.#calls.clear();
    this.#state = { type: 'idle' };
  }

  async #nearby(): Promise<NearbyCalls | null> {
    for (let looks = 0; looks < LOOKS; looks++) {
      const nearby = (await this.#live()?.nearby()) ?? null;
      if (nearby !== null) return nearby;
      if (looks >= LOOKS_BESIDE && this.#live()?.state.type === 'otherTab') break;
      await new Promise<void>((done) => void this.#after(LOOK_AGAIN, done));
    }
    this.#fail(this.#live()?.state.type === 'otherTab' ? 'otherTab' : 'Unavailable');
    return null;
  }

  #follow(call: NearbyCall): void {
    if (this.#calls.has(call)) {
      this.#state = { type: 'connecting' };
      return;
    }
    this.#calls.add(call);
    if (call.code !== '') this.#state = { type: 'showing', step: call.type, code: call.code, age: call.age };
    void call.outcome.then((outcome) => {
      if (!this.#calls.delete(call)) return;
      if (outcome.type === 'connected') {
        this.reset();
        this.#state = { type: 'connected', link: outcome.link };
      } else if (outcome.type !== 'stopped' && this.#calls.size === 0) {
        this.#fail(outcome.type === 'noWay' ? 'noWay' : 'unread');
      }
    });
  }

  #fail(why: NearbyFailure): void {
    this.#state = { type: 'failed', why };
  }
}

const isHindrance = (type: NearbyError['type']): type is Hindrance =>
  type === 'Unavailable' || type === 'NoAddress' || type === 'NotFetched';
