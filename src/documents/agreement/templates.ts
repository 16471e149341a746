/**
 * Templates: their words are in locales/<language>/templates, what is no word is here. Everything in a template is a
 * beginning that people change.
 */
import type * as Y from 'yjs';
import { canonicalText } from '../../lib/canonical-text.ts';
import type { RichBlock, RichText } from '../rich-text/index.ts';
import { DONE } from '../shape/change.ts';
import type { Changed } from '../shape/change.ts';
import type { ClauseId, RedLineId } from '../shape/ids.ts';
import { addClause } from './clauses.ts';
import { createAgreement } from './create.ts';
import { addRedLine } from './red-lines.ts';
import type { RuleField } from './rule-fields.ts';
import { AGREEMENT_TEXTS, RED_LINE_TEXTS } from './schema.ts';
import type { AgreementTextName, Lifter, RedLineText, TemplateName } from './schema.ts';

/** A template's words. In a body a string is a paragraph, a list of strings a list; with `steps` a numbered one. */
export interface TemplateStrings {
  readonly texts: Readonly<Partial<Record<AgreementTextName, string>>>;
  readonly clauses: readonly { readonly heading: string; readonly body: readonly TemplateBlock[] }[];
  readonly redLines: readonly Readonly<Record<RedLineText, string>>[];
}

export type TemplateBlock = string | readonly string[] | { readonly steps: readonly string[] };

/** An empty clause to begin with. */
export const BLANK_TEMPLATE: TemplateStrings = { texts: {}, clauses: [{ heading: '', body: [] }], redLines: [] };

/** How each template suggests to decide: what all must live with by all, what is practical by consent. */
export const TEMPLATE_RULES: Readonly<Record<TemplateName, readonly RuleField[]>> = {
  charter: [{ field: 'method', value: 'every-group' }],
  disagreement: [
    { field: 'method', value: 'consensus' },
    { field: 'mostStandAsides', value: 2 },
  ],
  fundraising: [{ field: 'method', value: 'consent' }],
  volunteers: [{ field: 'method', value: 'consent' }],
  information: [{ field: 'method', value: 'consent' }],
  safety: [
    { field: 'method', value: 'consent' },
    { field: 'emergencyAllowed', value: true },
    { field: 'emergencyGroups', value: 2 },
    { field: 'emergencyHours', value: 24 },
    { field: 'emergencyReviewDays', value: 14 },
  ],
  media: [
    { field: 'method', value: 'consent' },
    { field: 'emergencyAllowed', value: true },
    { field: 'emergencyGroups', value: 2 },
    { field: 'emergencyHours', value: 12 },
    { field: 'emergencyReviewDays', value: 7 },
  ],
  blank: [{ field: 'method', value: 'consent' }],
};

/** Red lines that a template brings are all parties' own. */
const LIFT: Lifter = 'every-party';

/** Makes fresh ids, each of 16 random bytes. */
export interface FreshIds {
  readonly clause: () => ClauseId;
  readonly redLine: () => RedLineId;
}

export interface FromTemplate {
  readonly template: TemplateName;
  /** the language of `strings`, BCP 47 */
  readonly sourceLanguage: string;
  /** null or absent: the template's */
  readonly title?: string | null;
  /** ids of groups in hex */
  readonly parties?: readonly string[];
}

/** Makes an empty document an agreement from a template; stops at the first refusal. */
export const applyTemplate = (
  doc: Y.Doc,
  origin: unknown,
  agreement: FromTemplate,
  strings: TemplateStrings,
  fresh: FreshIds,
): Changed => {
  const { template, sourceLanguage, parties = [], title = null } = agreement;
  const texts = title === null ? strings.texts : { ...strings.texts, title };
  const rule = TEMPLATE_RULES[template];
  const created = createAgreement(doc, origin, { template, sourceLanguage, parties, texts, rule });
  if (!created.ok) return created;
  for (const { heading, body } of strings.clauses) {
    const added = addClause(doc, origin, { id: fresh.clause(), heading, body: templateBody(body) });
    if (!added.ok) return added;
  }
  for (const redLine of strings.redLines) {
    const added = addRedLine(doc, origin, { id: fresh.redLine(), texts: redLine, lift: LIFT });
    if (!added.ok) return added;
  }
  return DONE;
};

export const templateBody = (blocks: readonly TemplateBlock[]): RichText =>
  blocks.map((block): RichBlock => {
    if (typeof block === 'string') return paragraph(block);
    const items = 'steps' in block ? block.steps : block;
    return {
      type: 'steps' in block ? 'ordered_list' : 'bullet_list',
      content: items.map((item) => ({ type: 'list_item', content: [paragraph(item)] })),
    };
  });

const paragraph = (words: string): RichBlock => ({
  type: 'paragraph',
  content: [{ type: 'text', text: canonicalText(words), marks: [] }],
});

/** Null for what is no template's words: a file of another version, say. */
export const parseTemplateStrings = (value: unknown): TemplateStrings | null => {
  const { texts, clauses, redLines } = fieldsOf(value);
  if (!Array.isArray(clauses) || !Array.isArray(redLines)) return null;
  const parsedTexts = Object.entries(fieldsOf(texts));
  const isText = ([name, words]: readonly [string, unknown]): boolean =>
    AGREEMENT_TEXTS.some((one) => one === name) && typeof words === 'string';
  const isClause = (clause: unknown): boolean => {
    const { heading, body } = fieldsOf(clause);
    return typeof heading === 'string' && Array.isArray(body) && body.every(isBlock);
  };
  const isRedLine = (redLine: unknown): boolean => areStrings(RED_LINE_TEXTS.map((name) => fieldsOf(redLine)[name]));
  return parsedTexts.every(isText) && clauses.every(isClause) && redLines.every(isRedLine)
    ? (value as TemplateStrings)
    : null;
};

const isBlock = (block: unknown): boolean =>
  typeof block === 'string' || areStrings(block) || areStrings(fieldsOf(block)['steps']);

const areStrings = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item: unknown) => typeof item === 'string');

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
