/** Wrong passphrases, counted on the shelf: neither a reload nor another tab gives new tries. */
import { afterWrongTry, noTries, secondsLeft, type WrongTries } from './lock-delay.ts';
import type { DeviceShelf } from './shelf.ts';

export class Tries {
  readonly #shelf: DeviceShelf;
  #wrong = $state.raw<WrongTries>(noTries);

  constructor(shelf: DeviceShelf) {
    this.#shelf = shelf;
    const count = shelf.preference('wrongTries');
    const until = shelf.preference('wrongUntil');
    if (typeof count === 'number' && typeof until === 'number') this.#wrong = { count, until };
  }

  /** seconds until the next try */
  wait(now: number): number {
    return secondsLeft(this.#wrong, now);
  }

  count(now: number): void {
    this.#keep(afterWrongTry(this.#wrong, now));
  }

  forget(): void {
    this.#keep(noTries);
  }

  #keep(wrong: WrongTries): void {
    this.#wrong = wrong;
    this.#shelf.setPreference('wrongTries', wrong.count);
    this.#shelf.setPreference('wrongUntil', wrong.until);
  }
}
