/**
 * A single field of any kind of document by its path, as the log names it: a key of a map, or the name of a fact. Of
 * fields that keep what people wrote apart (../shape/facts.ts) several values may stand. Nothing here throws.
 */
import type * as Y from 'yjs';
import { conflictOf, parsePlace, readFields } from '../calendar/fields.ts';
import type { Conflict, FieldPlace } from '../calendar/fields.ts';
import { addFact, dropFacts, factsIn, pushFacts, writeFact } from '../shape/facts.ts';
import type { Fact, Plain } from '../shape/facts.ts';
import { FIELDS } from '../calendar/values.ts';
import type { FieldName } from '../calendar/values.ts';
import { asList } from '../shape/read.ts';
import { factAt, isField } from './is-field.ts';
import { mapAt, rootOf } from './paths.ts';

/** Each value that stands there once; none: nothing does. */
export const valuesAt = (doc: Y.Doc, place: string): readonly Plain[] => {
  const fact = factName(place);
  const values: readonly unknown[] =
    fact === null ? [mapOf(doc, place)?.get(keyOf(place))] : factsAt(doc, place).map(({ value }) => value);
  const byText = new Map(values.flatMap((value) => (isPlain(value) ? [[JSON.stringify(value), value] as const] : [])));
  return [...byText.values()];
};

/** What is shown where one value has to be; null: none. */
export const standingAt = (doc: Y.Doc, place: string): Plain => {
  const field = parsePlace(factName(place) ?? '');
  if (field === null) return valuesAt(doc, place).at(-1) ?? null;
  const chosen = readFields(factsAt(doc, place)).one(field.field, field.key, field.occurrence);
  return chosen === null ? null : FIELDS[field.field].write(chosen as never);
};

/** The facts that stand there; none where it is no field of facts. */
export const factsAt = (doc: Y.Doc, place: string): readonly Fact[] => {
  const fact = factName(place);
  return fact === null ? [] : factsIn(listOf(doc, place)).filter(({ field }) => field === fact);
};

/** Do several values stand there, so that the field shows them all until somebody says which? */
export const isUnsettled = (doc: Y.Doc, place: string): boolean =>
  isField(place) && readFields(factsAt(doc, place)).conflicts.length > 0;

/** These values as those of the field of an action, to be told in words; null: it is no such field. */
export const asConflict = (place: string, values: readonly Plain[]): Conflict | null => {
  const field = parsePlace(factName(place) ?? '');
  return field === null ? null : conflict(field, values);
};

const conflict = <Name extends FieldName>(field: FieldPlace<Name>, values: readonly Plain[]): Conflict =>
  conflictOf(
    field,
    values.map((value) => ({ value: FIELDS[field.field].read(value), client: 0, clock: 0 })),
  );

/** `minute`: since 1970, of the step of a status. false: there is no such field, and nothing changed. */
export const writeField = (doc: Y.Doc, origin: unknown, place: string, value: Plain, minute: number): boolean => {
  const fact = factName(place);
  const list = listOf(doc, place);
  const map = fact === null ? mapOf(doc, place) : null;
  if (!isField(place) || (list === null && map === null)) return false;
  doc.transact(() => {
    if (fact === null) {
      if (map !== null && map.get(keyOf(place)) !== value) map.set(keyOf(place), value);
    } else if (list !== null) {
      writeFact(list, fact, value);
      if (fact === 'status') addFact(list, 'was', [value, minute]);
    }
  }, origin);
  return true;
};

/** All these values stand there again, until somebody says which. */
export const unsettle = (doc: Y.Doc, origin: unknown, place: string, values: readonly Plain[]): void => {
  const fact = factName(place);
  const list = listOf(doc, place);
  if (fact === null || list === null) return;
  doc.transact(() => {
    dropFacts(list, ({ field }) => field === fact);
    pushFacts(
      list,
      values.map((value) => [fact, value]),
    );
  }, origin);
};

const factName = (place: string): string | null => factAt(place)?.fact ?? null;

const listOf = (doc: Y.Doc, place: string): Y.Array<unknown> | null => {
  const names = factAt(place)?.list ?? [];
  const [root = ''] = names;
  if (names.length < 2) return names.length === 0 ? null : asList(rootOf(doc, root, (name) => doc.getArray(name)));
  return asList(mapAt(doc, names.slice(0, -1))?.get(names.at(-1) ?? ''));
};

const mapOf = (doc: Y.Doc, place: string): Y.Map<unknown> | null => mapAt(doc, place.split('>').slice(0, -1));
const keyOf = (place: string): string => place.split('>').at(-1) ?? '';

const isPlain = (value: unknown): value is Plain =>
  value === null ||
  typeof value === 'boolean' ||
  typeof value === 'number' ||
  typeof value === 'string' ||
  (Array.isArray(value) && (value as readonly unknown[]).every(isPlain));
