/**
 * The bytes of a frozen text: what is hashed, and so what is signed. UTF-8 of JSON without blanks, one form for one text:
 *
 *   {"format":"weft agreement text 1","template":…,"language":…,"languages":[…],"title":…,
 *    "fields":[{"name":…,"text":…}],
 *    "clauses":[{"id":…,"number":…,"group":null or …,"heading":…,"body":[…]}],
 *    "redLines":[{"id":…,"statement":…,"trigger":…,"consequence":…,"holder":null or …,"lift":…}],
 *    "parties":[…],
 *    "rule":{"method":…,"threshold":{"parts":…,"of":…},"share":…,"mostStandAsides":null or …,"quorum":…,"standing":…,
 *            "emergency":{"allowed":…,"groups":…,"hours":…,"reviewDays":…}},
 *    "dates":{"effective":null or "YYYY-MM-DD","review":…,"expiry":…}}
 *
 * Keys in this order, all there; escapes and numbers as JSON.stringify writes them (ECMA-262, which any language can
 * follow: \b \t \n \f \r \" \\ and \u00xx in lower case for other controls, everything else as it is). Texts are
 * canonical (../../lib/canonical-text.ts), titles and headings of one line. A body is a list of blocks:
 *
 *   {"type":"paragraph","content":[inline…]}   {"type":"heading","level":2|3|4,"content":[inline…]}
 *   {"type":"bullet_list"|"ordered_list","content":[{"type":"list_item","content":[block…]}…]}
 *   {"type":"blockquote","content":[block…]}
 *   inline: {"type":"text","text":…,"marks":[…]} or {"type":"hard_break"}
 *   marks, in this order: {"type":"link","href":…} {"type":"strong"} {"type":"em"}
 *
 * in the form of ../rich-text/canonical.ts. Decoding is strict: whatever is not byte for byte what encoding what it says
 * gives is refused.
 */
import { equalBytes, utf8 } from '../../lib/bytes.ts';
import { canonicalText } from '../../lib/canonical-text.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { canonicalRich, parseRich } from '../rich-text/index.ts';
import type { RichBlock, RichInline, RichItem, RichMark, RichUnknown } from '../rich-text/index.ts';
import { parseClauseId, parseRedLineId } from '../shape/ids.ts';
import { parseDay, parseLogId } from '../shape/read.ts';
import { oneLine } from './frozen-text.ts';
import type { AgreementText, FrozenClause, FrozenField, FrozenRedLine } from './frozen-text.ts';
import type { Dates } from './read.ts';
import { parseRule } from './rule.ts';
import {
  AGREEMENT_TEXTS,
  LIFTERS,
  MOST_CLAUSES,
  MOST_LANGUAGES,
  MOST_PARTIES,
  MOST_RED_LINES,
  TEMPLATES,
} from './schema.ts';

export const TEXT_FORMAT = 'weft agreement text 1';

export const encodeAgreementText = (text: AgreementText): Uint8Array => {
  const { method, threshold, share, mostStandAsides, quorum, standing, emergency } = text.rule;
  return utf8(
    JSON.stringify({
      format: TEXT_FORMAT,
      template: text.template,
      language: text.language,
      languages: text.languages,
      title: text.title,
      fields: text.fields.map(({ name, text: words }) => ({ name, text: words })),
      clauses: text.clauses.map(({ id, number, group, heading, body }) => ({
        id,
        number,
        group,
        heading,
        body: body.map(encodeBlock),
      })),
      redLines: text.redLines.map(({ id, statement, trigger, consequence, holder, lift }) => ({
        id,
        statement,
        trigger,
        consequence,
        holder,
        lift,
      })),
      parties: text.parties,
      rule: {
        method,
        threshold: { parts: threshold.parts, of: threshold.of },
        share,
        mostStandAsides,
        quorum,
        standing,
        emergency: {
          allowed: emergency.allowed,
          groups: emergency.groups,
          hours: emergency.hours,
          reviewDays: emergency.reviewDays,
        },
      },
      dates: { effective: text.dates.effective, review: text.dates.review, expiry: text.dates.expiry },
    }),
  );
};

/** `NotCanonical`: it says something, but not in the one form. */
export type TextError = { readonly type: 'TooLong' | 'NotJson' | 'NotAgreementText' | 'NotCanonical' };

export const decodeAgreementText = (bytes: Uint8Array): Result<AgreementText, TextError> => {
  if (bytes.length > MOST_TEXT_BYTES) return err({ type: 'TooLong' });
  const value = parseJson(bytes);
  if (value === undefined) return err({ type: 'NotJson' });
  const text = parseText(value);
  if (text === null) return err({ type: 'NotAgreementText' });
  return equalBytes(encodeAgreementText(text), bytes) ? ok(text) : err({ type: 'NotCanonical' });
};

export const MOST_TEXT_BYTES = 2_000_000;

type Fields = Readonly<Record<string, unknown>>;

/** undefined: not JSON, which has no such value */
const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // Not UTF-8, not JSON, or nested beyond what the engine reads: to whoever asked, all the same.
    return undefined;
  }
};

/** Each text in its canonical form, so that another form shows when it is encoded again. */
const parseText = (value: unknown): AgreementText | null => {
  const fields = asFields(value);
  if (fields?.['format'] !== TEXT_FORMAT) return null;
  const template = TEMPLATES.find((name) => name === fields['template']);
  const language = parseTag(fields['language']);
  const languages = listOf(fields['languages'], parseTag, MOST_LANGUAGES + 1);
  const title = typeof fields['title'] === 'string' ? oneLine(fields['title']) : '';
  const filled = listOf(fields['fields'], parseField, AGREEMENT_TEXTS.length);
  const clauses = listOf(fields['clauses'], parseClause, 2 * MOST_CLAUSES);
  const redLines = listOf(fields['redLines'], parseRedLine, MOST_RED_LINES);
  const parties = listOf(fields['parties'], parseLogId, MOST_PARTIES);
  const rule = parseRule(fields['rule']);
  const dates = parseDates(fields['dates']);
  if (template === undefined || language === null || languages === null || filled === null || clauses === null)
    return null;
  if (redLines === null || parties === null || rule === null || dates === null || title === '') return null;
  const ordered =
    isRising(filled.map(({ name }) => AGREEMENT_TEXTS.indexOf(name))) &&
    isRising(parties) &&
    isRising(languages.slice(1)) &&
    !languages.slice(1).includes(languages[0] ?? '') &&
    isNumbered(clauses) &&
    new Set(clauses.map(({ id }) => id)).size === clauses.length &&
    new Set(redLines.map(({ id }) => id)).size === redLines.length;
  if (!ordered || languages.length === 0 || clauses.length === 0 || parties.length === 0) return null;
  return { template, language, languages, title, fields: filled, clauses, redLines, parties, rule, dates };
};

const parseField = (value: unknown): FrozenField | null => {
  const fields = asFields(value);
  const name = AGREEMENT_TEXTS.find((one) => one === fields?.['name']);
  const text = words(fields?.['text']);
  return name === undefined || name === 'title' || text === null || text === '' ? null : { name, text };
};

const parseClause = (value: unknown): FrozenClause | null => {
  const fields = asFields(value);
  if (fields === null) return null;
  const { number, heading } = fields;
  const group = fields['group'] === null ? null : parseLogId(fields['group']);
  const isLocal = fields['group'] !== null;
  const id = isLocal ? parseLogId(fields['id']) : parseClauseId(fields['id']);
  const parsed = parseRich(fields['body']);
  if (id === null || (isLocal && group === null) || parsed === null) return null;
  if (typeof number !== 'string' || typeof heading !== 'string') return null;
  const body = canonicalRich(parsed);
  return body.length === 0 && oneLine(heading) === '' ? null : { id, number, group, heading: oneLine(heading), body };
};

const parseRedLine = (value: unknown): FrozenRedLine | null => {
  const fields = asFields(value);
  const id = parseRedLineId(fields?.['id']);
  const statement = words(fields?.['statement']);
  const trigger = words(fields?.['trigger']);
  const consequence = words(fields?.['consequence']);
  const holder = fields?.['holder'] === null ? null : parseLogId(fields?.['holder']);
  const lift = LIFTERS.find((one) => one === fields?.['lift']);
  if (id === null || statement === null || statement === '' || trigger === null || consequence === null) return null;
  if (lift === undefined || (holder === null && fields?.['holder'] !== null)) return null;
  return { id, statement, trigger, consequence, holder, lift };
};

const parseDates = (value: unknown): Dates | null => {
  const fields = asFields(value);
  if (fields === null) return null;
  const [effective, review, expiry] = [fields['effective'], fields['review'], fields['expiry']];
  if ([effective, review, expiry].some((day) => day !== null && parseDay(day) === null)) return null;
  return { effective: parseDay(effective), review: parseDay(review), expiry: parseDay(expiry) };
};

/** 1, 2, 3, and between them 0.1, 1.1, 1.2 for local ones. */
const isNumbered = (clauses: readonly FrozenClause[]): boolean => {
  let number = 0;
  let part = 0;
  return clauses.every((clause) => {
    if (clause.group !== null) return clause.number === `${number}.${++part}`;
    part = 0;
    return clause.number === String(++number);
  });
};

const isRising = <T extends string | number>(list: readonly T[]): boolean =>
  list.every((item, at) => at === 0 || (list[at - 1] as T) < item);

/** By its letters alone: which tag is canonical changes with each engine's tables, and a text is read for years. */
const parseTag = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 35 && /^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(value) ? value : null;

const words = (value: unknown): string | null => (typeof value === 'string' ? canonicalText(value) : null);

const listOf = <T>(value: unknown, parse: (item: unknown) => T | null, most: number): readonly T[] | null => {
  if (!Array.isArray(value) || value.length > most) return null;
  const list: T[] = [];
  for (const item of value as readonly unknown[]) {
    const parsed = parse(item);
    if (parsed === null) return null;
    list.push(parsed);
  }
  return list;
};

const asFields = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

// Keys in the order of the format, whoever made the object ----------------------------------------------------------

const encodeBlock = (block: RichBlock): unknown => {
  switch (block.type) {
    case 'paragraph':
      return { type: block.type, content: block.content.map(encodeInline) };
    case 'heading':
      return { type: block.type, level: block.level, content: block.content.map(encodeInline) };
    case 'bullet_list':
    case 'ordered_list':
      return { type: block.type, content: block.content.map(encodeItem) };
    case 'blockquote':
      return { type: block.type, content: block.content.map(encodeBlock) };
    case 'unknown':
      return neverFrozen(block);
  }
};

const encodeItem = (item: RichItem | RichUnknown): unknown =>
  item.type === 'unknown' ? neverFrozen(item) : { type: item.type, content: item.content.map(encodeBlock) };

const encodeInline = (part: RichInline): unknown => {
  if (part.type === 'unknown') return neverFrozen(part);
  return part.type === 'hard_break'
    ? { type: part.type }
    : { type: part.type, text: part.text, marks: part.marks.map(encodeMark) };
};

const encodeMark = (mark: RichMark): unknown => {
  if (mark.type === 'unknown') return neverFrozen(mark);
  return mark.type === 'link' ? { type: mark.type, href: mark.href } : { type: mark.type };
};

/** `freeze` has refused it. */
const neverFrozen = (part: { readonly name: string }): never => {
  throw new Error(`a frozen text holds an unknown part of ${String(part.name.length)} letters`);
};
