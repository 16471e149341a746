/** How long somebody who guesses passphrases waits: not at all for three, then half a minute after each. */
export const FREE_TRIES = 3;
const WAIT_MS = 30_000;

export interface WrongTries {
  readonly count: number;
  /** milliseconds since 1970 */
  readonly until: number;
}

export const noTries: WrongTries = { count: 0, until: 0 };

export const afterWrongTry = (tries: WrongTries, now: number): WrongTries => {
  const count = tries.count + 1;
  return { count, until: count >= FREE_TRIES ? now + WAIT_MS : 0 };
};

/** Whole seconds that are left; a clock that was turned back does not make it longer than it was meant. */
export const secondsLeft = (tries: WrongTries, now: number): number =>
  Math.max(0, Math.ceil(Math.min(tries.until - now, WAIT_MS) / 1000));
