/** All talking points of an open space. */
import { addExample, createPalette } from '../../documents/talking-points/index.ts';
import type { ExampleStrings } from '../../documents/talking-points/index.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import type { DocumentId } from '../../log/types.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import type { ReplicaError } from '../../sync/replica-types.ts';
import { Company } from '../company/company.svelte.ts';
import { Palette } from './palette.svelte.ts';

export type { TalkWorld } from '../company/company.svelte.ts';

export interface NewPalette {
  readonly title: string;
  readonly sourceLanguage: string;
  readonly ask: string;
  readonly audience: string;
  /** what it is filled with; null: nothing */
  readonly example: ExampleStrings | null;
}

export class Talk extends Company {
  #palettes = new Map<DocumentId, Palette>();

  /** Newest first. */
  get palettes(): readonly Palette[] {
    return [...this.membership.documents.values()]
      .filter(({ kind }) => kind === 'talking-points')
      .sort((a, b) => b.minute - a.minute || (a.id < b.id ? -1 : 1))
      .map(({ id }) => this.#palette(id));
  }

  /** null where this space has no such palette (yet) */
  palette(id: string): Palette | null {
    const entry = this.entry(id);
    return entry?.kind === 'talking-points' ? this.#palette(entry.id) : null;
  }

  async createPalette(wish: NewPalette): Promise<Result<DocumentId, ReplicaError>> {
    const { replica } = this.world;
    const { me } = this;
    if (me === null) return err({ type: 'NotAllowed' });
    const made = await replica.createDocument({
      kind: 'talking-points',
      owner: me.group,
      parent: null,
      writers: 'members',
    });
    if (!made.ok) return made;
    const opened = await replica.openDocument(made.value);
    if (!opened.ok) return opened;
    createPalette(opened.value, LOCAL, wish);
    if (wish.example !== null) {
      addExample(opened.value, LOCAL, wish.example, {
        point: this.freshPoint,
        proof: this.freshProof,
        term: this.freshTerm,
      });
    }
    return ok(made.value);
  }

  #palette(id: DocumentId): Palette {
    const known = this.#palettes.get(id);
    if (known !== undefined) return known;
    const palette = new Palette(this, id);
    this.#palettes.set(id, palette);
    return palette;
  }
}
