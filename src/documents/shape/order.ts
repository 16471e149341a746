/**
 * Order keys: strings between which there is always another, so that moving one thing writes one field
 * and moves made apart merge. A key is a fraction in base 62, without trailing zeros; ties are ordered by id.
 *
 * Written here, not taken from a package: a page, and unlike the common one it (a) grows by one character in
 * about 30 appends without a separate integer part and (b) re-keys a run of equal keys, which merging makes possible.
 */
export type Placed<Id extends string> = { readonly id: Id; readonly order: string };

/** Sorts after every valid key: for things whose key a stranger has made unreadable. */
export const LAST = '~';

export const parseOrder = (value: unknown): string => (typeof value === 'string' && KEY.test(value) ? value : LAST);

/** By code unit, never by locale: every device must agree. */
export const byOrder = (a: Placed<string>, b: Placed<string>): number => {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
};

/**
 * What to write so that `id` stands before `before` (null: at the end). `list` is in order and may hold `id` itself.
 * Mostly one key; more where neighbours share a key, or where keys have grown too long.
 */
export const place = <Id extends string>(
  list: readonly Placed<Id>[],
  id: Id,
  before: Id | null,
): readonly Placed<Id>[] => {
  // The end is before what has no readable key, so that nonsense is never given a good key by honest hands.
  const others = list.filter((item) => item.id !== id && (before !== null || item.order !== LAST));
  const found = before === null ? -1 : others.findIndex((item) => item.id === before);
  const at = found === -1 ? others.length : found;
  const previous = others[at - 1]?.order ?? '';
  const afresh = (): readonly Placed<Id>[] => {
    const ids = others.map((item) => item.id);
    return spread([...ids.slice(0, at), id, ...ids.slice(at)]);
  };
  if (previous === LAST) return afresh();

  const run: Id[] = [id];
  let next = at;
  while (next < others.length && (others[next]?.order ?? LAST) <= previous) run.push((others[next++] as Placed<Id>).id);
  const high = others[next]?.order ?? LAST;
  const keyed = keysBetween(previous, high === LAST ? null : high, run);
  return keyed.every((item) => item.order.length <= LONG) ? keyed : afresh();
};

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KEY = /^[0-9A-Za-z]{0,127}[1-9A-Za-z]$/;
/** Longer keys are replaced by fresh ones; honest use stays far below. */
const LONG = 48;

const keysBetween = <Id extends string>(low: string, high: string | null, ids: readonly Id[]): Placed<Id>[] => {
  let last = low;
  return ids.map((id) => ({ id, order: (last = keyBetween(last, high)) }));
};

/** Evenly, and as short as can be. */
const spread = <Id extends string>(ids: readonly Id[]): Placed<Id>[] => {
  let width = 1;
  while (DIGITS.length ** width <= ids.length) width++;
  return ids.map((id, index) => {
    let rest = Math.floor(((index + 1) * DIGITS.length ** width) / (ids.length + 1));
    let order = '';
    for (let digit = 0; digit < width; digit++) {
      order = (DIGITS[rest % DIGITS.length] as string) + order;
      rest = Math.floor(rest / DIGITS.length);
    }
    return { id, order: order.replace(/0+$/, '') };
  });
};

/** low < result < high; `''` is the lowest, null the highest. */
export const keyBetween = (low: string, high: string | null): string => {
  if (high !== null) {
    if (low >= high) throw new Error('no key between');
    let same = 0;
    while ((low[same] ?? '0') === high[same]) same++;
    if (same > 0) return high.slice(0, same) + keyBetween(low.slice(same), high.slice(same));
  }
  const from = low === '' ? 0 : DIGITS.indexOf(low[0] as string);
  const to = high === null ? DIGITS.length : DIGITS.indexOf(high[0] as string);
  if (to - from > 1) return DIGITS[between(low === '' ? null : from, high === null ? null : to)] as string;
  if (high !== null && high.length > 1) return high[0] as string;
  return (DIGITS[from] as string) + keyBetween(low.slice(1), null);
};

/** One step at the ends, where most things are added; the middle between two. */
const between = (from: number | null, to: number | null): number => {
  if (from === null && to === null) return DIGITS.length >> 1;
  if (to === null) return (from as number) + 1;
  if (from === null) return to - 1;
  return (from + to) >> 1;
};
