/** One point as it is worked on: its texts to bind to, its fields, its proof points, and undo of what is done here. */
import type * as Y from 'yjs';
import {
  addProof,
  moveProof,
  removeProof,
  restoreProof,
  setPointField,
  setProofField,
} from '../../documents/talking-points/index.ts';
import type {
  PointField,
  PointId,
  PointText,
  ProofField,
  ProofId,
  ProofText,
} from '../../documents/talking-points/index.ts';
import { LOCAL } from '../../sync/replica-types.ts';
import { neighbourAfter } from '../company/neighbour.ts';
import { PaletteDesk } from './palette-desk.svelte.ts';
import type { Palette } from './palette.svelte.ts';
import type { TextBinding } from '../company/text.svelte.ts';

export class PointDesk extends PaletteDesk {
  readonly point: PointId;

  constructor(palette: Palette, doc: Y.Doc, point: PointId) {
    super(palette, doc);
    this.point = point;
  }

  text(field: PointText): TextBinding | null {
    return this.bind({ point: this.point, field });
  }

  proofText(proof: ProofId, field: ProofText): TextBinding | null {
    return this.bind({ point: this.point, proof, field });
  }

  set(field: PointField): void {
    this.apart(() => setPointField(this.doc, LOCAL, this.point, field));
  }

  addProof(): void {
    this.apart(() => addProof(this.doc, LOCAL, this.point, { id: this.palette.company.freshProof() }));
  }

  setProof(proof: ProofId, field: ProofField): void {
    this.apart(() => setProofField(this.doc, LOCAL, this.point, proof, field));
  }

  /** One place up or down among the proofs that are shown. */
  moveProof(proof: ProofId, by: -1 | 1): boolean {
    const before = neighbourAfter(this.palette.point(this.point)?.proofs ?? [], proof, by);
    if (before === undefined) return false;
    this.apart(() => moveProof(this.doc, LOCAL, this.point, proof, before));
    return true;
  }

  removeProof(proof: ProofId): void {
    this.apart(() => removeProof(this.doc, LOCAL, this.point, proof));
  }

  restoreProof(proof: ProofId): void {
    this.apart(() => restoreProof(this.doc, LOCAL, this.point, proof));
  }
}

/** null while the palette is not open */
export const openPointDesk = (palette: Palette, point: PointId): PointDesk | null =>
  palette.doc === null ? null : new PointDesk(palette, palette.doc, point);
