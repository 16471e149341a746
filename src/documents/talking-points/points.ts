/** The verbs of points. Each makes its change whole, or none and says why. */
import * as Y from 'yjs';
import { createIn, EXISTS, INVALID, newText, refusal, schemaState } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import { parsePointId } from '../shape/ids.ts';
import type { PointId } from '../shape/ids.ts';
import { asMap, parseDay, parseMinute } from '../shape/read.ts';
import { paletteRoot, POINT_TEXTS, pointsOf, STATUSES, VALUES } from './schema.ts';
import type { PointStatus, PointText, ValueName } from './schema.ts';
import { moveIn } from '../shape/write.ts';
import { change, show, write } from './write.ts';
import type { Scalar } from '../shape/write.ts';

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
