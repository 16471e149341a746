/** The verbs that change a palette and its points. Each makes its change whole, or none and says why. */
import * as Y from 'yjs';
import {
  createIn,
  DONE,
  EXISTS,
  INVALID,
  MISSING,
  newText,
  refusal,
  SCHEMA_VERSION,
  schemaState,
} from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { parsePointId, parseProofId } from '../shape/ids.ts';
import type { PointId, ProofId } from '../shape/ids.ts';
import { place } from '../shape/order.ts';
import { asMap, parseDay, parseMinute, readParts } from '../shape/read.ts';
import { wellFormed } from '../text/canonical.ts';
import { parseLanguage } from '../text/language.ts';
import { PALETTE_TEXTS, paletteRoot, PERMISSIONS, POINT_TEXTS, pointsOf, PROOF_TEXTS, STATUSES, VALUES } from './schema.ts';
import type { Permission, PointStatus, PointText, ProofText, ValueName } from './schema.ts';

export interface NewPalette {
  readonly title: string;
  /** BCP 47 */
  readonly sourceLanguage: string;
  readonly audience?: string;
  readonly ask?: string;
}

export const createPalette = (doc: Y.Doc, origin: unknown, palette: NewPalette): Changed => {
  const root = paletteRoot(doc);
  if (schemaState(root) !== 'empty') return EXISTS;
  const sourceLanguage = parseLanguage(palette.sourceLanguage);
  if (sourceLanguage === null) return INVALID;
  createIn(doc, origin, () => {
    root.set('schemaVersion', SCHEMA_VERSION);
    root.set('sourceLanguage', sourceLanguage);
    for (const name of PALETTE_TEXTS) {
      const words = wellFormed(palette[name] ?? '');
      if (words !== '') doc.getText(name).insert(0, words);
    }
  });
  return DONE;
};

export const setSourceLanguage = (doc: Y.Doc, origin: unknown, language: string): Changed => {
  const tag = parseLanguage(language);
  return tag === null ? INVALID : write(doc, origin, paletteRoot(doc), { sourceLanguage: tag });
};

export interface NewPoint {
  /** of 16 fresh random bytes: `createPointId` */
  readonly id: PointId;
  readonly value?: ValueName;
  /** first words of any of its texts */
  readonly texts?: Readonly<Partial<Record<PointText, string>>>;
  /** null or absent: at the end */
  readonly before?: PointId | null;
}

export const addPoint = (doc: Y.Doc, origin: unknown, point: NewPoint): Changed => {
  const state = schemaState(paletteRoot(doc));
  if (state !== 'ready') return refusal(state);
  const points = pointsOf(doc);
  if (parsePointId(point.id) === null) return INVALID;
  if (points.has(point.id)) return EXISTS;
  const part = new Y.Map<unknown>();
  createIn(doc, origin, () => {
    points.set(point.id, part);
    part.set('value', point.value ?? 'dignity');
    part.set('status', 'draft');
    for (const name of POINT_TEXTS) part.set(name, newText(point.texts?.[name]));
    part.set('proofs', new Y.Map());
    moveIn(points, parsePointId, point.id, point.before ?? null);
  });
  return show(doc, origin, part, true);
};

/** To stand before another point; null: at the end. */
export const movePoint = (doc: Y.Doc, origin: unknown, point: PointId, before: PointId | null): Changed =>
  change(doc, asMap(pointsOf(doc).get(point)), () => {
    if (point !== before) doc.transact(() => moveIn(pointsOf(doc), parsePointId, point, before), origin);
  });

/** Takes it out of the palette; nothing in it is lost, and `restorePoint` brings it back to its place. */
export const removePoint = (doc: Y.Doc, origin: unknown, point: PointId): Changed =>
  show(doc, origin, asMap(pointsOf(doc).get(point)), false);

export const restorePoint = (doc: Y.Doc, origin: unknown, point: PointId): Changed =>
  show(doc, origin, asMap(pointsOf(doc).get(point)), true);

/** Fields that are one value each: the last writer's stands. Texts are edited through `textOf`. */
export type PointField =
  | { readonly field: 'value'; readonly value: ValueName }
  | { readonly field: 'status'; readonly value: PointStatus }
  /** minutes since 1970 */
  | { readonly field: 'embargoedUntil'; readonly value: number | null }
  /** 'YYYY-MM-DD' */
  | { readonly field: 'expiry'; readonly value: string | null };

export const setPointField = (doc: Y.Doc, origin: unknown, point: PointId, field: PointField): Changed => {
  const value = checkedPointField(field);
  return value === undefined ? INVALID : write(doc, origin, asMap(pointsOf(doc).get(point)), { [field.field]: value });
};

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
    if (proofs !== null && proof !== before)
      doc.transact(() => moveIn(proofs, parseProofId, proof, before), origin);
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

type Scalar = string | number | boolean | null;

/** undefined: not a value of this field */
const checkedPointField = (field: PointField): Scalar | undefined => {
  switch (field.field) {
    case 'value':
      return VALUES.find((value) => value === field.value);
    case 'status':
      return STATUSES.find((status) => status === field.value);
    case 'embargoedUntil':
      return field.value === null ? null : (parseMinute(field.value) ?? undefined);
    case 'expiry':
      return field.value === null ? null : (parseDay(field.value) ?? undefined);
  }
};

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

/** Also of the glossary. Hidden parts count, so that a restored one finds its place. */
export const moveIn = <Id extends string>(
  parts: Y.Map<unknown>,
  parse: (key: unknown) => Id | null,
  id: Id,
  before: Id | null,
): void => {
  for (const { id: moved, order } of place(readParts(parts, parse, Infinity), id, before))
    asMap(parts.get(moved))?.set('order', order);
};

export const show = (doc: Y.Doc, origin: unknown, part: Y.Map<unknown> | null, shown: boolean): Changed =>
  write(doc, origin, part, { shown });

/** Writes what differs, in one transaction. */
export const write = (
  doc: Y.Doc,
  origin: unknown,
  part: Y.Map<unknown> | null,
  valueByKey: Readonly<Record<string, Scalar>>,
): Changed =>
  change(doc, part, (found) => {
    const different = Object.entries(valueByKey).filter(([key, value]) => found.get(key) !== value);
    if (different.length > 0) doc.transact(() => different.forEach(([key, value]) => found.set(key, value)), origin);
  });

const change = (doc: Y.Doc, part: Y.Map<unknown> | null, make: (part: Y.Map<unknown>) => void): Changed => {
  const state = schemaState(paletteRoot(doc));
  if (state !== 'ready') return refusal(state);
  if (part === null) return MISSING;
  make(part);
  return DONE;
};
