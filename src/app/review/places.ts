/** What stands at a path of a document, by its kind: which field, and of what. */
import type * as Y from 'yjs';
import { AGREEMENT_TEXTS, DATES, RED_LINE_TEXTS } from '../../documents/agreement/schema.ts';
import type { AgreementTextName, DateName } from '../../documents/agreement/schema.ts';
import { parsePlace } from '../../documents/calendar/fields.ts';
import { parseReportName } from '../../documents/calendar/reports.ts';
import type { ReportText } from '../../documents/calendar/reports.ts';
import { ACTION_TEXTS } from '../../documents/calendar/schema.ts';
import type { ActionText } from '../../documents/calendar/schema.ts';
import type { FieldName, ItemName } from '../../documents/calendar/values.ts';
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
import { dateOfWall } from '../../times/index.ts';

/** `of`: the words that say which one; may be empty */
export type Place =
  | { readonly type: 'palette'; readonly field: PaletteText | 'sourceLanguage' }
  | { readonly type: 'point'; readonly field: PointText | 'status' | 'value' | 'expiry'; readonly of: string }
  | { readonly type: 'proof'; readonly field: ProofText | 'date' | 'permission'; readonly of: string }
  | { readonly type: 'term'; readonly field: TermText | 'rule'; readonly of: string }
  | { readonly type: 'rendering'; readonly language: string; readonly of: string }
  | { readonly type: 'variant'; readonly field: VariantText | VariantField }
  | { readonly type: 'agreement'; readonly field: AgreementTextName | 'sourceLanguage' }
  | { readonly type: 'date'; readonly field: DateName }
  | { readonly type: 'rule'; readonly field: RuleField }
  /** a group that agrees, a language that counts: yes or no */
  | { readonly type: 'party' | 'language'; readonly of: string }
  | { readonly type: 'lift' | 'holder'; readonly of: string }
  /** how far a piece of a translation is */
  | { readonly type: 'unit' }
  /** is it there, or was it taken out? */
  | { readonly type: 'shown'; readonly of: string }
  /** a field of an action, of a group's variation of one, or of a rhythm */
  | { readonly type: 'fact'; readonly field: FieldName; readonly key: string; readonly of: string }
  /** one of many values */
  | { readonly type: 'item'; readonly item: ToldItem; readonly of: string }
  | { readonly type: 'heading' | 'clause' | 'redLine' | 'reason'; readonly of: string }
  /** the answer to a question of a check-in, on a day */
  | { readonly type: 'report'; readonly question: ReportText; readonly day: string; readonly of: string }
  /** where it stands among the others */
  | { readonly type: 'order'; readonly of: string }
  | { readonly type: 'action'; readonly field: ActionText; readonly of: string }
  /** the name of a type of action, or of a rhythm */
  | { readonly type: 'name'; readonly of: string };

const RULE_FIELDS = [
  ...(['method', 'threshold', 'share', 'mostStandAsides', 'quorum', 'standing'] as const),
  ...(['emergencyAllowed', 'emergencyGroups', 'emergencyHours', 'emergencyReviewDays'] as const),
] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

const VARIANT_FIELDS = ['status', 'format', 'language', 'region', 'translator', 'reviewer'] as const;
type VariantField = (typeof VARIANT_FIELDS)[number];

const TOLD_ITEMS = ['host', 'language', 'resource', 'taken', 'link'] as const satisfies readonly ItemName[];
export type ToldItem = (typeof TOLD_ITEMS)[number];

/**
 * null: nothing that a person would know by a name. `actionTitle`: what another document says of an action by its id.
 */
export const placeOf = (
  kind: string,
  path: string,
  doc: Y.Doc,
  actionTitle: (id: string) => string = () => '',
): Place | null => {
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
      return root === 'variant' && isIn(VARIANT_FIELDS, last) ? { type: 'variant', field: last } : null;
    }
    case 'agreement': {
      const field = AGREEMENT_TEXTS.find((name) => name === root);
      if (field !== undefined) return { type: 'agreement', field };
      if (root === 'clauses')
        return last === 'shown' || last === 'order' ? { type: last, of: of('heading') } : clause(last, of('heading'));
      return root === 'redLines' ? inRedLine(last, of('statement')) : inRule(root, last);
    }
    case 'local-clause':
      if (last === 'shown') return { type: 'shown', of: wordsAt(doc, 'heading') };
      return clause(root, wordsAt(doc, 'heading'));
    case 'translation':
      return root.startsWith('made/') ? (last === 'status' ? { type: 'unit' } : null) : inTranslation(root, doc);
    case 'calendar':
      return inCalendar(names, of, doc);
    case 'variations': {
      const title = actionTitle(root.split('/')[1] ?? '');
      if (root.startsWith('reason/')) return { type: 'reason', of: title };
      return root.startsWith('facts/') ? inFacts(names.slice(1).join('>'), title) : null;
    }
    default:
      return null;
  }
};

const isIn = <const T extends string>(all: readonly T[], name: string): name is T => all.some((each) => each === name);

const clause = (field: string, heading: string): Place | null => {
  if (field === 'heading') return { type: 'heading', of: heading };
  return field === 'body' ? { type: 'clause', of: heading } : null;
};

const inRedLine = (field: string, of: string): Place | null => {
  if (field === 'holder' || field === 'lift' || field === 'shown' || field === 'order') return { type: field, of };
  return isIn(RED_LINE_TEXTS, field) ? { type: 'redLine', of } : null;
};

const inRule = (root: string, key: string): Place | null => {
  if (root === 'parties') return { type: 'party', of: key };
  if (root === 'languages') return { type: 'language', of: key };
  if (root !== 'agreement') return null;
  if (key === 'sourceLanguage') return { type: 'agreement', field: key };
  if (isIn(DATES, key)) return { type: 'date', field: key };
  return isIn(RULE_FIELDS, key) ? { type: 'rule', field: key } : null;
};

const inFacts = (name: string, of: string): Place | null => {
  const field = parsePlace(name);
  if (field !== null) return { type: 'fact', field: field.field, key: field.key, of };
  return isIn(TOLD_ITEMS, name) ? { type: 'item', item: name, of } : null;
};

const inPalette = (names: readonly string[], of: (name: string) => string, doc: Y.Doc): Place | null => {
  const [root = '', , field = '', , inProof = ''] = names;
  if (isIn(PALETTE_TEXTS, root) && names.length === 1) return { type: 'palette', field: root };
  if (root === 'palette' && names[1] === 'sourceLanguage') return { type: 'palette', field: 'sourceLanguage' };
  if (root === 'points') {
    const message = of('message');
    if (isIn(POINT_TEXTS, field)) return { type: 'point', field, of: message };
    if (field === 'status' || field === 'value' || field === 'expiry') return { type: 'point', field, of: message };
    if (field === 'shown' || field === 'order') return { type: field, of: message };
    const isProof = field === 'proofs' && isIn([...PROOF_TEXTS, 'date', 'permission'], inProof);
    return isProof ? { type: 'proof', field: inProof, of: message } : null;
  }
  if (root === 'glossary') {
    if (field === 'shown' || field === 'order') return { type: field, of: of('term') };
    return isIn([...TERM_TEXTS, 'rule'], field) ? { type: 'term', field, of: of('term') } : null;
  }
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

const inCalendar = (names: readonly string[], of: (name: string) => string, doc: Y.Doc): Place | null => {
  const [root = '', , key = ''] = names;
  if (root === 'title') return { type: 'agreement', field: 'title' };
  const report = parseReportName(root);
  if (report !== null) {
    const { rhythm, occurrence, text } = report;
    const day = dateOfWall(occurrence);
    return { type: 'report', question: text, day, of: wordsAt(doc, `rhythms>${rhythm}>name`) };
  }
  if (root !== 'actions' && root !== 'rhythms' && root !== 'approaches') return null;
  const name = of(root === 'actions' ? 'title' : 'name');
  if (key === 'shown' || key === 'order') return { type: key, of: name };
  if (key === 'facts') return inFacts(names.slice(3).join('>'), name);
  if (key === 'name') return { type: 'name', of: name };
  const field = root === 'actions' ? ACTION_TEXTS.find((each) => each === key.split('~')[0]) : undefined;
  return field === undefined ? null : { type: 'action', field, of: name };
};
