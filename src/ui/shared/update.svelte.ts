/** A new version of the app that waits for consent. */
let waiting = $state.raw<(() => void) | undefined>();

export const update = {
  /** makes every tab load the new version; undefined where there is none, or it was put off */
  get waiting(): (() => void) | undefined {
    return waiting;
  },
  later(): void {
    waiting = undefined;
  },
};

export function offerUpdate(useNow: () => void): void {
  waiting = useNow;
}
