/**
 * The cloth: points are rows, languages columns, and a cell says whether the message reaches there.
 * `Id` is the caller's type of document ids, given back as it came.
 */
import { direction, parseLanguage } from '../text/language.ts';
import type { Direction } from '../text/language.ts';
import type { VariantView } from '../variant/read.ts';
import { isStale } from '../source/staleness.ts';
import type { PaletteView, PointView } from './read.ts';

/** A variant document of this palette, read. */
export interface VariantEntry<Id extends string = string> {
  readonly id: Id;
  readonly view: VariantView;
}

export type CellState = 'holds' | 'stale' | 'draft' | 'missing';

export interface CellVariant<Id extends string = string> extends VariantEntry<Id> {
  readonly state: 'holds' | 'stale' | 'draft' | 'withdrawn';
  /** its present text is approved by its group */
  readonly approved: boolean;
}

export interface Cell<Id extends string = string> {
  readonly language: string;
  /** the best that there is: one group's variant that holds makes the cell hold */
  readonly state: CellState;
  /** of any group, best first; in the source's column these are adaptations beside the message itself */
  readonly variants: readonly CellVariant<Id>[];
}

export interface Column {
  readonly language: string;
  readonly direction: Direction;
  readonly isSource: boolean;
}

export interface Row<Id extends string = string> {
  readonly point: PointView;
  /** one for each column */
  readonly cells: readonly Cell<Id>[];
}

export interface Cloth<Id extends string = string> {
  readonly columns: readonly Column[];
  readonly rows: readonly Row<Id>[];
}

export interface WeaveOptions<Id extends string = string> {
  /** languages of the reader, own first: their columns come right after the source's */
  readonly own?: readonly string[];
  /** languages that are wanted though nobody may have begun: those of the space's groups */
  readonly wanted?: readonly string[];
  /** variants whose present text is approved by a signed statement of their group */
  readonly approved?: ReadonlySet<Id>;
}

export const weave = <Id extends string>(
  palette: PaletteView,
  variants: readonly VariantEntry<Id>[],
  options: WeaveOptions<Id> = {},
): Cloth<Id> => {
  const columns = columnsOf(palette, variants, options);
  const approved = options.approved ?? new Set<Id>();
  const entriesByCell = new Map<string, VariantEntry<Id>[]>();
  for (const entry of variants) {
    if (entry.view.point === null) continue;
    const key = `${entry.view.point} ${entry.view.language}`;
    const known = entriesByCell.get(key);
    if (known === undefined) entriesByCell.set(key, [entry]);
    else known.push(entry);
  }
  const rows = palette.points.map((point) => ({
    point,
    cells: columns.map(({ language, isSource }): Cell<Id> => {
      const found = (entriesByCell.get(`${point.id} ${language}`) ?? [])
        .map((entry): CellVariant<Id> => {
          const isApproved = approved.has(entry.id);
          return { ...entry, approved: isApproved, state: stateOf(entry.view, point.message, isApproved) };
        })
        .sort(bestFirst);
      return { language, state: isSource ? sourceState(point) : cellState(found), variants: found };
    }),
  }));
  return { columns, rows };
};

export type Need<Id extends string = string> =
  | { readonly type: 'missing'; readonly point: PointView }
  | { readonly type: 'stale' | 'draft'; readonly point: PointView; readonly variant: CellVariant<Id> };

/** What a language waits for, point by point; withdrawn points need nothing. Empty for a language without a column. */
export const needs = <Id extends string>(cloth: Cloth<Id>, language: string): readonly Need<Id>[] => {
  const tag = parseLanguage(language);
  const at = cloth.columns.findIndex((column) => column.language === tag);
  const found: Need<Id>[] = [];
  for (const { point, cells } of cloth.rows) {
    const cell = cells[at];
    if (cell === undefined || point.status.type === 'withdrawn') continue;
    if (cell.state === 'missing') found.push({ type: 'missing', point });
    for (const variant of cell.variants) {
      if (variant.state === 'stale' || variant.state === 'draft') found.push({ type: variant.state, point, variant });
    }
  }
  return found;
};

const columnsOf = <Id extends string>(
  palette: PaletteView,
  variants: readonly VariantEntry<Id>[],
  options: WeaveOptions<Id>,
): readonly Column[] => {
  const rest = [...(options.wanted ?? []), ...variants.map(({ view }) => view.language)].map(parseLanguage);
  const own = (options.own ?? []).map(parseLanguage);
  const languages = new Set<string>([palette.sourceLanguage]);
  for (const language of [...own, ...rest.sort()]) if (language !== null && language !== 'und') languages.add(language);
  return [...languages].slice(0, MOST_COLUMNS).map((language) => ({
    language,
    direction: direction(language),
    isSource: language === palette.sourceLanguage,
  }));
};

const MOST_COLUMNS = 200;

const stateOf = (variant: VariantView, source: string, approved: boolean): CellVariant['state'] => {
  if (variant.status === 'withdrawn') return 'withdrawn';
  if (variant.text.trim() === '') return 'draft';
  if (isStale(variant, source)) return 'stale';
  return approved || variant.status === 'done' ? 'holds' : 'draft';
};

const sourceState = (point: PointView): CellState => {
  if (point.message.trim() === '') return 'missing';
  return point.status.type === 'draft' || point.status.type === 'review' ? 'draft' : 'holds';
};

const BEST = ['holds', 'stale', 'draft', 'withdrawn'] as const;

const bestFirst = (a: CellVariant, b: CellVariant): number =>
  BEST.indexOf(a.state) - BEST.indexOf(b.state) ||
  Number(b.approved) - Number(a.approved) ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const cellState = (variants: readonly CellVariant[]): CellState => {
  const best = variants[0]?.state;
  return best === undefined || best === 'withdrawn' ? 'missing' : best;
};
