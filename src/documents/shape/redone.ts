/**
 * What undo brings back stands behind what its old left neighbour has become, and before what its right one has.
 * Yjs follows each of the two by itself, through all that it was brought back as. Where parts of it were brought back
 * again, the right one can lead to a place on the left. "ad" was deleted and brought back, then its "d", and then the
 * whole paragraph:
 *
 *     old:  a' d'' d'† ad†      ("ad†" became "a'd'", and "d'†" became "d''")
 *     new:  "d''" is to stand behind what a' has become, and before what ad† has: the very same "a"
 *
 * Where such an item lands depends on what came first on each device, so the log counts none (src/log/FORMAT.md).
 */
import * as Y from 'yjs';

/**
 * Gives items of this transaction whose neighbours are the wrong way round the neighbours that they stand between
 * here, before anybody hears of them: then they are what typing in that very place would have written.
 */
export const straighten = (transaction: Y.Transaction): void => {
  const { doc, beforeState } = transaction;
  const { clientID: client, store } = doc;
  const from = beforeState.get(client) ?? 0;
  if (from >= Y.getState(store, client)) return;
  const structs = store.clients.get(client) ?? [];
  const crooked = new Set<unknown>();
  const items: Y.Item[] = [];
  for (const item of structs.slice(Y.findIndexSS(structs, from))) {
    if (!(item instanceof Y.Item) || item.parentSub !== null) continue;
    if (isCrooked(store, item)) crooked.add(item.parent);
    // what came later may have been placed by what is changed now
    if (crooked.has(item.parent)) items.push(item);
  }
  putBetween(items);
};

/**
 * Items remember what they were brought back as, also after Yjs has collected that: it would stop with an error in the
 * middle of an undo. Call it before each one.
 */
export const forgetCollected = ({ store }: Y.Doc): void => {
  for (const structs of store.clients.values()) {
    for (const item of structs) {
      if (!(item instanceof Y.Item) || item.redone === null) continue;
      const became: unknown = Y.getItem(store, item.redone);
      const isThere = became instanceof Y.Item && (became.content instanceof Y.ContentType || !isType(item));
      if (!isThere) item.redone = null;
    }
  }
};

const isType = ({ content }: Y.Item): boolean => content instanceof Y.ContentType;

const isCrooked = (store: Y.Doc['store'], item: Y.Item): boolean => {
  if (item.origin === null || item.rightOrigin === null) return false;
  const right = Y.getItem(store, item.rightOrigin);
  if (item.right === right) return false;
  // from both at once: they are near, whichever comes first
  let ahead: Y.Item | null = item.right;
  let behind: Y.Item | null = right.right;
  for (;;) {
    if (ahead === right || behind === null) return false;
    if (behind === item || ahead === null) return true;
    ahead = ahead.right;
    behind = behind.right;
  }
};

/** Takes them out in thought, the last one first: what each then stands between was there when it came. */
const putBetween = (items: readonly Y.Item[]): void => {
  const leftOf = new Map<Y.Item, Y.Item | null>();
  const rightOf = new Map<Y.Item, Y.Item | null>();
  for (const item of items.toReversed()) {
    const left = leftOf.has(item) ? leftOf.get(item) : item.left;
    const right = rightOf.has(item) ? rightOf.get(item) : item.right;
    item.origin = left?.lastId ?? null;
    item.rightOrigin = right?.id ?? null;
    if (left) rightOf.set(left, right ?? null);
    if (right) leftOf.set(right, left ?? null);
  }
};
