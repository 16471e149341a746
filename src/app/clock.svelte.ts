/** The time for sentences like "3 days ago": followed in markup, it moves on by itself, twice a minute. */
import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 30_000;

export class Clock {
  readonly #read: () => number;
  readonly #follow = createSubscriber((update) => {
    const timer = setInterval(update, TICK_MS);
    return () => clearInterval(timer);
  });

  constructor(read: () => number) {
    this.#read = read;
  }

  /** milliseconds since 1970 */
  get now(): number {
    this.#follow();
    return this.#read();
  }
}
