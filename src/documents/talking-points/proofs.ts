/** The verbs of a point's proof points. */
import * as Y from 'yjs';
import { createIn, EXISTS, INVALID, MISSING, newText, refusal, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { parseProofId } from '../shape/ids.ts';
import type { PointId, ProofId } from '../shape/ids.ts';
import { asMap, parseDay } from '../shape/read.ts';
import { paletteRoot, PERMISSIONS, pointsOf, PROOF_TEXTS } from './schema.ts';
import type { Permission, ProofText } from './schema.ts';
import { moveIn } from '../shape/write.ts';
import { change, show, write } from './write.ts';
import type { Scalar } from '../shape/write.ts';

export interface NewProof {
  readonly id: ProofId;
  readonly texts?: Readonly<Partial<Record<ProofText, string>>>;
  readonly date?: string | null;
  readonly permission?: Permission;
}

export const addProof = (doc: Y.Doc, origin: unknown, point: PointId, proof: NewProof): Changed => {
  const state = schemaState(paletteRoot(doc));
  if (state !== 'ready') return refusal(state);
  const proofs = proofsOf(doc, point);
  if (proofs === null) return MISSING;
  const date = parseDay(proof.date ?? null);
  if (parseProofId(proof.id) === null || (date === null && (proof.date ?? null) !== null)) return INVALID;
  if (proofs.has(proof.id)) return EXISTS;
  const part = new Y.Map<unknown>();
  createIn(doc, origin, () => {
    proofs.set(proof.id, part);
    for (const name of PROOF_TEXTS) part.set(name, newText(proof.texts?.[name]));
    if (date !== null) part.set('date', date);
    part.set('permission', proof.permission ?? 'unknown');
    moveIn(proofs, parseProofId, proof.id, null);
  });
  return show(doc, origin, part, true);
};

export const moveProof = (
  doc: Y.Doc,
  origin: unknown,
  point: PointId,
  proof: ProofId,
  before: ProofId | null,
): Changed => {
  const proofs = proofsOf(doc, point);
  return change(doc, asMap(proofs?.get(proof)), () => {
    if (proofs !== null && proof !== before) doc.transact(() => moveIn(proofs, parseProofId, proof, before), origin);
  });
};

export const removeProof = (doc: Y.Doc, origin: unknown, point: PointId, proof: ProofId): Changed =>
  show(doc, origin, asMap(proofsOf(doc, point)?.get(proof)), false);

export const restoreProof = (doc: Y.Doc, origin: unknown, point: PointId, proof: ProofId): Changed =>
  show(doc, origin, asMap(proofsOf(doc, point)?.get(proof)), true);

export type ProofField =
  /** 'YYYY-MM-DD' */
  | { readonly field: 'date'; readonly value: string | null }
  | { readonly field: 'permission'; readonly value: Permission };

export const setProofField = (
  doc: Y.Doc,
  origin: unknown,
  point: PointId,
  proof: ProofId,
  field: ProofField,
): Changed => {
  const value = checkedProofField(field);
  if (value === undefined) return INVALID;
  return write(doc, origin, asMap(proofsOf(doc, point)?.get(proof)), { [field.field]: value });
};

/** undefined: not a value of this field */
const checkedProofField = (field: ProofField): Scalar | undefined => {
  switch (field.field) {
    case 'date':
      return field.value === null ? null : (parseDay(field.value) ?? undefined);
    case 'permission':
      return PERMISSIONS.find((permission) => permission === field.value);
  }
};

const proofsOf = (doc: Y.Doc, point: PointId): Y.Map<unknown> | null =>
  asMap(asMap(pointsOf(doc).get(point))?.get('proofs'));
