/** The space that is open in this tab, and what runs beside it. What was open before is saved, and then forgotten. */
import type { LiveSpace } from './live/live.svelte.ts';
import type { Space } from './space.svelte.ts';
import { startUpkeep } from './upkeep.ts';

export class Session {
  #live = $state.raw<LiveSpace | null>(null);
  #space: Space | null = null;
  #stopUpkeep = (): void => undefined;
  /** spaces of before that are still being saved and forgotten */
  #closing: Promise<void> = Promise.resolve();

  get live(): LiveSpace | null {
    return this.#live;
  }

  /** Settles once nothing of what was open before is in use any more. */
  get closed(): Promise<void> {
    return this.#closing;
  }

  /** `goLive`: what connects the space; undefined where nothing does. */
  async enter(space: Space, goLive: ((space: Space) => Promise<LiveSpace>) | undefined): Promise<void> {
    await this.leave();
    this.#space = space;
    this.#stopUpkeep = startUpkeep(space.replica);
    void this.#goLive(space, goLive);
  }

  /** Screens may let go of it at once. */
  async leave(): Promise<void> {
    const [space, live] = [this.#space, this.#live];
    this.#stopUpkeep();
    this.#stopUpkeep = () => undefined;
    this.#live = null;
    this.#space = null;
    if (!space) return this.#closing;
    this.#closing = (async () => {
      await live?.stop();
      await space.close();
    })();
    await this.#closing;
  }

  /** The screen need not wait for others: they come when their chunk has. */
  async #goLive(space: Space, goLive: ((space: Space) => Promise<LiveSpace>) | undefined): Promise<void> {
    const live = await goLive?.(space);
    if (!live) return;
    if (this.#space === space) this.#live = live;
    else await live.stop();
  }
}
