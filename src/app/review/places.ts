/** What stands at a path of a document, by its kind: which field, and of what. */
import type * as Y from 'yjs';
import { AGREEMENT_TEXTS, RED_LINE_TEXTS } from '../../documents/agreement/schema.ts';
import type { AgreementTextName } from '../../documents/agreement/schema.ts';
import { ACTION_TEXTS } from '../../documents/calendar/schema.ts';
import type { ActionText } from '../../documents/calendar/schema.ts';
import { wordsAt } from '../../documents/place/index.ts';
import {
  PALETTE_TEXTS,
  parseRenderingName,
  POINT_TEXTS,
  PROOF_TEXTS,
  TERM_TEXTS,
} from '../../documents/talking-points/schema.ts';
import type { PaletteText, PointText, ProofText, TermText } from '../../documents/talking-points/schema.ts';
import { VARIANT_TEXTS } from '../../documents/variant/schema.ts';
import type { VariantText } from '../../documents/variant/schema.ts';

/** `of`: the words that say which one; may be empty */
export type Place =
  | { readonly type: 'palette'; readonly field: PaletteText }
  | { readonly type: 'point'; readonly field: PointText | 'status' | 'value' | 'expiry'; readonly of: string }
  | { readonly type: 'proof'; readonly field: ProofText; readonly of: string }
  | { readonly type: 'term'; readonly field: TermText; readonly of: string }
  | { readonly type: 'rendering'; readonly language: string; readonly of: string }
  | { readonly type: 'variant'; readonly field: VariantText | 'status' }
  | { readonly type: 'agreement'; readonly field: AgreementTextName }
  | { readonly type: 'heading' | 'clause' | 'redLine' | 'details' | 'report' | 'reason'; readonly of: string }
  | { readonly type: 'action'; readonly field: ActionText; readonly of: string }
  /** the name of a type of action, or of a rhythm */
  | { readonly type: 'name'; readonly of: string };

/** null: nothing that a person would know by a name */
export const placeOf = (kind: string, path: string, doc: Y.Doc): Place | null => {
  const names = path.split('>');
  const [root = '', id = ''] = names;
  const last = names.at(-1) ?? '';
  const of = (name: string): string => wordsAt(doc, `${root}>${id}>${name}`);
  switch (kind) {
    case 'talking-points':
      return inPalette(names, of, doc);
    case 'variant': {
      const field = VARIANT_TEXTS.find((name) => name === root);
      if (field !== undefined) return { type: 'variant', field };
      return root === 'variant' && last === 'status' ? { type: 'variant', field: 'status' } : null;
    }
    case 'agreement': {
      const field = AGREEMENT_TEXTS.find((name) => name === root);
      if (field !== undefined) return { type: 'agreement', field };
      if (root === 'clauses') return clause(last, of('heading'));
      return root === 'redLines' && isIn(RED_LINE_TEXTS, last) ? { type: 'redLine', of: of('statement') } : null;
    }
    case 'local-clause':
      return clause(root, wordsAt(doc, 'heading'));
    case 'translation':
      return inTranslation(root, doc);
    case 'calendar':
      return inCalendar(names, of);
    case 'variations':
      if (root.startsWith('reason/')) return { type: 'reason', of: '' };
      return root.startsWith('facts/') ? { type: 'details', of: '' } : null;
    default:
      return null;
  }
};

const isIn = <T extends string>(all: readonly T[], name: string): name is T => all.some((each) => each === name);

const clause = (field: string, heading: string): Place | null => {
  if (field === 'heading') return { type: 'heading', of: heading };
  return field === 'body' ? { type: 'clause', of: heading } : null;
};

const inPalette = (names: readonly string[], of: (name: string) => string, doc: Y.Doc): Place | null => {
  const [root = '', , field = '', , inProof = ''] = names;
  if (isIn(PALETTE_TEXTS, root) && names.length === 1) return { type: 'palette', field: root };
  if (root === 'points') {
    const message = of('message');
    if (isIn(POINT_TEXTS, field)) return { type: 'point', field, of: message };
    if (field === 'status' || field === 'value' || field === 'expiry') return { type: 'point', field, of: message };
    return field === 'proofs' && isIn(PROOF_TEXTS, inProof) ? { type: 'proof', field: inProof, of: message } : null;
  }
  if (root === 'glossary') return isIn(TERM_TEXTS, field) ? { type: 'term', field, of: of('term') } : null;
  const rendering = parseRenderingName(root);
  if (rendering === null) return null;
  return { type: 'rendering', language: rendering.language, of: wordsAt(doc, `glossary>${rendering.term}>term`) };
};

/** `<unit>/<field>`: see src/documents/translation. */
const inTranslation = (root: string, doc: Y.Doc): Place | null => {
  const [unit = '', id = '', field = ''] = root.split('/');
  if (unit === 'text' && isIn(AGREEMENT_TEXTS, id)) return { type: 'agreement', field: id };
  if (unit === 'clause' || unit === 'local') return clause(field, wordsAt(doc, `${unit}/${id}/heading`));
  return unit === 'redLine' ? { type: 'redLine', of: wordsAt(doc, `redLine/${id}/statement`) } : null;
};

const inCalendar = (names: readonly string[], of: (name: string) => string): Place | null => {
  const [root = '', , key = ''] = names;
  if (root === 'title') return { type: 'agreement', field: 'title' };
  if (root.startsWith('report/')) return { type: 'report', of: '' };
  if (root === 'approaches' || root === 'rhythms') return key === 'name' ? { type: 'name', of: of('name') } : null;
  if (root !== 'actions') return null;
  const field = ACTION_TEXTS.find((name) => name === key.split('~')[0]);
  if (field !== undefined) return { type: 'action', field, of: of('title') };
  return key === 'facts' ? { type: 'details', of: of('title') } : null;
};
