/** A series as a document keeps it, in plain strings, made ready to be worked out. */
import type { OccurrenceId, Series } from './occurrences.ts';
import { parseRule, type RuleProblem } from './rule.ts';
import { parseWallDate, parseWallTime } from './wall.ts';
import { type Dated, parseWhen } from './when.ts';

/** What an action of a calendar or a rhythm has of this. */
export interface PlainSeries {
  readonly when: { readonly type: string };
  readonly rule: string | null;
  readonly rdates?: readonly string[];
  readonly exdates?: readonly string[];
  /** what single occurrences have of their own; here only where they were moved to counts */
  readonly changed?: ReadonlyMap<string, { readonly when?: { readonly type: string } }>;
}

export interface ParsedSeries {
  readonly series: Series;
  /** null: none; else the rule says nothing that can be followed, and the series is its start and what was added */
  readonly problem: RuleProblem | null;
}

/** null: undated, or not to be read */
export const parseSeries = (plain: PlainSeries): ParsedSeries | null => {
  const when = parseDated(plain.when);
  if (when === null) return null;
  const rule = plain.rule === null ? null : parseRule(plain.rule);
  const moved = new Map<OccurrenceId, Dated>();
  for (const [key, { when: to }] of plain.changed ?? []) {
    const id = parseOccurrenceId(key);
    const dated = to === undefined ? null : parseDated(to);
    if (id !== null && dated !== null) moved.set(id, dated);
  }
  const ids = (list: readonly string[] = []): readonly OccurrenceId[] =>
    list.flatMap((each) => parseOccurrenceId(each) ?? []);
  return {
    series: {
      when,
      rule: rule?.ok === true ? rule.value : null,
      rdates: ids(plain.rdates),
      exdates: ids(plain.exdates),
      moved,
    },
    problem: rule?.ok === false ? rule.error : null,
  };
};

export const parseOccurrenceId = (value: unknown): OccurrenceId | null => parseWallTime(value) ?? parseWallDate(value);

const parseDated = (value: unknown): Dated | null => {
  const when = parseWhen(value);
  return when === null || when.type === 'undated' ? null : when;
};
