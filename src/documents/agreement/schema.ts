/**
 * The shape of an agreement document.
 *
 * Roots: map `agreement` (schemaVersion, template, sourceLanguage, the rule's fields, dates); a text for each of
 * AGREEMENT_TEXTS, by its name; maps `clauses` and `redLines` of parts by id; maps `parties` (group id) and
 * `languages` (authoritative ones, by tag) whose values are true or false, so that choices made apart merge.
 * A part is a map with `order` (see ../shape/order.ts), `shown` and its texts, made with it. A clause has a text
 * `heading` and a fragment `body` (../rich-text). Clauses local to a group are documents of their own
 * (../local-clause), and so are translations (../translation).
 */
import type * as Y from 'yjs';

export const TEMPLATES = [
  'charter',
  'disagreement',
  'fundraising',
  'volunteers',
  'information',
  'safety',
  'media',
  'blank',
] as const;

/** In the order in which they are read; the clauses stand after `scope`. */
export const AGREEMENT_TEXTS = [
  'title',
  'purpose',
  'sharedAsk',
  'agreedFacts',
  'scope',
  'contributions',
  'voice',
  'deciding',
  'noSurprises',
  'disagreements',
  'confidentiality',
  'joining',
  'leaving',
  'removal',
  'returning',
] as const;
export const RED_LINE_TEXTS = ['statement', 'trigger', 'consequence'] as const;
/** Who may lift a red line: the group that holds it, every party, or the groups by the agreement's own rule. */
export const LIFTERS = ['holder', 'every-party', 'rule'] as const;
export const DATES = ['effective', 'review', 'expiry'] as const;

export type TemplateName = (typeof TEMPLATES)[number];
export type AgreementTextName = (typeof AGREEMENT_TEXTS)[number];
export type RedLineText = (typeof RED_LINE_TEXTS)[number];
export type Lifter = (typeof LIFTERS)[number];
export type DateName = (typeof DATES)[number];

export const agreementRoot = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('agreement');
export const clausesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('clauses');
export const redLinesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('redLines');
export const partiesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('parties');
export const languagesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('languages');

export const MOST_CLAUSES = 500;
export const MOST_RED_LINES = 100;
export const MOST_PARTIES = 1_000;
export const MOST_LANGUAGES = 50;
