/** Counts the bytes on their way out of one link, and tells who waits when few are left. */
import { MAX_MESSAGE } from '../sync/transport.ts';

/** `drained()` resolves below this many bytes. */
export const DRAINED_BELOW = 262_144;

export class Backlog {
  private waiting: (() => void)[] = [];
  private ended = false;

  /** `count` says how many bytes are on their way out now */
  constructor(private readonly count: () => number) {}

  drained(): Promise<void> {
    if (this.ended || this.count() < DRAINED_BELOW) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** To be called whenever bytes have left. */
  shrank(): void {
    if (!this.ended && this.count() >= DRAINED_BELOW) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** The link closed: nobody waits any more. */
  end(): void {
    this.ended = true;
    this.shrank();
  }
}

/** A larger message is a bug of the caller: the exchange above splits what it sends. */
export const assertFits = (message: Uint8Array): void => {
  if (message.length > MAX_MESSAGE) throw new RangeError(`a message may have ${MAX_MESSAGE} bytes at most`);
};
