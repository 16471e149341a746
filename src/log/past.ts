/**
 * What happened in a document, entry by entry, as the log has it: put in one order that is the same on every device,
 * and the document as it was, or as it would be without some of it.
 */
import * as Y from 'yjs';
import { FOREIGN } from './capture.ts';
import type { DecodedEntry } from './entry.ts';
import { type Edit, type Id, KIND } from './struct.ts';
import type { DeviceId, SessionId } from './types.ts';
import { createGathered } from './update.ts';

/** An entry that counts, and whose it is. */
export interface PastEdit extends DecodedEntry {
  readonly session: SessionId;
  readonly device: DeviceId;
  readonly client: number;
  /** in its session's chain */
  readonly number: number;
}

/** Some of what one session wrote: its entries of these numbers. */
export interface Part {
  readonly session: SessionId;
  readonly from: number;
  /** the first that is not of it */
  readonly to: number;
}

/**
 * Each after all that it hangs on; what hangs on nothing of the other goes by the minutes of its authors' clocks.
 * `edits` are those of one document; each session's stand in its order.
 */
export const inOrder = (edits: readonly PastEdit[]): readonly PastEdit[] => {
  const bySession = new Map<SessionId, PastEdit[]>();
  for (const edit of edits) {
    const list = bySession.get(edit.session);
    if (list) list.push(edit);
    else bySession.set(edit.session, [edit]);
  }
  const ordered: Placed[] = [];
  const clocks = new Map<number, number>();
  const placed = new Map<number, Placed[]>();
  let open = [...bySession.values()].map((list) => list.slice().sort((a, b) => a.number - b.number));
  // a session after the other, each as far as what it names is there; which comes first changes nothing
  for (let moved = true; moved && open.length > 0;) {
    moved = false;
    for (const list of open) {
      let at = 0;
      for (; at < list.length; at++) {
        const edit = list[at] as PastEdit;
        const needs = needsOf(edit);
        if (needs.some(({ client, clock }) => (clocks.get(client) ?? 0) <= clock)) break;
        const mine = placed.get(edit.client) ?? [];
        const before = [mine.at(-1), ...needs.map((id) => holding(placed.get(id.client) ?? [], id.clock))];
        const last = edit.structs.at(-1);
        const place: Placed = {
          edit,
          start: edit.structs[0]?.clock ?? clocks.get(edit.client) ?? 0,
          minute: Math.max(edit.minute, ...before.map((each) => each?.minute ?? 0)),
          depth: 1 + Math.max(0, ...before.map((each) => each?.depth ?? 0)),
        };
        if (last) clocks.set(edit.client, last.clock + last.length);
        mine.push(place);
        placed.set(edit.client, mine);
        ordered.push(place);
      }
      if (at > 0) moved = true;
      list.splice(0, at);
    }
    open = open.filter((list) => list.length > 0);
  }
  return ordered.sort(byPlace).map(({ edit }) => edit);
};

interface Placed {
  readonly edit: PastEdit;
  readonly start: number;
  /** no earlier than of what it hangs on */
  readonly minute: number;
  readonly depth: number;
}

const byPlace = (a: Placed, b: Placed): number =>
  a.minute - b.minute ||
  a.depth - b.depth ||
  (a.edit.session === b.edit.session ? a.edit.number - b.edit.number : a.edit.session < b.edit.session ? -1 : 1);

/** What an entry names that others wrote. */
const needsOf = ({ client, structs, deletes }: PastEdit): readonly Id[] => {
  const needs: Id[] = [];
  const add = (id: Id | null): void => {
    if (id !== null && id.client !== client) needs.push(id);
  };
  for (const { origin, right, parent } of structs) {
    add(origin);
    add(right);
    if (parent?.type === 'item') add(parent.id);
  }
  for (const range of deletes) add({ client: range.client, clock: range.clock + range.length - 1 });
  return needs;
};

/** Which of a session's entries, in order, made what stands at a clock. */
const holding = (placed: readonly Placed[], clock: number): Placed | undefined => {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((placed[middle] as Placed).start <= clock) low = middle + 1;
    else high = middle;
  }
  return placed[low - 1];
};

/**
 * The document after these entries, but for `without`: what those wrote is not there, and what they took away is.
 * Words of others that stand beside left out ones stay.
 */
export const docOf = (edits: readonly PastEdit[], without: readonly Part[] = []): Y.Doc => {
  const structs = createGathered();
  const deletes = createGathered();
  for (const edit of edits) {
    structs.add(edit.client, { structs: edit.structs, deletes: [] });
    const isOut = isIn(without, edit);
    const gone = isOut ? edit.structs.map(({ clock, length }) => ({ client: edit.client, clock, length })) : [];
    deletes.add(edit.client, { structs: [], deletes: isOut ? gone : edit.deletes });
  }
  const doc = new Y.Doc({ gc: false });
  const updates = [structs.take(), deletes.take()];
  // as in a live document: Yjs is to tidy up nothing
  doc.transact((transaction) => {
    for (const update of updates) if (update) Y.applyUpdate(doc, update);
    transaction.local = true;
  }, FOREIGN);
  return doc;
};

/** By path, what each entry touched. All of them must be in the doc, which must not have collected anything. */
export const placesOf = (doc: Y.Doc, edit: Pick<PastEdit, 'client'> & Edit): readonly string[] => {
  const places = new Set<string>();
  const look = (client: number, from: number, length: number): void => {
    for (let clock = from; clock < from + length;) {
      const item: unknown = Y.getItem(doc.store, Y.createID(client, clock));
      if (!(item instanceof Y.Item)) return;
      const values = valuesIn(item).filter((value) => value.clock >= clock && value.clock < from + length);
      for (const { place } of values) places.add(place);
      const parent = asType(item.parent);
      const place = parent === null || values.length > 0 ? null : pathOf(parent);
      const isWithin = item.parentSub === null || (parent !== null && isText(parent));
      if (place !== null) places.add(isWithin ? place : `${place}>${item.parentSub}`);
      clock = item.id.clock + item.length;
    }
  };
  for (const { clock, length } of edit.structs) look(edit.client, clock, length);
  for (const { client, clock, length } of edit.deletes) look(client, clock, length);
  return [...places];
};

/** A value that stands, or stood, under a key of a map, or in a list as a fact `[field, value]`. */
export interface PlacedValue {
  /** the path of the map or list, and the key or field */
  readonly place: string;
  readonly value: unknown;
  readonly client: number;
  readonly clock: number;
}

/** None in what is no value, and in what stands where nothing has a name. */
export const valuesIn = ({ parent, parentSub, content, id }: Y.Item): readonly PlacedValue[] => {
  const type = asType(parent);
  if (!(content instanceof Y.ContentAny) || type === null || isText(type)) return [];
  const path = pathOf(type);
  if (path === null) return [];
  return (content.arr as readonly unknown[]).flatMap((value, at): PlacedValue[] => {
    const where = { client: id.client, clock: id.clock + at };
    if (parentSub !== null) return [{ place: `${path}>${parentSub}`, value, ...where }];
    if (!Array.isArray(value)) return [];
    const [field, said] = value as readonly unknown[];
    return typeof field === 'string' ? [{ place: `${path}>${field}`, value: said, ...where }] : [];
  });
};

/** The last value that some of these entries gave a field; `doc` has all of them, and collected nothing. */
export const lastValueIn = (
  doc: Y.Doc,
  edits: readonly PastEdit[],
  parts: readonly Part[],
  place: string,
): PlacedValue | null => {
  let last: PlacedValue | null = null;
  for (const edit of edits) {
    if (!isIn(parts, edit)) continue;
    for (const { kind, clock, length } of edit.structs) {
      if (kind !== KIND.any) continue;
      for (let at = clock; at < clock + length; at++) {
        const item: unknown = Y.getItem(doc.store, Y.createID(edit.client, at));
        const found = item instanceof Y.Item ? valuesIn(item).find((value) => value.clock === at) : undefined;
        if (found?.place === place) last = found;
      }
    }
  }
  return last;
};

const isIn = (parts: readonly Part[], { session, number }: PastEdit): boolean =>
  parts.some((part) => part.session === session && number >= part.from && number < part.to);

/**
 * Where a type stands: the names on the way to it from its root, joined by '>'. Of what is within a text, where the
 * text stands. null: within a list, where nothing has a name.
 */
export const pathOf = <Event>(type: Y.AbstractType<Event>): string | null => {
  const names: string[] = [];
  let isNamed = true;
  for (let at = asType(type); at !== null; at = asType(at._item?.parent)) {
    if (isText(at)) {
      names.length = 0;
      isNamed = true;
    }
    const { _item: item } = at;
    if (item === null) {
      names.unshift(Y.findRootTypeKey(at));
      return isNamed ? names.join('>') : null;
    }
    if (item.parentSub === null) isNamed = false;
    else names.unshift(item.parentSub);
  }
  return null;
};

export const isText = (type: unknown): type is Y.Text | Y.XmlFragment =>
  type instanceof Y.Text || type instanceof Y.XmlFragment;

export const asType = (value: unknown): Y.AbstractType<unknown> | null =>
  value instanceof Y.AbstractType ? value : null;
