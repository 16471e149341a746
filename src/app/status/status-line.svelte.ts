/** The line that is always true: is it saved here, is it shared and since when not, who is here now. */
import type { Saving, Space } from '../space.svelte.ts';

export interface StatusLine {
  readonly save: Saving;
  /** undefined while there is nobody else to share with */
  readonly unshared: number | undefined;
  /** milliseconds since 1970; undefined where all is shared */
  readonly since: number | undefined;
  /** people connected now, this one not counted */
  readonly here: number;
}

export interface StatusWorld {
  readonly space: Pick<Space, 'saving' | 'ended' | 'unshared'>;
  readonly here: () => number;
}

export class StatusLineModel {
  readonly #world: StatusWorld;

  constructor(world: StatusWorld) {
    this.#world = world;
  }

  get status(): StatusLine {
    const { space, here } = this.#world;
    const { unshared } = space;
    return {
      // nothing more can be stored by this session: never say that it was
      save: space.ended ? 'failed' : space.saving,
      unshared: unshared?.changes,
      since: unshared && unshared.changes > 0 ? unshared.since * 60_000 : undefined,
      here: here(),
    };
  }
}
