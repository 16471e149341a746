/** The places of one document that people changed apart, and of single fields what each side set. */
import type * as Y from 'yjs';
import type { Plain } from '../../documents/shape/facts.ts';
import { factsAt, isUnsettled, standingAt } from '../../documents/place/fields.ts';
import { isRestorable } from '../../documents/place/index.ts';
import { factAt, isField } from '../../documents/place/is-field.ts';
import { type Apart, findApart } from '../../log/marks.ts';
import { docOf, lastValueIn, type PastEdit, type PlacedValue } from '../../log/past.ts';

export interface FoundApart {
  readonly apart: Apart;
  /** null: a text */
  readonly field: FieldApart | null;
}

export interface FieldApart {
  /** in the order of the sides; null: it was taken away */
  readonly values: readonly Plain[];
  readonly standing: Plain;
  /**
   * `open`: the field shows several values until somebody says which, as a calendar's fields do; `closed`: it did, and
   * now says what `by` wrote; `kept`: of its values one stood at once.
   */
  readonly state: 'open' | 'closed' | 'kept';
  /** the entry that wrote what stands; null: it is not here */
  readonly by: PastEdit | null;
}

/** `doc`: after these entries. */
export const findApartIn = (edits: readonly PastEdit[], doc: Y.Doc): readonly FoundApart[] => {
  const all = findApart(edits);
  if (all.length === 0) return [];
  const fields = all.filter(({ place }) => isField(place));
  const whole = fields.length === 0 ? doc : docOf(edits.map((edit) => ({ ...edit, deletes: [] })));
  const sided = new Map<Apart, readonly PlacedValue[]>();
  for (const apart of fields) {
    const found = apart.sides.flatMap(({ parts }) => lastValueIn(whole, edits, parts, apart.place) ?? []);
    const isApart = new Set(found.map(({ value }) => JSON.stringify(value))).size > 1;
    if (found.length === apart.sides.length && isApart) sided.set(apart, found);
  }
  const open = openOnes(doc, sided);
  return all.flatMap((apart): readonly FoundApart[] => {
    if (!isField(apart.place)) return isRestorable(doc, apart.place) ? [{ apart, field: null }] : [];
    const found = sided.get(apart);
    if (!found) return [];
    const isFact = factAt(apart.place) !== null;
    const [standing] = factsAt(doc, apart.place);
    return [
      {
        apart,
        field: {
          values: found.map(({ value }) => value as Plain),
          standing: standingAt(doc, apart.place),
          state: isFact ? (open.has(apart) ? 'open' : 'closed') : 'kept',
          by: standing ? authorOf(edits, standing) : null,
        },
      },
    ];
  });
};

/** Of a field that shows several values: where they come from. It may have been apart before, and settled. */
const openOnes = (doc: Y.Doc, sided: ReadonlyMap<Apart, readonly PlacedValue[]>): ReadonlySet<Apart> => {
  const open = new Set<Apart>();
  for (const place of new Set([...sided.keys()].map((apart) => apart.place))) {
    if (!isUnsettled(doc, place)) continue;
    const standing = new Set(factsAt(doc, place).map(({ client, clock }) => `${client}:${clock}`));
    const here = [...sided].filter(([apart]) => apart.place === place);
    const isSource = ([, found]: (typeof here)[number]): boolean =>
      found.filter(({ client, clock }) => standing.has(`${client}:${clock}`)).length > 1;
    const sources = here.filter(isSource);
    // brought back by an undo, they are not what was written then
    const newest = here.toSorted(([a], [b]) => minuteOf(b) - minuteOf(a)).slice(0, 1);
    for (const [apart] of sources.length > 0 ? sources : newest) open.add(apart);
  }
  return open;
};

const minuteOf = ({ sides }: Apart): number => Math.max(...sides.map(({ minute }) => minute));

const authorOf = (
  edits: readonly PastEdit[],
  at: { readonly client: number; readonly clock: number },
): PastEdit | null =>
  edits.find(
    ({ client, structs }) =>
      client === at.client && structs.some(({ clock, length }) => clock <= at.clock && at.clock < clock + length),
  ) ?? null;
