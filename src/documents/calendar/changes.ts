/** Changes of fields as people make them, checked before they are written. */
import type * as Y from 'yjs';
import type { OccurrenceId } from '../../times/index.ts';
import { addFact, removeFact, writeFact } from '../shape/facts.ts';
import type { Plain } from '../shape/facts.ts';
import { encodeField } from './fields.ts';
import type { FieldPlace } from './fields.ts';
import { ITEMS } from './values.ts';
import type { FieldName, FieldValues, ItemName, ItemValues } from './values.ts';

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

/** Call it within a transaction. */
export const writeChanges = (facts: Y.Array<unknown>, { fields, add, remove }: EncodedChanges): void => {
  for (const [name, value] of fields) writeFact(facts, name, value);
  for (const [name, value] of remove) removeFact(facts, name, value);
  for (const [name, value] of add) addFact(facts, name, value);
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
