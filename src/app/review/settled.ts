/** What people decided about texts that were changed apart: words signed about the document, of which the last counts. */
import type { Apart } from '../../log/marks.ts';
import type { DocumentEntry, MemberId, Statement, WordStatement } from '../../log/types.ts';
import type { Value } from '../../log/value.ts';

const KIND = 'apart';
/** A word has room for so many marks. */
const MOST_MARKS = 400;

export type Kept =
  /** both sides stand as they were merged */
  | { readonly type: 'merged' }
  /** the text says what one side said; its first mark */
  | { readonly type: 'side'; readonly mark: string };

export interface Settled {
  /** `other`: a field was set to what no side had said */
  readonly kept: Kept | { readonly type: 'other' };
  /** null: nobody who is known here */
  readonly member: MemberId | null;
  readonly minute: number;
}

export const settledWord = (apart: Apart, kept: Kept | null): { readonly kind: string; readonly value: Value } => ({
  kind: KIND,
  value: {
    place: apart.place,
    marks: apart.marks.slice(0, MOST_MARKS),
    kept: kept === null ? 'open' : kept.type,
    ...(kept?.type === 'side' ? { side: kept.mark } : {}),
  },
});

/** Has anybody said a word on it, even if it was taken back? */
export const isSpokenOf = (apart: Apart, statements: readonly Statement[], document: DocumentEntry): boolean =>
  statements.some((each) => {
    const said = each.type === 'word' && each.kind === KIND && mayDecide(each, document) ? parse(each.value) : null;
    return said?.place === apart.place && apart.sides.some(({ mark }) => said.marks.includes(mark));
  });

/** null: nobody decided, or it was opened again, or more was written apart since. */
export const settledOf = (apart: Apart, statements: readonly Statement[], document: DocumentEntry): Settled | null => {
  const words = statements
    .filter((each): each is WordStatement => each.type === 'word' && each.kind === KIND && mayDecide(each, document))
    .sort(
      (a, b) => a.minute - b.minute || (a.device === b.device ? a.number - b.number : a.device < b.device ? -1 : 1),
    );
  let settled: Settled | null = null;
  for (const { value, member, minute } of words) {
    const said = parse(value);
    if (said?.place !== apart.place) continue;
    const marks = new Set(said.marks);
    if (said.kept === null) {
      if (apart.sides.some(({ mark }) => marks.has(mark))) settled = null;
    } else if (apart.marks.slice(0, MOST_MARKS).every((mark) => marks.has(mark)))
      settled = { kept: said.kept, member, minute };
  }
  return settled;
};

/** Who may write the text may decide what it says. */
const mayDecide = ({ role, group }: WordStatement, { writers, owner }: DocumentEntry): boolean =>
  role !== 'observer' && (writers === 'members' || (writers === 'group' && group === owner));

const parse = (
  value: Value,
): { readonly place: string; readonly marks: readonly string[]; readonly kept: Kept | null } | null => {
  if (!isObject(value)) return null;
  const { place, marks, kept, side } = value;
  if (typeof place !== 'string' || !Array.isArray(marks)) return null;
  const known = marks.filter((mark): mark is string => typeof mark === 'string');
  if (kept === 'open') return { place, marks: known, kept: null };
  if (kept === 'merged') return { place, marks: known, kept: { type: 'merged' } };
  return kept === 'side' && typeof side === 'string'
    ? { place, marks: known, kept: { type: 'side', mark: side } }
    : null;
};

const isObject = (value: Value): value is { readonly [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
