/**
 * What was just done and can be taken back. Everything undoable is done at once, and offered here;
 * `UndoToast.svelte`, once in the app, shows it.
 */
export interface Undoable {
  /** a sentence of what was done */
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

let offered = $state.raw<Undoable | undefined>();

export const undoable = {
  get current(): Undoable | undefined {
    return offered;
  },
};

/** Says what was done and offers to take it back. The newest replaces the one before. */
export function offerUndo(text: string, undo: () => void): void {
  offered = { text, undo };
}

/** Says what was done, where nothing is to be taken back ("Copied"). */
export function say(text: string): void {
  offered = { text };
}

export function dismissUndo(): void {
  offered = undefined;
}
