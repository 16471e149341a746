/** Reads an agreement document into a plain, immutable view. */
import type * as Y from 'yjs';
import { asFragment, isKnownRich, readRich } from '../rich-text/index.ts';
import type { RichText } from '../rich-text/index.ts';
import { schemaState } from '../shape/change.ts';
import { parseClauseId, parseRedLineId } from '../shape/ids.ts';
import type { ClauseId, RedLineId } from '../shape/ids.ts';
import { isHidden, isShown, parseLogId, readDay, readOneOf, readParts, readText } from '../shape/read.ts';
import { direction, parseLanguage } from '../text/language.ts';
import type { Direction } from '../text/language.ts';
import { readRule } from './rule-fields.ts';
import type { Rule } from './rule.ts';
import {
  AGREEMENT_TEXTS,
  agreementRoot,
  clausesOf,
  languagesOf,
  LIFTERS,
  MOST_CLAUSES,
  MOST_LANGUAGES,
  MOST_PARTIES,
  MOST_RED_LINES,
  partiesOf,
  redLinesOf,
  TEMPLATES,
} from './schema.ts';
import type { AgreementTextName, DateName, Lifter, TemplateName } from './schema.ts';

export interface ClauseView {
  readonly id: ClauseId;
  readonly heading: string;
  readonly body: RichText;
  /** false: something in it is of a newer Weft, so it may be read but not edited here */
  readonly known: boolean;
}

export interface RedLineView {
  readonly id: RedLineId;
  readonly statement: string;
  readonly trigger: string;
  readonly consequence: string;
  /** a group's id in hex; null: all parties hold it */
  readonly holder: string | null;
  readonly lift: Lifter;
}

export type Dates = Readonly<Record<DateName, string | null>>;

export interface AgreementView {
  readonly template: TemplateName;
  readonly texts: Readonly<Record<AgreementTextName, string>>;
  /** BCP 47, canonical; 'und' if unreadable */
  readonly sourceLanguage: string;
  readonly direction: Direction;
  /** the languages whose texts bind: the source's first */
  readonly languages: readonly string[];
  /** ids of groups in hex, sorted */
  readonly parties: readonly string[];
  readonly rule: Rule;
  /** 'YYYY-MM-DD' */
  readonly dates: Dates;
  /** in order */
  readonly clauses: readonly ClauseView[];
  readonly removedClauses: readonly ClauseView[];
  /** of shown and removed ones, in order: where what stands after a clause goes once that is removed */
  readonly clauseOrder: readonly ClauseId[];
  readonly redLines: readonly RedLineView[];
  readonly removedRedLines: readonly RedLineView[];
}

export type AgreementState =
  /** made, but its content has not arrived */
  | { readonly type: 'empty' }
  /** 'newer': written by a newer Weft: to be read as far as it goes, and not changed, proposed or answered here */
  | { readonly type: 'ready' | 'newer'; readonly agreement: AgreementView };

export const readAgreement = (doc: Y.Doc): AgreementState => readAgreementBy(doc, readRich);

/** `read` may remember what it has read before: see ./follow.ts. */
export const readAgreementBy = (doc: Y.Doc, read: (fragment: Y.XmlFragment) => RichText): AgreementState => {
  const root = agreementRoot(doc);
  const state = schemaState(root);
  if (state === 'empty') return { type: state };
  const sourceLanguage = parseLanguage(root.get('sourceLanguage')) ?? 'und';
  const clauses = readParts(clausesOf(doc), parseClauseId, MOST_CLAUSES);
  const redLines = readParts(redLinesOf(doc), parseRedLineId, MOST_RED_LINES);
  const clause = ({ id, part }: (typeof clauses)[number]): ClauseView => readClause(id, part, read);
  const redLine = ({ id, part }: (typeof redLines)[number]): RedLineView => readRedLine(id, part);
  return {
    type: state,
    agreement: {
      template: readOneOf(root, 'template', TEMPLATES, 'blank'),
      texts: readTexts(doc),
      sourceLanguage,
      direction: direction(sourceLanguage),
      languages: readLanguages(doc, sourceLanguage),
      parties: chosen(partiesOf(doc), parseLogId, MOST_PARTIES),
      rule: readRule(root),
      dates: {
        effective: readDay(root, 'effective'),
        review: readDay(root, 'review'),
        expiry: readDay(root, 'expiry'),
      },
      clauses: clauses.filter(isShown).map(clause),
      removedClauses: clauses.filter(isHidden).map(clause),
      clauseOrder: clauses.map(({ id }) => id),
      redLines: redLines.filter(isShown).map(redLine),
      removedRedLines: redLines.filter(isHidden).map(redLine),
    },
  };
};

const readClause = (id: ClauseId, part: Y.Map<unknown>, read: (fragment: Y.XmlFragment) => RichText): ClauseView => {
  const fragment = asFragment(part.get('body'));
  const body = fragment === null ? [] : read(fragment);
  return { id, heading: readText(part.get('heading')), body, known: fragment !== null && isKnownRich(body) };
};

const readRedLine = (id: RedLineId, part: Y.Map<unknown>): RedLineView => ({
  id,
  statement: readText(part.get('statement')),
  trigger: readText(part.get('trigger')),
  consequence: readText(part.get('consequence')),
  holder: parseLogId(part.get('holder')),
  lift: readOneOf(part, 'lift', LIFTERS, 'holder'),
});

const readTexts = (doc: Y.Doc): AgreementView['texts'] =>
  Object.fromEntries(AGREEMENT_TEXTS.map((name) => [name, readText(doc.getText(name))])) as AgreementView['texts'];

const readLanguages = (doc: Y.Doc, source: string): readonly string[] => {
  const canonical = (key: unknown): string | null => (parseLanguage(key) === key ? parseLanguage(key) : null);
  const others = chosen(languagesOf(doc), canonical, MOST_LANGUAGES).filter((language) => language !== source);
  return [source, ...others];
};

/** The keys whose value is true, sorted by code unit, which is the same everywhere. */
const chosen = <T extends string>(
  map: Y.Map<unknown>,
  parse: (key: unknown) => T | null,
  most: number,
): readonly T[] => {
  const found: T[] = [];
  map.forEach((value, key) => {
    const parsed = parse(key);
    if (value === true && parsed !== null) found.push(parsed);
  });
  return found.sort().slice(0, most);
};
