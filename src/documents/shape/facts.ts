/**
 * Fields that keep what people wrote apart. A part of a document has a list of facts `[field, value]`. Who writes a
 * field takes away the facts of it that they see and adds their own, in one transaction; so two who write it apart
 * leave two facts, and both are shown until somebody writes it again. A field of many values (hosts, languages) has a
 * fact for each, so that additions merge.
 * Who wrote a fact is not in it: the log knows, by its client.
 */
import * as Y from 'yjs';

/** What a fact may say. Lists only, so that equal things are written alike. */
export type Plain = null | boolean | number | string | readonly Plain[];

export interface Fact {
  readonly field: string;
  /** anybody's: parse it */
  readonly value: unknown;
  readonly client: number;
  readonly clock: number;
}

/** In the list's order, which is the same on every device. What is no fact is left out. */
export const factsIn = (list: Y.Array<unknown> | null): readonly Fact[] => placedFactsIn(list);

/** Undone or not, only one's own word is taken back: see `keepOthersWord`. Call it within a transaction. */
export const writeFact = (list: Y.Array<unknown>, field: string, value: Plain): void => {
  const before = placedFactsIn(list).filter((fact) => fact.field === field);
  if (before.length === 0 && value === null) return;
  if (before.length === 1 && isSame(before[0]?.value, value)) return;
  // added although one of several says the same already: whoever settles for another one apart must not void both
  removeAt(list, before);
  list.push([[field, value]]);
};

/** Adds one of many. Call it within a transaction. */
export const addFact = (list: Y.Array<unknown>, field: string, value: Plain): void => {
  if (!placedFactsIn(list).some((fact) => fact.field === field && isSame(fact.value, value)))
    list.push([[field, value]]);
};

/** Takes one of many away. Call it within a transaction. */
export const removeFact = (list: Y.Array<unknown>, field: string, value: Plain): void =>
  removeAt(
    list,
    placedFactsIn(list).filter((fact) => fact.field === field && isSame(fact.value, value)),
  );

/** Takes facts away. Call it within a transaction. */
export const dropFacts = (list: Y.Array<unknown>, isDropped: (fact: Fact) => boolean): void =>
  removeAt(list, placedFactsIn(list).filter(isDropped));

/** Puts others in the place of facts; null: this one stays. Call it within a transaction. */
export const replaceFacts = (list: Y.Array<unknown>, other: (fact: Fact) => readonly [string, Plain] | null): void => {
  const replaced = placedFactsIn(list).flatMap((fact) => {
    const by = other(fact);
    return by === null ? [] : [{ fact, by }];
  });
  removeAt(
    list,
    replaced.map(({ fact }) => fact),
  );
  pushFacts(
    list,
    replaced.map(({ by }) => by),
  );
};

/** Several at once into a list that has none of these fields. Call it within a transaction. */
export const pushFacts = (list: Y.Array<unknown>, facts: readonly (readonly [string, Plain])[]): void => {
  if (facts.length > 0) list.push(facts.map(([field, value]) => [field, value]));
};

/**
 * Undo takes a person's own fact away and brings back those that it stood for. Where somebody has written the field
 * since, their word stands alone: what was brought back goes again. `isSingle`: fields of one value.
 */
export const keepOthersWord = (doc: Y.Doc, undo: Y.UndoManager, isSingle: (field: string) => boolean): (() => void) => {
  const look = (transaction: Y.Transaction): void => {
    if (transaction.origin !== undo) return;
    const isFresh = ({ client, clock }: Fact): boolean => clock >= (transaction.beforeState.get(client) ?? 0);
    const outdated = [...transaction.changed.keys()].flatMap((list) => {
      if (!(list instanceof Y.Array) || list._item?.deleted === true) return [];
      const facts = placedFactsIn(list).filter(({ field }) => isSingle(field));
      const kept = new Set(facts.filter((fact) => !isFresh(fact)).map(({ field }) => field));
      return [{ list, facts: facts.filter((fact) => isFresh(fact) && kept.has(fact.field)) }];
    });
    if (outdated.every(({ facts }) => facts.length === 0)) return;
    doc.transact(() => {
      for (const { list, facts } of outdated) removeAt(list, facts);
    }, OTHERS_WORD);
  };
  doc.on('afterTransaction', look);
  return () => doc.off('afterTransaction', look);
};

const OTHERS_WORD = Symbol('the word of others stands');

interface PlacedFact extends Fact {
  readonly index: number;
}

const placedFactsIn = (list: Y.Array<unknown> | null): readonly PlacedFact[] => {
  const facts: PlacedFact[] = [];
  let index = 0;
  for (let item = list?._start ?? null; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (item.content instanceof Y.ContentAny) {
      const { client, clock } = item.id;
      (item.content.arr as readonly unknown[]).forEach((each, at) => {
        if (!isList(each) || typeof each[0] !== 'string') return;
        facts.push({ field: each[0], value: each[1], client, clock: clock + at, index: index + at });
      });
    }
    index += item.length;
  }
  return facts;
};

/** From the end, so that earlier places hold. */
const removeAt = (list: Y.Array<unknown>, facts: readonly PlacedFact[]): void => {
  for (const { index } of [...facts].reverse()) list.delete(index, 1);
};

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Facts hold lists and scalars, so that what is equal is written alike. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
