/**
 * The facts of one action, read by field. A fact's field is `when`, or with a key `need/medic`, or of one occurrence of
 * a series `at/2026-03-08T14:00/when`. What has another name, or a value that cannot be read, is kept and not shown.
 */
import type { OccurrenceId } from '../../times/index.ts';
import type { Fact, Plain } from '../shape/facts.ts';
import { FIELDS, ITEMS, MOST_ITEMS, RISKS } from './values.ts';
import type { Codec, FieldName, FieldValues, ItemName, ItemValues, Status } from './values.ts';
import { parseMoment } from './when.ts';

/** Which field: of the whole, or of one occurrence. */
export interface FieldPlace<Name extends FieldName = FieldName> {
  readonly field: Name;
  /** the role, currency or text; '' where a field has none */
  readonly key: string;
  /** the wall time, or day, at which it would have begun; null: of the whole series */
  readonly occurrence: OccurrenceId | null;
}

/** A value as somebody wrote it; null: they took it away. */
export interface Written<T> {
  readonly value: T | null;
  /** of the session that wrote it: the log knows whose */
  readonly client: number;
  readonly clock: number;
}

/** Values that people apart wrote in one field. */
export type Conflict = {
  readonly [Name in FieldName]: FieldPlace<Name> & { readonly values: readonly Written<FieldValues[Name]>[] };
}[FieldName];

export const conflictOf = <Name extends FieldName>(
  place: FieldPlace<Name>,
  values: readonly Written<FieldValues[Name]>[],
): Conflict =>
  // a field's name and its values go together; TypeScript cannot follow that through the union
  ({ ...place, values }) as unknown as Conflict;

export interface Fields {
  /** The one to show where one must be; null: none. */
  one<Name extends FieldName>(field: Name, key?: string, occurrence?: OccurrenceId | null): FieldValues[Name] | null;
  /** Each value once, in the order of the list. */
  all<Name extends FieldName>(
    field: Name,
    key?: string,
    occurrence?: OccurrenceId | null,
  ): readonly Written<FieldValues[Name]>[];
  many<Name extends ItemName>(item: Name): readonly ItemValues[Name][];
  /** the same with who wrote them */
  manyWritten<Name extends ItemName>(item: Name): readonly (Written<ItemValues[Name]> & { value: ItemValues[Name] })[];
  /** of fields with a key, and of single occurrences */
  readonly places: readonly FieldPlace[];
  readonly conflicts: readonly Conflict[];
}

export const encodePlace = ({ field, key, occurrence }: FieldPlace): string => {
  const name = key === '' ? field : `${field}/${key}`;
  return occurrence === null ? name : `at/${occurrence}/${name}`;
};

/** Of what a stranger wrote: null unless it is the name of what there may be. */
export const parsePlace = (name: string): FieldPlace | null => {
  if (!name.startsWith('at/')) return parseField(name, null);
  const end = name.indexOf('/', 3);
  const occurrence = end < 0 ? null : parseMoment(name.slice(3, end));
  return occurrence === null ? null : parseField(name.slice(end + 1), occurrence);
};

/** Has it one value? Fields of many are told apart by their names. */
export const isSingle = (name: string): boolean => parsePlace(name) !== null || name === 'basis';

export const isKey = (field: FieldName, key: string): boolean => {
  const form = KEYS[field];
  return form === undefined ? key === '' : form.test(key);
};

export const readFields = (facts: readonly Fact[]): Fields => {
  const factsByName = new Map<string, Fact[]>();
  for (const fact of facts) {
    const known = factsByName.get(fact.field);
    if (known === undefined) factsByName.set(fact.field, [fact]);
    else known.push(fact);
  }
  const written = <Name extends FieldName>(place: FieldPlace<Name>): readonly Written<FieldValues[Name]>[] => {
    const found = factsByName.get(encodePlace(place));
    return found === undefined ? [] : distinct(found, FIELDS[place.field]);
  };
  const one: Fields['one'] = (field, key = '', occurrence = null) => choose(field, written({ field, key, occurrence }));
  const manyWritten: Fields['manyWritten'] = (item) => {
    const found = factsByName.get(item);
    if (found === undefined) return [];
    const values = distinct(found, ITEMS[item]);
    return values.flatMap((each) => (each.value === null ? [] : [{ ...each, value: each.value }])).slice(0, MOST_ITEMS);
  };
  let places: readonly FieldPlace[] | null = null;
  const allPlaces = (): readonly FieldPlace[] =>
    (places ??= [...factsByName.keys()]
      .filter((name) => name.includes('/'))
      .map(parsePlace)
      .filter((place) => place !== null)
      .slice(0, MOST_PLACES));
  return {
    one,
    all: (field, key = '', occurrence = null) => written({ field, key, occurrence }),
    many: (item) => (factsByName.has(item) ? manyWritten(item).map(({ value }) => value) : []),
    manyWritten,
    get places() {
      return allPlaces();
    },
    get conflicts() {
      // nearly no action has any, and that is known without reading a value
      const several = [...factsByName].filter(([, found]) => found.length > 1).map(([name]) => parsePlace(name));
      return several.flatMap((place) => (place === null ? [] : conflictAt(place)));
    },
  };

  function conflictAt<Name extends FieldName>(place: FieldPlace<Name>): Conflict[] {
    const values = written(place);
    return values.length > 1 ? [conflictOf(place, values)] : [];
  }
};

/**
 * The one to show where one must be: the more careful where it matters, so that nobody's caution is lost by an edit made
 * apart; otherwise the last in the list, which is the same everywhere.
 */
export const choose = <Name extends FieldName>(
  field: Name,
  values: readonly Written<FieldValues[Name]>[],
): FieldValues[Name] | null => {
  const care = CARE[field];
  let chosen = values[values.length - 1];
  if (care !== undefined && values.length > 1)
    for (const each of values) if (careOf(care, each.value) > careOf(care, chosen?.value ?? null)) chosen = each;
  return chosen?.value ?? null;
};

const careOf = <T>(care: (value: T) => number, value: T | null): number => (value === null ? -1 : care(value));

const STATUS_CARE: Readonly<Record<Status, number>> = {
  idea: 0,
  proposed: 1,
  confirmed: 2,
  done: 3,
  postponed: 4,
  cancelled: 5,
};

const CARE: { readonly [Name in FieldName]?: (value: FieldValues[Name]) => number } = {
  status: (status) => STATUS_CARE[status],
  risk: (risk) => RISKS.indexOf(risk),
  place: ({ precision, isPublic }) => ['exact', 'area', 'hidden'].indexOf(precision) * 2 + (isPublic ? 0 : 1),
  contact: ({ isPublic }) => (isPublic ? 0 : 1),
  need: (count) => count,
};

const KEYS: { readonly [Name in FieldName]?: RegExp } = {
  // eslint-disable-next-line no-control-regex -- a role is one line of people's words
  need: /^[^\u0000-\u001f\u007f/]{1,80}$/,
  funds: /^[A-Z]{3}$/,
  text: /^[A-Za-z]{1,40}$/,
  turn: /^[0-9a-f]{32}$/,
};

const MOST_PLACES = 2_000;

const isFieldName = (name: string): name is FieldName => Object.hasOwn(FIELDS, name);

const parseField = (name: string, occurrence: OccurrenceId | null): FieldPlace | null => {
  const at = name.indexOf('/');
  const field = at < 0 ? name : name.slice(0, at);
  const key = at < 0 ? '' : name.slice(at + 1);
  return isFieldName(field) && isKey(field, key) ? { field, key, occurrence } : null;
};

/** Each value once, with who wrote it first; those that cannot be read are left out. */
const distinct = <T>(facts: readonly Fact[], codec: Codec<T>): readonly Written<T>[] => {
  const seen = new Set<string>();
  return facts.flatMap(({ value, client, clock }) => {
    const read = value === null ? null : codec.read(value);
    if (read === null && value !== null) return [];
    if (facts.length > 1) {
      const name = JSON.stringify(read);
      if (seen.has(name)) return [];
      seen.add(name);
    }
    return [{ value: read, client, clock }];
  });
};

/** Of what is to be written: its name and how it is written; null: not such a value. */
export const encodeField = <Name extends FieldName>(
  place: FieldPlace<Name>,
  value: FieldValues[Name] | null,
): readonly [string, Plain] | null => {
  if (!isKey(place.field, place.key)) return null;
  if (value === null) return [encodePlace(place), null];
  const plain = FIELDS[place.field].write(value);
  return plain === null ? null : [encodePlace(place), plain];
};
