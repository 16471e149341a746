/** Changes of fields as people make them, checked before they are written. */
import type * as Y from 'yjs';
import { UNDATED } from '../../times/index.ts';
import type { OccurrenceId, When } from '../../times/index.ts';
import { addFact, dropFacts, factsIn, removeFact, writeFact } from '../shape/facts.ts';
import type { Plain } from '../shape/facts.ts';
import { encodeField, encodePlace, parsePlace, readFields } from './fields.ts';
import type { FieldPlace } from './fields.ts';
import { ITEMS } from './values.ts';
import type { FieldName, FieldValues, ItemName, ItemValues } from './values.ts';
import { fitMoment, parseMoment } from './when.ts';

/** One field gets another value; null: none. Writing a field that people apart wrote differently settles it. */
export type FieldChange = {
  readonly [Name in FieldName]: {
    readonly field: Name;
    readonly value: FieldValues[Name] | null;
    /** the role, currency or text; absent where a field has none */
    readonly key?: string;
    /** the wall time, or day, at which it would have begun; absent: of the whole series */
    readonly occurrence?: OccurrenceId | null;
  };
}[FieldName];

/** One of many values. */
export type ItemChange = {
  readonly [Name in ItemName]: { readonly item: Name; readonly value: ItemValues[Name] };
}[ItemName];

export interface FactChanges {
  readonly fields?: readonly FieldChange[];
  readonly add?: readonly ItemChange[];
  readonly remove?: readonly ItemChange[];
}

/** Checked and ready: nothing of it can fail. */
export interface EncodedChanges {
  readonly fields: readonly (readonly [string, Plain])[];
  readonly add: readonly (readonly [string, Plain])[];
  readonly remove: readonly (readonly [string, Plain])[];
}

/** null: something in it is no value of its field */
export const encodeChanges = ({ fields = [], add = [], remove = [] }: FactChanges): EncodedChanges | null => {
  const encoded = { fields: fields.map(encodeChange), add: add.map(encodeItem), remove: remove.map(encodeItem) };
  const isWhole = [...encoded.fields, ...encoded.add, ...encoded.remove].every((each) => each !== null);
  return isWhole ? (encoded as EncodedChanges) : null;
};

/**
 * Call it within a transaction. `when`, `rule`: of the series as it is. What was said about one of its dates when it took
 * place at another hour goes with what is said now.
 */
export const writeChanges = (
  facts: Y.Array<unknown>,
  { fields, add, remove }: EncodedChanges,
  { when, rule }: { readonly when: When; readonly rule: string | null },
): void => {
  const today = (name: string): string => {
    const place = parsePlace(name);
    const at = place?.occurrence ?? null;
    return place === null || at === null ? name : encodePlace({ ...place, occurrence: fitMoment(at, when, rule) });
  };
  const written = new Set(fields.filter(([name]) => name.startsWith('at/')).map(([name]) => today(name)));
  const names = new Set(fields.map(([name]) => name));
  const removed = new Set(
    remove.flatMap(([name, value]) => {
      const moment = name === 'exdate' ? parseMoment(value) : null;
      return moment === null ? [] : [fitMoment(moment, when, rule)];
    }),
  );
  if (written.size > 0 || removed.size > 0)
    dropFacts(facts, ({ field, value }) => {
      if (field.startsWith('at/')) return !names.has(field) && written.has(today(field));
      const moment = field === 'exdate' ? parseMoment(value) : null;
      return moment !== null && removed.has(fitMoment(moment, when, rule));
    });
  for (const [name, value] of fields) writeFact(facts, name, value);
  for (const [name, value] of remove) removeFact(facts, name, value);
  for (const [name, value] of add) addFact(facts, name, value);
};

/** When the series takes place as these facts have it. */
export const seriesIn = (facts: Y.Array<unknown>): { readonly when: When; readonly rule: string | null } => {
  const fields = readFields(factsIn(facts));
  return { when: fields.one('when') ?? UNDATED, rule: fields.one('rule') };
};

const encodeChange = (change: FieldChange): readonly [string, Plain] | null => {
  const { field, key = '', occurrence = null } = change;
  const place: FieldPlace = { field, key, occurrence };
  return encodeField(place, change.value);
};

const encodeItem = <Name extends ItemName>(change: {
  readonly item: Name;
  readonly value: ItemValues[Name];
}): readonly [string, Plain] | null => {
  const plain = ITEMS[change.item].write(change.value);
  return plain === null ? null : [change.item, plain];
};
