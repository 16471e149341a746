/** Everything of the outside world that a replica is given, so that it runs the same in a tab, a worker, Node and a test. */
import type { Random, Stretch } from '../crypto/index.ts';

export interface Environment {
  readonly random: Random;
  /** WebCrypto, or null where there is none (plain http): signatures are then checked in JavaScript, seldom */
  readonly subtle: SubtleCrypto | null;
  /** milliseconds since 1970 */
  now(): number;
  /** runs later; gives the cancel */
  after(milliseconds: number, run: () => void): () => void;
  /** A key from a passphrase, where it can be made beside what the screen does; it takes a second or more. */
  readonly stretch: Stretch;
  /** lets the screen breathe between two slices of long work */
  breathe(): Promise<void>;
}

/** Milliseconds of work after which a screen gets its turn: far below the fifty that are felt. */
const SLICE = 12;

/** To be awaited between the steps of long work: lets the screen breathe where a slice is over, and else costs nothing. */
export const createPause = (environment: Environment): (() => Promise<void> | void) => {
  let since = environment.now();
  return () => {
    const now = environment.now();
    if (now - since < SLICE) return;
    return environment.breathe().then(() => {
      since = environment.now();
    });
  };
};

/** A clock before 1970 says nothing that could be written down, and must keep nobody from writing. */
export const minuteOf = (environment: Environment): number => Math.max(0, Math.floor(environment.now() / 60_000));
