/**
 * Who knew of whose change: a mark for each text and each single field that is changed, in the document itself.
 *
 * An entry names what it hangs on, and two who write in one text seldom hang on each other's words: from their entries
 * alone nobody can tell whether they knew of each other. So whoever begins to change a text sets its mark, a value
 * under the text's path in the map `marks` of the document. Yjs hangs each value on the one that stood there before; so
 * two marks that hang on one and the same were set by people who did not know of each other, and nothing else is.
 */
import type * as Y from 'yjs';
import { FOREIGN } from './capture.ts';
import { Reader } from '../lib/bytes.ts';
import { KIND } from './struct.ts';
import { readValue } from './value.ts';
import { asType, isText, type Part, type PastEdit, pathOf, valuesIn } from './past.ts';
import type { DeviceId, SessionId } from './types.ts';

const ROOT = 'marks';
const MARKING = Symbol('mark of a change');

/** Transactions of this origin decide what a text that was changed apart says, or take such a decision back. */
export const DECIDING = Symbol('decision');

/** What a mark says: its author had heard of no other change of this text since the one before; had; decided. */
const MARK = { goingOn: 1, knowing: 2, deciding: 3 } as const;

/** How long one mark stands for what the same session changes in a text, in milliseconds. */
const STANDS_FOR = 15_000;

/**
 * Marks what is changed here from now on: texts, and the fields that `isField` takes by their path. `now`: milliseconds
 * since 1970, for nothing but intervals. Call what it gives when the document is passed on: what comes after is a change
 * that others do not know of.
 */
export const markChanges = (
  doc: Y.Doc,
  now: () => number,
  isField: (place: string, transaction: Y.Transaction) => boolean,
): (() => void) => {
  const known = renewByDoc.get(doc);
  if (known) return known;
  const renew = (): void => {
    markedAt = new Map();
  };
  renewByDoc.set(doc, renew);
  let client = doc.clientID;
  let markedAt = new Map<string, number>();
  /** texts that others changed since they were marked here */
  const heardOf = new Set<string>();
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    const origin: unknown = transaction.origin;
    if (origin === FOREIGN) {
      const marks = doc.share.get(ROOT);
      for (const place of (marks && transaction.changed.get(marks)) ?? []) if (place !== null) heardOf.add(place);
    }
    if (!transaction.local || origin === FOREIGN || origin === MARKING) return;
    if (client !== doc.clientID) {
      client = doc.clientID;
      renew();
    }
    const due = new Set<string>();
    for (const [type, keys] of transaction.changed) {
      const text = textAround(type);
      if (text !== null && isNew(text, transaction)) continue;
      const place = text === null ? null : pathOf(text);
      const fields =
        text === null ? fieldsIn(type, keys, transaction).filter((each) => isField(each, transaction)) : [];
      for (const each of place === null ? fields : [place]) {
        const before = markedAt.get(each);
        if (before === undefined || now() - before >= STANDS_FOR || origin === DECIDING) due.add(each);
      }
    }
    if (due.size === 0) return;
    for (const place of due) {
      if (origin === DECIDING) markedAt.delete(place);
      else markedAt.set(place, now());
    }
    const valueOf = (place: string): number => {
      const hasHeard = heardOf.delete(place);
      if (origin === DECIDING) return MARK.deciding;
      return hasHeard ? MARK.knowing : MARK.goingOn;
    };
    doc.transact(() => due.forEach((place) => doc.getMap(ROOT).set(place, valueOf(place))), MARKING);
  });
  return renew;
};

/** several screens may each have opened it */
const renewByDoc = new WeakMap<Y.Doc, () => void>();

/** The text that was changed, or that what was changed stands in. */
const textAround = <Event>(changed: Y.AbstractType<Event>): Y.AbstractType<unknown> | null => {
  let text: Y.AbstractType<unknown> | null = null;
  for (let at = asType(changed); at !== null; at = asType(at.parent)) if (isText(at)) text = asType(at);
  return text;
};

/** What was made just now nobody else can know. */
const isNew = ({ _item: item }: Y.AbstractType<unknown>, { beforeState }: Y.Transaction): boolean =>
  item !== null && item.id.clock >= (beforeState.get(item.id.client) ?? 0);

/** Paths of the single values that were set in a map, or written as facts in a list. */
const fieldsIn = <Event>(
  changed: Y.AbstractType<Event>,
  keys: ReadonlySet<string | null>,
  transaction: Y.Transaction,
): readonly string[] => {
  const type = asType(changed);
  if (type === null || isNew(type, transaction)) return [];
  const items = [...keys].flatMap((key) => (key === null ? [] : (type._map.get(key) ?? [])));
  for (let item = keys.has(null) ? type._start : null; item !== null; item = item.right)
    if (!item.deleted && item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)) items.push(item);
  return items.flatMap((item) => valuesIn(item).map(({ place }) => place));
};

/** One of those who changed a text or a field apart. */
export interface Side {
  /** of its first mark, 'client:clock' */
  readonly mark: string;
  readonly device: DeviceId;
  /** of its last change, by its author's clock */
  readonly minute: number;
  /** what was written on this side, not knowing of the others */
  readonly parts: readonly Part[];
}

/** A text or a field that was changed apart. */
export interface Apart {
  /** its path */
  readonly place: string;
  /** two or more, in an order that is the same on every device */
  readonly sides: readonly Side[];
  /** what was changed here by decisions on it */
  readonly decided: readonly Part[];
  /** what a decision settles, and a later one has to settle too */
  readonly marks: readonly string[];
  /** Did those who wrote write on at once, knowing of each other? They typed together, and hardly noticed. */
  readonly isTogether: boolean;
}

interface Mark {
  readonly id: string;
  readonly client: number;
  readonly edit: PastEdit;
  readonly value: unknown;
  readonly next: Mark[];
}

/** All places of one document that were changed apart, as its entries tell; `edits` in order. */
export const findApart = (edits: readonly PastEdit[]): readonly Apart[] => {
  const firstByPlace = new Map<string, Mark[]>();
  const byPlace = new Map<string, Mark[]>();
  const markById = new Map<string, { readonly mark: Mark; readonly place: string }>();
  for (const edit of edits) {
    for (const { clock, origin, parent, sub, kind, content } of edit.structs) {
      const before = origin === null ? undefined : markById.get(`${origin.client}:${origin.clock}`);
      const isFirst = parent?.type === 'root' && parent.name === ROOT && sub !== null;
      if (!before && !isFirst) continue;
      const place = before ? before.place : (sub as string);
      const value = kind === KIND.any ? readValue(new Reader(content)) : null;
      const mark: Mark = { id: `${edit.client}:${clock}`, client: edit.client, edit, value, next: [] };
      markById.set(mark.id, { mark, place });
      if (before) before.mark.next.push(mark);
      else put(firstByPlace, place, mark);
      put(byPlace, place, mark);
    }
  }
  const found: Apart[] = [];
  for (const [place, all] of byPlace) {
    for (const branches of [firstByPlace.get(place) ?? [], ...all.map(({ next }) => next)]) {
      if (new Set(branches.map(({ edit }) => edit.device)).size < 2) continue;
      found.push(apartOf(place, branches, all));
    }
  }
  return found;
};

const put = (map: Map<string, Mark[]>, key: string, mark: Mark): void => {
  const list = map.get(key);
  if (list) list.push(mark);
  else map.set(key, [mark]);
};

const apartOf = (place: string, branches: readonly Mark[], all: readonly Mark[]): Apart => {
  // Yjs puts the highest clientID last, and who knows of all hangs the next mark on the last
  const sorted = branches.slice().sort((a, b) => a.client - b.client);
  const winner = sorted.at(-1) as Mark;
  const marksOf = (branch: Mark): readonly Mark[] =>
    (branch === winner ? alone(branch) : below(branch)).filter(({ value }) => value !== MARK.deciding);
  const later = below(winner);
  const isTogether = sorted.every(
    (branch) =>
      branch === winner ||
      (Math.abs(branch.edit.minute - winner.edit.minute) <= 1 &&
        later.some(({ edit }) => edit.device === branch.edit.device && edit.minute - branch.edit.minute <= 2)),
  );
  return {
    place,
    sides: sorted.map((branch) => {
      const marks = marksOf(branch);
      return {
        mark: branch.id,
        device: branch.edit.device,
        minute: Math.max(branch.edit.minute, ...marks.map(({ edit }) => edit.minute)),
        parts: partsOf(marks, all),
      };
    }),
    marks: [...new Set([winner.id, ...sorted.flatMap((branch) => (branch === winner ? [] : below(branch).map(idOf)))])],
    decided: partsOf(
      all.filter(({ value }) => value === MARK.deciding),
      all,
    ),
    isTogether,
  };
};

const idOf = ({ id }: Mark): string => id;

/** A text that was written for years has a long row of marks. */
const below = (mark: Mark): readonly Mark[] => {
  const found: Mark[] = [mark];
  for (let at = 0; at < found.length; at++) for (const next of found[at]?.next ?? []) found.push(next);
  return found;
};

/** Of the side on which everything goes on: what its own author wrote before hearing of anybody else. */
const alone = (mark: Mark): readonly Mark[] => {
  const found = [mark];
  for (
    let [next, ...others] = mark.next;
    next && others.length === 0 && next.edit.device === mark.edit.device && next.value === MARK.goingOn;
  ) {
    found.push(next);
    [next, ...others] = next.next;
  }
  return found;
};

/** A mark stands for what its session wrote until that session's next mark of the same text. */
const partsOf = (marks: readonly Mark[], all: readonly Mark[]): readonly Part[] => {
  const numbers = new Map<SessionId, number[]>();
  for (const { edit } of all) {
    const list = numbers.get(edit.session);
    if (list) list.push(edit.number);
    else numbers.set(edit.session, [edit.number]);
  }
  const wanted = new Set(marks.map(({ edit }) => `${edit.session} ${edit.number}`));
  return [...numbers].flatMap(([session, list]) => {
    list.sort((a, b) => a - b);
    return list.flatMap((from, at): Part[] =>
      wanted.has(`${session} ${from}`) ? [{ session, from, to: list[at + 1] ?? Number.MAX_SAFE_INTEGER }] : [],
    );
  });
};
