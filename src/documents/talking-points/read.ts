/** Reads a palette document into a plain, immutable view. */
import type * as Y from 'yjs';
import { schemaState } from '../shape/change.ts';
import { parsePointId, parseProofId, parseTermId } from '../shape/ids.ts';
import type { PointId, ProofId, TermId } from '../shape/ids.ts';
import {
  asMap,
  isHidden,
  isShown,
  readDay,
  readLines,
  readMinute,
  readOneOf,
  readParts,
  readText,
} from '../shape/read.ts';
import { direction, parseLanguage } from '../text/language.ts';
import type { Direction } from '../text/language.ts';
import {
  glossaryOf,
  paletteRoot,
  parseRenderingName,
  PERMISSIONS,
  pointsOf,
  STATUSES,
  TERM_RULES,
  VALUES,
} from './schema.ts';
import type { Permission, TermRule } from './schema.ts';

export type Value =
  { readonly type: 'dignity' | 'justice' | 'safety' } | { readonly type: 'own'; readonly text: string };

export type Status =
  | { readonly type: 'draft' | 'review' | 'approved' | 'withdrawn' }
  /** minutes since 1970; null: until further word */
  | { readonly type: 'embargoed'; readonly until: number | null };

export interface ProofView {
  readonly id: ProofId;
  readonly claim: string;
  readonly source: string;
  /** 'YYYY-MM-DD' */
  readonly date: string | null;
  readonly permission: Permission;
}

export interface PointView {
  readonly id: PointId;
  readonly value: Value;
  readonly message: string;
  readonly why: string;
  readonly speaksTo: string;
  readonly proofs: readonly ProofView[];
  readonly removedProofs: readonly ProofView[];
  readonly story: string;
  readonly question: string;
  readonly answer: string;
  readonly say: readonly string[];
  readonly dontSay: readonly string[];
  readonly speakers: readonly string[];
  readonly risk: string;
  readonly status: Status;
  /** 'YYYY-MM-DD', the last day on which it may be used */
  readonly expiry: string | null;
}

export interface TermView {
  readonly id: TermId;
  readonly term: string;
  readonly rule: TermRule;
  readonly why: string;
  /** those that are not empty, by language */
  readonly renderings: readonly { readonly language: string; readonly text: string }[];
}

export interface PaletteView {
  readonly title: string;
  readonly audience: string;
  readonly ask: string;
  /** BCP 47, canonical; 'und' if unreadable */
  readonly sourceLanguage: string;
  readonly direction: Direction;
  /** in order */
  readonly points: readonly PointView[];
  readonly removedPoints: readonly PointView[];
  readonly glossary: readonly TermView[];
  readonly removedTerms: readonly TermView[];
}

export type PaletteState =
  /** made, but its content has not arrived */
  | { readonly type: 'empty' }
  /** written by a newer Weft: not to be shown half, nor changed */
  | { readonly type: 'newer' }
  | { readonly type: 'ready'; readonly palette: PaletteView };

export const readPalette = (doc: Y.Doc): PaletteState => {
  const root = paletteRoot(doc);
  const state = schemaState(root);
  if (state !== 'ready') return { type: state };
  const sourceLanguage = parseLanguage(root.get('sourceLanguage')) ?? 'und';
  const points = readParts(pointsOf(doc), parsePointId, MOST_POINTS);
  const renderings = readRenderings(doc);
  const terms = readParts(glossaryOf(doc), parseTermId, MOST_TERMS);
  const term = ({ id, part }: (typeof terms)[number]): TermView => readTerm(id, part, renderings.get(id) ?? []);
  return {
    type: 'ready',
    palette: {
      title: readText(doc.getText('title')),
      audience: readText(doc.getText('audience')),
      ask: readText(doc.getText('ask')),
      sourceLanguage,
      direction: direction(sourceLanguage),
      points: points.filter(isShown).map(({ id, part }) => readPoint(id, part)),
      removedPoints: points.filter(isHidden).map(({ id, part }) => readPoint(id, part)),
      glossary: terms.filter(isShown).map(term),
      removedTerms: terms.filter(isHidden).map(term),
    },
  };
};

const MOST_POINTS = 1_000;
const MOST_PROOFS = 200;
const MOST_TERMS = 2_000;
const MOST_RENDERINGS = 200;

const readPoint = (id: PointId, point: Y.Map<unknown>): PointView => {
  const proofs = readParts(asMap(point.get('proofs')), parseProofId, MOST_PROOFS);
  return {
    id,
    value: readValue(point),
    message: readText(point.get('message')),
    why: readText(point.get('why')),
    speaksTo: readText(point.get('speaksTo')),
    proofs: proofs.filter(isShown).map(({ id: proof, part }) => readProof(proof, part)),
    removedProofs: proofs.filter(isHidden).map(({ id: proof, part }) => readProof(proof, part)),
    story: readText(point.get('story')),
    question: readText(point.get('question')),
    answer: readText(point.get('answer')),
    say: readLines(point.get('say')),
    dontSay: readLines(point.get('dontSay')),
    speakers: readLines(point.get('speakers')),
    risk: readText(point.get('risk')),
    status: readStatus(point),
    expiry: readDay(point, 'expiry'),
  };
};

const readValue = (point: Y.Map<unknown>): Value => {
  const type = readOneOf(point, 'value', VALUES, 'own');
  return type === 'own' ? { type, text: readText(point.get('ownValue')) } : { type };
};

const readStatus = (point: Y.Map<unknown>): Status => {
  const type = readOneOf(point, 'status', STATUSES, 'draft');
  return type === 'embargoed' ? { type, until: readMinute(point, 'embargoedUntil') } : { type };
};

const readProof = (id: ProofId, proof: Y.Map<unknown>): ProofView => ({
  id,
  claim: readText(proof.get('claim')),
  source: readText(proof.get('source')),
  date: readDay(proof, 'date'),
  permission: readOneOf(proof, 'permission', PERMISSIONS, 'unknown'),
});

const readTerm = (id: TermId, term: Y.Map<unknown>, renderings: TermView['renderings']): TermView => ({
  id,
  term: readText(term.get('term')),
  rule: readOneOf(term, 'rule', TERM_RULES, 'preferred'),
  why: readText(term.get('why')),
  renderings: renderings.slice(0, MOST_RENDERINGS),
});

const readRenderings = (doc: Y.Doc): ReadonlyMap<TermId, TermView['renderings']> => {
  const renderingsByTerm = new Map<TermId, { language: string; text: string }[]>();
  for (const name of [...doc.share.keys()].sort()) {
    const parsed = parseRenderingName(name);
    if (parsed === null) continue;
    const text = readText(doc.getText(name));
    if (text === '') continue;
    const known = renderingsByTerm.get(parsed.term);
    if (known === undefined) renderingsByTerm.set(parsed.term, [{ language: parsed.language, text }]);
    else known.push({ language: parsed.language, text });
  }
  return renderingsByTerm;
};
