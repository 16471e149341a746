/**
 * What changed between two texts of an agreement: clause by clause, in a clause block by block, in a block word by word
 * with its formatting. The result is data from which a page shows one text with marks, or two side by side: "same" and
 * "removed" make the text before, "same" and "added" the text after.
 */
import { diffArrays } from 'diff';
import type { RichBlock, RichInline, RichItem, RichRun, RichText, RichUnknown } from '../rich-text/index.ts';
import type { ClauseId } from '../shape/ids.ts';
import { diffWords } from '../text/diff.ts';
import type { DiffPart } from '../text/diff.ts';
import { segments } from '../text/segments.ts';

export interface DiffClause {
  readonly id: ClauseId;
  readonly heading: string;
  readonly body: RichText;
}

export interface ClauseDiff {
  readonly id: ClauseId;
  readonly type: 'same' | 'added' | 'removed' | 'changed';
  /** stands elsewhere among the clauses that both have; may be changed as well */
  readonly moved: boolean;
  readonly heading: readonly DiffPart[];
  readonly lines: readonly LineDiff[];
}

/** A paragraph, heading or list item's line. */
export interface LineDiff {
  readonly type: 'same' | 'added' | 'removed' | 'changed';
  readonly shape: LineShape;
  readonly parts: readonly LinePart[];
}

export interface LineShape {
  /** 'paragraph', 'heading 2' …, 'unknown' */
  readonly block: string;
  /** what it stands in, outermost first */
  readonly inside: readonly ('bullet_list' | 'ordered_list' | 'blockquote')[];
  /** does a list item begin with it? */
  readonly isItem: boolean;
}

export interface LinePart {
  readonly type: 'same' | 'added' | 'removed';
  readonly content: readonly RichInline[];
}

/** All clauses of the text after, in its order; removed ones where they stood. */
export const diffClauses = (
  before: readonly DiffClause[],
  after: readonly DiffClause[],
  language = 'und',
): readonly ClauseDiff[] => {
  const old = new Map(before.map((clause) => [clause.id, clause]));
  const now = new Set(after.map(({ id }) => id));
  const stayed = longestKept(
    before.filter(({ id }) => now.has(id)).map(({ id }) => id),
    after.map(({ id }) => id),
  );
  const out: ClauseDiff[] = [];
  const removedAfter = new Map<ClauseId | null, DiffClause[]>();
  let last: ClauseId | null = null;
  for (const clause of before) {
    if (now.has(clause.id)) last = clause.id;
    else removedAfter.set(last, [...(removedAfter.get(last) ?? []), clause]);
  }
  const addRemoved = (where: ClauseId | null): void => {
    for (const clause of removedAfter.get(where) ?? []) out.push(whole(clause, 'removed'));
  };
  addRemoved(null);
  for (const clause of after) {
    const was = old.get(clause.id);
    out.push(was === undefined ? whole(clause, 'added') : diffClause(was, clause, !stayed.has(clause.id), language));
    addRemoved(clause.id);
  }
  return out;
};

export const diffRich = (before: RichText, after: RichText, language = 'und'): readonly LineDiff[] => {
  const out: LineDiff[] = [];
  const changes = diffArrays(linesOf(before), linesOf(after), {
    comparator: (a, b) => a.key === b.key,
    maxEditLength: MOST_EDITS,
  });
  if (changes === undefined)
    return [
      ...linesOf(before).map((line) => wholeLine(line, 'removed')),
      ...linesOf(after).map((line) => wholeLine(line, 'added')),
    ];
  for (let at = 0; at < changes.length; at++) {
    const { added, removed, value } = changes[at] as (typeof changes)[number];
    const next = changes[at + 1];
    if (removed && next?.added) {
      out.push(...diffRun(value, next.value, language));
      at += 1;
    } else out.push(...value.map((line) => wholeLine(line, added ? 'added' : removed ? 'removed' : 'same')));
  }
  return out;
};

const MOST_EDITS = 500;
/** share of words in common from which two lines are one line that changed */
const ALIKE = 0.4;

interface Line {
  readonly shape: LineShape;
  readonly content: readonly RichInline[];
  readonly key: string;
}

const diffClause = (before: DiffClause, after: DiffClause, moved: boolean, language: string): ClauseDiff => {
  const heading = diffWords(before.heading, after.heading, language);
  const lines = diffRich(before.body, after.body, language);
  const isSame = before.heading === after.heading && lines.every(({ type }) => type === 'same');
  return { id: after.id, type: isSame ? 'same' : 'changed', moved, heading, lines };
};

const whole = ({ id, heading, body }: DiffClause, type: 'added' | 'removed'): ClauseDiff => ({
  ...{ id, type, moved: false },
  heading: heading === '' ? [] : [{ type, text: heading }],
  lines: linesOf(body).map((line) => wholeLine(line, type)),
});

const wholeLine = ({ shape, content }: Line, type: 'same' | 'added' | 'removed'): LineDiff => ({
  ...{ type, shape },
  parts: content.length === 0 ? [] : [{ type, content }],
});

/** Lines that went and lines that came in their place: those that are alike, in order, are the same line, changed. */
const diffRun = (before: readonly Line[], after: readonly Line[], language: string): readonly LineDiff[] => {
  const out: LineDiff[] = [];
  const fresh: Line[] = [];
  let from = 0;
  const catchUp = (to: number): void => {
    out.push(...before.slice(from, to).map((gone) => wholeLine(gone, 'removed')));
    out.push(...fresh.splice(0).map((line) => wholeLine(line, 'added')));
  };
  for (const line of after) {
    const at = before.findIndex((old, index) => index >= from && likeness(old, line) >= ALIKE);
    if (at === -1) fresh.push(line);
    else {
      catchUp(at);
      out.push(diffLine(before[at] as Line, line, language));
      from = at + 1;
    }
  }
  catchUp(before.length);
  return out;
};

const diffLine = (before: Line, after: Line, language: string): LineDiff => {
  const changes = diffArrays(tokensOf(before, language), tokensOf(after, language), {
    comparator: (a, b) => a.key === b.key,
    maxEditLength: MOST_EDITS,
  }) ?? [
    { removed: true, added: false, value: tokensOf(before, language) },
    { removed: false, added: true, value: tokensOf(after, language) },
  ];
  const parts = changes.map(({ added, removed, value }) => ({
    type: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
    content: joined(value.map(({ part }) => part)),
  }));
  return { type: 'changed', shape: after.shape, parts };
};

interface Token {
  readonly part: RichInline;
  readonly key: string;
}

const tokensOf = ({ content }: Line, language: string): Token[] =>
  content.flatMap((part): Token[] => {
    if (part.type !== 'text') return [{ part, key: JSON.stringify(part) }];
    const marks = JSON.stringify(part.marks);
    return [...segments(part.text, language, 'word')].map(({ segment }) => ({
      part: { ...part, text: segment },
      key: `${marks}${segment}`,
    }));
  });

const joined = (parts: readonly RichInline[]): readonly RichInline[] => {
  const out: RichInline[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last?.type === 'text' && part.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(part.marks))
      out[out.length - 1] = { ...last, text: last.text + part.text } satisfies RichRun;
    else out.push(part);
  }
  return out;
};

const likeness = (a: Line, b: Line): number => {
  const [one, two] = [wordsIn(a), wordsIn(b)];
  if (one.size === 0 && two.size === 0) return 1;
  return [...one].filter((word) => two.has(word)).length / Math.max(one.size, two.size);
};

const wordsIn = ({ content }: Line): ReadonlySet<string> =>
  new Set(
    content.flatMap((part) => (part.type === 'text' ? part.text.split(/\s+/).filter((word) => word !== '') : [])),
  );

const linesOf = (rich: RichText): Line[] => rich.flatMap((block) => linesIn(block, [], false));

const linesIn = (
  block: RichBlock | RichItem | RichUnknown,
  inside: LineShape['inside'],
  isItem: boolean,
): readonly Line[] => {
  switch (block.type) {
    case 'paragraph':
      return [line({ block: 'paragraph', inside, isItem }, block.content)];
    case 'heading':
      return [line({ block: `heading ${block.level}`, inside, isItem }, block.content)];
    case 'unknown':
      return [line({ block: 'unknown', inside, isItem }, [block])];
    case 'list_item':
      return block.content.flatMap((each, index) => linesIn(each, inside, index === 0));
    case 'bullet_list':
    case 'ordered_list':
    case 'blockquote': {
      const within = [...inside, block.type];
      return block.content.flatMap((each) => linesIn(each, within, false));
    }
  }
};

const line = (shape: LineShape, content: readonly RichInline[]): Line => ({
  shape,
  content,
  key: JSON.stringify([shape, content]),
});

/** Of ids in an old and a new order, a longest run that kept its order: the others have moved. O(n log n). */
const longestKept = (before: readonly ClauseId[], after: readonly ClauseId[]): ReadonlySet<ClauseId> => {
  const place = new Map(before.map((id, index) => [id, index]));
  const kept = after.filter((id) => place.has(id));
  const ends: number[] = [];
  const previous: number[] = [];
  kept.forEach((id, index) => {
    const at = (n: number): number => place.get(kept[ends[n] as number] as ClauseId) ?? 0;
    let low = 0;
    for (let high = ends.length; low < high;) {
      const middle = (low + high) >> 1;
      if (at(middle) < (place.get(id) ?? 0)) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] as number);
    ends[low] = index;
  });
  const out = new Set<ClauseId>();
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at] as number) out.add(kept[at] as ClauseId);
  return out;
};
