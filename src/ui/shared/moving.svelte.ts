/** Moving one of several up or down: the focus stays where it was, the new place is said, and it can be taken back. */
import { tick } from 'svelte';
import { t } from '../../i18n/t.ts';
import { offerUndo } from './undo.svelte.ts';

export type By = -1 | 1;

export interface Movable {
  readonly name: string;
  /** false where it cannot go further; it outlives the screen */
  readonly move: (by: By) => boolean;
  /** where it stands now, from 1 */
  readonly place: () => number;
  readonly total: number;
}

export class Moving {
  #said = $state('');

  /** for a live region */
  get said(): string {
    return this.#said;
  }

  async move({ name, move, place, total }: Movable, by: By, from: HTMLElement): Promise<void> {
    if (!move(by)) return;
    await tick();
    // moving its place in the page took the focus away
    from.focus();
    this.#said = t('writing.move.moved', { name, place: place(), total });
    offerUndo(t('writing.move.undo'), () => move(by === 1 ? -1 : 1));
  }
}
