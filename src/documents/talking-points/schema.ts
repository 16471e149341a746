/**
 * The shape of a palette document.
 *
 * Roots: map `palette` (schemaVersion, sourceLanguage), texts `title`, `audience`, `ask`; maps `points` and
 * `glossary` of parts by id; one text `rendering/<term>/<language>` for each rendering of a term.
 * A part is a map with `order` (see ../shape/order.ts), `shown`, its scalars, and its texts, which are made with it:
 * a text made later by two people under one key would lose the words of one. Renderings come later by nature, so
 * they are roots, which nobody makes: any two people who write one write in the same text.
 */
import type * as Y from 'yjs';
import type { PointId, ProofId, TermId } from '../shape/ids.ts';
import { parseTermId } from '../shape/ids.ts';
import { parseLanguage } from '../text/language.ts';

export const VALUES = ['dignity', 'justice', 'safety', 'own'] as const;
export const STATUSES = ['draft', 'review', 'approved', 'embargoed', 'withdrawn'] as const;
export const PERMISSIONS = ['unknown', 'given', 'not-needed', 'refused'] as const;
export const TERM_RULES = ['must-keep', 'preferred', 'avoid'] as const;

/** Texts of a point. `say`, `dontSay` and `speakers` hold one item a line; `ownValue` counts if the value is 'own'. */
export const POINT_TEXTS = [
  'message',
  'why',
  'speaksTo',
  'story',
  'question',
  'answer',
  'say',
  'dontSay',
  'speakers',
  'risk',
  'ownValue',
] as const;
export const PROOF_TEXTS = ['claim', 'source'] as const;
export const TERM_TEXTS = ['term', 'why'] as const;
export const PALETTE_TEXTS = ['title', 'audience', 'ask'] as const;

export type ValueName = (typeof VALUES)[number];
export type PointStatus = (typeof STATUSES)[number];
export type Permission = (typeof PERMISSIONS)[number];
export type TermRule = (typeof TERM_RULES)[number];
export type PointText = (typeof POINT_TEXTS)[number];
export type ProofText = (typeof PROOF_TEXTS)[number];
export type TermText = (typeof TERM_TEXTS)[number];
export type PaletteText = (typeof PALETTE_TEXTS)[number];

/** Which text: of the palette itself, of a point, of a proof point, of a term, or a term's rendering in a language. */
export type TextPath =
  | { readonly palette: PaletteText }
  | { readonly point: PointId; readonly field: PointText }
  | { readonly point: PointId; readonly proof: ProofId; readonly field: ProofText }
  | { readonly term: TermId; readonly field: TermText }
  | { readonly term: TermId; readonly language: string };

export const paletteRoot = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('palette');
export const pointsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('points');
export const glossaryOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('glossary');

/** `language` must be canonical. */
export const renderingName = (term: TermId, language: string): string => `${RENDERING}${term}/${language}`;

export const parseRenderingName = (name: string): { readonly term: TermId; readonly language: string } | null => {
  if (!name.startsWith(RENDERING)) return null;
  const [id, tag, ...rest] = name.slice(RENDERING.length).split('/');
  const term = parseTermId(id);
  const language = parseLanguage(tag);
  return term === null || language === null || language !== tag || rest.length > 0 ? null : { term, language };
};

const RENDERING = 'rendering/';
