/** The rows of the table as they are asked of others, and as we work them out. */
import { ruleForFile } from '../../../src/ics/until.ts';
import {
  addDays,
  dateOfWall,
  formatRule,
  instantsOf,
  occurrencesOf,
  parseRule,
  parseWhen,
  type Rule,
  type Timed,
  wallTimeOf,
} from '../../../src/times/index.ts';
import type { Row } from './table.ts';

export interface Question {
  readonly rule: string;
  readonly start: string;
  readonly zone: string;
  /** two years later */
  readonly to: string;
}

interface Ready {
  readonly when: Timed;
  readonly rule: Rule;
  readonly to: string;
}

const ready = ({ rule: text, zone, start }: Row): Ready => {
  const when = parseWhen({ type: 'timed', start, minutes: 60, zone });
  if (when?.type !== 'timed') throw new Error(`not a time: ${start} ${zone}`);
  const date = dateOfWall(when.start);
  const rule = parseRule(
    text.replace(/\{(\d+)\}/, (_, days: string) => addDays(date, Number(days)).replaceAll('-', '')),
  );
  if (!rule.ok) throw new Error(`${text}: ${rule.error.type}`);
  const to = wallTimeOf(addDays(date, 730), when.start.slice(11));
  if (to === null) throw new Error('two years later there is no such time');
  return { when, rule: rule.value, to };
};

export const questionOf = (row: Row): Question => {
  const { when, rule, to } = ready(row);
  return { rule: formatRule(ruleForFile(rule, when)), start: row.start, zone: row.zone, to };
};

/** Minutes since 1970 of each occurrence in two years. */
export const minutesOf = (row: Row): readonly number[] => {
  const { when, rule, to } = ready(row);
  const range = { from: dateOfWall(when.start), to: addDays(dateOfWall(when.start), 732), zone: when.zone };
  const series = { when, rule, rdates: [], exdates: [], moved: new Map() };
  const { list, isCut } = occurrencesOf(series, range);
  if (isCut) throw new Error(`${row.rule}: too many to compare`);
  const starts = list.flatMap(({ id, when: each }) =>
    each.type === 'timed' && id <= to ? instantsOf(each).start : [],
  );
  return starts.map((start) => start / 60_000);
};
