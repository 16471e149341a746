/** What one exchange brought, as the shelf keeps it: numbers under opaque ids. */
export interface ShelfReceipt {
  /** opaque */
  readonly id: string;
  /** minutes since 1970 */
  readonly at: number;
  /** what kind of exchange, such as a bundle read or written */
  readonly kind: string;
  readonly counts: Readonly<Record<string, number>>;
}

const MOST_COUNTS = 50;
const LONGEST_NAME = 100;

/** null where it is not one, or holds more than a shelf takes */
export const parseReceipt = (value: unknown): ShelfReceipt | null => {
  if (typeof value !== 'object' || value === null) return null;
  if (!('id' in value && 'at' in value && 'kind' in value && 'counts' in value)) return null;
  const { id, at, kind, counts } = value;
  if (!isName(id) || !isName(kind) || typeof at !== 'number' || !Number.isFinite(at)) return null;
  if (typeof counts !== 'object' || counts === null) return null;
  const numbers: [string, number][] = [];
  for (const [name, count] of Object.entries(counts)) {
    if (!isName(name) || typeof count !== 'number' || !Number.isFinite(count)) return null;
    numbers.push([name, count]);
  }
  return numbers.length > MOST_COUNTS ? null : { id, at, kind, counts: Object.fromEntries(numbers) };
};

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= LONGEST_NAME;
