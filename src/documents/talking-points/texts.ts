/** The Y.Text behind a name, for editors to bind to; and the name as a string, for presence. */
import type * as Y from 'yjs';
import { schemaState } from '../shape/change.ts';
import { parsePointId, parseProofId, parseTermId } from '../shape/ids.ts';
import { asMap, asText } from '../shape/read.ts';
import { parseLanguage } from '../text/language.ts';
import {
  glossaryOf,
  PALETTE_TEXTS,
  paletteRoot,
  POINT_TEXTS,
  pointsOf,
  PROOF_TEXTS,
  renderingName,
  TERM_TEXTS,
} from './schema.ts';
import type { TextPath } from './schema.ts';

/** null if it is not there, or the document is empty or newer. */
export const textOf = (doc: Y.Doc, path: TextPath): Y.Text | null => {
  if (schemaState(paletteRoot(doc)) !== 'ready') return null;
  if ('palette' in path) return doc.getText(path.palette);
  if ('language' in path) {
    const language = parseLanguage(path.language);
    if (language === null || asMap(glossaryOf(doc).get(path.term)) === null) return null;
    return doc.getText(renderingName(path.term, language));
  }
  if ('term' in path) return asText(asMap(glossaryOf(doc).get(path.term))?.get(path.field));
  const point = asMap(pointsOf(doc).get(path.point));
  if ('proof' in path) return asText(asMap(asMap(point?.get('proofs'))?.get(path.proof))?.get(path.field));
  return asText(point?.get(path.field));
};

/** e.g. 'point/<id>/message' */
export const encodePath = (path: TextPath): string => {
  if ('palette' in path) return `palette/${path.palette}`;
  if ('language' in path) return `rendering/${path.term}/${path.language}`;
  if ('term' in path) return `term/${path.term}/${path.field}`;
  if ('proof' in path) return `proof/${path.point}/${path.proof}/${path.field}`;
  return `point/${path.point}/${path.field}`;
};

/** Of what a stranger sent: null unless it is the name of a text that there may be. */
export const parsePath = (value: unknown): TextPath | null => {
  if (typeof value !== 'string' || value.length > 200) return null;
  const [kind, ...parts] = value.split('/');
  const last = parts[parts.length - 1];
  const point = parsePointId(parts[0]);
  const term = parseTermId(parts[0]);
  switch (`${kind ?? ''}:${parts.length}`) {
    case 'palette:1': {
      const palette = PALETTE_TEXTS.find((name) => name === last);
      return palette === undefined ? null : { palette };
    }
    case 'point:2': {
      const field = POINT_TEXTS.find((name) => name === last);
      return point === null || field === undefined ? null : { point, field };
    }
    case 'proof:3': {
      const proof = parseProofId(parts[1]);
      const field = PROOF_TEXTS.find((name) => name === last);
      return point === null || proof === null || field === undefined ? null : { point, proof, field };
    }
    case 'term:2': {
      const field = TERM_TEXTS.find((name) => name === last);
      return term === null || field === undefined ? null : { term, field };
    }
    case 'rendering:2': {
      const language = parseLanguage(last);
      return term === null || language === null ? null : { term, language };
    }
    default:
      return null;
  }
};
